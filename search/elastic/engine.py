"""Elasticsearch as an engine: finds, counts and orders by itself; what is shown comes from the rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch import ApiError, NotFoundError, helpers

from search.elastic import asking, notes
from search.elastic.client import AWAY, client, patient_client
from search.elastic.documents import document
from search.elastic.index import alias
from search.embedded import chosen
from search.engines import (
    FACETS,
    EngineAway,
    FacetValue,
    SearchAnswer,
    SearchEngine,
    SearchRequest,
)
from search.hits import Hits
from search.indexes import MAX_MATCHES
from search.models import Entry, EntryFacet
from search.query import ANY
from search.rings import enough, needed


class ElasticEngine:
    """Answers with one call of Elasticsearch and two queries of the database, and one more for each
    ring that is looked at: which is enough is asked of the rows before. If the index says otherwise,
    which reads other languages in their own forms, it is called again. Raises one of `client.AWAY` where
    it does not answer in time."""

    def search(self, request: SearchRequest) -> SearchAnswer:
        query = request.query
        if request.text.strip() and not query:
            return SearchAnswer.nothing()
        expected = chosen(request).ring if query else ANY
        found, is_relaxed = _ask(request, expected), False
        if query and request.ring is None:
            ring, is_relaxed = enough(query, found.held.__getitem__, request.beside)
            if ring != expected:
                found = _ask(replace(request, ring=ring), ring)
        return SearchAnswer(
            hits=Hits(Entry.objects.visible_to(request.keys), found.pks, query),
            total=min(found.total, MAX_MATCHES),
            facets=_facets(found, request),
            met=found.every,
            has_more=found.total > MAX_MATCHES,
            is_relaxed=is_relaxed and found.every > 0,
        )

    def write(self, entry: Entry) -> None:
        self._noted([entry.pk])

    def write_readers(self, page_ids: Iterable[int]) -> None:
        self._noted(page_ids)

    def remove(self, page_id: int) -> None:
        self._noted([page_id])

    def _noted(self, page_ids: Iterable[int]) -> None:
        """Elasticsearch hears of it from whoever calls `catch_up`."""
        notes.note(page_ids)

    def catch_up(self) -> int:
        return notes.catch_up(client())

    def reconcile(self) -> int:
        return 0

    def parts(self) -> list[SearchEngine]:
        return [self]

    def holds(self, entry: Entry) -> bool:
        with _needed():
            try:
                kept = patient_client().get(index=alias(), id=str(entry.pk))
            except NotFoundError as error:
                if "error" in error.body:  # no index, rather than no document
                    raise
                return False
        return bool(kept["_source"] == document(entry))

    def held(self) -> set[int]:
        query = {"_source": False}
        with _needed():
            found = helpers.scan(patient_client(), index=alias(), query=query, size=5000)
            return {int(each["_id"]) for each in found}


@contextmanager
def _needed() -> Iterator[None]:
    """What only Elasticsearch can say. Raises EngineAway."""
    try:
        yield
    except NotFoundError:
        raise EngineAway(
            "O índice do Elasticsearch ainda não existe. Construa com: manage.py reindex"
        ) from None
    except AWAY as error:
        raise EngineAway(
            f"O Elasticsearch não responde ({error}). Quando ele voltar, o relógio leva o que falta."
        ) from None


@dataclass(frozen=True)
class _Found:
    """What Elasticsearch said: entries of the page, how many pass the filters, how many there are
    without filters, its counts, and how many stand in each ring."""

    pks: list[int]
    total: int
    every: int
    counts: dict[str, Any]
    held: dict[int, int]


def _ask(request: SearchRequest, ring: int) -> _Found:
    """One call, whose searches go on side by side: for the ring and, where it is not the one that was
    asked for, how many stand in the others."""
    query = request.query
    others = [each for each in query.rings if each != ring] if request.ring is None else []
    searches = [asking.page(request, ring), asking.counts(request, ring)]
    searches += (asking.held(request, each, needed(query, each)) for each in others)
    head = {"index": alias(), "allow_partial_search_results": False}
    said = client().msearch(searches=[line for each in searches for line in (head, each)])
    for each in said["responses"]:
        if "error" in each:
            meta = replace(said.meta, status=each["status"])
            raise ApiError(str(each["error"].get("type")), meta=meta, body=each)
    page, counts, *_ = said["responses"]
    total, every, *rest = (each["hits"]["total"]["value"] for each in said["responses"])
    return _Found(
        pks=[int(hit["_id"]) for hit in page["hits"]["hits"]],
        total=total,
        every=every,
        counts=counts["aggregations"],
        held={ring: every} | dict(zip(others, rest, strict=True)),
    )


def _facets(found: _Found, request: SearchRequest) -> dict[str, list[FacetValue]]:
    facets = {}
    for name in FACETS:
        values = []
        counted = found.counts[name]
        for bucket in counted.get(asking.VALUES, counted)["buckets"]:
            value, _, label = bucket["key"].partition("\t")
            values.append(FacetValue(value, label, bucket["doc_count"]))
        chosen = request.filters.get(name)
        if chosen and found.total and all(each.value != chosen for each in values):
            # A rare one, beyond what is counted: as many as there are.
            values += _rare(name, chosen, min(found.total, MAX_MATCHES))
        facets[name] = sorted(values, key=lambda each: (-each.count, each.value))
    return facets


def _rare(name: str, value: str, count: int) -> list[FacetValue]:
    row = EntryFacet.objects.filter(name=name, value=value).first()
    return [FacetValue(value, row.label, count)] if row else []
