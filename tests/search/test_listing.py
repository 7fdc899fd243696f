"""A list of entries as readers meet it: filters as plain links, order, pages, sentences."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from licensing.values import BY, CC0
from search.models import Entry
from tests.factories import entries, pages, people
from tests.shared import shared_rows


def make_library() -> None:
    """Six works of two kinds, three themes and two licences."""
    for number, slug in enumerate(("financas", "saude", "educacao")):
        people.theme(slug, order=number)
    pages.guide(title="Merenda na escola", themes=("educacao",), licence=BY, authors=("Ana",))
    pages.guide(title="Orçamento da saúde", themes=("saude", "financas"), licence=BY)
    pages.guide(title="Fila da creche", themes=("educacao",), licence=CC0)
    pages.article(title="Orçar e comprar", themes=("financas",), licence=CC0)
    pages.article(title="Água & saúde", themes=("saude",), licence=BY)
    hidden = pages.article(title="Orçamento secreto", themes=("saude",), licence=BY)
    pages.restrict(hidden)


@pytest.fixture(scope="module")
def _library(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    yield from shared_rows(django_db_blocker, make_library)


@pytest.fixture(autouse=True)
def library(_library: None, db: None) -> None:
    """The library is there for every test of the module."""


class Shelf:
    """A page with a list, read from its HTML."""

    def __init__(self, address: str) -> None:
        answer = Client().get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        self.soup = BeautifulSoup(answer.content, "html5lib")

    @property
    def titles(self) -> list[str]:
        return [link.text for link in self.soup.select(".rows .row__t a")]

    @property
    def total(self) -> str:
        return self.soup.select_one(".chosen [role=status] b").text

    @property
    def notices(self) -> list[str]:
        return [notice.text.strip() for notice in self.soup.select(".status--info")]

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen → the address without it."""
        links = self.soup.select(".chosen > a:not(.clear)")
        return {link.find(string=True).strip(): link["href"] for link in links}

    def choices(self, title: str) -> dict[str, tuple[str | None, int | None]]:
        """Label → (address or None, count) of the facet with this title."""
        nav = self.soup.select_one("nav.facets.wide-only")
        heading = next(h2 for h2 in nav.select("h2") if h2.text == title)
        found = {}
        for item in heading.find_next_sibling("ul").select("li"):
            link, number = item.select_one("a"), item.select_one(".num")
            count = int(number.find(string=True)) if number else None
            label = (link or item).find("span").find(string=True).strip()
            found[label] = (link["href"] if link else None, count)
        return found

    @property
    def orders(self) -> dict[str, str | None]:
        spans = self.soup.select(".sortbar .meta > span")
        return {
            (span.select_one("a, b")).text: (span.a["href"] if span.a else None) for span in spans
        }


def parameters(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


# --- finding and filtering -----------------------------------------------------------------------


def test_words_find_the_right_thing_first() -> None:
    shelf = Shelf("/busca/?q=orcamento")
    assert shelf.titles[0] == "Orçamento da saúde"
    assert "Orçamento secreto" not in shelf.titles
    assert Shelf("/busca/?q=merenda").total == "1 resultado"


def test_the_library_lists_the_newest_first_and_nothing_hidden() -> None:
    shelf = Shelf("/acervo/")
    assert shelf.titles[0] == "Água & saúde"
    assert shelf.total == "5 materiais"
    assert "Orçamento secreto" not in shelf.titles


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("tema=saude", {"Orçamento da saúde", "Água & saúde"}),
        ("formato=artigo", {"Orçar e comprar", "Água & saúde"}),
        ("licenca=CC0-1.0", {"Fila da creche", "Orçar e comprar"}),
        ("tema=saude&formato=artigo", {"Água & saúde"}),
        ("tema=educacao&formato=guia&licenca=CC0-1.0", {"Fila da creche"}),
        ("q=escola&tema=educacao", {"Merenda na escola"}),
        ("tema=saude&licenca=CC0-1.0", set()),
    ],
)
@pytest.mark.parametrize("place", ["/acervo/", "/busca/"])
def test_filters_narrow_the_list(place: str, query: str, titles: set[str]) -> None:
    assert set(Shelf(f"{place}?{query}").titles) == titles


def test_each_choice_says_what_it_would_leave() -> None:
    shelf = Shelf("/acervo/?formato=guia")
    assert {label: count for label, (_, count) in shelf.choices("Tema").items()} == {
        "Todos os temas": None,
        "Financas": 1,
        "Saude": 1,
        "Educacao": 2,
    }
    for title in ("Tipo", "Tema", "Licença"):
        for address, count in shelf.choices(title).values():
            if address and count is not None:
                assert len(Shelf(address).titles) == count


def test_what_would_leave_nothing_is_text_and_no_link() -> None:
    choices = Shelf("/acervo/?tema=saude").choices("Licença")
    assert choices["CC0 1.0"] == (None, 0)
    assert choices["CC BY 4.0"][0] is not None


def test_what_is_chosen_can_be_let_go_one_by_one() -> None:
    shelf = Shelf("/busca/?q=saude&tema=saude&formato=artigo")
    assert set(shelf.chosen) == {"Saude", "Artigo"}
    assert parameters(shelf.chosen["Saude"]) == {"q": "saude", "formato": "artigo"}
    clear = shelf.soup.select_one(".chosen a.clear")["href"]
    assert parameters(clear) == {"q": "saude"}


def test_choosing_goes_back_to_the_first_page_and_keeps_the_rest() -> None:
    shelf = Shelf("/busca/?q=saude&ordem=titulo&pagina=1")
    address, _ = shelf.choices("Tema")["Saude"]
    assert parameters(address) == {"q": "saude", "ordem": "titulo", "tema": "saude"}


