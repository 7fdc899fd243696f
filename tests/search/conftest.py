"""The engines that the contract holds for."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as configured

from search import services
from search.elastic import paired
from search.elastic.breaker import Breaker
from search.elastic.client import patient_client
from search.elastic.engine import ElasticEngine
from search.elastic.index import alias, answering_indexes, build
from search.embedded import EmbeddedEngine
from search.engines import SearchEngine
from search.models import Entry, IndexNote


class PromptEngine(ElasticEngine):
    """Tells Elasticsearch at once: nothing is ever committed in a test. Its notes have numbers that
    no test has had before, though the database begins anew with each. As on a site, the embedded engine
    is told as well."""

    def write(self, entry: Entry) -> None:
        EmbeddedEngine().write(entry)
        super().write(entry)

    def remove(self, page_id: int) -> None:
        EmbeddedEngine().remove(page_id)
        super().remove(page_id)

    def _noted(self, page_ids: Iterable[int]) -> None:
        for page_id in page_ids:
            IndexNote.objects.create(pk=time.time_ns() // 1000, page_number=page_id)
        self.catch_up()


ENGINES: list[Callable[[], SearchEngine]] = [EmbeddedEngine]
if configured.TEST_ELASTICSEARCH_URL:
    ENGINES.append(PromptEngine)


@pytest.fixture(scope="session")
def _index_of_this_process() -> Iterator[None]:
    """An index that outlives a test. The setting does not: other tests know no Elasticsearch."""
    with with_address():
        build(patient_client(), list)
    yield
    with with_address():
        forget_indexes()


@contextmanager
def with_address() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(configured, "ELASTICSEARCH_URL", configured.TEST_ELASTICSEARCH_URL)
        yield


@pytest.fixture
def elasticsearch(
    _index_of_this_process: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site has an Elasticsearch, whose index is empty, and a breaker that is whole."""
    settings.ELASTICSEARCH_URL = configured.TEST_ELASTICSEARCH_URL
    monkeypatch.setattr(paired, "breaker", Breaker())
    if not answering_indexes(patient_client()):
        build(patient_client(), list)
    patient_client().delete_by_query(
        index=alias(), query={"match_all": {}}, refresh=True, conflicts="proceed"
    )


@pytest.fixture
def new_index(elasticsearch: None) -> None:
    """The index has never been written to, as the notes of a new database need it: they are
    numbered from one again."""
    build(patient_client(), list)


def forget_indexes() -> None:
    """Delete every index of this process."""
    client = patient_client()
    for index in client.indices.get_alias(index=f"{configured.ELASTICSEARCH_PREFIX}-*"):
        client.indices.delete(index=index)


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SearchEngine:
    """The engine under test, which is also the one that is written to."""
    if request.param is not EmbeddedEngine:
        request.getfixturevalue("elasticsearch")
    made: SearchEngine = request.param()
    monkeypatch.setattr(services, "engine", lambda: made)
    return made
