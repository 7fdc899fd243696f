"""Where the embedded engine keeps the terms of its entries: the database's own full text.

The terms come folded and stemmed, so neither index needs to know Portuguese.
"""

from typing import Protocol

from django.db import connection

TABLE = "search_terms"
COLUMNS = ("title", "keywords", "summary", "body")
MAX_MATCHES = 2000
# What a tsvector holds is bounded (1 MB): a book's worth of words, not a library's.
_MAX_WORDS = 60_000


class TermIndex(Protocol):
    """Finds entries by terms, the best first."""

    def write(self, pk: int, columns: list[list[str]]) -> None:
        """Keep the terms of entry `pk`, a list for each of COLUMNS."""
        ...

    def remove(self, pk: int) -> None:
        """Forget the terms of entry `pk`."""
        ...

    def match(self, wanted: list[str], *, every: bool) -> list[int]:
        """Primary keys of the entries that hold all the terms, or any; at most MAX_MATCHES. Those
        whose title holds every term come first: who types a title means that page, however short
        others are."""
        ...


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

    def match(self, wanted: list[str], *, every: bool) -> list[int]:
        quoted = [f'"{term}"' for term in wanted]
        expression = (" AND " if every else " OR ").join(quoted)
        in_title = f"title : ({' AND '.join(quoted)})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY "
                f"rowid IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s) DESC, "
                f"bm25({TABLE}, {self._WEIGHTS}), rowid LIMIT %s",
                [expression, in_title, MAX_MATCHES],
            )
            return [row[0] for row in cursor.fetchall()]


class PostgreSQLIndex:
    """A tsvector for each entry, ordered by `ts_rank` with the same weights, the greatest as 1."""

    _WEIGHTS = "{0.05, 0.25, 0.3, 1.0}"  # D (body), C, B, A (title)
    _LABELS = "ABCD"
    # Long texts hold a term by chance: divide by the logarithm of the length.
    _NORMALISATION = 1

    def write(self, pk: int, columns: list[list[str]]) -> None:
        pieces = " || ".join(
            f"setweight(to_tsvector('simple', %s), '{label}')" for label in self._LABELS
        )
        texts = [" ".join(words[:_MAX_WORDS]) for words in columns]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (entry_id, terms) VALUES (%s, {pieces}) "
                "ON CONFLICT (entry_id) DO UPDATE SET terms = EXCLUDED.terms",
                [pk, *texts],
            )

    def remove(self, pk: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = %s", [pk])

    def match(self, wanted: list[str], *, every: bool) -> list[int]:
        each = ["plainto_tsquery('simple', %s)" for _ in wanted]
        asked, in_title = (" && " if every else " || ").join(each), " && ".join(each)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT entry_id FROM {TABLE}, "
                f"(SELECT {asked} AS asked, {in_title} AS in_title) AS question "
                "WHERE terms @@ asked ORDER BY ts_filter(terms, '{a}') @@ in_title DESC, "
                f"ts_rank('{self._WEIGHTS}', terms, asked, {self._NORMALISATION}) DESC, entry_id "
                "LIMIT %s",
                [*wanted, *wanted, MAX_MATCHES],
            )
            return [row[0] for row in cursor.fetchall()]


def term_index() -> TermIndex:
    """The index of the database at hand."""
    return PostgreSQLIndex() if connection.vendor == "postgresql" else SQLiteIndex()
