"""Where the embedded engine keeps the terms of its entries: the database's own full text.

The terms come folded and stemmed, so neither index needs to know Portuguese. Terms of a field of
their own (acronyms, authors) stand among the keywords with the name of the field before them.
"""

import math
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from search.engines import SearchRequest
from search.models import Entry
from search.query import ANY, Atom, Clause, Query
from search.rings import PLENTY, needed

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
# What a tsvector holds is bounded (1 MB): a book's worth of words, not a library's.
_MAX_WORDS = 60_000


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


class TermIndex(Protocol):
    """Finds entries by terms, the best first."""

    def write(self, pk: int, columns: list[list[str]]) -> None:
        """Keep the terms of entry `pk`, a list for each of COLUMNS."""
        ...

    def remove(self, pk: int) -> None:
        """Forget the terms of entry `pk`."""
        ...

    def holds(self, pk: int, columns: list[list[str]]) -> bool:
        """Whether just these terms are kept for entry `pk`."""
        ...

    def held(self) -> set[int]:
        """Primary keys of all entries of which terms are kept."""
        ...

    def match(self, request: SearchRequest, ring: int) -> Matches:
        """The entries that the reader may see and that stand in the ring, those of a narrower one
        before. Those whose title meets everything come first: who types a title means that
        page, however short others are. Two queries of the database."""
        ...

    def count(self, request: SearchRequest) -> dict[int, int]:
        """How many entries that the reader may see stand in each ring of the query, to PLENTY; if the
        first holds enough, in that one alone. Two queries at the most."""
        ...


@dataclass(frozen=True)
class _Needs:
    """What entries of a ring have to meet: all of these clauses, or any of them and, if `least` is
    not 0, at least so many."""

    clauses: tuple[Clause, ...]
    is_all: bool = False
    least: int = 0

    @classmethod
    def of(cls, query: Query, ring: int) -> "_Needs":
        if ring == ANY:
            return cls(query.wanted)
        if ring == len(query.strong):
            return cls(query.strong, is_all=True)
        return cls(query.strong, least=ring)


def _visible(request: SearchRequest, own_key: str) -> tuple[str, tuple[Any, ...]]:
    """A condition in SQL: the entry of this row may be seen, and is not to be left out."""
    same = f"search_entry.page_id = {own_key}"
    entries = Entry.objects.visible_to(request.keys).exclude(pk__in=request.without)
    here = entries.extra(where=[same])  # noqa: S610 (nothing typed)
    sql, parameters = here.values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", parameters


def _count(
    request: SearchRequest, whole: str, all_of_it: str, counted: str, asked: list[str]
) -> dict[int, int]:
    """What `count` says. `whole`: the rows (`pk`) that meet `all_of_it`, in SQL; `counted`: those that
    meet something, with how many `things`, its parameters `asked`.

    Those that meet most are looked at first, and no more of them than have to be: to know who may see
    them takes longer than all the rest.
    """
    visible, parameters = _visible(request, "found.pk")
    whole_ring, *wider = rings = request.query.rings
    enough = needed(request.query, whole_ring) - request.beside if wider else 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM ({whole}) AS found WHERE {visible} LIMIT %s) AS seen",
            [all_of_it, *parameters, max(1, enough)],
        )
        [met] = cursor.fetchone()
        if met >= enough or not wider:
            return {whole_ring: met}
        cursor.execute(
            f"WITH found AS MATERIALIZED (SELECT pk, things FROM ({counted}) AS counted "
            "WHERE things >= %s ORDER BY things DESC) SELECT things, count(*) FROM "
            f"(SELECT things FROM found WHERE {visible} LIMIT %s) AS seen GROUP BY things",
            [*asked, min(wider), *parameters, PLENTY],
        )
        found = dict(cursor.fetchall())
    return {ring: sum(found[things] for things in found if things >= ring) for ring in rings}


