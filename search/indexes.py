"""Where the embedded engine keeps the terms of its entries: the database's own full text.

The terms come folded and stemmed, so neither index needs to know Portuguese. Terms of a field of
their own (acronyms, authors) stand among the keywords with the name of the field before them.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from django.db import connection

from search.engines import SearchRequest
from search.models import Entry
from search.query import ANY, Clause, Query
from search.rings import PLENTY, enough, needed

TABLE = "search_terms"
COLUMNS = ("title", "keywords", "summary", "body")
MAX_MATCHES = 2000
# What meeting a thing in a column is worth beside the ranking of the database, which divides by the
# length of the whole entry; for the first so many things that are asked for.
WORTH = {"title": 2.5, "keywords": 1.2, "summary": 0.4}
MAX_WEIGHED = 8
NATIVE = 0.3  # and what the ranking of the database itself is worth
# What it is worth beside it to meet two things side by side, as they were typed.
SIDE_BY_SIDE = 0.8
NEAR = 3  # words that may stand between them


def rarity(holding: int, total: int) -> float:
    """How much it says that an entry holds something that `holding` of `total` entries hold."""
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


def term_in(field: str, term: str) -> str:
    """The term as it is kept in a field of its own."""
    return f"{field}{term}"


@dataclass(frozen=True)
class Matches:
    """Primary keys of entries, the best first, at most MAX_MATCHES; whether there are more."""

    pks: list[int]
    has_more: bool = False

    @classmethod
    def of_rows(cls, rows: list[tuple[int]]) -> "Matches":
        return cls([pk for (pk,) in rows[:MAX_MATCHES]], len(rows) > MAX_MATCHES)


@dataclass(frozen=True)
class Needs:
    """What entries of a ring have to meet: all of these clauses, or any of them and, if `least` is
    not 0, at least so many."""

    clauses: tuple[Clause, ...]
    is_all: bool = False
    least: int = 0

    @classmethod
    def of(cls, query: Query, ring: int) -> "Needs":
        if ring == ANY:
            return cls(query.wanted)
        if ring == len(query.strong):
            return cls(query.strong, is_all=True)
        return cls(query.strong, least=ring)


def visible_in(request: SearchRequest, own_key: str) -> tuple[str, tuple[Any, ...]]:
    """A condition in SQL: the entry of this row may be seen, and is not to be left out."""
    same = f"search_entry.page_id = {own_key}"
    entries = Entry.objects.visible_to(request.keys).exclude(pk__in=request.without)
    here = entries.extra(where=[same])  # noqa: S610 (nothing typed)
    sql, parameters = here.values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", parameters


class TermIndex(ABC):
    """Finds entries by terms, the best first. One for an answer: what it counts it counts once."""

    AND, OR, NOT = " AND ", " OR ", " NOT "
    KEY = ""  # the column that has the primary key of the entry
    ROWS = ""  # `pk` of the rows that meet what is asked, in SQL
    TOTAL = ""  # how many rows there are
    # Of each thing, by minus its place from 1, how many rows hold it: where that is known by the way.
    HOLDING = ""
    # Where who may see them is not looked up one after another, they lose their order.
    AGAIN = ""

    def __init__(self) -> None:
        self._holding: dict[str, int] = {}

    @abstractmethod
    def write(self, pk: int, columns: list[list[str]]) -> None:
        """Keep the terms of entry `pk`, a list for each of COLUMNS."""

    def remove(self, pk: int) -> None:
        """Forget the terms of entry `pk`."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE {self.KEY} = %s", [pk])

    @abstractmethod
    def holds(self, pk: int, columns: list[list[str]]) -> bool:
        """Whether just these terms are kept for entry `pk`."""

    def held(self) -> set[int]:
        """Primary keys of all entries of which terms are kept."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.KEY} FROM {TABLE}")
            return {row[0] for row in cursor.fetchall()}

    @abstractmethod
    def match(self, request: SearchRequest, ring: int) -> Matches:
        """The entries that the reader may see and that stand in the ring, those of a narrower one
        before. Those whose title meets everything come first: who types a title means that page,
        however short others are. Two queries of the database."""

    @abstractmethod
    def clause(self, clause: Clause) -> str:
        """It, as the database is asked."""

    @abstractmethod
    def in_column(self, clause: Clause, column: str) -> str:
        """The same in one of COLUMNS alone."""

    @abstractmethod
    def near(self, one: str, other: str) -> str:
        """Two terms side by side, with NEAR words between them at the most."""

    @abstractmethod
    def counting(self, clauses: list[str], without: str) -> tuple[str, list[Any]]:
        """Tables in SQL, for a WITH, and their parameters: `counted`, with how many `things` of these
        an entry (`pk`) meets; if there is a HOLDING, also what it is read from."""

    def is_firm(self, request: SearchRequest) -> bool:
        """Whether something that the reader may see meets what is firm. Two queries at the most."""
        query = request.query
        if query.firm == query.rings[0]:
            return self._held(request, self.AND, 1) > 0
        return not enough(query, self.count(request)).is_relaxed

    def is_any_held(self, request: SearchRequest) -> bool:
        """Whether something that the reader may see meets any of what tells a subject. One query."""
        return self._held(request, self.OR, 1) > 0

    def count(self, request: SearchRequest) -> dict[int, int]:
        """How many entries that the reader may see stand in each ring of the query, to PLENTY; if the
        first holds enough, in that one alone. Two queries at the most.

        Those that meet most are looked at first, and no more of them than have to be: to know who may
        see them takes longer than all the rest.
        """
        query = request.query
        whole, *wider = rings = query.rings
        most = max(1, needed(query, whole) - request.beside) if wider else 1
        met = self._held(request, self.AND, most)
        if met >= most or not wider:
            return {whole: met}
        strong = [self.clause(clause) for clause in query.strong]
        tables, counted = self.counting(strong, self.without(query))
        visible, parameters = visible_in(request, "found.pk")
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH {tables}, found AS MATERIALIZED (SELECT pk, things FROM counted "
                "WHERE things >= %s ORDER BY things DESC) SELECT things, count(*) FROM "
                f"(SELECT things FROM found WHERE {visible} {self.AGAIN} LIMIT %s) AS seen "
                f"GROUP BY things{self.HOLDING}",
                [*counted, min(wider), *parameters, PLENTY],
            )
            told = dict(cursor.fetchall())
        if self.HOLDING and not query.unwanted:
            self._holding = {each: told.get(-at, 0) for at, each in enumerate(strong, start=1)}
        return {ring: sum(told[things] for things in told if things >= ring) for ring in rings}

    def _held(self, request: SearchRequest, joint: str, most: int) -> int:
        """How many meet all that tells a subject, or any of it, to so many."""
        strong = joint.join(self.clause(clause) for clause in request.query.strong)
        visible, parameters = visible_in(request, "found.pk")
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM ({self.ROWS}) AS found "
                f"WHERE {visible} LIMIT %s) AS seen",
                [f"({strong}){self.without(request.query)}", *parameters, most],
            )
            return int(cursor.fetchone()[0])

    def asked(self, query: Query, needs: Needs) -> str:
        """What all entries of a ring meet: all that they need, or any of it."""
        needed = map(self.clause, needs.clauses)
        joint = self.AND if needs.is_all else self.OR
        return f"({joint.join(needed)}){self.without(query)}"

    def without(self, query: Query) -> str:
        """What an entry must not hold, to be added to what it has to meet."""
        return "".join(f"{self.NOT}{self.clause(clause)}" for clause in query.unwanted)

    def rarities(self, clauses: list[str]) -> list[float]:
        """How rare it is to hold each of these. One query."""
        unknown = [each for each in clauses if each not in self._holding]
        counts = f", (SELECT count(*) FROM ({self.ROWS}) AS met)" * len(unknown)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ({self.TOTAL}){counts}", unknown)
            total, *found = cursor.fetchone()
        self._holding |= dict(zip(unknown, found, strict=True))
        return [rarity(self._holding[each], total) for each in clauses]

    def in_columns(self, query: Query, rarities: list[float]) -> list[tuple[float, str]]:
        """What it is worth to meet each thing in a column, the rarer the more; `rarities` are those of
        the first things."""
        return [
            (worth * rare, self.in_column(clause, column))
            for clause, rare in zip(query.wanted, rarities, strict=False)
            for column, worth in WORTH.items()
        ]

    def side_by_side(self, query: Query, rarities: list[float]) -> list[tuple[float, str]]:
        """What it is worth to meet two things side by side."""
        return [
            (SIDE_BY_SIDE * rarities[place], self.near(*pair))
            for place, pair in query.neighbours
            if place < len(rarities)
        ]


def term_index() -> TermIndex:
    """The index of the database at hand."""
    if connection.vendor == "postgresql":
        from search.postgresql import PostgreSQLIndex

        return PostgreSQLIndex()
    from search.sqlite import SQLiteIndex

    return SQLiteIndex()
