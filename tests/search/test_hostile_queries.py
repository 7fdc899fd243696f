"""Whatever is asked of the search, whichever engine answers: there is an answer, and its price is
bounded. Counted in questions to the engine and in what each of them asks; never in time."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from elasticsearch import Elasticsearch
from lxml import etree, html

from search.engines import SearchEngine, SearchRequest
from search.models import Expression
from search.query import MAX_CLAUSES
from tests.factories import entries
from tests.search.test_hostile_input import QUERIES, VALUES

pytestmark = pytest.mark.django_db

PLACES = ("/busca/", "/busca/sugestoes/", "/api/v2/search/", "/busca/atom")
MORE = {
    "regular expression": "/(a+)+$/ .*.*.*x{9999} [^\\w]+? (?=(.*)*) \\p{L}",
    "lucene": 'title:(a OR b)~2^9 AND _exists_:x AND [* TO *] AND "a b"~100 AND a~ AND a?b*',
    "lucene, unfinished": 'a AND (b OR "c) [1 TO && || ! \\',
    "json": '{"match_all":{}}',
    "painless": "doc['audience'].value == 'public'; while(true){}",
    "many words": " ".join(f"palavra{n}" for n in range(2000)),
    "many phrases": " ".join(f'"a{n} b{n}"' for n in range(500)),
    "many authors": " ".join(f"autor:n{n}" for n in range(500)),
    "many to be absent": "orçamento " + " ".join(f"-n{n}" for n in range(500)),
    "many laws": " ".join(f"lei {n}/2020" for n in range(1000, 1500)),
    "one letter each": "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 40,
    "the same word": "fila " * 2000,
    "no letters": "!?.,;:-_()[]{}<>|/\\'\"" * 200,
    "zero width": "orça\u200bmento\u200d\ufeff",
    "mixed directions": "שלום \u202eabc\u2066 مرحبا orçamento",
    "stacked marks": "o\u0301\u0302\u0303\u0327" * 300,
    "every alphabet": "".join(map(chr, range(0x100, 0x3000, 7))),
    "beyond the plane": "".join(map(chr, range(0x1F300, 0x1F600, 3))),
}
DEEP = ("2", "167", "168", "834", "99999", "999999999", "0", "-1", "1e9")


def questions() -> Iterator[str]:
    yield from (f"q={value}" for value in VALUES.values())
    yield from (
        f"tema={value}&publico={value}&autor={value}&uf={value}" for value in VALUES.values()
    )
    yield from QUERIES.values()
    yield from (f"q={quote_plus(text)}&tema={quote_plus(text)}" for text in MORE.values())
    yield from (f"q={quote_plus(text)}" for text in MORE.values())
    yield from (f"q={word}&pagina={page}" for page in DEEP for word in ("orcamento", ""))
    yield f"q={quote_plus(acronyms())}"


def acronyms() -> str:
    """As many acronyms as there are, each with all that it stands for."""
    return " ".join(Expression.objects.filter(is_acronym=True).values_list("text", flat=True))


class Counted:
    """How often an engine is asked, and what Elasticsearch is sent, a search for each line."""

    def __init__(self, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers, self.bodies = 0, list[Any]()
        search, ask = engine.search, Elasticsearch.msearch

        def counted_search(request: SearchRequest) -> Any:
            self.answers += 1
            return search(request)

        def counted_ask(client: Elasticsearch, *, searches: list[Any]) -> Any:
            self.bodies += searches[1::2]
            return ask(client, searches=searches)

        monkeypatch.setattr(engine, "search", counted_search)
        monkeypatch.setattr(Elasticsearch, "msearch", counted_ask)

    def restart(self) -> None:
        self.answers, self.bodies = 0, []


def leaves(asked: Any) -> int:
    """How many conditions a call of Elasticsearch has, each of them of one term or phrase."""
    if isinstance(asked, list):
        return sum(map(leaves, asked))
    if not isinstance(asked, dict):
        return 0
    own = len(asked.keys() & {"term", "terms", "range", "match", "multi_match", "combined_fields"})
    return own or sum(map(leaves, asked.values()))


@pytest.mark.parametrize("place", PLACES)
def test_whatever_is_asked_is_answered_at_a_bounded_price(
    engine: SearchEngine, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(14):
        entries.entry(title=f"Orçamento {number}", body="A fila anda, e a lei 1234/2020 também.")
    counted, client = Counted(engine, monkeypatch), Client()
    for question in questions():
        counted.restart()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"{place}?{question}")
        shown = question[:120]
        assert answer.status_code in (200, 400), (answer.status_code, shown)
        if answer.status_code == 200:
            read(place, answer.content)
        assert counted.answers <= 3, shown
        assert len(counted.bodies) <= 9 * counted.answers, shown
        assert len(queries) <= 12 + 9 * counted.answers, shown
        assert all(len(json.dumps(body)) < 200_000 for body in counted.bodies), shown
        assert all(leaves(body["query"]) < 30 * MAX_CLAUSES for body in counted.bodies), shown
        assert all(len(each["sql"]) < 200_000 for each in queries.captured_queries), shown


def read(place: str, content: bytes) -> None:
    """The answer is whole, as whoever reads it would find."""
    match place:
        case "/busca/":
            assert html.fromstring(content).findall(".//h1")
        case "/busca/atom":
            links = list(etree.fromstring(content).iter("{*}link"))
            assert all(urlsplit(link.get("href")).netloc for link in links)
        case "/busca/sugestoes/":
            assert isinstance(json.loads(content)["suggestions"], list)
        case _:
            assert json.loads(content)["total"] >= 0


def test_nothing_that_was_asked_has_changed_what_is_found(engine: SearchEngine) -> None:
    made = entries.entry(title="Orçamento")
    for text in MORE.values():
        engine.search(SearchRequest(keys=frozenset({"public"}), text=text))
    found = engine.search(SearchRequest(keys=frozenset({"public"}), text="orcamento"))
    assert [hit.entry.pk for hit in found.hits] == [made.pk]
