"""The feed of a show, and that of all shows together: pieces rendered when something changes, joined
when they are asked for."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.audience import PUBLIC
from files.storage import digest_of
from knowledge.visibility import Closures, audience_of, closures
from podcasts.guids import podcast_guid
from podcasts.models.feeds import BASE, FeedItem, LibraryFeed, ShowFeed, StoredFeed
from podcasts.rendering import render_head, render_item, render_library_head

if TYPE_CHECKING:
    from podcasts.models import EpisodePage, ShowPage

LIBRARY_PATH = "/podcasts/feed.xml"
PAGE_BYTES = 4_000_000  # what a page of a feed holds; apps give up at 5 MB
_ADDRESS_BYTES = 60  # the longest public address that a page is sure to have room for
_END = "</channel>"
_SELF = re.compile(r'(<atom:link [^>]*)href="([^"]*)"([^>]*rel="self"[^>]*/>)')


# --- joining ------------------------------------------------------------------------------------


def join(feed: ShowFeed, number: int = 1) -> bytes | None:
    """A page of the feed of a show, with the public address in place; None where there is none.
    One query."""
    return _join(feed, FeedItem.objects.filter(show_id=feed.show_id), number)


def join_library(feed: LibraryFeed, number: int = 1) -> bytes | None:
    """A page of the feed of all shows, like `join`."""
    return _join(feed, _items_of_library(), number)


def _items_of_library() -> "models.QuerySet[FeedItem]":
    return FeedItem.objects.filter(show__feed__is_public=True)


def _join(feed: StoredFeed, items: "models.QuerySet[FeedItem]", number: int) -> bytes | None:
    if not 1 <= number <= max(1, len(feed.pages)):
        return None
    rows = items.values_list("xml", "episode__expire_at", "show__expire_at")
    if len(feed.pages) > 1:
        first = sum(feed.pages[: number - 1])
        rows = rows[first : first + feed.pages[number - 1]]
    now = timezone.now()
    parts = [xml for xml, *ends in rows if not any(end and end <= now for end in ends)]
    head = _on_page(feed.head, number, len(feed.pages))
    text = head.replace(_END, "".join([*parts, _END]), 1)
    return text.replace(BASE, settings.PUBLIC_URL).encode()


def _on_page(head: str, number: int, last: int) -> str:
    """The channel with links to its other pages (RFC 5005 §3)."""
    match = _SELF.search(head)
    if last < 2 or match is None:
        return head
    address = match[2]

    def page(which: int) -> str:
        return address if which == 1 else f"{address}?pagina={which}"

    places = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    links = [
        f'<atom:link href="{page(which)}" rel="{name}" type="application/rss+xml"/>'
        for name, which in places.items()
        if 1 <= which <= last
    ]
    whole = f'{match[1]}href="{page(number)}"{match[3]}{"".join(links)}'
    return f"{head[: match.start()]}{whole}{head[match.end() :]}"


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
    published_at = episode.first_published_at
    is_public = PUBLIC in audience_of(episode, closed)
    if episode.audio is None or published_at is None or not is_public:
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
    from podcasts.models import ShowPage

    item = FeedItem.objects.filter(pk=page_pk).first()
    if item is None:
        return
    item.delete()
    show = ShowPage.objects.filter(pk=item.show_id, live=True).first()
    if show is not None:
        _touch(show, closures())


def remove_show(page_pk: int) -> None:
    """Take a feed down."""
    removed, _ = ShowFeed.objects.filter(pk=page_pk).delete()
    if removed:
        write_library()


def rewrite_all() -> None:
    """Look at every feed again, as after a change of restrictions."""
    from podcasts.models import ShowPage

    for show in ShowPage.objects.filter(live=True, alias_of__isnull=True):
        with transaction.atomic():
            write_show(show)


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
    if before is not None and before.digest == digest:
        return
    changed_at = _next_moment(before)
    values = {
        "head": head(changed_at),
        "digest": digest,
        "changed_at": changed_at,
        "is_public": True,
        "pages": _sizes_of_pages(_items_of_library().values_list("xml", flat=True)),
        "guid": guid,
    }
    _note(before or LibraryFeed(), values)


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
    items = list(FeedItem.objects.filter(show_id=show.pk).values_list("xml", flat=True))
    digest = digest_of("".join([render_head(show, trailers), *items]).encode())
    is_public = PUBLIC in audience_of(show, closed)
    before = ShowFeed.objects.filter(pk=show.pk).first()
    if before and before.digest == digest and before.is_public == is_public:
        return
    changed_at = _next_moment(before)
    ShowFeed.objects.update_or_create(
        show_id=show.pk,
        defaults={
            "head": render_head(show, trailers, changed_at),
            "digest": digest,
            "changed_at": changed_at,
            "is_public": is_public,
            "pages": _sizes_of_pages(items),
        },
    )
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
