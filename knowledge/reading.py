"""What the page of a resource shows."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text import LinkHandler

from accounts.audience import ANYBODY, reader_keys
from knowledge.blocks import anchors
from knowledge.covers.drawings import cover_url
from knowledge.jsonld import describe, with_base
from knowledge.models.publisher import Publisher
from knowledge.text import linked_pages, pages_in
from knowledge.visibility import closures_for, visible_to

if TYPE_CHECKING:
    from knowledge.models.relations import Facts
    from knowledge.models.resources import ResourcePage

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


def sections_of(page: "ResourcePage", request: HttpRequest) -> list[dict[str, Any]]:
    """The blocks of the body, rendered, each with the anchor it has, if it has one; among them
    what else this kind of page has to read."""
    body = getattr(page, "body", None) or []
    arrange = getattr(page, "arrange", None)
    if not body and not arrange:
        return []
    named = anchors(body)
    ids = linked_pages(body) | pages_in(getattr(page, "own_texts", list)())
    linked = Page.objects.filter(pk__in=ids) if ids else Page.objects.none()
    visible = visible_to(linked, reader_keys(request), closures_for(request))
    token = _addresses.set(addresses_of(visible))
    try:
        sections = [
            {
                "html": block.render({"anchor": named.get(block.id, ""), "page": page}),
                "anchor": named.get(block.id, ""),
                "title": block.value if block.block_type == "heading" else "",
            }
            for block in body
        ]
        return arrange(sections) if arrange else sections
    finally:
        _addresses.reset(token)


def cover_of(page: "ResourcePage", module: str) -> dict[str, Any]:
    """The cover of a page: where it lies and whether it is a drawing."""
    image = page.cover_image
    if image is not None and image.address("quadro"):
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


def reading_context(page: "ResourcePage", request: HttpRequest) -> dict[str, Any]:
    """Everything the templates of a resource need, fetched once."""
    sections = sections_of(page, request)
    facts = page.facts()
    work = page.as_work(facts) if page.licence else None
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
        "jsonld": _jsonld(page, facts, request) if page.licence else None,
        "canonical": f"{settings.PUBLIC_URL}{page.path_for_readers}",
        "card_url": f"{settings.PUBLIC_URL}{page.card.url}" if page.card else "",
        "permalink": f"{settings.PUBLIC_URL}/r/{page.source_pk}/",
    }
