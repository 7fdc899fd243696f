"""What feedgen does not write, or not as the specifications ask.

Namespaces and rules: Apple Podcasts, Podcasting 2.0, PSP-1, creativeCommons RSS module, DCMI terms.
"""

from dataclasses import dataclass, field

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from podcasts import chapters

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
CREATIVE_COMMONS = "http://backend.userland.com/creativeCommonsRssModule"
DCTERMS = "http://purl.org/dc/terms/"
NAMESPACES = {
    "itunes": ITUNES,
    "podcast": PODCAST,
    "creativeCommons": CREATIVE_COMMONS,
    "dcterms": DCTERMS,
}


@dataclass(frozen=True)
class PodcastPerson:
    """A person of the show: role and group from the official taxonomy, at most 128 characters."""

    name: str
    role: str
    group: str
    href: str


@dataclass(frozen=True)
class Terms:
    """A licence as feeds name it: lower-case SPDX identifier, and its address."""

    identifier: str
    url: str


@dataclass(frozen=True)
class Frequency:
    """How often a show comes out: RFC 5545 rule, in words, and whether it has ended."""

    rule: str
    words: str
    is_finished: bool


@dataclass(frozen=True)
class Trailer:
    """Something short that presents a show or a season. `published_at` as RFC 2822; length in
    bytes."""

    title: str
    url: str
    published_at: str
    length: int
    season: int | None


@dataclass(frozen=True)
class Place:
    """What place something is about: a name, and a geo URI or nothing."""

    name: str
    geo: str


@dataclass(frozen=True)
class Recommended:
    """A show of somebody else: its podcast:guid, the address of its feed, its name."""

    guid: str
    url: str
    title: str


@dataclass
class ChannelFacts:
    """What a channel says beyond RSS. Addresses absolute; `category` “Top” or “Top > Sub”."""

    guid: str
    author: str
    owner_email: str
    category: str
    explicit: bool
    locked: bool
    image: str
    terms: Terms
    medium: str = "podcast"
    frequency: Frequency | None = None
    moved_to: str = ""
    people: list[PodcastPerson] = field(default_factory=list)
    trailers: list[Trailer] = field(default_factory=list)
    place: Place | None = None
    funding: tuple[str, str] | None = None  # address, words
    claim: str = ""
    recommended: list[Recommended] = field(default_factory=list)


@dataclass(frozen=True)
class Alternate:
    """The same sound in Opus: length in bytes, bit rate in bits per second."""

    url: str
    kind: str
    length: int
    bit_rate: int


@dataclass
class ItemFacts:
    """What an item says beyond RSS. Duration in seconds."""

    duration: int
    explicit: bool
    terms: Terms
    transcripts: list[tuple[str, str]]  # address, type; the one to prefer first
    language: str
    image: str
    episode_type: str = "full"
    season: int | None = None
    season_name: str = ""
    number: int | None = None
    chapters: str = ""
    alternate: Alternate | None = None
    people: list[PodcastPerson] = field(default_factory=list)
    place: Place | None = None


def _add(parent: etree._Element, namespace: str, tag: str, text: str = "", **attrs: str) -> None:
    element = etree.SubElement(parent, f"{{{namespace}}}{tag}", attrs)
    if text:
        element.text = text


def _terms(parent: etree._Element, terms: Terms) -> None:
    _add(parent, PODCAST, "license", terms.identifier, url=terms.url)
    _add(parent, CREATIVE_COMMONS, "license", terms.url)
    _add(parent, DCTERMS, "license", terms.url)


def _people(parent: etree._Element, people: list[PodcastPerson]) -> None:
    for person in people:
        _add(
            parent,
            PODCAST,
            "person",
            person.name[:128],
            role=person.role,
            group=person.group,
            href=person.href,
        )


def _alternate(item: etree._Element, found: Alternate) -> None:
    element = etree.SubElement(
        item,
        f"{{{PODCAST}}}alternateEnclosure",
        type=found.kind,
        codecs="opus",
        length=str(found.length),
        bitrate=str(found.bit_rate),
        title="Baixo consumo de dados",
    )
    _add(element, PODCAST, "source", uri=found.url)