def test_a_filter_of_the_page_itself_cannot_be_let_go() -> None:
    shelf = Shelf("/temas/saude/")
    assert set(shelf.titles) == {"Orçamento da saúde", "Água & saúde"}
    assert shelf.chosen == {}
    assert Shelf("/temas/saude/?tema=financas").titles == shelf.titles


def test_an_empty_search_offers_the_filters() -> None:
    shelf = Shelf("/busca/")
    assert shelf.total == "5 resultados"
    assert shelf.choices("Tema")["Educacao"][1] == 2


def test_nothing_found_says_so_and_where_else_to_look() -> None:
    shelf = Shelf("/busca/?q=zebra")
    assert shelf.soup.select_one(".empty h2").text == "Nada para “zebra”"
    assert shelf.soup.select_one('.empty a[href="/temas/"]')


# --- what means nothing --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tema", "formato", "licenca", "ordem", "pagina"])
@pytest.mark.parametrize("value", ["nao-ha", "%22%3E%3Cb%3E", "0", "-1", "1e3", "٣", "1.5"])
def test_an_unknown_value_is_set_aside_with_a_sentence(name: str, value: str) -> None:
    shelf = Shelf(f"/busca/?q=saude&{name}={value}")
    assert len(shelf.notices) == 1
    assert shelf.titles == Shelf("/busca/?q=saude").titles
    assert not shelf.soup.select(".status--info b")


def test_a_parameter_that_nobody_knows_changes_nothing() -> None:
    plain = Client().get("/acervo/").content
    assert Client().get("/acervo/?utm_source=x&fbclid=y").content == plain


def test_relevance_without_words_means_nothing() -> None:
    assert len(Shelf("/acervo/?ordem=relevancia").notices) == 1
    assert "mais próximos da busca" not in Shelf("/acervo/").orders
    assert Shelf("/busca/?q=saude&ordem=relevancia").notices == []


def test_of_a_repeated_parameter_one_counts() -> None:
    assert (
        Shelf("/acervo/?tema=saude&tema=educacao").titles == Shelf("/acervo/?tema=educacao").titles
    )


def test_words_beyond_200_characters_are_not_looked_at() -> None:
    query = "saude " + "x" * 400
    shelf = Shelf(f"/busca/?q={query}")
    assert len(shelf.soup.select_one("main input[name=q]")["value"]) == 200


def test_the_words_stay_in_the_box_as_they_were_typed() -> None:
    shelf = Shelf("/busca/?q=%22%3E%3Cscript%3E+%26+%27sa%C3%BAde%27")
    assert shelf.soup.select_one("main input[name=q]")["value"] == "\"><script> & 'saúde'"
    assert not shelf.soup.select("main script")


# --- order and pages -----------------------------------------------------------------------------


def test_the_order_can_be_chosen() -> None:
    shelf = Shelf("/busca/?q=saude")
    assert shelf.orders["mais próximos da busca"] is None
    assert parameters(shelf.orders["de A a Z"]) == {"q": "saude", "ordem": "titulo"}
    assert Shelf("/acervo/?ordem=titulo").titles == [
        "Água & saúde",
        "Fila da creche",
        "Merenda na escola",
        "Orçamento da saúde",
        "Orçar e comprar",
    ]


@pytest.fixture
def many() -> None:
    for number in range(25):
        entries.entry(title=f"Transporte {number:02}", themes=["educacao"])


def test_a_long_list_comes_in_pages(many: None) -> None:
    seen = []
    address: str | None = "/busca/?q=transporte&ordem=titulo"
    while address:
        shelf = Shelf(address)
        seen += shelf.titles
        following = shelf.soup.select_one(".pages a[rel=next]")
        address = following["href"] if following else None
    assert seen == [f"Transporte {number:02}" for number in range(25)]


def test_pages_are_addressed_plainly(many: None) -> None:
    shelf = Shelf("/busca/?q=transporte&pagina=2")
    assert len(shelf.titles) == 12
    assert shelf.soup.select_one(".pages [aria-current=page]").text.endswith("2")
    previous = shelf.soup.select_one(".pages a[rel=prev]")["href"]
    assert parameters(previous) == {"q": "transporte"}


@pytest.mark.parametrize("number", [4, 99, 999_999_999])
def test_a_page_beyond_the_end_shows_the_last_and_says_so(many: None, number: int) -> None:
    shelf = Shelf(f"/busca/?q=transporte&pagina={number}")
    assert shelf.notices == ["A lista tem 3 páginas. Esta é a última."]
    assert shelf.titles == Shelf("/busca/?q=transporte&pagina=3").titles
    assert len(shelf.titles) == 1


def test_a_page_beyond_the_end_of_nothing_shows_nothing() -> None:
    shelf = Shelf("/busca/?q=zebra&pagina=7")
    assert shelf.titles == []
    assert len(shelf.notices) == 1


# --- people --------------------------------------------------------------------------------------


def test_a_persons_page_with_words_that_find_nothing_is_still_their_page() -> None:
    address = Entry.objects.get(title="Merenda na escola").facets.get(name="pessoa").value
    shelf = Shelf(f"/pessoas/{address}/?q=zebra")
    assert shelf.titles == []


@pytest.mark.parametrize("query", ["", "?tema=saude", "?q=secreto", "?formato=artigo&pagina=2"])
def test_a_person_of_whom_nothing_may_be_read_has_no_page(query: str) -> None:
    hidden = Entry.objects.get(title="Orçamento secreto").facets.get(name="pessoa").value
    assert Client().get(f"/pessoas/{hidden}/{query}").status_code == 404
