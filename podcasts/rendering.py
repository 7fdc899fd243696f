"""A channel and its items as XML, with `BASE` where the public address goes."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from files.inspection import clean_text
from knowledge.models import Contribution, Publisher
from podcasts import recurrence
from podcasts.feed_extension import (
    Alternate,
    ChannelFacts,
    Frequency,
    ItemFacts,
    Place,
    PodcastPerson,
    Recommended,
    RedeEntryExtension,
    RedeExtension,
    Terms,
    Trailer,
)
from podcasts.guids import podcast_guid
from podcasts.models.feeds import BASE
from podcasts.notes import notes_of
from podcasts.places import geo
from podcasts.taxonomy import OF_THE_LIBRARY

if TYPE_CHECKING:
    from licensing.values import Licence
    from podcasts.models import EpisodePage, ShowPage
    from podcasts.models.audio import EpisodeAudio

_TEXT_BYTES = 4000  # what apps keep of a description
_ITEM = re.compile(r"<item>.*</item>", re.DOTALL)
_ROOTED = re.compile(r'href="/(?!/)')


def render_head(
    show: "ShowPage", trailers: "Iterable[EpisodePage]" = (), built_at: datetime | None = None
) -> str:
    """The channel of a show, without items. `built_at` is when the feed last changed."""
    generator = _generator(show)
    generator.rede.facts.trailers = [_trailer(episode) for episode in trailers]
    if built_at is not None:
        generator.lastBuildDate(built_at.astimezone(UTC))
    return _written(generator)


def render_item(episode: "EpisodePage") -> str:
    """One item. The people of the show's hosts are restated: an item's people replace them."""
    audio, published_at = episode.audio, episode.first_published_at
    if audio is None or published_at is None:
        raise ValueError("Um episódio sem áudio ou sem data não entra no feed.")
    match = _ITEM.search(_item_in_channel(episode, audio, published_at))
    if match is None:
        raise ValueError("O feedgen não escreveu o item.")
    return match.group()


def render_alone(episode: "EpisodePage", audio: "EpisodeAudio") -> str:
    """The feed as if a draft with this audio were the only episode of its show."""
    return _item_in_channel(episode, audio, episode.first_published_at or timezone.now())


def _item_in_channel(episode: "EpisodePage", audio: "EpisodeAudio", published_at: datetime) -> str:
    show = episode.show
    generator = _generator(show)
    entry: FeedEntry = generator.add_entry(order="append")
    entry.guid(episode.guid, permalink=False)
    entry.title(_line(episode.title))
    entry.link(href=f"{BASE}{episode.get_url()}")
    entry.description(_short(episode.summary))
    notes = _notes(episode)
    if notes:
        entry.content(notes, type="CDATA")
    # One zone, so that the same moment is always the same bytes.
    entry.pubDate(published_at.astimezone(UTC))
    entry.enclosure(f"{BASE}{episode.audio_path}", str(audio.copy_bytes), "audio/mpeg")
    entry.source(url=f"{BASE}{show.feed_path}", title=_line(show.title))
    entry.rede.facts = ItemFacts(
        duration=audio.seconds,
        alternate=_alternate(episode, audio),
        explicit=show.is_explicit,
        terms=_terms_of(episode.open_licence),
        transcripts=[
            (f"{BASE}{episode.transcript_path_as(form)}", kind)
            for form, kind in episode.transcript_forms.items()
        ],
        language=_language(episode.language),
        image=f"{BASE}{episode.art_path}",
        episode_type=episode.episode_type,
        season=episode.season,
        season_name=_line(show.season_name(episode.season))[:128],
        number=episode.number,
        chapters=f"{BASE}{episode.chapters_path}" if episode.chapter_list() else "",
        people=_people_of(episode, with_hosts_of=show),
        place=_place_of(episode),
    )
    return _written(generator)


def render_library_head(
    shows: "list[ShowPage]", *, path: str, guid: str, built_at: datetime | None = None
) -> str:
    """The channel in which all shows stand together, without items. It borrows the art and the
    category of the first."""
    publisher, first = Publisher.load(), shows[0]
    index = first.get_parent()
    introduction = _short(getattr(index.specific, "introduction", "")) or _short(publisher.about)
    feed = _channel(f"{publisher.name}: {index.title}", introduction, path, index.get_url())
    feed.language(_language(first.language))
    feed.lastBuildDate((built_at or _oldest(shows)).astimezone(UTC))
    feed.rede.facts = ChannelFacts(
        guid=guid,
        author=_line(publisher.name),
        owner_email=publisher.email,
        category=first.category,
        explicit=any(show.is_explicit for show in shows),
        locked=any(show.is_locked for show in shows),
        image=f"{BASE}{first.art_path}",
        terms=_terms_of(publisher.licence),
        medium="mixed" if len({show.medium for show in shows}) > 1 else first.medium,
    )
    return _written(feed)


def _oldest(shows: "list[ShowPage]") -> datetime:
    dates = [show.first_published_at for show in shows if show.first_published_at]
    return min(dates, default=timezone.now())


def _channel(title: str, description: str, path: str, page: str) -> FeedGenerator:
    """What RSS asks of every channel; `path` is where it is, `page` what it is of."""
    feed = FeedGenerator()
    feed.register_extension("rede", RedeExtension, RedeEntryExtension, atom=False)
    feed.title(_line(title))
    feed.description(description)
    # The last link is the channel's <link>: self first.
    feed.link(href=f"{BASE}{path}", rel="self", type="application/rss+xml")
    feed.link(href=f"{BASE}{page}", rel="alternate")
    feed.generator("Rede Aberta")
    feed.docs("https://www.rssboard.org/rss-specification")
    return feed


def _generator(show: "ShowPage") -> FeedGenerator:
    feed = _channel(show.title, _short(show.summary), show.feed_path, show.get_url() or "")
    feed.language(_language(show.language))
    first = show.first_published_at or timezone.now()  # an episode may go out before its show
    feed.lastBuildDate(first.astimezone(UTC))
    feed.rede.facts = ChannelFacts(
        guid=str(show.guid or podcast_guid(f"{settings.PUBLIC_URL}{show.feed_path}")),
        author=_line(show.author or show.title),
        owner_email=show.owner_email,
        category=show.category,
        explicit=show.is_explicit,
        locked=show.is_locked,
        image=f"{BASE}{show.art_path}",
        terms=_terms_of(show.open_licence),
        medium=show.medium,
        frequency=Frequency(
            show.recurrence, recurrence.in_words(show.recurrence), show.is_finished
        ),
        moved_to=show.moved_to,
        people=_people_of(show),
        place=_place_of(show),
        funding=_funding_of(show),
        claim=_line(show.claim),
        recommended=_recommended_by(show),
    )
    return feed


def _written(generator: FeedGenerator) -> str:
    return str(generator.rss_str(pretty=False).decode())


def _alternate(episode: "EpisodePage", audio: "EpisodeAudio") -> Alternate | None:
    """The same sound for slow connections, at an address that never changes either."""
    if not audio.low_copy:
        return None
    url = f"{BASE}/podcasts/audio/{episode.uuid}.opus"
    return Alternate(url, audio.low_type, audio.low_bytes, audio.low_bit_rate)


def _trailer(episode: "EpisodePage") -> Trailer:
    """A trailer stands among the items, and in the channel as well."""
    audio, published_at = episode.audio, episode.first_published_at
    if audio is None or published_at is None:
        raise ValueError("Uma chamada sem áudio ou sem data não entra no feed.")
    return Trailer(
        title=_line(episode.title)[:128],
        url=f"{BASE}{episode.audio_path}",
        published_at=format_datetime(published_at.astimezone(UTC)),
        length=audio.copy_bytes,
        season=episode.season,
    )


def _line(text: str) -> str:
    return " ".join(clean_text(text).replace(BASE, "").split())[:255]


def _short(text: str) -> str:
    """At most 4,000 bytes, cut between characters."""
    cleaned = clean_text(text).replace(BASE, "").strip().encode()[:_TEXT_BYTES]
    return cleaned.decode(errors="ignore").strip()


def _notes(episode: "EpisodePage") -> str:
    """The notes as HTML with absolute addresses, fit for a CDATA section."""
    silence = f"<p>Sem transcrição: {escape(episode.silence)}</p>" if episode.silence else ""
    written = notes_of(episode.body) + silence
    html = clean_text(written).replace(BASE, "").replace("]]>", "]]&gt;")
    return _ROOTED.sub(f'href="{BASE}/', html)


def _language(code: str) -> str:
    return code.lower()


def _terms_of(licence: "Licence") -> Terms:
    return Terms(licence.identifier.lower(), licence.uri)


def _place_of(page: "ShowPage | EpisodePage") -> Place | None:
    name = _line(page.place)[:128]
    return Place(name, geo(page.coordinates)) if name else None


def _funding_of(show: "ShowPage") -> tuple[str, str] | None:
    words = _line(show.funding_label)[:128] or "Apoie o programa"
    return (show.funding_url, words) if show.funding_url else None


def _recommended_by(show: "ShowPage") -> list[Recommended]:
    """Each with the number that follows from its address (Podcasting 2.0, podcast:guid)."""
    values = [block.value for block in show.recommended]
    return [
        Recommended(str(podcast_guid(each["feed"])), each["feed"], _line(each["title"]))
        for each in values
    ]


def _people_of(
    page: "ShowPage | EpisodePage", with_hosts_of: "ShowPage | None" = None
) -> list[PodcastPerson]:
    credits = list(page.facts().people)
    if with_hosts_of and not any(item.role == Contribution.Role.HOST for item in credits):
        hosts = with_hosts_of.facts().people
        credits += [item for item in hosts if item.role == Contribution.Role.HOST]
    found = []
    for item in credits:
        role, group = OF_THE_LIBRARY[Contribution.Role(item.role)]
        url = f"{BASE}{item.person.get_absolute_url()}"
        found.append(PodcastPerson(_line(item.person.name), role, group, url))
    return found
