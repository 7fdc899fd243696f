"""A way on for who found nothing, or only a part of what was asked."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from accounts.audience import SIGNED_IN
from search import candidates, spelling
from search.spelling import corrected
from tests.factories import entries, people

pytestmark = pytest.mark.django_db


def page(query: str) -> BeautifulSoup:
    answer = Client().get("/busca/", {"q": query})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def empty(query: str) -> Tag:
    found = page(query).select_one(".empty")
    assert found is not None
    return found


@pytest.fixture
def library() -> None:
    for slug in ("educacao", "saude"):
        people.theme(slug)
    entries.entry(title="Fila da creche", summary="Como publicar a lista.", themes=["educacao"])
    entries.entry(title="Licitações e contratos", summary="Do edital.", themes=["educacao"])
    entries.entry(title="Alvará rápido", summary="Sem papel.", themes=["saude"])


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("crexe", "creche"),
        ("cerche", "creche"),
        ("licitaçoes", None),
        ("licitasoes", "licitações"),
        ("fila da crexe", "fila da creche"),
        ("contrtao", "contrato"),
        ("creche", None),
        ("creches", None),
        ("licitassoes", "licitações"),
        ("alvarra", "alvará"),
        ("vidro", None),  # a word, though it is near to nothing that was meant
        ("edital de presa", None),
        ("exesso", "excesso"),  # the library has nothing that near
        ("revizao", "revisão"),
        ("xilofone", None),
        ("14133", None),
        ("fi", None),
        ("", None),
        ("?!", None),
    ],
)
def test_a_word_that_the_library_lacks_is_read_as_the_nearest(
    library: None, typed: str, better: str | None
) -> None:
    assert corrected(typed) == better


def titles(query: str) -> list[str]:
    return [title.get_text() for title in page(query).select(".row__t")]


def told(query: str) -> list[str]:
    return [
        " ".join(notice.get_text().split()) for notice in page(query).select("main .status--info")
    ]


@pytest.mark.parametrize("typed", ["crexe", "fila crexe"])
def test_who_mistypes_finds_what_was_meant_and_is_told(library: None, typed: str) -> None:
    assert titles(typed) == ["Fila da creche"]
    meant = typed.replace("crexe", "creche")
    assert told(typed) == [
        f"Você quis dizer {meant}? Nada tem “{typed}”, por isso mostramos o que há para essas palavras."
    ]
    shown = page(typed)
    count = shown.select_one("main [role=status]")
    assert count is not None
    assert count.get_text() == f"1 resultado para “{meant}”"
    link = shown.select_one("main .status--info a")
    assert link is not None
    asked = parse_qs(urlsplit(str(link["href"])).query)
    assert asked == {"q": [meant]}


def test_what_is_written_well_is_answered_as_it_is(library: None) -> None:
    assert titles("creche") == ["Fila da creche"]
    assert told("creche") == []
    assert told("fila alvará") == [
        "Nada tem tudo o que você escreveu. Mostramos o que tem uma parte."
    ]


def test_what_is_mistyped_and_met_in_part_is_told_once(library: None) -> None:
    assert told("crexe xilofone") == [
        "Você quis dizer creche xilofone? Nada tem tudo isso. Mostramos o que tem uma parte."
    ]
    assert titles("crexe xilofone") == ["Fila da creche"]


@pytest.mark.parametrize("typed", ["crexe -fila", "xilofone"])
def test_no_other_words_are_taken_that_find_nothing(library: None, typed: str) -> None:
    assert empty(typed).get_text(strip=True).startswith(f"Nada para “{typed}”")


def test_words_of_what_is_hidden_are_not_taken(library: None) -> None:
    """It is a name: what is Portuguese is known without any library."""
    entries.entry(title="Operação Vatrelina", audience=frozenset({SIGNED_IN}))
    spelling.forget()
    assert corrected("vatrellina") is None
    assert empty("vatrellina").get_text(strip=True).startswith("Nada para")


def test_the_nearest_themes_are_named_with_what_they_hold(library: None) -> None:
    entries.entry(title="Fechado", themes=["saude"], audience=frozenset({SIGNED_IN}))
    lines = [item.get_text() for item in empty("xilofone").select("li")]
    assert lines == ["Educacao: 2 materiais", "Saude: 1 material"]
    lines = [item.get_text() for item in empty("xilofone na saude").select("li")]
    assert lines[0] == "Saude: 1 material"


def test_of_a_large_library_themes_hold_at_the_least_what_was_counted(
    library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MAX_MATCHES", 2)
    lines = [item.get_text() for item in empty("xilofone").select("li")]
    assert lines == ["Educacao: 1+ materiais", "Saude: 1+ materiais"]


def test_a_material_can_be_asked_for(library: None) -> None:
    link = empty("xilofone & 'b'").select_one("a[href^='mailto:']")
    assert link is not None
    assert unquote(str(link["href"])).endswith("?subject=Pedido de material: xilofone & 'b'")


@pytest.mark.parametrize("typed", ["a" * 200, "crexe " * 30, "x" * 90 + " creche", "'; DROP TABLE"])
def test_strange_words_are_answered(library: None, typed: str) -> None:
    assert page(typed).select_one("main h1") is not None
