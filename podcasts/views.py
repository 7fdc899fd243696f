"""What podcast apps ask for: feeds, audio, transcripts, chapters."""

import re
import uuid

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from accounts.audience import PUBLIC, is_editor, reader_keys
from files.serving import asked_bytes, serve, serve_text
from files.transcripts import UnreadableTranscript
from files.views import withdrawn
from knowledge.models import Publisher, Withdrawal
from knowledge.views import gone
from knowledge.visibility import audience_of, closures_for, unexpired
from podcasts import feeds, transcripts
from podcasts.chapters import TYPE as CHAPTERS_TYPE
from podcasts.chapters import as_json
from podcasts.hearing import notebook
from podcasts.models import EpisodePage, ShowPage
from podcasts.models.feeds import StoredFeed
from podcasts.opml import write_opml
from podcasts.subscribing import apps_for, qr_code

_FEED_TYPE = "application/rss+xml; charset=utf-8"
_DIGITS = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@require_safe
def feed(request: HttpRequest, show: str) -> HttpResponse:
    """The feed of a show that everybody may hear. Two queries, one for those who have it.

    Of a show that has moved the answer is 301, with the feed that says so (`itunes:new-feed-url`)
    for apps that follow nothing.
    """
    return _serve_feed(request, feeds.show_feed(show))


@require_safe
def library_feed(request: HttpRequest) -> HttpResponse:
    """The episodes of all shows together. Two queries, one for those who have them."""
    return _serve_feed(request, feeds.library_feed())


def _page_asked(request: HttpRequest) -> int:
    """Which page of a feed is asked for; 0 for what is no number."""
    asked = request.GET.get("pagina", "1")
    return int(asked) if _DIGITS.fullmatch(asked) else 0


def _serve_feed(request: HttpRequest, found: StoredFeed | None) -> HttpResponse:
    number = _page_asked(request)
    if found is None or not feeds.has_page(found, number):
        raise Http404
    if moved_to := getattr(found, "moved_to", ""):
        return _moved(moved_to, feeds.join(found, number))
    answer = serve_text(
        request,
        lambda: feeds.join(found, number),
        _FEED_TYPE,
        modified_at=found.changed_at,
        any_origin=True,
        digest=feeds.digest_of_page(found, number),
    )
    if number == 1 and (header := feeds.hub_header(request.path)):
        answer["Link"] = header
    return answer


def _moved(address: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=_FEED_TYPE, status=301)
    answer["Location"] = address
    answer["Content-Length"] = str(len(content))
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _open_shows() -> "QuerySet[ShowPage]":
    """The shows that everybody may hear now."""
    return ShowPage.objects.filter(unexpired(), feed__is_public=True)


@require_safe
def opml(request: HttpRequest) -> HttpResponse:
    """The shows as a list that apps import. Two queries."""
    shows = _open_shows()
    name = Publisher.load(request_or_site=request).name
    content = write_opml(
        f"Podcasts: {name}", shows.only("title", "url_path", "alias_of", "summary").order_by("path")
    )
    return serve_text(request, content, "text/x-opml; charset=utf-8", any_origin=True)


@require_safe
def subscribe(request: HttpRequest, show: str) -> HttpResponse:
    """How to subscribe to a show: apps, the plain address, a QR code of this page."""
    found = _open_shows().filter(slug=show).first()
    if found is None:
        raise Http404
    feed_url = found.moved_to or f"{settings.PUBLIC_URL}{found.feed_path}"
    here = f"{settings.PUBLIC_URL}{found.path_for_readers}assinar/"
    context = {
        "page": found,
        "feed_url": feed_url,
        "here": here,
        "apps": apps_for(feed_url),
        "qr": qr_code(here),
    }
    return render(request, "podcasts/subscribe_page.html", context)


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, episode: uuid.UUID) -> HttpResponse:
    """The player of an episode that everybody may hear, for a frame in another site."""
    found, refused = _episode(request, episode)
    if refused is not None:
        return refused
    if found is None or PUBLIC not in audience_of(found, closures_for(request)):
        raise Http404
    context = {
        "page": found,
        "show": found.show,
        "audio": found.audio,
        "licence": found.open_licence,
    }
    answer = render(request, "podcasts/embed.html", context)
    answer._csp_update = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    return answer


