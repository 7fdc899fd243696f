"""The feed of a show, and that of all shows together: pieces rendered when something changes, joined
when they are asked for."""

import re
from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.audience import PUBLIC
from files.storage import digest_of
from knowledge.visibility import Closures, audience_of, closures
from podcasts.guids import podcast_guid
from podcasts.models.feeds import BASE, FeedItem, LibraryFeed, ShowFeed, StoredFeed
from podcasts.models.hubs import HubNotice
from podcasts.rendering import render_head, render_item, render_library_head

if TYPE_CHECKING:
    from podcasts.models import EpisodePage, ShowPage

LIBRARY_PATH = "/podcasts/feed.xml"
PAGE_BYTES = 4_000_000  # what a page of a feed holds; apps give up at 5 MB
_ADDRESS_BYTES = 60  # the longest public address that a page is sure to have room for
_END = "</channel>"
# Written out: apps ask day and night, and to compose it would take most of the time of a 304.
_OPEN_SHOW = """
    SELECT feed.*, show.moved_to
    FROM podcasts_showfeed feed
    JOIN podcasts_showpage show ON show.resourcepage_ptr_id = feed.show_id
    JOIN wagtailcore_page page ON page.id = feed.show_id
    WHERE page.slug = %s AND page.live AND feed.is_public
      AND (page.expire_at IS NULL OR page.expire_at > %s)
"""
_GUID = re.compile(r'(<guid isPermaLink="false">)[^<]*')
_SELF = re.compile(r'(<atom:link [^>]*)href="([^"]*)"([^>]*rel="self"[^>]*/>)')


class _Joined:
    """The pages that were joined last, by what they are made of: at most `room` bytes of them."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.pages: OrderedDict[str, bytes] = OrderedDict()
        self.lock = Lock()

    def get(self, digest: str) -> bytes | None:
        with self.lock:
            if digest in self.pages:
                self.pages.move_to_end(digest)
            return self.pages.get(digest)

    def keep(self, digest: str, content: bytes) -> None:
        with self.lock:
            self.pages[digest] = content
            while sum(map(len, self.pages.values())) > self.room:
                self.pages.popitem(last=False)


_joined = _Joined(32_000_000)


# --- joining ------------------------------------------------------------------------------------


def show_feed(slug: str) -> ShowFeed | None:
    """The feed of a show that everybody may hear, with `moved_to`. One query."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return next(iter(ShowFeed.objects.raw(_OPEN_SHOW, [slug, now])), None)


def library_feed() -> LibraryFeed | None:
    """The feed of all shows. One query."""
    return LibraryFeed.objects.filter(is_public=True).first()


def digest_of_page(feed: StoredFeed, number: int) -> str:
    """What the bytes of a page are made of, known without making them."""
    now = timezone.now().timestamp()
    over = [end for end in feed.ends if end <= now]  # nobody has taken it down yet
    state = [feed.digest, feed.changed_at.timestamp(), *over]
    state += [settings.PUBLIC_URL, number, *settings.WEBSUB_HUBS]
    return digest_of("|".join(map(str, state)).encode())


def has_page(feed: StoredFeed, number: int) -> bool:
    return 1 <= number <= max(1, len(feed.pages))


def join(feed: StoredFeed, number: int = 1) -> bytes:
    """A page of a feed, with the public address in place: one query, or none for one that was
    asked for lately."""
    digest = digest_of_page(feed, number)
    content = _joined.get(digest)
    if content is None:
        if isinstance(feed, ShowFeed):
            items = FeedItem.objects.filter(show_id=feed.show_id)
        else:
            items = _items_of_library()
        content = _join(feed, items, number)
        _joined.keep(digest, content)
    return content


def _items_of_library() -> "models.QuerySet[FeedItem]":
    return FeedItem.objects.filter(show__feed__is_public=True)


