"""The site with an Elasticsearch that comes and goes: nothing is lost, nothing shown that may not be.

Without its address there is nothing here to run, but for what needs none.
"""

import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.audience import ANYBODY, SIGNED_IN
from search import services
from search.elastic import drift
from search.elastic import index as elastic_index
from search.elastic.breaker import FAILURES
from search.elastic.client import patient_client
from search.elastic.documents import Document, documents
from search.elastic.index import answering_indexes, build, indexes
from search.engines import SearchAnswer, SearchRequest
from search.indexes import term_index
from search.inspection import Inspection
from search.models import Entry, EntryFacet, IndexNote
from tests.factories import entries
from tests.factories.library import library

pytestmark = pytest.mark.django_db
NOBODY_THERE = "http://127.0.0.1:9"
Committed = Callable[[], AbstractContextManager[Any]]


def ask(text: str, **how: Any) -> SearchAnswer:
    return services.search(SearchRequest(**{"keys": ANYBODY, "text": text} | how))


def found(text: str, **how: Any) -> tuple[list[str], bool]:
    """Titles, and whether Elasticsearch itself answered."""
    answer = ask(text, **how)
    return [hit.entry.title for hit in answer.hits], not answer.is_simpler


def rows() -> Iterator[tuple[int, Document]]:
    yield from documents(Entry.objects.all())


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """What is written inside is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def deaf() -> Iterator[tuple[str, list[Any]]]:
    """A server that takes every call and answers none; and the calls."""
    calls: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    calls.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        server.shutdown(socket.SHUT_RDWR)


def test_building_needs_an_address() -> None:
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("reindex")


if configured.TEST_ELASTICSEARCH_URL:

    @pytest.mark.usefixtures("new_index")
    class TestWriting:
        def test_what_is_committed_is_found_by_elasticsearch(self, committed: Committed) -> None:
            with committed():
                entries.entry(title="Merenda")
            assert found("merenda") == (["Merenda"], True)
            assert not IndexNote.objects.exists()

        def test_before_that_by_the_embedded_engine(self) -> None:
            entries.entry(title="Merenda")
            assert found("merenda") == (["Merenda"], False)

        def test_what_is_closed_is_closed_at_once(self, committed: Committed) -> None:
            with committed():
                made = entries.entry(title="Merenda")
            with committed():
                services.write_audiences({made.pk: frozenset({SIGNED_IN})})
                assert ask("merenda").total == 0
            assert found("merenda") == ([], True)
            assert found("merenda", keys=frozenset({SIGNED_IN})) == (["Merenda"], True)

        def test_an_entry_goes_with_its_page(self, committed: Committed) -> None:
            with committed():
                made = entries.entry(title="Merenda")
            with committed():
                made.page.delete()
            assert found("merenda") == ([], True)
            assert Inspection().left_over([]) == []

        def test_an_older_writing_never_wins(self, committed: Committed) -> None:
            """Two processes tell Elasticsearch of the same entry, the slower one the older state."""
            with committed():
                made = entries.entry(title="Merenda")
            [(_, old)] = rows()
            with committed():
                entries.entry(page=made.page, title="Transporte")
            [name] = answering_indexes(patient_client())
            late = elastic_index.Change(made.pk, 1, old)
            assert elastic_index.put(patient_client(), name, [late], shown=True) == set()
            assert found("merenda") == ([], True)
            assert found("transporte") == (["Transporte"], True)

        def test_one_that_is_refused_keeps_no_other_from_being_told(
            self, committed: Committed, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            from search.elastic import notes

            def spoilt(some: Collection[Entry]) -> Iterator[tuple[int, Document]]:
                titles = {entry.pk: entry.title for entry in some}
                for pk, made in documents(some):
                    yield pk, made | {"unknown": 1} if titles[pk] == "Estragada" else made

            monkeypatch.setattr(notes, "documents", spoilt)
            with committed():
                entries.entry(title="Estragada")
                entries.entry(title="Merenda")
            [left] = IndexNote.objects.all()
            assert found("estragada merenda")[1] is False
            monkeypatch.setattr(notes, "documents", documents)
            assert services.catch_up() == 1
            assert found("estragada") == (["Estragada"], True)
            assert not IndexNote.objects.filter(pk=left.pk).exists()

    @pytest.mark.usefixtures("new_index")
    class TestAway:
        def test_what_is_published_meanwhile_is_found_and_not_forgotten(
            self, committed: Committed, settings: Any
        ) -> None:
            there = settings.ELASTICSEARCH_URL
            with committed():
                gone = entries.entry(title="Merenda velha")
            settings.ELASTICSEARCH_URL = NOBODY_THERE
            with committed():
                entries.entry(title="Merenda nova")
                gone.page.delete()
            assert found("merenda") == (["Merenda nova"], False)
            assert services.catch_up() == 0

            settings.ELASTICSEARCH_URL = there  # back, and behind: it does not answer yet
            assert found("merenda") == (["Merenda nova"], False)
            assert services.catch_up() == 2
            assert found("merenda") == (["Merenda nova"], True)

        def test_a_server_that_does_not_answer_is_soon_left_alone(
            self, settings: Any, deaf: tuple[str, list[Any]]
        ) -> None:
            settings.ELASTICSEARCH_URL, calls = deaf
            settings.ELASTICSEARCH_SECONDS = 0.2
            for _ in range(FAILURES + 5):
                assert found("merenda") == ([], False)
            assert len(calls) == FAILURES

        def test_publishing_does_not_wait_for_a_server_that_does_not_answer(
            self, committed: Committed, settings: Any, deaf: tuple[str, list[Any]]
        ) -> None:
            settings.ELASTICSEARCH_URL, calls = deaf
            settings.ELASTICSEARCH_SECONDS = 0.2
            for _ in range(FAILURES + 2):
                with committed():
                    entries.entry(title="Merenda")
            assert len(calls) == FAILURES
            assert IndexNote.objects.count() == Entry.objects.count() == FAILURES + 2

        def test_an_index_that_was_lost_is_as_good_as_away(self, committed: Committed) -> None:
            with committed():
                entries.entry(title="Merenda")
            [name] = answering_indexes(patient_client())
            patient_client().indices.delete(index=name)
            assert found("merenda") == (["Merenda"], False)
            with committed():
                entries.entry(title="Merenda boa")
            assert indexes(patient_client()) == []  # and nothing made one by accident
            with pytest.raises(CommandError, match="reindex"):
                call_command("search_check")
            call_command("reindex", stdout=StringIO())
            assert found("merenda boa") == (["Merenda boa"], True)

        def test_what_it_was_never_told_is_found_out_by_the_clock(
            self, committed: Committed, settings: Any
        ) -> None:
            there = settings.ELASTICSEARCH_URL
            with committed():
                changed, gone = (entries.entry(title=f"Merenda {number}") for number in (1, 2))
            settings.ELASTICSEARCH_URL = ""  # the site goes on without it
            entries.entry(page=changed.page, title="Merenda outra")
            entries.entry(title="Merenda nova")
            gone.page.delete()
            settings.ELASTICSEARCH_URL = there
            with patch.object(drift, "_versions", wraps=drift._versions) as read:
                assert services.keep_up() == 3
                assert found("merenda", order="titulo") == (
                    ["Merenda nova", "Merenda outra"],
                    True,
                )
                assert services.keep_up() == 0
            assert read.call_count == 1  # where all is well, two sums are enough

        def test_a_database_set_back_to_an_earlier_day_has_to_be_built_anew(
            self, committed: Committed, caplog: pytest.LogCaptureFixture
        ) -> None:
            with committed():
                made = entries.entry(title="Merenda")
            [name] = answering_indexes(patient_client())
            [(number, later)] = rows()
            newer = elastic_index.Change(number, 10**9, later | {"version": 7})
            elastic_index.put(patient_client(), name, [newer], shown=True)
            services.keep_up()
            assert "manage.py reindex" in caplog.text
            call_command("reindex", stdout=StringIO())
            assert services.engine().holds(made)

        def test_the_page_says_that_it_is_simpler(self, settings: Any) -> None:
            library()
            settings.ELASTICSEARCH_URL = NOBODY_THERE
            page = Client().get("/busca/?q=plano").content.decode()
            assert "a busca está mais simples" in page
            assert "mais simples" not in Client().get("/busca/").content.decode()

        def test_a_question_that_it_does_not_understand_is_no_failure(
            self, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            from search.elastic import asking

            page = asking.page
            monkeypatch.setattr(asking, "page", lambda *_, **__: {"query": {"nonsense": {}}})
            for _ in range(FAILURES + 1):
                assert found("merenda") == ([], False)
            monkeypatch.setattr(asking, "page", page)
            services.catch_up()
            assert found("merenda") == ([], True)

        def test_the_check_says_that_it_is_away_and_mends_the_rest(self, settings: Any) -> None:
            made = library()
            there, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, NOBODY_THERE
            with pytest.raises(CommandError, match=r"não responde.*resto foi conferido"):
                call_command("search_check")
            EntryFacet.objects.filter(entry=made.guide.pk, name="tema").delete()
            term_index().remove(made.booklet.pk)
            stray = entries.entry(title="Sem página")
            with pytest.raises(CommandError, match=r"3 itens diferem.*não responde"):
                call_command("search_check", stdout=StringIO())
            with pytest.raises(CommandError, match="resto foi conferido"):
                call_command("search_check", "--mend", stdout=(out := StringIO()))
            assert "3 itens corrigidos" in out.getvalue()
            assert not Entry.objects.filter(pk=stray.pk).exists()
            settings.ELASTICSEARCH_URL = there
            assert services.keep_up() > 0
            assert "em dia" in _said("search_check")

        def test_neither_check_nor_clock_waits_long_for_one_that_does_not_answer(
            self, settings: Any, deaf: tuple[str, list[Any]], monkeypatch: pytest.MonkeyPatch
        ) -> None:
            library()
            settings.ELASTICSEARCH_URL, calls = deaf
            settings.ELASTICSEARCH_SECONDS = 0.2
            monkeypatch.setattr("search.elastic.client._PATIENT", 0.2)
            assert services.keep_up() == 0
            assert len(calls) == 2  # whether it is there; for what it knows of, and what not
            with pytest.raises(CommandError, match="não responde"):
                call_command("search_check")
            assert len(calls) == 4  # and once for all the entries

        def test_an_index_cannot_be_built_while_it_is_away(self, settings: Any) -> None:
            settings.ELASTICSEARCH_URL = NOBODY_THERE
            with pytest.raises(CommandError, match="continua no ar"):
                call_command("reindex")

    @pytest.mark.usefixtures("new_index")
    class TestBuilding:
        def test_what_changes_while_it_is_built_is_as_it_changed(
            self, committed: Committed
        ) -> None:
            with committed():
                made = [entries.entry(title=f"Merenda {number}") for number in range(4)]
            [before] = answering_indexes(patient_client())

            def while_reading() -> Iterator[tuple[int, Document]]:
                for number, each in enumerate(list(rows())):
                    if number == 2:
                        with committed():
                            entries.entry(page=made[1].page, title="Merenda outra")  # read before
                            entries.entry(page=made[3].page, title="Merenda depois")
                            services.remove(made[0].pk)
                            services.remove(made[2].pk)
                            entries.entry(title="Merenda nova")
                        assert found("merenda")[1] is True  # the old one answers
                    yield each

            build(patient_client(), while_reading)
            [after] = answering_indexes(patient_client())
            assert after != before
            assert indexes(patient_client()) == [after]
            titles, by_elasticsearch = found("merenda", order="titulo")
            assert titles == ["Merenda depois", "Merenda nova", "Merenda outra"]
            assert by_elasticsearch
            assert all(services.engine().holds(entry) for entry in Entry.objects.all())

        def test_it_is_put_into_one_piece(
            self, committed: Committed, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            """Each call of its own, seen at once, leaves a piece of its own."""
            monkeypatch.setattr(elastic_index, "_AT_ONCE", 1)
            put = elastic_index.put
            monkeypatch.setattr(elastic_index, "put", lambda *args, shown: put(*args, shown=True))
            for number in range(4):
                entries.entry(title=f"Merenda {number}")
            build(patient_client(), rows)
            last = time.monotonic() + 30
            while len(_pieces()) > 1 and time.monotonic() < last:
                time.sleep(0.05)
            assert len(_pieces()) == 1
            assert len(found("merenda")[0]) == 4

        def test_one_that_fails_leaves_the_old_one_alone(self, committed: Committed) -> None:
            with committed():
                entries.entry(title="Merenda")
            before = indexes(patient_client())

            def broken() -> Iterator[tuple[int, Document]]:
                yield from rows()
                raise OSError("o disco acabou")

            with pytest.raises(OSError, match="disco"):
                build(patient_client(), broken)
            assert indexes(patient_client()) == before
            assert found("merenda") == (["Merenda"], True)

        def test_one_that_was_killed_is_cleared_away_by_the_next(
            self, committed: Committed, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            monkeypatch.setattr(elastic_index, "_drop", lambda *_: None)  # no time to clear up
            with pytest.raises(ZeroDivisionError):
                build(patient_client(), lambda: [1 / 0])  # type: ignore[list-item]
            monkeypatch.undo()
            assert len(indexes(patient_client())) == 2
            build(patient_client(), rows)
            assert len(indexes(patient_client())) == 1

        def test_another_form_has_an_index_of_its_own(
            self, committed: Committed, monkeypatch: pytest.MonkeyPatch
        ) -> None:
            with committed():
                entries.entry(title="Merenda")
            monkeypatch.setattr(elastic_index, "FORM", "0badcafe")
            assert found("merenda") == (["Merenda"], False)
            assert "1 itens" in _said("reindex")
            assert found("merenda") == (["Merenda"], True)

        def test_the_check_finds_and_mends_what_elasticsearch_lacks(
            self, committed: Committed
        ) -> None:
            with committed():
                lost = library().guide.pk
            [name] = answering_indexes(patient_client())
            assert "em dia" in _said("search_check")
            stray = elastic_index.Change(lost + 1000, 0, next(iter(rows()))[1])
            elastic_index.put(patient_client(), name, [stray], shown=True)
            patient_client().delete(index=name, id=str(lost), refresh=True)
            with pytest.raises(CommandError, match="2 itens"):
                call_command("search_check", stdout=StringIO())
            with committed():
                assert "2 itens corrigidos" in _said("search_check", "--mend")
            assert "em dia" in _said("search_check")


def test_a_site_without_elasticsearch_writes_no_notes() -> None:
    """Also after tests that had one: it comes last."""
    entries.entry(title="Merenda")
    assert not IndexNote.objects.exists()
    assert services.catch_up() == 0


def _pieces() -> list[str]:
    """The pieces on the disk of which the index that answers is made."""
    [index] = answering_indexes(patient_client())
    said = patient_client().indices.segments(index=index)["indices"][index]["shards"]
    return [name for copies in said.values() for copy in copies for name in copy["segments"]]


def _said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()
