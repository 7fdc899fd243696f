"""What is new, as an Atom feed."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from accounts.audience import ANYBODY
from files.inspection import clean_text
from files.storage import digest_of
from knowledge.models import Publisher
from licensing.values import licence
from search.known import known_facets
from search.models import Entry
from search.saved import newest

_SIZE = 30


class LicenceExtension(BaseExtension):
    """Nothing for the feed itself: each entry has a licence of its own."""


class LicenceEntryExtension(BaseEntryExtension):
    """The licence of an entry (RFC 4946), a relation that feedgen does not know."""

    uri = ""

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        etree.SubElement(entry, "link", rel="license", href=self.uri)
        return entry


@dataclass(frozen=True)
class _Place:
    """A feed: its own address and that of the page it belongs to, site-relative; its title."""

    path: str
    page: str
    title: str


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """/novidades.atom: the latest resources that anybody may read."""
    entries = list(Entry.objects.visible_to(ANYBODY).newest_first().defer("body")[:_SIZE])
    return _answer(request, entries, _Place("/novidades.atom", "/", "novidades"))


@require_safe
def saved_search(request: HttpRequest) -> HttpResponse:
    """/busca/atom: the latest that a search finds and anybody may read."""
    found = newest(request.GET, known=known_facets(), most=_SIZE)
    query = f"?{found.query}" if found.query else ""
    title = f"busca por {', '.join(found.names)}" if found.names else "busca"
    place = _Place(f"{reverse('search_feed')}{query}", f"{reverse('search')}{query}", title)
    return _answer(request, found.entries, place)


def _answer(request: HttpRequest, entries: list[Entry], place: _Place) -> HttpResponse:
    """The feed of these entries, the newest first, or 304 to who has it."""
    base = settings.PUBLIC_URL
    title = f"{Publisher.load(request_or_site=request).name}: {clean_text(place.title)}"
    feed = FeedGenerator()
    feed.register_extension("licence", LicenceExtension, LicenceEntryExtension, rss=False)
    feed.id(f"{base}{place.path}")
    feed.title(title)
    feed.link(href=f"{base}{place.path}", rel="self", type="application/atom+xml")
    feed.link(href=f"{base}{place.page}", rel="alternate", type="text/html")
    feed.language("pt-BR")
    changes = [entry.updated_at or entry.published_at for entry in entries]
    if changes:
        feed.updated(max(changes))
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(f"{base}/r/{entry.pk}/")
        item.title(clean_text(entry.title))
        item.link(href=f"{base}{entry.url}", rel="alternate", type="text/html")
        item.licence.uri = licence(entry.card["licence"]).uri
        item.summary(clean_text(entry.summary))
        item.published(entry.published_at)
        item.updated(entry.updated_at or entry.published_at)
        for name in entry.card["authors"]:
            item.author(name=clean_text(name))
        for theme in entry.card.get("themes", []):
            item.category(term=theme["slug"], label=theme["name"])
    content = feed.atom_str(pretty=True) if entries else b""
    if not content:
        content = _empty(f"{base}{place.path}", title)
    etag = quote_etag(digest_of(content)[:32])
    modified = int(max(changes).timestamp()) if changes else None
    answer = get_conditional_response(request, etag=etag, last_modified=modified)
    if answer is None:
        answer = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    answer["ETag"] = etag
    if modified is not None:
        answer["Last-Modified"] = http_date(modified)
    answer["Cache-Control"] = "public, no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _empty(address: str, title: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f'<id>{escape(address)}</id><link rel="self" href="{escape(address)}"/>'
        f"<title>{escape(title)}</title><updated>1970-01-01T00:00:00+00:00</updated></feed>"
    ).encode()
