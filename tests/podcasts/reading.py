"""Reading a feed as apps do: with lxml for the letter, with feedparser for what they make of it."""

from dataclasses import dataclass
from typing import Any

import feedparser
from django.test import Client
from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATIVE_COMMONS = "http://backend.userland.com/creativeCommonsRssModule"
DCTERMS = "http://purl.org/dc/terms/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
NAMESPACES = {
    "atom": ATOM,
    "content": CONTENT,
    "creativeCommons": CREATIVE_COMMONS,
    "dcterms": DCTERMS,
    "itunes": ITUNES,
    "podcast": PODCAST,
}


@dataclass(frozen=True)
class Feed:
    """A feed, parsed."""

    content: bytes

    @classmethod
    def get(cls, client: Client, path: str) -> "Feed":
        answer = client.get(path)
        assert answer.status_code == 200, answer.status_code
        return cls(answer.content)

    @property
    def root(self) -> etree._Element:
        return etree.fromstring(self.content)

    @property
    def channel(self) -> etree._Element:
        return self.root.find("channel")

    @property
    def items(self) -> list[etree._Element]:
        return self.channel.findall("item")

    @property
    def as_app(self) -> Any:
        """What feedparser understands; a malformed feed fails here."""
        parsed = feedparser.parse(self.content)
        assert not parsed.bozo, parsed.bozo_exception
        return parsed

    def titles(self) -> list[str]:
        return [item.findtext("title") for item in self.items]

    def item(self, title: str) -> etree._Element:
        return next(item for item in self.items if item.findtext("title") == title)


def one(element: etree._Element, path: str) -> etree._Element:
    """The only child at `path`, as in “itunes:image”; more or fewer fail."""
    found = element.findall(path, NAMESPACES)
    assert len(found) == 1, (path, len(found))
    return found[0]


def texts(element: etree._Element, path: str) -> list[str]:
    return [child.text or "" for child in element.findall(path, NAMESPACES)]