def _join(feed: StoredFeed, items: "models.QuerySet[FeedItem]", number: int) -> bytes:
    rows = items.values_list("xml", "episode__uuid", "episode__expire_at", "show__expire_at")
    if len(feed.pages) > 1:
        first = sum(feed.pages[: number - 1])
        rows = rows[first : first + feed.pages[number - 1]]
    now = timezone.now()
    is_library = isinstance(feed, LibraryFeed)
    parts = [
        _by_number(xml, episode) if is_library else xml
        for xml, episode, *ends in rows
        if not any(end and end <= now for end in ends)
    ]
    head = _on_page(feed.head, number, len(feed.pages))
    text = head.replace(_END, "".join([*parts, _END]), 1)
    return text.replace(BASE, settings.PUBLIC_URL).encode()


def _by_number(xml: str, number: UUID) -> str:
    """An item where all shows stand together: two that came from elsewhere may have one guid, so
    there each goes by the number that it was given here."""
    return _GUID.sub(rf"\g<1>{number}", xml, count=1)


def _on_page(head: str, number: int, last: int) -> str:
    """The channel with links to its other pages (RFC 5005 §3), and to the hubs that are told when
    the first one changes (WebSub §4)."""
    match = _SELF.search(head)
    if match is None:
        return head
    if last < 2:
        return f"{head[: match.end()]}{_hub_links()}{head[match.end() :]}"
    address = match[2]

    def page(which: int) -> str:
        return address if which == 1 else f"{address}?pagina={which}"

    places = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    links = [
        f'<atom:link href="{page(which)}" rel="{name}" type="application/rss+xml"/>'
        for name, which in places.items()
        if 1 <= which <= last
    ]
    if number == 1:
        links.append(_hub_links())
    whole = f'{match[1]}href="{page(number)}"{match[3]}{"".join(links)}'
    return f"{head[: match.start()]}{whole}{head[match.end() :]}"


def _hub_links() -> str:
    return "".join(f'<atom:link href={quoteattr(hub)} rel="hub"/>' for hub in settings.WEBSUB_HUBS)


def hub_header(path: str) -> str:
    """The hubs and the feed itself as a Link header; "" where no hub is told."""
    links = [f'<{hub}>; rel="hub"' for hub in settings.WEBSUB_HUBS]
    own = f'<{settings.PUBLIC_URL}{path}>; rel="self"'
    return ", ".join([*links, own]) if links else ""


# --- writing ------------------------------------------------------------------------------------


def write_show(show: "ShowPage") -> None:
    """Bring the feed of a live show up to date, all of its items included."""
    from podcasts.models import EpisodePage

    closed = closures()
    for episode in EpisodePage.objects.filter(
        path__startswith=show.path, live=True, alias_of__isnull=True
    ).select_related("audio"):
        _write_item(episode, closed)
    _touch(show, closed)


def write_episode(episode: "EpisodePage") -> None:
    """Bring the item of a live episode, and the feed it is in, up to date."""
    closed = closures()
    _write_item(episode, closed)
    if episode.show.live:
        _touch(episode.show, closed)


def _write_item(episode: "EpisodePage", closed: Closures) -> None:
    left = FeedItem.objects.filter(pk=episode.pk).exclude(show_id=episode.show.pk).first()
    _write_or_remove_item(episode, closed)
    if left is not None:  # the episode has moved to another show
        _touch_by_number(left.show_id, closed)


def _write_or_remove_item(episode: "EpisodePage", closed: Closures) -> None:
    published_at = episode.first_published_at
    is_public = PUBLIC in audience_of(episode, closed)
    if not episode.is_heard or published_at is None or not is_public:
        FeedItem.objects.filter(pk=episode.pk).delete()
        return
    FeedItem.objects.update_or_create(
        episode=episode,
        defaults={
            "show_id": episode.show.pk,
            "published_at": published_at,
            "xml": render_item(episode),
        },
    )


def remove_episode(page_pk: int) -> None:
    """Take an episode out of its feed."""
    item = FeedItem.objects.filter(pk=page_pk).first()
    if item is not None:
        item.delete()
        _touch_by_number(item.show_id, closures())


def _touch_by_number(show_pk: int, closed: Closures) -> None:
    from podcasts.models import ShowPage

    show = ShowPage.objects.filter(pk=show_pk, live=True).first()
    if show is not None:
        _touch(show, closed)


def remove_show(page_pk: int) -> None:
    """Take a feed down."""
    removed, _ = ShowFeed.objects.filter(pk=page_pk).delete()
    if removed:
        write_library()


