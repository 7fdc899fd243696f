"""Pages that are not in the page tree, and the door to those that are."""

import json
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from accounts.audience import PUBLIC, has_session, reader_keys
from files.serving import serve_text
from knowledge.amb import MEDIA_TYPE
from knowledge.amb import describe as describe_in_amb
from knowledge.covers.azulejo import VERSION
from knowledge.covers.drawings import FORMATS, MODULES, draw_cover, draw_theme, draw_tile
from knowledge.indicators import as_csv
from knowledge.models import (
    InterviewPage,
    Person,
    ResourcePage,
    Theme,
    ThemeHighlight,
    Withdrawal,
)
from knowledge.reading import rich_text_of
from knowledge.shelf import browse
from knowledge.visibility import audience_of, closures_for
from licensing.adapting import collecting, pairs
from licensing.values import BY_NC, OPEN_LICENCES
from search.models import Entry, EntryFacet

_FOR_EVER = "public, max-age=31536000, immutable"
_MODULES = dict(MODULES)


# --- the page tree ------------------------------------------------------------------------------


def page_at(path: str, kind: type[ResourcePage] | None = None) -> Page | None:
    """The live page at a site-relative path (without its first slash), as its own kind; only a page
    of `kind`, if that is given.

    Two queries at any depth (one where the kind is given), where walking down the tree would take
    two for each level.
    """
    roots = Site.get_site_root_paths()
    if not roots:
        return None
    url_path = f"{roots[0].root_path}{path}"
    if kind is not None:
        return kind.for_reading().filter(url_path=url_path, live=True).first()
    page = Page.objects.filter(url_path=url_path, live=True).first()
    if page is None or not issubclass(page.specific_class or Page, ResourcePage):
        return page.specific if page is not None else None
    return page.specific_class.for_reading().filter(pk=page.pk).first()


@require_safe
def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Any page of the tree, to a reader who may see it."""
    page = page_at(path)
    if page is None:
        raise Http404
    return refusal(request, page) or page.serve(request)


@require_safe
def amb(request: HttpRequest, path: str) -> HttpResponse:
    """The AMB document about a resource: `.amb.json` in place of the last slash of its address."""
    page = page_at(f"{path}/")
    if not isinstance(page, ResourcePage):
        return _former_amb(f"/{path}/")
    refused = refusal(request, page)
    if refused is not None:
        return refused
    data = describe_in_amb(page, audience_of(page, closures_for(request)))
    text = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type=MEDIA_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _former_amb(path: str) -> HttpResponse:
    """The document goes where the page at `path` went."""
    former = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).first()
    if former is None or not (former.link or "").startswith("/"):
        raise Http404
    return redirect(f"{former.link.rstrip('/')}.amb.json", permanent=True)


def refusal(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What to answer a reader who may not see `page`; None for one who may.

    A stranger is asked to sign in, since that may help; somebody signed in is told plainly.
    Whatever depends on who reads is never stored by a cache.
    """
    audience = audience_of(page, closures_for(request))
    if not audience:
        raise Http404
    if PUBLIC not in audience:
        request.is_personal = True  # type: ignore[attr-defined]
    keys = reader_keys(request)
    if audience & keys:
        return None
    if has_session(request) and request.user.is_authenticated:
        return render(request, "403.html", status=403)
    return redirect_to_login(request.get_full_path())


def withdrawal_at(path: str) -> Withdrawal | None:
    """The notice for an address, or an address below one, whose page was withdrawn."""
    parts = path.strip("/").split("/")
    above = ["/" + "/".join(parts[:size]) + "/" for size in range(2, len(parts) + 1)]
    return Withdrawal.objects.filter(path__in=above[:6]).order_by("-path").first()


