"""Counting what is searched for, without anything that tells of a person."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import tally as tally_module
from search import views
from search.tally import KEPT_DAYS, LEAST, QueryCount, Tally, countable, forget_counts
from tests.conftest import signed_in
from tests.factories import entries, people

pytestmark = pytest.mark.django_db


class NoTimer:
    """Time that does not pass."""

    started = 0

    def __init__(self, seconds: float, work: Any) -> None:
        self.daemon = False

    def start(self) -> None:
        type(self).started += 1


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Iterator[Tally]:
    """The count of this process, begun anew, written when the test says so."""
    monkeypatch.setattr(tally_module, "Timer", NoTimer)
    NoTimer.started = 0
    made = Tally()
    monkeypatch.setattr(views, "tally", made)
    settings.COUNT_QUERIES = True
    yield made


def ask(*queries: str, client: Client | None = None) -> None:
    for query in queries:
        assert (client or Client()).get("/busca/", {"q": query}).status_code == 200


def counted() -> dict[str, tuple[int, int]]:
    rows = QueryCount.objects.values_list("query", "asked", "found_nothing")
    return {query: (asked, nothing) for query, asked, nothing in rows}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Orçamento", "orcamento"),
        ("“pesquisa de preços” -obra", "pesquisa de precos obra"),
        ("lei 14.133/2021", "lei 14.133 2021"),
        ("Lei nº 14.133, de 2021", "lei nº 14.133 de 2021"),
        ("IPTU São Paulo 2026", "iptu sao paulo 2026"),
        ("merenda em Santa Maria", "merenda em santa maria"),
    ],
)
def test_what_says_nothing_of_a_person_is_counted_folded(typed: str, kept: str) -> None:
    assert countable(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "Helena Prado",
        "josé da silva",
        "salário do servidor joao",
        "autor:helena",
        "fulano@cidade.gov.br",
        "www.exemplo.org",
        "https://exemplo.org/",
        "123.456.789-09",
        "cpf 12345678909",
        "12.345.678/0001-95",
        "12345678000195",
        "(11) 98765-4321",
        "98765 4321",
        "lei 14.133/2021 987654321",
        "uma frase inteira que alguém colou aqui sem querer de um texto",
        "a b c d e f g h i",
        "?!",
        "",
    ],
)
def test_what_may_tell_of_a_person_is_not_counted(typed: str) -> None:
    assert countable(typed) == ""


def test_only_what_was_asked_often_enough_is_written(tally: Tally) -> None:
    entries.entry(title="Orçamento")
    ask(*["orçamento"] * LEAST, *["alvará"] * (LEAST - 1))
    assert counted() == {}
    assert tally.write() == 1
    assert counted() == {"orcamento": (LEAST, 0)}
    ask("ORCAMENTO", "alvara")
    tally.write()
    assert counted() == {"orcamento": (LEAST + 1, 0), "alvara": (LEAST, LEAST)}
    assert tally.write() == 0


def test_what_was_rare_yesterday_is_rare_today(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(*["alvara"] * (LEAST - 1))
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(tally_module.timezone, "localdate", lambda: tomorrow)
    ask("alvara")
    tally.write()
    assert counted() == {}


def test_going_on_in_an_answer_is_not_asking_again(tally: Tally) -> None:
    for _ in range(LEAST):
        for query in ("pagina=2", "ordem=titulo", "formato=guia"):
            Client().get(f"/busca/?q=plano&{query}")
        Client().head("/busca/?q=plano")
        Client().get("/busca/")
    tally.write()
    assert counted() == {}


def test_only_strangers_are_counted(tally: Tally) -> None:
    for client in (signed_in(people.user()), signed_in(people.user("Curadores"))):
        ask(*["alvara"] * LEAST, client=client)
    tally.write()
    assert counted() == {}


def test_programs_feeds_and_suggestions_are_not_counted(tally: Tally) -> None:
    for _ in range(LEAST):
        for address in ("/api/v2/search/", "/busca/atom", "/busca/sugestoes/"):
            Client().get(address, {"q": "alvara"})
    tally.write()
    assert counted() == {}


def test_a_page_writes_nothing_and_waits_for_nothing(tally: Tally) -> None:
    ask("alvara")
    with CaptureQueriesContext(connection) as queries:
        ask(*["alvara"] * LEAST)
    assert not [q for q in queries.captured_queries if not q["sql"].startswith(("SELECT", "WITH"))]
    assert NoTimer.started == 1


def test_what_could_not_be_written_is_not_lost(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(*["alvara"] * LEAST)
    with monkeypatch.context() as broken:
        broken.setattr(QueryCount, "objects", None)
        with pytest.raises(AttributeError):
            tally.write()
    ask("alvara")
    tally.write()
    assert counted() == {"alvara": (LEAST + 1, LEAST + 1)}


def test_no_count_is_lost_among_threads(tally: Tally) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: tally.note("alvara", found_nothing=False), range(400)))
    tally.write()
    assert counted() == {"alvara": (400, 0)}


def test_memory_has_an_end(tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_module, "_MOST_QUERIES", 2)
    for query in ("um", "dois", "tres"):
        for _ in range(LEAST):
            tally.note(query, found_nothing=False)
    tally.write()
    assert set(counted()) == {"um", "dois"}


def test_what_is_old_is_forgotten() -> None:
    today = timezone.localdate()
    for days in (0, KEPT_DAYS, KEPT_DAYS + 1):
        QueryCount.objects.create(day=today - timedelta(days=days), query="alvara", asked=3)
    assert forget_counts(timezone.now()) == 1
    assert QueryCount.objects.count() == 2
