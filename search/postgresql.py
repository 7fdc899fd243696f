"""The terms of the entries on PostgreSQL."""

from itertools import chain
from typing import Any

from django.db import connection

from search.engines import SearchRequest
from search.indexes import (
    COLUMNS,
    MAX_MATCHES,
    MAX_WEIGHED,
    NATIVE,
    NEAR,
    TABLE,
    Matches,
    TermIndex,
    term_in,
    visible_in,
)
from search.query import Atom, Clause, Query

_WEIGHTS = "{0.05, 0.25, 0.3, 1.0}"  # D (body), C, B, A (title)
_LABELS = "ABCD"
_ABOVE = "ABC"  # all but the body
# Long texts hold a term by chance: divide by the logarithm of the length.
_NORMALISATION = 1
_END = "fimdecampo"  # keeps a run of words from going on in the next column
# What a tsvector holds is bounded (1 MB): a book's worth of words, not a library's.
_MAX_WORDS = 60_000
_MET = "(terms @@ to_tsquery('simple', %s))"
_VECTOR = " || ".join(f"setweight(to_tsvector('simple', %s), '{label}')" for label in _LABELS)


class PostgreSQLIndex(TermIndex):
    """A tsvector for each entry, ordered by `ts_rank` with the same weights, the greatest as 1."""

    AND, OR, NOT = " & ", " | ", " & !"
    KEY = "entry_id"
    # OFFSET 0: it is looked up in the index, however few of them are wanted.
    ROWS = f"SELECT entry_id AS pk FROM {TABLE} WHERE {_MET} OFFSET 0"
    TOTAL = f"SELECT count(*) FROM {TABLE}"

    def write(self, pk: int, columns: list[list[str]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (entry_id, terms) VALUES (%s, {_VECTOR}) "
                "ON CONFLICT (entry_id) DO UPDATE SET terms = EXCLUDED.terms",
                [pk, *_texts(columns)],
            )

    def holds(self, pk: int, columns: list[list[str]]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM {TABLE} WHERE entry_id = %s AND terms = {_VECTOR}",
                [pk, *_texts(columns)],
            )
            return cursor.fetchone() is not None

    def match(self, request: SearchRequest, ring: int) -> Matches:
        query = request.query
        clauses, count = query.needed(ring)
        needed = [self.clause(clause) for clause in clauses]
        weighable = [self.clause(clause) for clause in query.wanted[:MAX_WEIGHED]]
        in_title = self.AND.join(self.in_column(clause, "title") for clause in query.wanted)
        # What all meet makes no difference.
        certain = needed if count == len(needed) else []
        seen = [each for each in dict.fromkeys([*needed, *weighable]) if each not in certain]
        things = " + ".join(f"met_{at}" for at in range(len(needed)))
        is_firm = f"{things} >= {query.firm}" if query.is_mixed(ring) else "true"
        score, worths = self._score(query, weighable, seen)
        rank = f"ts_rank('{_WEIGHTS}', terms, to_tsquery('simple', %s), {_NORMALISATION})"
        visible, parameters = visible_in(request, "ranked.entry_id")
        with connection.cursor() as cursor:
            # OFFSET 0: whether a row meets a thing is looked up once; who may see it is looked up where
            # rows are short.
            cursor.execute(
                f"SELECT entry_id FROM (SELECT entry_id, {_MET} AS in_title, {is_firm} AS is_firm, "
                f"{score} + {rank} AS score FROM ("
                f"SELECT {', '.join(['entry_id', 'terms', *_columns(seen)])} FROM {TABLE} "
                f"WHERE {_MET} OFFSET 0) AS found OFFSET 0) AS ranked "
                f"WHERE {visible} ORDER BY in_title DESC, is_firm DESC, score DESC, entry_id LIMIT %s",
                [
                    *(in_title, *worths, self.ranking(query, ring), *seen),
                    *(self.meeting(query, ring), *parameters, MAX_MATCHES + 1),
                ],
            )
            return Matches.of_rows(cursor.fetchall())

    def _score(self, query: Query, weighable: list[str], seen: list[str]) -> tuple[str, list[Any]]:
        """What an entry is worth beside `ts_rank`, in SQL, and its parameters."""
        rarities = self.rarities(weighable)
        in_columns = self.in_columns(query, rarities)
        side_by_side = self.side_by_side(query, rarities)
        above = self.OR.join(self._labelled(each, _ABOVE) for each in query.wanted[:MAX_WEIGHED])
        weight = f"%s::float8 * {_MET}::int"
        parts = [
            f"{NATIVE * rare}::float8 * met_{seen.index(each)}"
            for each, rare in zip(weighable, rarities, strict=True)
            if each in seen
        ]
        # Most entries meet it in the body alone: whether one does is looked up once for all.
        parts.append(f"CASE WHEN {_MET} THEN {' + '.join([weight] * len(in_columns))} ELSE 0 END")
        parts += [weight] * len(side_by_side)
        return " + ".join(parts), [above, *chain.from_iterable([*in_columns, *side_by_side])]

    def clause(self, clause: Clause) -> str:
        return self._labelled(clause, "")

    def in_column(self, clause: Clause, column: str) -> str:
        return self._labelled(clause, _LABELS[COLUMNS.index(column)])

    def near(self, one: str, other: str) -> str:
        return " | ".join(f"'{one}' <{step}> '{other}'" for step in range(1, NEAR + 2))

    def _labelled(self, clause: Clause, label: str) -> str:
        """In the words of `to_tsquery`; with a label, in that column alone."""
        return f"({' | '.join(self._atom(atom, label) for atom in clause.telling)})"

    @staticmethod
    def _atom(atom: Atom, label: str) -> str:
        suffix = f":{label}" if label else ""
        terms = [f"'{term_in(atom.field, term)}'{suffix}" for term in atom.terms]
        return f"({(' <-> ' if atom.is_phrase else ' & ').join(terms)})"


def _columns(things: list[str]) -> list[str]:
    """For each of the things whether a row meets it, 1 or 0; they are its parameters."""
    return [f"{_MET}::int AS met_{at}" for at in range(len(things))]


def _texts(columns: list[list[str]]) -> list[str]:
    return [" ".join([*words[:_MAX_WORDS], _END]) for words in columns]