def gone(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """A sentence, and the successor if its reader may see it."""
    successor = withdrawal.successor
    audience = audience_of(successor) if successor else frozenset()
    if not audience & reader_keys(request):
        successor = None
    elif PUBLIC not in audience:
        request.is_personal = True  # type: ignore[attr-defined]
    context = {"withdrawal": withdrawal, "successor": successor}
    return render(request, "knowledge/gone.html", context, status=410)


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """/r/<id>/: where a work is now, for citations and printed codes."""
    page = ResourcePage.objects.filter(pk=pk).first()
    if page is None or not page.live:
        withdrawal = Withdrawal.objects.filter(page_number=pk).first()
        if withdrawal is not None:
            return gone(request, withdrawal)
        raise Http404
    answer = refusal(request, page)
    if answer is not None and answer.status_code == 403:
        return answer
    return redirect(page.path_for_readers)


# --- what a page offers beside itself -------------------------------------------------------------


def _offering(request: HttpRequest, path: str) -> tuple[ResourcePage, HttpResponse | None]:
    """The resource at `path`, and what to answer a reader who may not see it."""
    page = page_at(path)
    if not isinstance(page, ResourcePage):
        raise Http404
    return page, refusal(request, page)


@require_safe
def indicators(request: HttpRequest, path: str) -> HttpResponse:
    """<resource>/indicadores.csv: the numbers of its charts, for a spreadsheet."""
    page, refused = _offering(request, path)
    return refused or numbers_of(request, page)


def numbers_of(request: HttpRequest, page: ResourcePage) -> HttpResponse:
    """The numbers of the charts of `page`, which its reader may see."""
    found = page.indicators_shown()
    if not found:
        raise Http404
    content = as_csv(found, getattr(page, "place_name", ""))
    answer = _text(request, page, content, "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{page.slug}-indicadores.csv"'
    return answer


@require_safe
def transcript(request: HttpRequest, path: str) -> HttpResponse:
    """<interview>/transcricao.vtt: what is said in its recording."""
    page, refused = _offering(request, path)
    return refused or words_of(request, page)


def words_of(request: HttpRequest, page: ResourcePage) -> HttpResponse:
    """What is said in the recording of `page`, which its reader may see."""
    if not isinstance(page, InterviewPage) or not (page.recording and page.transcript.strip()):
        raise Http404
    content = page.transcript.strip().encode() + b"\n"
    return _text(request, page, content, "text/vtt; charset=utf-8")


def _text(request: HttpRequest, page: Page, content: bytes, content_type: str) -> HttpResponse:
    is_public = PUBLIC in audience_of(page, closures_for(request))
    modified_at = page.last_published_at
    return serve_text(request, content, content_type, modified_at=modified_at, public=is_public)


# --- themes, people, licences -------------------------------------------------------------------


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """All themes, each with how much there is."""
    return render(request, "knowledge/themes.html", {"themes": counted_themes(request)})


def counted_themes(request: HttpRequest) -> list[dict[str, Any]]:
    """Every theme with the number of entries the reader may see. Two queries."""
    counts = _held("tema", reader_keys(request))
    return [{"theme": theme, "count": counts.get(theme.slug, 0)} for theme in Theme.objects.all()]


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is on one theme."""
    found = get_object_or_404(Theme, slug=slug)
    shelf = browse(request, tema=slug)
    context = {"theme": found, "shelf": shelf}
    if not (shelf.query or shelf.chosen or shelf.previous_url):
        context["text"] = rich_text_of(found.text, request)
        context["highlights"] = highlights_of(found, reader_keys(request))
    return render(request, "knowledge/theme.html", context)


def highlights_of(theme: Theme, keys: frozenset[str]) -> list[Entry]:
    """What curators put first in a theme, as far as a reader with `keys` may see it. One query."""
    chosen = ThemeHighlight.objects.filter(theme=theme)
    place = Subquery(chosen.filter(resource=OuterRef("pk")).values("sort_order")[:1])
    shown = Entry.objects.visible_to(keys).filter(pk__in=chosen.values("resource"))
    return list(shown.annotate(place=place).order_by("place", "pk").defer("body", "keywords")[:4])


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with work that the reader may see."""
    slugs = people_with_work(reader_keys(request))
    found = Person.objects.filter(slug__in=slugs)
    return render(request, "knowledge/people.html", {"people": found, "counts": slugs})


def people_with_work(keys: frozenset[str]) -> dict[str, int]:
    """Slug → number of works, of everybody whose work a reader with `keys` may see."""
    return _held("pessoa", keys)


def _held(name: str, keys: frozenset[str]) -> dict[str, int]:
    """Value of a facet → how many entries that a reader with `keys` may see have it. One query."""
    values = EntryFacet.objects.filter(name=name, entry__in=Entry.objects.visible_to(keys))
    return dict(values.order_by().values_list("value").annotate(Count("entry")))


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody and their work. There is no such page while there is no work to read."""
    found = get_object_or_404(Person, slug=slug)
    if not Entry.objects.visible_to(reader_keys(request)).having("pessoa", [slug]).exists():
        raise Http404
    context = {"person": found, "shelf": browse(request, pessoa=slug)}
    return render(request, "knowledge/person.html", context)


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """What each licence permits, asks and forbids, in plain words."""
    context = {"licences": OPEN_LICENCES, "pairs": pairs(), "collection": collecting([BY_NC])}
    return render(request, "knowledge/licences.html", context)


# --- drawings -----------------------------------------------------------------------------------


@require_safe
def cover(request: HttpRequest, version: int, module: str, form: str, slug: str) -> HttpResponse:
    """A drawn cover: a function of its address alone."""
    if version != VERSION or module not in _MODULES or form not in FORMATS or len(slug) > 255:
        raise Http404
    return _drawing(draw_cover(slug, module, form))


@require_safe
def tile(request: HttpRequest, version: int, module: str, variant: int) -> HttpResponse:
    """One tile of a module."""
    if version != VERSION or module not in _MODULES or variant not in (0, 1):
        raise Http404
    return _drawing(draw_tile(module, variant))


@require_safe
def theme_tiles(request: HttpRequest, version: int, module: str) -> HttpResponse:
    """The four tiles of a theme."""
    if version != VERSION or module not in _MODULES:
        raise Http404
    return _drawing(draw_theme(module))


def _drawing(svg: str) -> HttpResponse:
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = _FOR_EVER
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


# --- errors -------------------------------------------------------------------------------------


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)
