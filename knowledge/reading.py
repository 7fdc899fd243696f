"""What the page of a resource shows."""

import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.rich_text import LinkHandler, expand_db_html

from accounts.audience import ANYBODY, reader_keys
from knowledge import amb
from knowledge.blocks import anchors
from knowledge.blocks.media import bring_media
from knowledge.citing import CitedWork
from knowledge.covers.drawings import cover_url
from knowledge.footnotes import Footnotes
from knowledge.jsonld import describe, with_base
from knowledge.models.changes import public_history
from knowledge.models.lineage import adaptations_of, former_licences
from knowledge.models.publisher import Publisher
from knowledge.related import related_to
from knowledge.sharing import ways_to_share
from knowledge.text import linked_pages, notes_in, pages_in
from knowledge.visibility import closures_for, visible_to
from licensing.parts import with_own_terms
from search.models import Entry

if TYPE_CHECKING:
    from knowledge.models.facts import Facts
    from knowledge.models.resources import ResourcePage

# A link whose words are its address: on paper the address is not said twice.
_BARE_ADDRESS = re.compile(r'<a href="(https?://[^"]+)">(?=\1</a>)')
_addresses: ContextVar[dict[int, str] | None] = ContextVar("addresses", default=None)


class PageLinks(LinkHandler):
    """Links from rich text to pages. All the links of a body cost one query; a link to what the
    reader may not see stays text."""

    identifier = "page"

    @classmethod
    def get_model(cls) -> type[Page]:
        return Page

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        addresses = _addresses.get()
        pk = int(attrs["id"]) if attrs.get("id", "").isdigit() else 0
        if addresses is None:
            addresses = addresses_of(visible_to(Page.objects.filter(pk=pk), ANYBODY))
        url = addresses.get(pk, "")
        return f'<a href="{escape(url)}">' if url else "<a>"


def addresses_of(pages: Iterable[Page]) -> dict[int, str]:
    """Primary key → site-relative address."""
    return {page.pk: page.get_url() or "" for page in pages}


def visible_pages(numbers: Iterable[int], request: HttpRequest) -> dict[int, Page]:
    """Those of the pages with these numbers that the reader may see, in one query or none."""
    ids = set(numbers)
    if not ids:
        return {}
    pages = Page.objects.filter(pk__in=ids)
    visible = visible_to(pages, reader_keys(request), closures_for(request))
    return {page.pk: page for page in visible}


def rich_text_of(source: str, request: HttpRequest) -> SafeString:
    """A rich text that stands by itself, as the reader may see it: its links cost one query."""
    token = _addresses.set(addresses_of(visible_pages(pages_in([source]), request).values()))
    try:
        return mark_safe(expand_db_html(source))  # noqa: S308 (kept clean by the editor's field)
    finally:
        _addresses.reset(token)


def links_in(page: Any) -> set[int]:
    """The numbers of the pages to which the texts of a page lead."""
    body = getattr(page, "body", None)
    if body:
        bring_media(page)  # before anybody looks into the blocks one by one
    own = pages_in(getattr(page, "own_texts", list)())
    return own | set(linked_pages(body)) if body else own


def sections_of(
    page: "ResourcePage", request: HttpRequest, linked: dict[int, Page] | None = None
) -> list[dict[str, Any]]:
    """The blocks of the body, rendered, each with the anchor it has, if it has one; among them
    what else this kind of page has to read. `linked` are the visible pages among its links, if
    they were looked up already."""
    body = getattr(page, "body", None) or []
    arrange = getattr(page, "arrange", None)
    if not body and not arrange:
        return []
    named = anchors(body)
    if linked is None:
        linked = visible_pages(links_in(page), request)
    footnotes = Footnotes(notes_in(body))

    def show(block: Any) -> str:
        context = {"anchor": named.get(block.id, ""), "page": page, "notes": footnotes.listed}
        html = str(block.render(context))
        if block.block_type == "heading":
            return html
        return _BARE_ADDRESS.sub(r'<a class="url" href="\1">', footnotes.numbered(html))

    token = _addresses.set(addresses_of(linked.values()))
    try:
        # The list of the notes comes last: only then is every one of them numbered.
        order = sorted(enumerate(body), key=lambda item: item[1].block_type == "footnotes")
        shown = {place: mark_safe(show(block)) for place, block in order}  # noqa: S308 (blocks escape)
        sections = [
            {
                "html": shown[place],
                "anchor": named.get(block.id, ""),
                "title": block.value if block.block_type == "heading" else "",
            }
            for place, block in enumerate(body)
        ]
        return arrange(sections) if arrange else sections
    finally:
        _addresses.reset(token)


def cover_of(page: "ResourcePage", module: str) -> dict[str, Any]:
    """The cover of a page: where it lies and whether it is a drawing."""
    image = page.cover_image
    if image is not None and not image.withdrawn_on and image.address("quadro"):
        return {"url": image.address("quadro"), "image": image}
    return {"url": cover_url(page.cover_slug, module), "image": None}


def _jsonld(
    page: "ResourcePage", facts: "Facts", request: HttpRequest
) -> Callable[[], dict[str, Any]]:
    """The JSON-LD, made when a template asks for it: a step of a trail shows none."""

    @cache
    def make() -> dict[str, Any]:
        publisher = Publisher.load(request_or_site=request)
        return with_base(describe(page, facts, publisher.name), settings.PUBLIC_URL)

    return make


def _citation(
    page: "ResourcePage", facts: "Facts", request: HttpRequest
) -> Callable[[], CitedWork]:
    """The page as something to cite, made where a template shows it."""
    from knowledge.citations import cited_work

    return cache(lambda: cited_work(page, facts, Publisher.load(request_or_site=request).name))


def _related(
    page: "ResourcePage", facts: "Facts", request: HttpRequest
) -> Callable[[], list[Entry]]:
    """What to read next, looked up where a template asks: a step of a trail leads elsewhere."""
    return cache(
        lambda: related_to(facts, reader_keys(request), {page.source_pk, *page.leads_to()})
    )


def reading_context(page: "ResourcePage", request: HttpRequest) -> dict[str, Any]:
    """Everything the templates of a resource need, fetched once."""
    adapted = adaptations_of(page)
    linked = visible_pages({*links_in(page), *adapted}, request)
    sections = sections_of(page, request, linked)
    facts = page.facts()
    work = page.as_work(facts) if page.licence else None
    permalink = f"{settings.PUBLIC_URL}/r/{page.source_pk}/"
    return {
        "kind": page.kind,
        "work": work,
        "licence": page.licence,
        "themes": facts.themes,
        "authors": facts.authors,
        "helpers": facts.helpers,
        "tags": facts.tags,
        "sections": sections,
        "contents": [item for item in sections if item["title"]],
        "cover": cover_of(page, facts.module),
        "module": facts.module,
        "taken": page.taken(),
        "parts": with_own_terms(work.licence, work.author_names, page.parts()) if work else [],
        "adaptations": [linked[pk] for pk in adapted if pk in linked],
        "former_licences": former_licences(page),
        "jsonld": _jsonld(page, facts, request) if page.licence else None,
        "canonical": f"{settings.PUBLIC_URL}{page.path_for_readers}",
        "card_url": f"{settings.PUBLIC_URL}{page.card.url}" if page.card else "",
        "amb_url": amb.path_of(page),
        "permalink": permalink,
        "citation": _citation(page, facts, request) if page.licence else None,
        "ways": ways_to_share(page.title, permalink),
        "related": _related(page, facts, request),
        "history": public_history(page.first_published_at, facts.changes),
    }
