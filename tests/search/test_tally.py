"""Counting what is searched for, without anything that tells of a person."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
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


def tell(query: str, *outcomes: int, client: Client | None = None) -> None:
    """The browser tells, after each of so many answers, whether something was opened."""
    for aberto in outcomes:
        body = urlencode({"q": query, "aberto": aberto})
        send(body.encode(), client=client)


def send(
    body: bytes,
    content_type: str = "application/x-www-form-urlencoded;charset=UTF-8",
    client: Client | None = None,
) -> None:
    """Whatever is sent, the answer is the same."""
    client = client or Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = client.post("/busca/aberto/", body, content_type=content_type)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


def told() -> dict[str, tuple[int, int, int]]:
    rows = QueryCount.objects.values_list("query", "asked", "told", "opened")
    return {query: tuple(numbers) for query, *numbers in rows}


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


@pytest.fixture
def plan() -> None:
    """Something that is found."""
    entries.entry(title="Plano")


def test_what_was_opened_is_counted_among_those_who_told(tally: Tally, plan: None) -> None:
    ask(*["plano"] * 6)
    tell("plano", 1, 0, 0)
    assert tally.write() == 1
    assert told() == {"plano": (6, 3, 1)}
    tell("PLANO", 1)
    assert tally.write() == 1
    assert told() == {"plano": (6, 4, 2)}


def test_what_few_told_is_not_written(tally: Tally, plan: None) -> None:
    ask(*["plano"] * LEAST)
    tell("plano", *[1] * (LEAST - 1))
    tally.write()
    assert told() == {"plano": (LEAST, 0, 0)}


@pytest.mark.parametrize("query", ["plano", "Helena Prado", "123.456.789-09", "fulano@x.org", ""])
def test_nothing_is_written_on_the_word_of_who_asked_nothing(
    tally: Tally, plan: None, query: str
) -> None:
    tell(query, *[1, 0] * LEAST)
    tally.write()
    assert told() == {}


def test_what_may_tell_of_a_person_is_not_counted_when_it_was_asked(tally: Tally) -> None:
    entries.entry(title="Helena Prado")
    ask(*["Helena Prado"] * LEAST)
    tell("Helena Prado", *[0] * LEAST)
    assert tally.write() == 0
    assert told() == {}


def test_no_more_are_told_than_were_asked_and_answered(tally: Tally) -> None:
    ask("plano")
    entries.entry(title="Plano")
    ask(*["plano"] * LEAST)
    tell("plano", *[1] * 20)
    tally.write()
    assert told() == {"plano": (LEAST + 1, LEAST, LEAST)}


def test_of_several_processes_each_believes_what_it_was_asked_itself(
    tally: Tally, monkeypatch: pytest.MonkeyPatch, plan: None
) -> None:
    other = Tally()
    ask(*["plano"] * 5)
    tell("plano", *[0] * 4)
    monkeypatch.setattr(views, "tally", other)
    tell("plano", *[1] * 9)
    assert (tally.write(), other.write()) == (1, 0)
    ask(*["plano"] * LEAST)
    tell("plano", *[1] * 9)
    other.write()
    assert told() == {"plano": (5 + LEAST, 4 + LEAST, LEAST)}


def test_what_is_told_after_midnight_is_of_nobody(
    tally: Tally, monkeypatch: pytest.MonkeyPatch, plan: None
) -> None:
    ask(*["plano"] * LEAST)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(tally_module.timezone, "localdate", lambda: tomorrow)
    tell("plano", *[1] * LEAST)
    tally.write()
    assert told() == {"plano": (LEAST, 0, 0)}


def test_only_strangers_tell(tally: Tally, plan: None) -> None:
    ask(*["plano"] * LEAST)
    for client in (signed_in(people.user()), signed_in(people.user("Curadores"))):
        tell("plano", *[1] * LEAST, client=client)
    tally.write()
    assert told() == {"plano": (LEAST, 0, 0)}


FORM = "application/x-www-form-urlencoded"
UNCLEAR = {
    "nothing": (b"", FORM),
    "words alone": (b"q=plano", FORM),
    "neither yes nor no": (b"q=plano&aberto=", FORM),
    "another number": (b"q=plano&aberto=2", FORM),
    "no words": (b"aberto=1", FORM),
    "no text": (b"q=plano\0&aberto=1\xff", f"{FORM};charset=utf-16"),
    "half a letter": (b"q=%ff%ed%a0%80&aberto=1", FORM),
    "a torn form": (b"--x\r\nnothing", "multipart/form-data; boundary=x"),
    "a form without end": (b"--x\r\nnothing", "multipart/form-data"),
    "JSON": (b'{"q": "plano", "aberto": 1}', "application/json"),
    "too long": (b"q=plano&aberto=1&x=" + b"x" * 1024, FORM),
    "many fields": (b"q=plano&aberto=1" + b"&a" * 20_000, FORM),
    "11 MB": (b"q=plano&aberto=1&x=" + b"x" * 11_000_000, FORM),
}


@pytest.mark.parametrize("sent", UNCLEAR.values(), ids=UNCLEAR)
def test_what_cannot_be_understood_is_not_counted(
    tally: Tally, plan: None, caplog: pytest.LogCaptureFixture, sent: tuple[bytes, str]
) -> None:
    ask(*["plano"] * LEAST)
    for _ in range(LEAST):
        send(*sent)
    tally.write()
    assert told() == {"plano": (LEAST, 0, 0)}
    assert not caplog.records


def test_who_goes_before_the_end_is_not_counted(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = RequestFactory().post("/busca/aberto/", {"q": "plano", "aberto": 1})

    def gone(*_arguments: Any) -> bytes:
        raise UnreadablePostError

    monkeypatch.setattr(WSGIRequest, "read", gone)
    assert views.opened(request).status_code == 204


def test_it_is_told_by_post_alone(tally: Tally, plan: None) -> None:
    ask(*["plano"] * LEAST)
    for method in ("get", "head", "put", "delete", "patch"):
        for _ in range(LEAST):
            answer = getattr(Client(), method)("/busca/aberto/?q=plano&aberto=1")
            assert answer.status_code == 405
    tally.write()
    assert told() == {"plano": (LEAST, 0, 0)}


def test_a_beacon_asks_nothing_of_the_database(tally: Tally, plan: None) -> None:
    ask(*["plano"] * LEAST)
    with CaptureQueriesContext(connection) as queries:
        tell("plano", *[1] * LEAST)
    assert not queries.captured_queries
    assert NoTimer.started == 1


def test_only_a_page_that_found_something_can_tell(plan: None) -> None:
    for address, found in (
        ("?q=plano", True),
        ("?q=plano&pagina=2", True),
        ("?q=xyz", False),
        ("", False),
    ):
        page = Client().get(f"/busca/{address}").content.decode()
        assert ("js/aberto.js" in page) == found, address