def rewrite(pages: Collection[int]) -> None:
    """Look again at what the feeds have of these pages, as after a change of restrictions."""
    from podcasts.models import EpisodePage, ShowPage

    shows = ShowPage.objects.filter(pk__in=pages, live=True, alias_of__isnull=True)
    with transaction.atomic():
        for show in shows:
            write_show(show)
        written = {show.path for show in shows}
        episodes = EpisodePage.objects.filter(pk__in=pages, live=True, alias_of__isnull=True)
        for episode in episodes.select_related("audio"):
            if episode.path[: -episode.steplen] not in written:
                write_episode(episode)


def write_library() -> None:
    """Bring the feed of all shows up to date."""
    from podcasts.models import ShowPage

    shows = list(
        ShowPage.objects.filter(feed__is_public=True)
        .select_related("feed", "art", "cover_image")
        .order_by("path")
    )
    before = LibraryFeed.objects.first()
    if not shows:
        if before is not None and before.is_public:
            _note(before, {"digest": "", "is_public": False, "changed_at": _next_moment(before)})
        return
    guid = before.guid if before else podcast_guid(f"{settings.PUBLIC_URL}{LIBRARY_PATH}")

    def head(built_at: datetime | None = None) -> str:
        return render_library_head(shows, path=LIBRARY_PATH, guid=str(guid), built_at=built_at)

    digest = digest_of("".join([head(), *(show.feed.digest for show in shows)]).encode())
    ends = sorted({end for show in shows for end in show.feed.ends})
    if before is not None and before.digest == digest:
        if before.ends != ends:
            _note(before, {"ends": ends})
        return
    changed_at = _next_moment(before)
    values = {
        "head": head(changed_at),
        "digest": digest,
        "changed_at": changed_at,
        "is_public": True,
        "pages": _sizes_of_pages(_items_of_library().values_list("xml", flat=True)),
        "ends": ends,
        "guid": guid,
    }
    _note(before or LibraryFeed(), values)
    HubNotice.ask(LIBRARY_PATH, digest)


def _note(feed: StoredFeed, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(feed, name, value)
    feed.save()


def _touch(show: "ShowPage", closed: Closures) -> None:
    """Note when the feed as a whole changed, if it did."""
    from podcasts.models import EpisodePage

    trailers = list(
        EpisodePage.objects.filter(
            feed_item__show=show, episode_type=EpisodePage.Type.TRAILER
        ).select_related("audio")
    )
    trailers.sort(key=lambda episode: episode.feed_item.published_at, reverse=True)
    rows = FeedItem.objects.filter(show_id=show.pk).values_list("xml", "episode__expire_at")
    items = [xml for xml, _end in rows]
    ends = sorted({end.timestamp() for end in (show.expire_at, *(end for _, end in rows)) if end})
    digest = digest_of("".join([render_head(show, trailers), *items]).encode())
    is_public = PUBLIC in audience_of(show, closed)
    before = ShowFeed.objects.filter(pk=show.pk).first()
    if before and before.digest == digest and before.is_public == is_public:
        if before.ends != ends:
            _note(before, {"ends": ends})
            write_library()
        return
    changed_at = _next_moment(before)
    values = {
        "head": render_head(show, trailers, changed_at),
        "digest": digest,
        "changed_at": changed_at,
        "is_public": is_public,
        "pages": _sizes_of_pages(items),
        "ends": ends,
    }
    _note(before or ShowFeed(show_id=show.pk), values)
    if is_public:
        HubNotice.ask(show.feed_path, digest)
    write_library()


def _next_moment(before: StoredFeed | None) -> datetime:
    """Now, or a second after the last change: two changes never have one date."""
    now = timezone.now()
    return max(now, before.changed_at + timedelta(seconds=1)) if before else now


def _sizes_of_pages(items: "list[str] | models.QuerySet[FeedItem, str]") -> list[int]:
    """How many items stand on each page, so that none is longer than PAGE_BYTES."""
    pages, filled = [0], 0
    for xml in items:
        size = len(xml.encode()) + _ADDRESS_BYTES * xml.count(BASE)
        if pages[-1] and filled + size > PAGE_BYTES:
            pages.append(0)
            filled = 0
        pages[-1] += 1
        filled += size
    return pages
