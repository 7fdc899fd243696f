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
from search.query import Clause, Query
from search.rings import Choice, enough, needed

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


def visible_in(request: SearchRequest, own_key: str) -> tuple[str, tuple[Any, ...]]:
    """A condition in SQL: the entry of this row may be seen, and is not to be left out."""
    same = f"search_entry.page_id = {own_key}"
    entries = Entry.objects.visible_to(request.keys).exclude(pk__in=request.without)
    here = entries.extra(where=[same])  # noqa: S610 (nothing typed)
    sql, parameters = here.values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", parameters


class TermIndex(ABC):
    """Finds entries by terms, the best first."""

    AND, OR, NOT = " AND ", " OR ", " NOT "
    KEY = ""  # the column that has the primary key of the entry
    ROWS = ""  # `pk` of the rows that meet what is asked, in SQL
    TOTAL = ""  # how many rows there are

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

    def enough(self, request: SearchRequest) -> Choice:
        """The ring that is enough, of what the reader may see. A query for each ring that is looked
        at."""
        return enough(
            request.query,
            lambda ring: self.holding(request, ring, needed(request.query, ring)),
            request.beside,
        )

    def holding(self, request: SearchRequest, ring: int, most: int) -> int:
        """How many entries that the reader may see stand in the ring, counted to `most`. One query."""
        visible, parameters = visible_in(request, "found.pk")
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM ({self.ROWS}) AS found "
                f"WHERE {visible} LIMIT %s) AS seen",
                [self.meeting(request.query, ring), *parameters, most],
            )
            return int(cursor.fetchone()[0])

    def at_least(self, count: int, clauses: list[str]) -> str:
        """So many of the clauses: of one half of them some, and the rest of the other half."""
        if count in (1, len(clauses)):
            return f"({(self.OR if count == 1 else self.AND).join(clauses)})"
        half = len(clauses) // 2
        parts = clauses[:half], clauses[half:]
        ways = []
        for first in range(max(0, count - len(parts[1])), min(half, count) + 1):
            needed = zip((first, count - first), parts, strict=True)
            ways.append(self.AND.join(self.at_least(n, part) for n, part in needed if n))
        return f"({self.OR.join(f'({way})' for way in ways)})"

    def meeting(self, query: Query, ring: int) -> str:
        """What the entries of a ring meet."""
        clauses, count = query.needed(ring)
        return f"{self.at_least(count, list(map(self.clause, clauses)))}{self.without(query)}"

    def ranking(self, query: Query, ring: int) -> str:
        """By what they are ranked: each thing once."""
        clauses, count = query.needed(ring)
        joint = self.AND if count == len(clauses) else self.OR
        return f"({joint.join(map(self.clause, clauses))}){self.without(query)}"

    def without(self, query: Query) -> str:
        """What an entry must not hold, to be added to what it has to meet."""
        return "".join(f"{self.NOT}{self.clause(clause)}" for clause in query.unwanted)

    def rarities(self, clauses: list[str]) -> list[float]:
        """How rare it is to hold each of these. One query."""
        counts = f", (SELECT count(*) FROM ({self.ROWS}) AS met)" * len(clauses)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ({self.TOTAL}){counts}", clauses)
            total, *found = cursor.fetchone()
        return [rarity(holding, total) for holding in found]

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
