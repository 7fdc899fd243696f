"""Anyone searches: as people type, with filters that are plain links, and a way out of nothing."""

import re
from collections.abc import Callable

import pytest
from bs4 import Tag
from django.test import Client

from licensing.values import BY, BY_NC
from tests.factories import pages
from tests.journeys.walking import Walk, words

pytestmark = pytest.mark.django_db
CRECHE, MERENDA, CONTA = "Fila da creche com critério", "Merenda da creche", "As contas da educação"


@pytest.fixture
def walk(client: Client) -> Walk:
    """Somebody on the first page of a library that holds five materials."""
    pages.guide(
        title=CRECHE,
        summary="Como publicar a lista de espera por vaga.",
        licence=BY_NC,
        themes=("educacao",),
    )
    pages.article(
        title=MERENDA,
        summary="Do agricultor ao prato.",
        licence=BY,
        themes=("educacao", "saude"),
    )
    pages.guide(
        title=CONTA,
        summary="Onde o dinheiro entra.",
        body=[("text", "<p>Uma vaga em creche custa mais que uma vaga na escola.</p>")],
        licence=BY,
        themes=("financas",),
    )
    pages.guide(title="Calçada segura", summary="Meça com trena.", themes=("urbano",))
    pages.booklet(title="Cartilha do fiscal", themes=("financas",))
    return Walk(client)


def total(walk: Walk) -> int:
    match = re.match(r"(\d+) ", words(walk.page.select_one(".chosen [role=status]")))
    assert match
    return int(match.group(1))


def choices(walk: Walk) -> list[Tag]:
    """The filters offered, each once (there is a second list for narrow screens)."""
    return list(walk.page.select("nav.facets.wide-only a"))


def count_of(choice: Tag) -> int | None:
    number = choice.select_one(".num")
    return int(words(number).split()[0]) if number else None


# --- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("criterio fila creche", CRECHE),
        ("FILA DA CRECHE", CRECHE),
        ("filas de creches", CRECHE),
        ("calcadas", "Calçada segura"),
        ("conta educação", CONTA),
        ("contas da educacao", CONTA),
        ("fiscal", "Cartilha do fiscal"),
        ("Helena Prado calçada", "Calçada segura"),
    ],
)
def test_what_people_type_finds_the_right_thing_first(walk: Walk, typed: str, first: str) -> None:
    walk.search_for(typed)
    assert walk.rows[0] == first
    assert walk.follow(first, ".row__t a").title == first


def test_the_words_that_met_are_marked_as_they_are_written(walk: Walk) -> None:
    walk.search_for("criterio da creche")
    first = walk.page.select(".row")[0]
    assert [mark.get_text() for mark in first.select(".row__t mark")] == ["creche", "critério"]


def test_an_excerpt_shows_where_in_the_text_it_was_found(walk: Walk) -> None:
    walk.search_for("vaga creche")
    row = next(row for row in walk.page.select(".row") if CONTA in words(row))
    assert [mark.get_text() for mark in row.select("p mark")] == ["vaga", "creche", "vaga"]


def test_the_page_says_what_was_asked_and_keeps_it_in_the_field(walk: Walk) -> None:
    walk.search_for('creche "com" <b>')
    field = walk.page.select_one("main input[name=q]")
    assert field is not None
    assert field["value"] == 'creche "com" <b>'
    assert '“creche "com" <b>”' in words(walk.page.select_one(".chosen"))


def test_the_search_of_the_header_is_the_same(walk: Walk) -> None:
    walk.search_for("creche", "header form[role=search]")
    assert walk.address == "/busca/?q=creche"
    assert total(walk) == 3


# --- narrowing -----------------------------------------------------------------------------------


def test_every_filter_leads_to_as_many_as_it_says(walk: Walk) -> None:
    for start in ("/busca/?q=creche", "/acervo/", "/acervo/?tema=educacao"):
        walk.go(start)
        offered = [(str(choice["href"]), count_of(choice)) for choice in choices(walk)]
        counted = [(path, count) for path, count in offered if count is not None]
        assert len(counted) > 4
        for path, count in counted:
            assert total(walk.go(path)) == count, path


