"""Facets beyond kind, theme and licence, and libraries too large to count."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.audience import ANYBODY, SIGNED_IN
from search import candidates, indexes
from search.elastic import asking
from search.elastic import engine as elastic_engine
from search.embedded import EmbeddedEngine
from search.engines import SearchEngine, SearchRequest
from search.models import Entry, EntryFacet
from tests.factories import entries
from tests.search.asking import ask, found

pytestmark = pytest.mark.django_db

ANA, BIA = ("autor", "ana", "Ana"), ("autor", "bia", "Bia")
BAHIA, CEARA = ("uf", "BA", "Bahia"), ("uf", "CE", "Ceará")
SCHOOLS, COUNTER = ("publico", "educacao", "Professores"), ("publico", "atendimento", "Balcão")
BASIC, ADVANCED = ("nivel", "basico", "Básico"), ("nivel", "avancado", "Avançado")
LAST, THIS = ("ano", "2025", "2025"), ("ano", "2026", "2026")


def make_library() -> None:
    entries.entry(title="Creche um", more=[ANA, BIA, BAHIA, LAST])
    entries.entry(title="Creche dois", more=[ANA, CEARA, THIS])
    entries.entry(title="Creche três", more=[BIA, BAHIA, THIS])
    entries.entry(
        title="Creche secreta",
        more=[("autor", "eva", "Eva"), LAST],
        audience=frozenset({SIGNED_IN}),
    )


class Page:
    def __init__(self, address: str) -> None:
        answer = Client().get(address)
        assert answer.status_code == 200
        self.shelf = answer.context["shelf"]
        self.soup = BeautifulSoup(answer.content, "html5lib")

    def group(self, title: str) -> dict[str, int | None]:
        """Label → count of the facet with this title; empty if it is not offered."""
        groups = [group for group in self.shelf.groups if group.title == title]
        return {each.label: each.count for group in groups for each in group.choices[1:]}

    def address_of(self, title: str, label: str) -> str:
        [group] = [group for group in self.shelf.groups if group.title == title]
        [choice] = [choice for choice in group.choices if choice.label == label]
        return str(choice.url)


def test_what_there_is_can_be_chosen() -> None:
    make_library()
    page = Page("/busca/?q=creche")
    assert page.group("Autoria") == {"Ana": 2, "Bia": 2}
    assert page.group("Estado") == {"Bahia": 2, "Ceará": 1}
    assert list(page.group("Ano")) == ["2026", "2025"]
    assert page.group("Município") == page.group("Língua") == {}


def test_counts_stay_honest_while_several_are_chosen() -> None:
    make_library()
    page = Page("/busca/?q=creche&autor=ana&uf=BA")
    assert page.shelf.total == 1
    assert page.group("Autoria") == {"Ana": 1, "Bia": 2}
    assert page.group("Estado") == {"Bahia": 1, "Ceará": 1}
    for title in ("Autoria", "Estado"):
        for label, count in page.group(title).items():
            assert Page(page.address_of(title, label)).shelf.total == count


def test_for_whom_and_how_much_is_taken_for_granted_are_counted_like_the_others(
    engine: SearchEngine,
) -> None:
    entries.entry(title="Creche um", more=[SCHOOLS, COUNTER, BASIC])
    entries.entry(title="Creche dois", more=[SCHOOLS, ADVANCED])
    entries.entry(title="Creche três", more=[COUNTER, ADVANCED])
    hidden = frozenset({SIGNED_IN})
    entries.entry(title="Creche secreta", more=[SCHOOLS, ADVANCED], audience=hidden)
    page = Page("/busca/?q=creche&publico=educacao&nivel=avancado")
    assert page.shelf.total == 1
    assert page.group("Público") == {"Balcão": 1, "Professores": 1}
    assert list(page.group("Nível").items()) == [("Básico", 1), ("Avançado", 1)]
    for title in ("Público", "Nível"):
        for label, count in page.group(title).items():
            assert Page(page.address_of(title, label)).shelf.total == count


@pytest.mark.parametrize(
    "query",
    [
        "publico=marcianos",
        "nivel=imposs%C3%ADvel",
        "autor=eva",
        "autor=ninguem",
        "ano=1500",
        "uf=%22%3E",
        "lingua=x",
    ],
)
def test_a_value_that_nobody_or_only_others_have_is_not_known(query: str) -> None:
    make_library()
    page = Page(f"/busca/?q=creche&{query}")
    assert page.shelf.total == 3
    assert len(page.soup.select(".status--info")) == 1
    assert "Eva" not in page.soup.get_text()


def test_a_value_that_is_known_and_leaves_nothing_keeps_its_name() -> None:
    make_library()
    page = Page("/busca/?q=dois&autor=bia")
    assert page.shelf.total == 0
    assert [choice.label for choice in page.shelf.chosen] == ["Bia"]


def test_many_values_are_cut_to_the_fullest() -> None:
    for number in range(14):
        entries.entry(more=[("autor", f"p{number}", f"P{number:02}")])
    page = Page("/busca/?autor=p13")
    assert len(page.group("Autoria")) == 11
    assert page.group("Autoria")["P13"] == 1


def test_entries_of_an_earlier_version_are_still_counted(engine: SearchEngine) -> None:
    make_library()
    Entry.objects.update(facet_values={})
    answer = ask(engine, filters={"autor": "ana"})
    assert answer.total == 2
    assert {each.value: each.count for each in answer.facets["uf"]} == {"BA": 1, "CE": 1}


# --- too many to count ---------------------------------------------------------------------------


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the best five were all that is looked at."""
    for module in (indexes, candidates, asking, elastic_engine):
        monkeypatch.setattr(module, "MAX_MATCHES", 5)