def _frequency(channel: etree._Element, frequency: Frequency | None) -> None:
    if frequency is None or not (frequency.rule or frequency.is_finished):
        return
    rule = {"rrule": frequency.rule} if frequency.rule else {}
    ended = {"complete": "true"} if frequency.is_finished else {}
    words = "Encerrado" if frequency.is_finished else frequency.words or frequency.rule
    _add(channel, PODCAST, "updateFrequency", words, **ended, **rule)


def _place(parent: etree._Element, place: Place | None) -> None:
    if place is not None:
        _add(parent, PODCAST, "location", place.name, **({"geo": place.geo} if place.geo else {}))


def _recommended(channel: etree._Element, shows: list[Recommended]) -> None:
    if not shows:
        return
    roll = etree.SubElement(channel, f"{{{PODCAST}}}podroll")
    for show in shows:
        _add(roll, PODCAST, "remoteItem", feedGuid=show.guid, feedUrl=show.url, title=show.title)


def _trailers(channel: etree._Element, trailers: list[Trailer]) -> None:
    for trailer in trailers:
        season = {"season": str(trailer.season)} if trailer.season else {}
        _add(
            channel,
            PODCAST,
            "trailer",
            trailer.title,
            url=trailer.url,
            pubdate=trailer.published_at,
            length=str(trailer.length),
            type="audio/mpeg",
            **season,
        )


class RedeExtension(BaseExtension):
    """The channel."""

    facts: ChannelFacts

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        channel, facts = feed[0], self.facts
        _add(channel, ITUNES, "author", facts.author)
        _add(channel, ITUNES, "explicit", "true" if facts.explicit else "false")
        _add(channel, ITUNES, "image", href=facts.image)
        top, _, below = facts.category.partition(" > ")
        category = etree.SubElement(channel, f"{{{ITUNES}}}category", text=top)
        if below:
            etree.SubElement(category, f"{{{ITUNES}}}category", text=below)
        if facts.owner_email:
            owner = etree.SubElement(channel, f"{{{ITUNES}}}owner")
            _add(owner, ITUNES, "name", facts.author)
            _add(owner, ITUNES, "email", facts.owner_email)
        is_course = facts.medium == "course"
        _add(channel, ITUNES, "type", "serial" if is_course else "episodic")
        if facts.frequency and facts.frequency.is_finished:
            _add(channel, ITUNES, "complete", "yes")
        if facts.moved_to:
            _add(channel, ITUNES, "new-feed-url", facts.moved_to)
        _add(channel, PODCAST, "guid", facts.guid)
        owner_attr = {"owner": facts.owner_email} if facts.owner_email else {}
        _add(channel, PODCAST, "locked", "yes" if facts.locked else "no", **owner_attr)
        _add(channel, PODCAST, "medium", facts.medium)
        _frequency(channel, facts.frequency)
        _terms(channel, facts.terms)
        _people(channel, facts.people)
        _trailers(channel, facts.trailers)
        _place(channel, facts.place)
        if facts.funding:
            _add(channel, PODCAST, "funding", facts.funding[1], url=facts.funding[0])
        if facts.claim:
            _add(channel, PODCAST, "txt", facts.claim, purpose="verify")
        _recommended(channel, facts.recommended)
        return feed


class RedeEntryExtension(BaseEntryExtension):
    """An item."""

    facts: ItemFacts

    def extend_rss(self, item: etree._Element) -> etree._Element:
        facts = self.facts
        _add(item, ITUNES, "duration", str(facts.duration))
        _add(item, ITUNES, "explicit", "true" if facts.explicit else "false")
        _add(item, ITUNES, "episodeType", facts.episode_type)
        _add(item, ITUNES, "image", href=facts.image)
        if facts.season:
            name = {"name": facts.season_name} if facts.season_name else {}
            _add(item, ITUNES, "season", str(facts.season))
            _add(item, PODCAST, "season", str(facts.season), **name)
        if facts.number:
            _add(item, ITUNES, "episode", str(facts.number))
            _add(item, PODCAST, "episode", str(facts.number))
        for url, kind in facts.transcripts:
            _add(item, PODCAST, "transcript", url=url, type=kind, language=facts.language)
        if facts.chapters:
            _add(item, PODCAST, "chapters", url=facts.chapters, type=chapters.TYPE)
        if facts.alternate:
            _alternate(item, facts.alternate)
        _terms(item, facts.terms)
        _people(item, facts.people)
        _place(item, facts.place)
        return item
