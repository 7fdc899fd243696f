"""The feed of a show: pieces rendered when something changes, joined when it is asked for."""

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from accounts.audience import PUBLIC
from files.inspection import clean_text
from files.storage import digest_of
from knowledge.models import Contribution
from knowledge.visibility import Closures, audience_of, closures
from podcasts.feed_extension import (
    ChannelFacts,
    ItemFacts,
    PodcastPerson,
    RedeEntryExtension,
    RedeExtension,
    Terms,
)
from podcasts.models.feeds import BASE, FeedItem, ShowFeed
from podcasts.notes import notes_of

if TYPE_CHECKING:
    from licensing.values import Licence
    from podcasts.models import EpisodePage, ShowPage

_TEXT_BYTES = 4000  # what apps keep of a description
_ITEM = re.compile(r"<item>.*</item>", re.DOTALL)
_END = "</channel>"
_ROOTED = re.compile(r'href="/(?!/)')
# Role in the library → (role, group) of the Podcasting 2.0 taxonomy.
_ROLES = {
    Contribution.Role.AUTHOR: ("author", "writing"),
    Contribution.Role.ORGANISER: ("producer", "creative direction"),
    Contribution.Role.HOST: ("host", "cast"),
    Contribution.Role.GUEST: ("guest", "cast"),
    Contribution.Role.REVIEWER: ("editor", "writing"),
    Contribution.Role.TRANSLATOR: ("translator", "writing"),
    Contribution.Role.ILLUSTRATOR: ("cover art designer", "visuals"),
}


# --- joining ------------------------------------------------------------------------------------


def join(feed: ShowFeed) -> bytes:
    """The whole feed of a show, with the public address in place. One query."""
    now = timezone.now()
    items = FeedItem.objects.filter(show_id=feed.show_id).filter(
        Q(episode__expire_at__isnull=True) | Q(episode__expire_at__gt=now)
    )
    parts = items.values_list("xml", flat=True)
    text = feed.head.replace(_END, "".join(parts) + _END, 1)
    return text.replace(BASE, settings.PUBLIC_URL).encode()


# --- rendering ----------------------------------------------------------------------------------


def render_head(show: "ShowPage") -> str:
    """The channel without items. `lastBuildDate` is put in by `_touch`."""
    return _generator(show).rss_str(pretty=False).decode()


def render_item(episode: "EpisodePage") -> str:
    """One item. The people of the show's hosts are restated: an item's people replace them."""
    audio, published_at = episode.audio, episode.first_published_at
    if audio is None or published_at is None:
        raise ValueError("Um episódio sem áudio ou sem data não entra no feed.")
    show = episode.show
    generator = _generator(show)
    entry: FeedEntry = generator.add_entry(order="append")
    entry.guid(str(episode.uuid), permalink=False)
    entry.title(_line(episode.title))
    entry.link(href=f"{BASE}{episode.get_url()}")
    entry.description(_short(episode.summary))
    notes = _notes(episode)
    if notes:
        entry.content(notes, type="CDATA")
    # One zone, so that the same moment is always the same bytes.
    entry.pubDate(published_at.astimezone(UTC))
    entry.enclosure(f"{BASE}{episode.audio_path}", str(audio.copy_bytes), "audio/mpeg")
    entry.rede.facts = ItemFacts(
        duration=audio.seconds,
        explicit=show.is_explicit,
        terms=_terms_of(episode.open_licence),
        transcript=f"{BASE}{episode.transcript_path}",
        language=_language(episode.language),
        number=episode.number,
        people=_people_of(episode, with_hosts_of=show),
    )
    match = _ITEM.search(generator.rss_str(pretty=False).decode())
    if match is None:
        raise ValueError("O feedgen não escreveu o item.")
    return match.group()


def _generator(show: "ShowPage") -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("rede", RedeExtension, RedeEntryExtension, atom=False)
    feed.title(_line(show.title))
    feed.description(_short(show.summary))
    # The last link is the channel's <link>: self first.
    feed.link(href=f"{BASE}{show.feed_path}", rel="self", type="application/rss+xml")
    feed.link(href=f"{BASE}{show.get_url()}", rel="alternate")
    feed.language(_language(show.language))
    feed.generator("Rede Aberta")
    feed.docs("https://www.rssboard.org/rss-specification")
    first = show.first_published_at or timezone.now()  # an episode may go out before its show
    feed.lastBuildDate(first.astimezone(UTC))
    feed.rede.facts = ChannelFacts(
        guid=str(show.guid),
        author=_line(show.author or show.title),
        owner_email=show.owner_email,
        category=show.category,
        explicit=show.is_explicit,
        locked=show.is_locked,
        image=f"{BASE}{show.art_path}",
        terms=_terms_of(show.open_licence),
        people=_people_of(show),
    )
    return feed


def _line(text: str) -> str:
    return " ".join(clean_text(text).replace(BASE, "").split())[:255]


def _short(text: str) -> str:
    """At most 4,000 bytes, cut between characters."""
    cleaned = clean_text(text).replace(BASE, "").strip().encode()[:_TEXT_BYTES]
    return cleaned.decode(errors="ignore").strip()


def _notes(episode: "EpisodePage") -> str:
    """The notes as HTML with absolute addresses, fit for a CDATA section."""
    html = clean_text(notes_of(episode.body)).replace(BASE, "").replace("]]>", "]]&gt;")
    return _ROOTED.sub(f'href="{BASE}/', html)


def _language(code: str) -> str:
    return code.lower()


def _terms_of(licence: "Licence") -> Terms:
    return Terms(licence.identifier.lower(), licence.uri)


def _people_of(
    page: "ShowPage | EpisodePage", with_hosts_of: "ShowPage | None" = None
) -> list[PodcastPerson]:
    credits = list(page.facts().people)
    if with_hosts_of and not any(item.role == Contribution.Role.HOST for item in credits):
        hosts = with_hosts_of.facts().people
        credits += [item for item in hosts if item.role == Contribution.Role.HOST]
    found = []
    for item in credits:
        role, group = _ROLES[Contribution.Role(item.role)]
        url = f"{BASE}{item.person.get_absolute_url()}"
        found.append(PodcastPerson(_line(item.person.name), role, group, url))
    return found


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
    ShowFeed.objects.filter(pk=page_pk).delete()


def rewrite_all() -> None:
    """Look at every feed again, as after a change of restrictions."""
    from podcasts.models import ShowPage

    for show in ShowPage.objects.filter(live=True, alias_of__isnull=True):
        with transaction.atomic():
            write_show(show)


def _touch(show: "ShowPage", closed: Closures) -> None:
    """Note when the feed as a whole changed, if it did."""
    head = render_head(show)
    items = list(FeedItem.objects.filter(show_id=show.pk).values_list("xml", flat=True))
    digest = digest_of("".join([head, *items]).encode())
    is_public = PUBLIC in audience_of(show, closed)
    before = ShowFeed.objects.filter(pk=show.pk).first()
    if before and before.digest == digest and before.is_public == is_public:
        return
    changed_at = timezone.now()
    if before is not None:
        changed_at = max(changed_at, before.changed_at + timedelta(seconds=1))
    generator = _generator(show)
    generator.lastBuildDate(changed_at)
    ShowFeed.objects.update_or_create(
        show_id=show.pk,
        defaults={
            "head": generator.rss_str(pretty=False).decode(),
            "digest": digest,
            "changed_at": changed_at,
            "is_public": is_public,
        },
    )