@pytest.fixture
def nine(small_limit: None) -> None:
    for number in range(9):
        more = [ANA if number < 2 else BIA, LAST if number % 2 else THIS]
        entries.entry(title=f"Creche {number}", more=more)


@pytest.mark.parametrize("text", ["", "creche"])
def test_more_than_are_looked_at_says_so(engine: SearchEngine, nine: None, text: str) -> None:
    answer = ask(engine, text)
    assert (answer.total, answer.has_more) == (5, True)
    # Elasticsearch counts values among all of them, the embedded engine among those.
    counted = 9 if isinstance(engine, elastic_engine.ElasticEngine) else 5
    assert sum(each.count for each in answer.facets["ano"]) == counted


def test_the_page_says_more_than(nine: None) -> None:
    page = Page("/busca/?q=creche")
    assert page.soup.select_one(".chosen b").text == "Mais de 5 resultados"
    assert page.soup.select_one(".facets .num").find(string=True) == "5+"


def test_a_filter_reaches_beyond_what_is_looked_at(engine: SearchEngine, nine: None) -> None:
    answer = ask(engine, filters={"autor": "ana"})
    assert (answer.total, answer.has_more) == (2, False)
    answer = ask(engine, filters={"autor": "ana", "ano": "2025"})
    assert (answer.total, answer.has_more) == (1, False)
    assert found(engine, filters={"autor": "ana"}, order="titulo") == ["Creche 0", "Creche 1"]


def test_as_many_as_are_looked_at_are_all(engine: SearchEngine, small_limit: None) -> None:
    for number in range(5):
        entries.entry(title=f"Creche {number}")
    for text in ("", "creche"):
        assert (ask(engine, text).total, ask(engine, text).has_more) == (5, False)


def test_what_is_hidden_is_not_among_those_that_are_looked_at(
    engine: SearchEngine, small_limit: None
) -> None:
    for number in range(9):
        entries.entry(title=f"Creche {number}", audience=frozenset({SIGNED_IN}))
    entries.entry(title="Uma creche aberta, de título mais longo")
    for text in ("", "creche"):
        answer = ask(engine, text)
        assert (answer.total, answer.has_more) == (1, False)


FILTERS: list[dict[str, str]] = [{}, {"autor": "ana"}, {"autor": "ana", "ano": "2025"}]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("text", ["", "creche", "creche zebra"])
def test_an_answer_beyond_the_limit_costs_at_most_four_queries(
    nine: None, text: str, filters: dict[str, str]
) -> None:
    engine: Any = EmbeddedEngine()
    for ring in (None, 1, 0):
        with CaptureQueriesContext(connection) as queries:
            engine.search(SearchRequest(ANYBODY, text, filters, ring=ring))
        assert len(queries) <= 4


def test_rows_and_what_entries_hold_of_facets_agree(engine: SearchEngine) -> None:
    make_library()
    pairs: Callable[[Entry], set[tuple[str, str]]] = lambda entry: {  # noqa: E731
        (name, value) for name, values in entry.facet_values.items() for value in values
    }
    for entry in Entry.objects.all():
        rows = EntryFacet.objects.filter(entry=entry).exclude(name="audiencia")
        assert set(rows.values_list("name", "value")) == pairs(entry)