class SQLiteIndex:
    """FTS5, ordered by its BM25 with a weight for each column."""

    _WEIGHTS = "20.0, 6.0, 5.0, 1.0"

    def write(self, pk: int, columns: list[list[str]]) -> None:
        self.remove(pk)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, {', '.join(COLUMNS)}) VALUES (%s, %s, %s, %s, %s)",
                [pk, *map(" ".join, columns)],
            )

    def remove(self, pk: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [pk])

    def holds(self, pk: int, columns: list[list[str]]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM {TABLE} WHERE rowid = %s", [pk])
            return cursor.fetchall() == [tuple(map(" ".join, columns))]

    def held(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid FROM {TABLE}")
            return {row[0] for row in cursor.fetchall()}

    def match(self, request: SearchRequest, ring: int) -> Matches:
        query = request.query
        needs = _Needs.of(query, ring)
        clauses = [self._clause(clause) for clause in query.wanted]
        needed = [self._clause(clause) for clause in needs.clauses]
        without = "".join(f" NOT {self._clause(clause)}" for clause in query.unwanted)
        asked = f"({(' AND ' if needs.is_all else ' OR ').join(needed)}){without}"
        in_title = f"title : ({' AND '.join(clauses)})"
        visible, parameters = _visible(request, f"{TABLE}.rowid")
        met = f"{TABLE}.rowid IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)"
        each = needed if needs.least else []  # that has to be counted
        counted = " + ".join([f"({met})"] * len(each))
        some = clauses[:MAX_WEIGHED]
        counts = f", (SELECT count(*) FROM {TABLE} WHERE {TABLE} MATCH %s)" * len(some)
        with connection.cursor() as cursor:
            # The rows of the table itself are long; those of its sizes are short, and as many.
            cursor.execute(f"SELECT (SELECT count(*) FROM {TABLE}_docsize){counts}", some)
            total, *holding = cursor.fetchone()
            weighed, weights = self._weighed(
                query, list(zip(some, holding, strict=True)), total, met
            )
            cursor.execute(
                f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND {visible} "
                f"{f'AND {counted} >= {needs.least}' if each else ''} "
                f"ORDER BY {met} DESC, {f'{counted} >= {query.firm} DESC,' if each else ''} "
                f"{weighed} - {NATIVE} * bm25({TABLE}, {self._WEIGHTS}) DESC, rowid LIMIT %s",
                [
                    *(asked, *parameters, *each),
                    *(in_title, *each, *weights, MAX_MATCHES + 1),
                ],
            )
            return Matches.of_rows(cursor.fetchall())

    def count(self, request: SearchRequest) -> dict[int, int]:
        strong = [self._clause(clause) for clause in request.query.strong]
        without = "".join(f" NOT {self._clause(clause)}" for clause in request.query.unwanted)
        rows = f"SELECT rowid AS pk FROM {TABLE} WHERE {TABLE} MATCH %s"
        each = " UNION ALL ".join([rows] * len(strong))
        return _count(
            request,
            rows,
            f"({' AND '.join(strong)}){without}",
            f"SELECT pk, count(*) AS things FROM ({each}) GROUP BY pk",
            [f"{clause}{without}" for clause in strong],
        )

    @staticmethod
    def _weighed(
        query: Query, holding: list[tuple[str, int]], total: int, met: str
    ) -> tuple[str, list[Any]]:
        """What meeting each clause in a column is worth, the rarer the more, and two side by side;
        and its parameters."""
        pieces, parameters = [], []
        for clause, count in holding:
            for column, worth in WORTH.items():
                pieces.append(f"%s * ({met})")
                parameters += [worth * rarity(count, total), f"{column} : {clause}"]
        for place, (one, other) in query.neighbours:
            if place < len(holding):
                pieces.append(f"%s * ({met})")
                worth = SIDE_BY_SIDE * rarity(holding[place][1], total)
                parameters += [worth, f'NEAR("{one}" "{other}", {NEAR})']
        return f"({' + '.join(pieces)})", parameters

    def _clause(self, clause: Clause) -> str:
        return f"({' OR '.join(map(self._atom, clause.telling))})"

    @staticmethod
    def _atom(atom: Atom) -> str:
        terms = [term_in(atom.field, term) for term in atom.terms]
        if atom.is_phrase:
            return f'"{" ".join(terms)}"'
        return f"({' AND '.join(f'{chr(34)}{term}{chr(34)}' for term in terms)})"


class PostgreSQLIndex:
    """A tsvector for each entry, ordered by `ts_rank` with the same weights, the greatest as 1."""

    _WEIGHTS = "{0.05, 0.25, 0.3, 1.0}"  # D (body), C, B, A (title)
    _LABELS = "ABCD"
    # Long texts hold a term by chance: divide by the logarithm of the length.
    _NORMALISATION = 1
    _MET = "(terms @@ to_tsquery('simple', %s))"
    _END = "fimdecampo"  # keeps a run of words from going on in the next column

    def write(self, pk: int, columns: list[list[str]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (entry_id, terms) VALUES (%s, {self._vector()}) "
                "ON CONFLICT (entry_id) DO UPDATE SET terms = EXCLUDED.terms",
                [pk, *self._texts(columns)],
            )

    def holds(self, pk: int, columns: list[list[str]]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM {TABLE} WHERE entry_id = %s AND terms = {self._vector()}",
                [pk, *self._texts(columns)],
            )
            return cursor.fetchone() is not None

    def held(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT entry_id FROM {TABLE}")
            return {row[0] for row in cursor.fetchall()}

    def _vector(self) -> str:
        return " || ".join(
            f"setweight(to_tsvector('simple', %s), '{label}')" for label in self._LABELS
        )

    def _texts(self, columns: list[list[str]]) -> list[str]:
        return [" ".join([*words[:_MAX_WORDS], self._END]) for words in columns]

    def remove(self, pk: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = %s", [pk])

    def match(self, request: SearchRequest, ring: int) -> Matches:
        query = request.query
        needs = _Needs.of(query, ring)
        needed = [self._clause(clause) for clause in needs.clauses]
        without = "".join(f" & !{self._clause(clause)}" for clause in query.unwanted)
        asked = f"({(' & ' if needs.is_all else ' | ').join(needed)}){without}"
        in_title = " & ".join(self._clause(clause, "A") for clause in query.wanted)
        visible, parameters = _visible(request, f"{TABLE}.entry_id")
        each = needed if needs.least else []  # that has to be counted
        some = query.wanted[:MAX_WEIGHED]
        counts = f", (SELECT count(*) FROM {TABLE} WHERE {self._MET})" * len(some)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT (SELECT count(*) FROM {TABLE}){counts}", [*map(self._clause, some)]
            )
            total, *holding = cursor.fetchone()
            weighed, weights = self._weighed(query, list(zip(some, holding, strict=True)), total)
            # OFFSET 0: what is counted of a row is counted once.
            cursor.execute(
                f"SELECT entry_id FROM (SELECT entry_id, terms, {self._things(each)} AS things "
                f"FROM {TABLE} WHERE {self._MET} AND {visible} OFFSET 0) AS met "
                f"WHERE things >= {needs.least if each else 0} "
                f"ORDER BY {self._MET} DESC, {f'(things >= {query.firm}) DESC,' if each else ''} "
                f"{weighed} + ts_rank('{self._WEIGHTS}', terms, to_tsquery('simple', %s), "
                f"{self._NORMALISATION}) DESC, entry_id LIMIT %s",
                [*each, asked, *parameters, in_title, *weights, asked, MAX_MATCHES + 1],
            )
            return Matches.of_rows(cursor.fetchall())

    def count(self, request: SearchRequest) -> dict[int, int]:
        strong = [self._clause(clause) for clause in request.query.strong]
        without = "".join(f" & !{self._clause(clause)}" for clause in request.query.unwanted)
        return _count(
            request,
            f"SELECT entry_id AS pk FROM {TABLE} WHERE {self._MET}",
            f"({' & '.join(strong)}){without}",
            f"SELECT entry_id AS pk, {self._things(strong)} AS things FROM {TABLE} WHERE {self._MET} "
            "OFFSET 0",
            [*strong, f"({' | '.join(strong)}){without}"],
        )

    def _things(self, clauses: list[str]) -> str:
        """How many of so many clauses a row meets; they are its parameters."""
        return " + ".join([f"{self._MET}::int"] * len(clauses)) or "0"

    def _weighed(
        self, query: Query, holding: list[tuple[Clause, int]], total: int
    ) -> tuple[str, list[Any]]:
        """What meeting each clause in a column is worth, the rarer the more, and two side by side;
        and its parameters."""
        worths = [(self._LABELS[COLUMNS.index(column)], worth) for column, worth in WORTH.items()]
        pieces, parameters = [], []
        for clause, count in holding:
            for label, worth in [*worths, ("", NATIVE)]:
                pieces.append(f"%s * {self._MET}::int")
                parameters += [worth * rarity(count, total), self._clause(clause, label)]
        for place, (one, other) in query.neighbours:
            if place < len(holding):
                ways = [f"'{one}' <{step}> '{other}'" for step in range(1, NEAR + 2)]
                pieces.append(f"%s * {self._MET}::int")
                parameters += [SIDE_BY_SIDE * rarity(holding[place][1], total), " | ".join(ways)]
        return f"({' + '.join(pieces)})", parameters

    def _clause(self, clause: Clause, label: str = "") -> str:
        """In the words of `to_tsquery`; with a label, in that column alone."""
        return f"({' | '.join(self._atom(atom, label) for atom in clause.telling)})"

    @staticmethod
    def _atom(atom: Atom, label: str) -> str:
        suffix = f":{label}" if label else ""
        terms = [f"'{term_in(atom.field, term)}'{suffix}" for term in atom.terms]
        return f"({(' <-> ' if atom.is_phrase else ' & ').join(terms)})"


def term_index() -> TermIndex:
    """The index of the database at hand."""
    return PostgreSQLIndex() if connection.vendor == "postgresql" else SQLiteIndex()