def test_a_filter_that_would_leave_nothing_is_text(walk: Walk) -> None:
    walk.search_for("creche")
    dead = walk.page.select("nav.facets.wide-only .none")
    assert "Cartilha" in [str(item.contents[0]) for item in dead]
    assert not any(item.select("a") for item in dead)
    assert "Cartilha" not in [words(choice) for choice in choices(walk)]


def test_filters_add_up_and_each_can_be_taken_away(walk: Walk) -> None:
    walk.search_for("creche").follow("Educacao", "nav.facets a").follow("Artigo", "nav.facets a")
    assert walk.rows == [MERENDA]
    chosen = sorted(words(choice) for choice in walk.page.select(".chosen a:not(.clear)"))
    assert chosen == ["Artigo Tirar filtro", "Educacao Tirar filtro"]
    walk.follow("Artigo", ".chosen a")
    assert set(walk.rows) == {CRECHE, MERENDA}
    walk.follow("Limpar filtros", ".chosen a")
    assert walk.address == "/busca/?q=creche"


def test_the_order_is_changed_by_a_link_and_kept_with_the_filters(walk: Walk) -> None:
    walk.search_for("creche").follow("de A a Z")
    assert walk.rows == sorted([CRECHE, MERENDA, CONTA])
    walk.follow("Educacao", "nav.facets a")
    assert walk.rows == sorted([CRECHE, MERENDA])
    assert words(walk.page.select_one(".sortbar b")) == "de A a Z"
    walk.follow("mais recentes")
    assert walk.rows == [MERENDA, CRECHE]


def test_a_long_list_is_walked_page_by_page(walk: Walk) -> None:
    for number in range(12):
        pages.guide(title=f"Rua {number:02}", themes=("urbano",))
    walk.go("/acervo/?tema=urbano&ordem=titulo")
    seen = list(walk.rows)
    while walk.page.select(".pages a[rel=next]"):
        seen += walk.follow("Próxima", ".pages a[rel=next]").rows
    assert seen == ["Calçada segura", *(f"Rua {number:02}" for number in range(12))]


# --- what cannot be answered ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("formato=planilha", "Não conhecemos tipo “planilha”. Mostramos todos."),
        ("tema=agua", "Não conhecemos tema “agua”. Mostramos todos."),
        ("licenca=GPL", "Não conhecemos licença “GPL”. Mostramos todos."),
        ("ordem=sorte", "Não conhecemos a ordem “sorte”. Usamos a de costume."),
        ("pagina=-1", "“-1” não é uma página da lista. Mostramos a primeira."),
        ("pagina=99", "A lista tem 1 página. Esta é a última."),
    ],
)
def test_an_unknown_filter_is_said_and_set_aside(walk: Walk, query: str, notice: str) -> None:
    walk.go(f"/busca/?q=creche&{query}")
    assert words(walk.page.select_one(".status")) == notice
    assert total(walk) == 3
    for choice in choices(walk):
        assert query not in str(choice["href"])


def by_the_themes(walk: Walk) -> Walk:
    return walk.follow("Ver os temas", ".empty a").follow("Educacao", ".themes a")


def with_other_words(walk: Walk) -> Walk:
    return walk.search_for("creche")


@pytest.mark.parametrize("way", [by_the_themes, with_other_words])
def test_a_search_that_finds_nothing_offers_a_way_out(
    walk: Walk, way: Callable[[Walk], Walk]
) -> None:
    walk.search_for("xilofone")
    assert words(walk.page.select_one(".empty h2")) == "Nada para “xilofone”"
    assert total(walk) == 0
    assert CRECHE in way(walk).rows


def test_filters_that_leave_nothing_are_taken_away_by_one_link(walk: Walk) -> None:
    walk.go("/busca/?q=creche&formato=cartilha")
    assert walk.rows == []
    walk.follow("Limpar filtros", ".empty a")
    assert walk.address == "/busca/?q=creche"
    assert total(walk) == 3


@pytest.mark.parametrize(("typed", "found"), [("", 5), ("   ", 5), ("de para com", 0)])
def test_a_search_without_a_word_that_says_anything_is_answered(
    walk: Walk, typed: str, found: int
) -> None:
    assert total(walk.search_for(typed)) == found
    assert bool(walk.page.select_one(".empty")) == (found == 0)
