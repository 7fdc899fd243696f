"""What feedgen does not write, or not as the specifications ask.

Namespaces and rules: Apple Podcasts, Podcasting 2.0, PSP-1, creativeCommons RSS module, DCMI terms.
"""

from dataclasses import dataclass, field

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

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
    people: list[PodcastPerson] = field(default_factory=list)


@dataclass
class ItemFacts:
    """What an item says beyond RSS. Duration in seconds."""

    duration: int
    explicit: bool
    terms: Terms
    transcript: str
    language: str
    number: int | None = None
    people: list[PodcastPerson] = field(default_factory=list)


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
        _add(channel, ITUNES, "type", "episodic")
        _add(channel, PODCAST, "guid", facts.guid)
        owner_attr = {"owner": facts.owner_email} if facts.owner_email else {}
        _add(channel, PODCAST, "locked", "yes" if facts.locked else "no", **owner_attr)
        _add(channel, PODCAST, "medium", "podcast")
        _terms(channel, facts.terms)
        _people(channel, facts.people)
        return feed


class RedeEntryExtension(BaseEntryExtension):
    """An item."""

    facts: ItemFacts

    def extend_rss(self, item: etree._Element) -> etree._Element:
        facts = self.facts
        _add(item, ITUNES, "duration", str(facts.duration))
        _add(item, ITUNES, "explicit", "true" if facts.explicit else "false")
        _add(item, ITUNES, "episodeType", "full")
        if facts.number:
            _add(item, ITUNES, "episode", str(facts.number))
            _add(item, PODCAST, "episode", str(facts.number))
        _add(
            item,
            PODCAST,
            "transcript",
            url=facts.transcript,
            type="text/vtt",
            language=facts.language,
        )
        _terms(item, facts.terms)
        _people(item, facts.people)
        return item
