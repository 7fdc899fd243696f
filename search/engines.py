"""What every search engine can do, whichever answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from search.models import Entry
from search.query import Query, understand

# The facets that are counted, by the names they have in addresses.
FACETS = (
    *("formato", "tema", "publico", "nivel", "licenca"),
    *("autor", "ano", "uf", "municipio", "lingua", "duracao"),
)


@dataclass(frozen=True)
class SearchRequest:
    """What is asked: words, chosen facets (name → value), the reader's keys, and which page.

    `order` is `relevancia`, `recentes` or `titulo`. Pages count from 1. The entries `without` are left
    out as if they were not there; so many others are shown `beside` the answer, on a page of their own
    or before. `ring`: how many of the things that tell a subject an entry has to meet; None: the engine
    answers with the ring that is enough (`rings.py`).
    """

    keys: frozenset[str]
    text: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    order: str = ""
    page: int = 1
    per_page: int = 12
    without: frozenset[int] = frozenset()
    beside: int = 0
    ring: int | None = None

    @cached_property
    def query(self) -> Query:
        """What the words mean, understood once for whichever engine answers."""
        return understand(self.text)

    @property
    def first(self) -> int:
        """The place of the first entry of the page, from 0."""
        return (self.page - 1) * self.per_page


@dataclass(frozen=True)
class FacetValue:
    """A value by which the answer can be narrowed, and how many it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Moment:
    """The second of a recording at which what was asked for is said."""

    seconds: int
    url: str

    @property
    def clock(self) -> str:
        """“02:05”, or “1:02:05”."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


@dataclass(frozen=True)
class Hit:
    """One entry of the answer; title and excerpt are HTML, escaped, with `<mark>` where it met.
    `is_pinned`: curators chose it for this query."""

    entry: Entry
    title_html: str
    excerpt_html: str
    moment: Moment | None = None
    is_pinned: bool = False


@dataclass(frozen=True)
class SearchAnswer:
    """The page asked for, the total, and the facets, each counted without its own filter.

    `met`: how many there are before any filter, as far as they were looked at. `is_relaxed`: nothing
    met what is firm of what was asked, so these meet a part of it. `has_more`: there are more than were
    looked at, so total and counts are of the best of them. `is_simpler`: the engine that should have
    answered was away, and another one did. `read_as`: the words by which it was found, where what was
    typed met nothing.
    """

    hits: Sequence[Hit]
    total: int
    facets: dict[str, list[FacetValue]]
    met: int = 0
    has_more: bool = False
    is_relaxed: bool = False
    is_simpler: bool = False
    read_as: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether something meets what is firm of what was asked."""
        return self.met > 0 and not self.is_relaxed

    @classmethod
    def nothing(cls) -> "SearchAnswer":
        """An answer without entries."""
        return cls([], 0, {name: [] for name in FACETS})


class EngineAway(RuntimeError):
    """An engine does not answer, or has still to be built; the message says what to do."""


class SearchEngine(Protocol):
    """An engine that finds entries."""

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer `request`. Never shows or counts what the reader's keys do not open."""
        ...

    def write(self, entry: Entry) -> None:
        """Take in a new or changed entry."""
        ...

    def write_readers(self, page_ids: Iterable[int]) -> None:
        """Take in who may now read these entries."""
        ...

    def remove(self, page_id: int) -> None:
        """Forget an entry."""
        ...

    def parts(self) -> "list[SearchEngine]":
        """The engines of which this one is made; itself, where it is made of none."""
        ...

    def holds(self, entry: Entry) -> bool:
        """Whether the engine has this entry as it is now. Raises EngineAway."""
        ...

    def held(self) -> set[int]:
        """The numbers of all entries that the engine has. Raises EngineAway."""
        ...

    def catch_up(self) -> int:
        """Take in what was written while a part of the engine was away. Returns how much."""
        ...

    def reconcile(self) -> int:
        """Find what was written without the engine's hearing of it, and take it in. Returns how
        much."""
        ...
