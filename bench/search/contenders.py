"""The engines that are compared, each asked for the first fifty addresses.

Baselines are what one gets without this project: the database's own full text and Wagtail's search.
They read the same columns of the same entries, with
weights such as sites use: title 10, keywords and summary 5, body 2.
"""

import re
from collections.abc import Callable, Iterator

from django.db import connection
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from accounts.audience import ANYBODY
from search import services
from search.engines import SearchRequest
from search.models import Entry

MOST = 50
TEXTS = ("title", "keywords", "summary", "body")
WEIGHTS = {"title": 10, "keywords": 5, "summary": 5, "body": 2}

Contender = Callable[[str], list[str]]


def ours(text: str) -> list[str]:
    """The engine that the site would ask."""
    request = SearchRequest(keys=ANYBODY, text=text, order="relevancia", per_page=MOST)
    return [hit.entry.url for hit in services.search(request).hits]


class WagtailEntry(index.Indexed, Entry):
    """Entries as Wagtail's own search would index them."""

    search_fields = [index.SearchField(name, boost=WEIGHTS[name]) for name in TEXTS]

    class Meta:
        proxy = True
        app_label = "search"


def wagtail() -> Contender:
    backend = get_search_backend()
    indexed = backend.get_index_for_model(WagtailEntry)
    indexed.add_model(WagtailEntry)
    for some in _in_parts():
        indexed.add_items(WagtailEntry, some)

    def ask(text: str) -> list[str]:
        # A raw quotation mark is an error of SQLite's there; a word less is not.
        found = backend.search(text.replace('"', " "), WagtailEntry.objects.all(), operator="or")
        return [entry.url for entry in found[:MOST]]

    return ask


def postgresql(word: str) -> Contender:
    """PostgreSQL's `portuguese`, with the words joined by `word`: & or |."""
    vector = " || ".join(
        f"setweight(to_tsvector('portuguese', {name}), '{label}')"
        for name, label in zip(TEXTS, "ABBC", strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS baseline AS "
            f"SELECT url, {vector} AS terms FROM search_entry"
        )

    def ask(text: str) -> list[str]:
        asked = f" {word} ".join(re.findall(r"\w+", text))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT url FROM baseline, to_tsquery('portuguese', %s) AS asked "
                "WHERE terms @@ asked "
                "ORDER BY ts_rank('{0.1, 0.2, 0.5, 1}', terms, asked, 1) DESC, url LIMIT %s",
                [asked, MOST],
            )
            return [url for (url,) in cursor.fetchall()]

    return ask


def fts5() -> Contender:
    """SQLite's FTS5 as it comes, without accents, any word, its BM25 with the weights."""
    weights = ", ".join(str(WEIGHTS[name]) for name in TEXTS)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.baseline USING "
            f"fts5(url UNINDEXED, {', '.join(TEXTS)}, tokenize='unicode61 remove_diacritics 2')"
        )
        cursor.execute(
            f"INSERT INTO temp.baseline (url, {', '.join(TEXTS)}) "
            f"SELECT url, {', '.join(TEXTS)} FROM search_entry"
        )

    def ask(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT url FROM temp.baseline WHERE baseline MATCH %s "
                f"ORDER BY bm25(baseline, 0, {weights}), url LIMIT %s",
                [asked, MOST],
            )
            return [url for (url,) in cursor.fetchall()]

    return ask


def _in_parts() -> Iterator[list[WagtailEntry]]:
    pks = list(WagtailEntry.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), 500):
        yield list(WagtailEntry.objects.filter(pk__in=pks[start : start + 500]))


def all_contenders() -> dict[str, Callable[[], Contender]]:
    """Name → what makes ready to ask, for the database at hand. Wagtail's search in SQLite is left
    out: a single query of a frequent word took it half a minute among 5,000 entries."""
    if connection.vendor == "postgresql":
        return {
            "ours, embedded, PostgreSQL": lambda: ours,
            "Wagtail's database search, PostgreSQL": wagtail,
            "PostgreSQL `portuguese`, all words": lambda: postgresql("&"),
            "PostgreSQL `portuguese`, any word": lambda: postgresql("|"),
        }
    return {"ours, embedded, SQLite": lambda: ours, "SQLite FTS5, any word": fts5}