@require_safe
def audio(request: HttpRequest, episode: uuid.UUID) -> HttpResponseBase:
    """The audio of an episode, at the address that never changes."""
    return _heard(request, episode)


@require_safe
def low_audio(request: HttpRequest, episode: uuid.UUID) -> HttpResponseBase:
    """The same in Opus, for slow connections."""
    return _heard(request, episode, is_low=True)


def _heard(request: HttpRequest, episode: uuid.UUID, *, is_low: bool = False) -> HttpResponseBase:
    found, refused = _episode(request, episode)
    if refused is not None:
        return refused
    copy = found.audio if found else None
    if found is None or copy is None or not (copy.low_copy if is_low else copy.copy):
        raise Http404
    gone = withdrawn(request, copy.recording)
    if gone is not None:
        return gone
    is_public = PUBLIC in audience_of(found, closures_for(request))
    file = copy.as_served(public=is_public, is_low=is_low, any_origin=True)
    answer = serve(request, file)
    if answer.status_code in (200, 206) and not is_editor(request):
        asked = asked_bytes(request, file)
        if asked is not None:
            notebook.note(request, episode, *asked)
    return answer


@require_safe
def transcript(request: HttpRequest, episode: uuid.UUID, form: str) -> HttpResponseBase:
    """The transcript of an episode, in one of the forms that apps ask for."""
    found, refused = _episode(request, episode)
    if refused is not None:
        return refused
    if found is None or form not in found.transcript_forms:
        raise Http404
    return serve_text(
        request,
        transcript_of(found, form),
        f"{found.transcript_forms[form]}; charset=utf-8",
        modified_at=found.last_published_at,
        public=PUBLIC in audience_of(found, closures_for(request)),
        any_origin=True,
    )


def transcript_of(episode: EpisodePage, form: str) -> bytes:
    """The transcript as it is written out. Raises Http404 for one that cannot be read."""
    try:
        return transcripts.render(
            episode.transcript, form, title=episode.title, language=episode.language
        )
    except UnreadableTranscript as error:
        raise Http404 from error


@require_safe
def chapters(request: HttpRequest, episode: uuid.UUID) -> HttpResponseBase:
    """The chapters of an episode, as JSON."""
    found, refused = _episode(request, episode)
    if refused is not None:
        return refused
    if found is None or not found.chapter_list():
        raise Http404
    return serve_text(
        request,
        chapters_of(found),
        CHAPTERS_TYPE,
        modified_at=found.last_published_at,
        public=PUBLIC in audience_of(found, closures_for(request)),
        any_origin=True,
    )


def chapters_of(episode: EpisodePage) -> bytes:
    """The chapters as they are written out."""
    return as_json(
        episode.chapter_list(),
        title=episode.title,
        show=episode.show.title,
        base=settings.PUBLIC_URL,
    )


def _episode(
    request: HttpRequest, number: uuid.UUID
) -> tuple[EpisodePage | None, HttpResponse | None]:
    """The live episode, if its reader may hear it; or the notice of its withdrawal."""
    episodes = EpisodePage.objects.filter(uuid=number, alias_of__isnull=True)
    found = episodes.select_related("audio__recording").first()
    if found is None:
        raise Http404
    if not found.live:
        notice = Withdrawal.objects.filter(page_number=found.pk).first()
        if notice is not None:
            return None, gone(request, notice)
        raise Http404
    if not (audience_of(found, closures_for(request)) & reader_keys(request) or is_editor(request)):
        raise Http404
    return found, None
