"""The engines that are compared, each asked for the first fifty addresses.

Ours are asked without what curators pinned. Baselines are what one gets without this project: the
full text of the database, Wagtail's search in it, and Elasticsearch with an analyzer that it brings.
They read the same columns of the same entries and find what holds any word, with weights such as
sites use: title 10, keywords and summary 5, body 2.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from elasticsearch import helpers
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from accounts.audience import ANYBODY
from search import leniency
from search.elastic.client import patient_client
from search.elastic.engine import ElasticEngine
from search.embedded import EmbeddedEngine
from search.engines import SearchEngine, SearchRequest
from search.models import Entry

MOST = 50
WEIGHTS = {"title": 10, "keywords": 5, "summary": 5, "body": 2}
TEXTS = tuple(WEIGHTS)
ANALYZERS = ("portuguese", "brazilian", "standard")
_AT_ONCE = 500

Contender = Callable[[str], list[str]]


def ours(engine: SearchEngine) -> Contender:
    def ask(text: str) -> list[str]:
        request = SearchRequest(keys=ANYBODY, text=text, order="relevancia", per_page=MOST)
        return [hit.entry.url for hit in leniency.answer(request, engine.search).hits]

    return ask


def our_elasticsearch() -> Contender:
    call_command("reindex", verbosity=0)
    return ours(ElasticEngine())


def analyzer(name: str) -> Contender:
    """Elasticsearch's `multi_match` as it comes: the best field counts, any word will do."""
    client, place = patient_client(), f"{settings.ELASTICSEARCH_PREFIX}-{name}"
    text = {"type": "text", "analyzer": name}
    client.indices.create(
        index=place,
        mappings={"properties": {"url": {"type": "keyword"}, **dict.fromkeys(TEXTS, text)}},
        settings={"number_of_shards": 1, "number_of_replicas": 0},
    )
    entries = Entry.objects.values("url", *TEXTS).order_by("pk").iterator(_AT_ONCE)
    helpers.bulk(client, entries, index=place, refresh=True)
    fields = [f"{column}^{weight}" for column, weight in WEIGHTS.items()]

    def ask(text: str) -> list[str]:
        query = {"multi_match": {"query": text, "fields": fields}}
        found = client.search(index=place, query=query, size=MOST, source=["url"])
        return [hit["_source"]["url"] for hit in found["hits"]["hits"]]

    return ask


def forget_elasticsearch() -> None:
    """Delete every index of this run."""
    if not settings.ELASTICSEARCH_URL:
        return
    client = patient_client()
    for name in client.indices.get_alias(index=f"{settings.ELASTICSEARCH_PREFIX}-*"):
        client.indices.delete(index=name)


class WagtailEntry(index.Indexed, Entry):
    """Entries, which hold the text of the pages, as Wagtail's own search would index them."""

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
        if connection.vendor == "sqlite":
            return _ranked_once(found.query_compiler, found.query_compiler.get_config(backend))
        return [entry.url for entry in found[:MOST]]

    return ask


def _ranked_once(compiler: Any, config: Any) -> list[str]:
    """What Wagtail would find in SQLite, in its order. It ranks all that meet anew for each of them:
    half a minute for a frequent word among 5,000 entries."""
    from wagtail.search.backends.database.sqlite import sqlite

    asked = compiler.build_search_query(sqlite.normalize(compiler.query), config=config)
    met = sqlite.MatchExpression(compiler.FTS_TABLE_FIELDS, asked)
    kinds = sqlite.get_descendants_content_types_pks(WagtailEntry)
    rank = compiler._build_rank_expression(compiler.get_search_vectors(), config)
    rows = sqlite.SQLiteFTSIndexEntry.objects.filter(met, index_entry__content_type__in=kinds)
    best = rows.annotate(score=rank).order_by("score", "-pk")
    numbers = list(map(int, best.values_list("index_entry__object_id", flat=True)[:MOST]))
    urls = dict(Entry.objects.filter(pk__in=numbers).values_list("pk", "url"))
    return [urls[number] for number in numbers]


def _in_parts() -> Iterator[list[WagtailEntry]]:
    pks = list(WagtailEntry.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _AT_ONCE):
        yield list(WagtailEntry.objects.filter(pk__in=pks[start : start + _AT_ONCE]))


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


def all_contenders() -> dict[str, Callable[[], Contender]]:
    """Name → what makes ready to ask, for the services at hand."""
    if connection.vendor == "postgresql":
        database = {
            "ours, embedded, PostgreSQL": lambda: ours(EmbeddedEngine()),
            "Wagtail's database search, PostgreSQL": wagtail,
            "PostgreSQL `portuguese`, all words": lambda: postgresql("&"),
            "PostgreSQL `portuguese`, any word": lambda: postgresql("|"),
        }
    else:
        database = {
            "ours, embedded, SQLite": lambda: ours(EmbeddedEngine()),
            "Wagtail's database search, SQLite": wagtail,
            "SQLite FTS5, any word": fts5,
        }
    if not settings.ELASTICSEARCH_URL:
        return database
    analyzers = {f"Elasticsearch `{name}`": partial(analyzer, name) for name in ANALYZERS}
    return {"ours, Elasticsearch": our_elasticsearch, **database, **analyzers}
