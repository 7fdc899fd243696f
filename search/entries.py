"""What an app hands over so that an item of its own is found. Addresses are site-relative."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Facet:
    """One value by which an entry can be filtered, and its name for people."""

    name: str
    value: str
    label: str


@dataclass(frozen=True)
class Segment:
    """What somebody says in a recording: when it begins (milliseconds), where it stands on the page,
    the words."""

    milliseconds: int
    anchor: str
    text: str


@dataclass(frozen=True)
class EntryDocument:
    """An item as search knows it: words to find it by, facets, readers, and its line in lists."""

    page_id: int
    kind: str
    title: str
    summary: str
    url: str
    keywords: str
    body: str
    published_at: datetime
    updated_at: datetime | None
    expires_at: datetime | None
    audience: frozenset[str]
    facets: list[Facet] = field(default_factory=list)
    card: dict[str, Any] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
