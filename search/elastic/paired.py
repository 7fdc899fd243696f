"""Elasticsearch with the embedded engine behind it, which answers whenever it does not.

The embedded engine is written to in the transaction that publishes. Elasticsearch hears of it after
that, by notes; while there are any it is behind, and does not answer. So what is published is found at
once, and what is closed is found no more, whatever state Elasticsearch is in.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from django.db import transaction
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.elastic import notes
from search.elastic.breaker import Breaker
from search.elastic.client import AWAY, client, patient_client
from search.elastic.drift import unnoticed
from search.elastic.engine import ElasticEngine
from search.elastic.index import alias
from search.embedded import EmbeddedEngine
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from search.models import Entry

logger = logging.getLogger("rede.search")
breaker = Breaker()  # of this process


class PairedEngine:
    """What the site uses where there is an ELASTICSEARCH_URL."""

    def __init__(self) -> None:
        self._embedded, self._elastic = EmbeddedEngine(), ElasticEngine()

    def search(self, request: SearchRequest) -> SearchAnswer:
        answer = self._of_elastic(request)
        if answer is None:
            answer = replace(self._embedded.search(request), is_simpler=True)
        return answer

    def _of_elastic(self, request: SearchRequest) -> SearchAnswer | None:
        if notes.is_anything_noted() or not breaker.allows():
            return None
        try:
            answer = self._elastic.search(request)
        except AWAY as error:
            _failed(error)
            return None
        breaker.went_well()
        return answer

    def write(self, entry: Entry) -> None:
        self._embedded.write(entry)
        self._elastic.write(entry)
        transaction.on_commit(_tell, robust=True)

    def write_readers(self, page_ids: Iterable[int]) -> None:
        changed = list(page_ids)
        if changed:
            self._elastic.write_readers(changed)
            transaction.on_commit(_tell, robust=True)

    def remove(self, page_id: int) -> None:
        self._embedded.remove(page_id)
        self._elastic.remove(page_id)
        transaction.on_commit(_tell, robust=True)

    def catch_up(self) -> int:
        """For the clock: with patience, whatever the breaker says."""
        return _patiently(notes.catch_up) if notes.is_anything_noted() else 0

    def reconcile(self) -> int:
        """What it was never told is noted, and told. What it does not take then is newer there than
        here: the database was set back to an earlier day."""
        if not _patiently(_note_unnoticed):
            return 0
        done = self.catch_up()
        left = _patiently(lambda client: len(unnoticed(client)))
        if left:
            logger.error(
                "%s entries differ in Elasticsearch. Build it anew: manage.py reindex", left
            )
        return done

    def parts(self) -> list[SearchEngine]:
        return [self._embedded, self._elastic]

    def holds(self, entry: Entry) -> bool:
        return all(part.holds(entry) for part in self.parts())

    def held(self) -> set[int]:
        return set().union(*(part.held() for part in self.parts()))


def _note_unnoticed(client: Elasticsearch) -> int:
    stray = unnoticed(client)
    notes.note(stray)
    return len(stray)


def _patiently(do: Callable[[Elasticsearch], int]) -> int:
    """For the clock, which has more to do: nothing is done, nor waited for, while it is away."""
    try:
        client().indices.exists_alias(name=alias())  # answered soon, or it is away
        return do(patient_client())
    except NotFoundError:
        logger.warning("Elasticsearch has no index of this version. Build it: manage.py reindex")
    except AWAY as error:
        logger.warning("Elasticsearch is away: %s", error)
    return 0


def _tell() -> None:
    """Right after a publication. What cannot be told now is told by the clock."""
    if not breaker.allows():
        return
    try:
        notes.catch_up(client())
    except AWAY as error:
        _failed(error)
    else:
        breaker.went_well()


def _failed(error: Exception) -> None:
    if isinstance(error, ApiError) and error.status_code == 400:
        # It is there and does not understand: an error of ours, and no reason to ask no more.
        logger.error("Elasticsearch does not understand: %s", error)
        return
    logger.warning("Elasticsearch is away: %s", error)
    breaker.failed()
