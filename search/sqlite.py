"""The terms of the entries on SQLite."""

from itertools import chain

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
from search.query import Atom, Clause

_WEIGHTS = "20.0, 6.0, 5.0, 1.0"
_MET = f"{TABLE}.rowid IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)"


class SQLiteIndex(TermIndex):
    """FTS5, ordered by its BM25 with a weight for each column."""

    KEY = "rowid"
    ROWS = f"SELECT rowid AS pk FROM {TABLE} WHERE {TABLE} MATCH %s"
    # The rows of the table itself are long; those of its sizes are short, and as many.
    TOTAL = f"SELECT count(*) FROM {TABLE}_docsize"

    def write(self, pk: int, columns: list[list[str]]) -> None:
        self.remove(pk)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, {', '.join(COLUMNS)}) VALUES (%s, %s, %s, %s, %s)",
                [pk, *map(" ".join, columns)],
            )

    def holds(self, pk: int, columns: list[list[str]]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM {TABLE} WHERE rowid = %s", [pk])
            return cursor.fetchall() == [tuple(map(" ".join, columns))]

    def match(self, request: SearchRequest, ring: int) -> Matches:
        query = request.query
        clauses = [self.clause(clause) for clause in query.wanted]
        in_title = f"title : ({self.AND.join(clauses)})"
        visible, parameters = visible_in(request, "ranked.pk")
        rarities = self.rarities(clauses[:MAX_WEIGHED])
        weights = [*self.in_columns(query, rarities), *self.side_by_side(query, rarities)]
        weighed = " + ".join([f"%s * ({_MET})"] * len(weights))
        ranking, meeting = self.ranking(query, ring), self.meeting(query, ring)
        met = [] if meeting == ranking else [meeting]
        firm = [self.meeting(query, query.firm)] if query.is_mixed(ring) else []
        with connection.cursor() as cursor:
            # Who may see them is looked up for those alone that are shown; LIMIT -1: they keep their
            # order.
            cursor.execute(
                f"WITH ranked AS MATERIALIZED (SELECT rowid AS pk FROM {TABLE} "
                f"WHERE {TABLE} MATCH %s {f'AND +{_MET}' if met else ''} "
                f"ORDER BY {_MET} DESC, {f'{_MET} DESC,' if firm else ''} "
                f"({weighed}) - {NATIVE} * bm25({TABLE}, {_WEIGHTS}) DESC, rowid LIMIT -1) "
                f"SELECT pk FROM ranked WHERE {visible} LIMIT %s",
                [
                    *(ranking, *met, in_title, *firm),
                    *(*chain.from_iterable(weights), *parameters, MAX_MATCHES + 1),
                ],
            )
            return Matches.of_rows(cursor.fetchall())

    def in_column(self, clause: Clause, column: str) -> str:
        return f"{column} : {self.clause(clause)}"

    def near(self, one: str, other: str) -> str:
        return f'NEAR("{one}" "{other}", {NEAR})'

    def clause(self, clause: Clause) -> str:
        return f"({' OR '.join(map(self._atom, clause.telling))})"

    @staticmethod
    def _atom(atom: Atom) -> str:
        terms = [term_in(atom.field, term) for term in atom.terms]
        if atom.is_phrase:
            return f'"{" ".join(terms)}"'
        return f"({' AND '.join(f'{chr(34)}{term}{chr(34)}' for term in terms)})"
