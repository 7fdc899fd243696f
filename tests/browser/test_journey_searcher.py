"""Anyone searches with the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import fits, is_narrow, seen, tab_to

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

QUERY, FIRST = "pesquisa de precos", "Pesquisa de preços, passo a passo"


@pytest.fixture(autouse=True)
def no_mouse(page: Page) -> Iterator[None]:
    """The mouse is never touched."""
    page.add_init_script("addEventListener('mousedown', () => sessionStorage.setItem('mouse', 1))")
    page.goto("/")
    fits(page)
    yield
    assert page.evaluate("sessionStorage.getItem('mouse')") is None


def skip(page: Page) -> None:
    """Jump over the header by the first link of the page."""
    page.keyboard.press("Tab")
    first = page.get_by_role("link", name="Ir para o conteúdo")
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    page.keyboard.press("Enter")


def search(page: Page, query: str = QUERY) -> None:
    """From the first page: skip link, field, words, Enter."""
    skip(page)
    field = page.get_by_label("O que você precisa resolver?")
    tab_to(page, field, at_most=1)
    page.keyboard.type(query)
    enter(page)


def enter(page: Page) -> None:
    """Press Enter where it leads to another page, and arrive there."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    fits(page)


def press(page: Page, link: Locator) -> None:
    """Go to a link by Tab and follow it."""
    tab_to(page, link)
    enter(page)


def filters(page: Page) -> Locator:
    """The filters on this screen; on a narrow one they are opened first."""
    if is_narrow(page):
        tab_to(page, page.get_by_text("Filtrar por tipo, tema e mais"))
        page.keyboard.press("Enter")
    return page.get_by_role("navigation", name="Filtros")


def total(page: Page) -> int:
    match = re.match(r"\d+", page.locator(".chosen [role=status]").inner_text())
    assert match
    return int(match.group())


def rows(page: Page) -> list[str]:
    return seen(page.locator(".row__t"))


def test_the_skip_link_comes_first_and_leads_past_the_header(page: Page) -> None:
    skip(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_query_without_accents_finds_the_right_thing_first_and_it_opens(page: Page) -> None:
    search(page)
    assert rows(page)[0] == FIRST
    marked = page.locator(".row").first.locator(".row__t mark")
    assert seen(marked) == ["Pesquisa", "preços"]
    press(page, page.get_by_role("link", name=FIRST))
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)


@pytest.mark.parametrize(
    ("offered", "first"),
    [
        ("fila da creche", "Fila da creche com critério público"),
        ("pesquisa de preços", FIRST),
        ("audiência pública", "Audiência pública que enche"),
    ],
)
def test_a_search_offered_on_the_first_page_finds_the_obvious_first(
    page: Page, offered: str, first: str
) -> None:
    press(page, page.locator(".hero__hints").get_by_role("link", name=offered))
    assert rows(page)[0] == first


def test_a_filter_leaves_as_many_as_it_says_and_is_taken_away_again(page: Page) -> None:
    search(page)
    everything = total(page)
    choice = filters(page).get_by_role("link", name="Guia")
    promised = int(choice.locator(".num").inner_text().split()[0])
    assert promised < everything
    press(page, choice)
    assert total(page) == promised == len(rows(page))
    assert "formato=guia" in page.url
    press(page, page.get_by_role("link", name="Tirar filtro"))
    assert total(page) == everything
    assert "formato" not in page.url


def test_the_order_is_changed_and_said(page: Page) -> None:
    search(page)
    press(page, page.get_by_role("link", name="de A a Z"))
    assert rows(page) == sorted(rows(page), key=str.casefold)
    expect(page.locator(".sortbar b")).to_have_text("de A a Z")
    press(page, page.get_by_role("link", name="mais próximos da busca"))
    assert rows(page)[0] == FIRST


def test_the_words_stay_in_the_field_to_be_mended(page: Page) -> None:
    search(page, "calcadas xyz")
    field = page.locator("main input[name=q]")
    expect(field).to_have_value("calcadas xyz")
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type("calcadas")
    enter(page)
    assert page.url.endswith("/busca/?q=calcadas")
    assert "Calçada segura: como medir" in rows(page)


def test_an_unknown_filter_is_said_and_set_aside(page: Page) -> None:
    page.goto("/busca/?q=calcada")
    everything = total(page)
    page.goto("/busca/?q=calcada&formato=planilha")
    assert seen(page.locator(".status")) == ["Não conhecemos tipo “planilha”. Mostramos todos."]
    assert total(page) == everything > 0
    fits(page)


def test_a_search_that_finds_nothing_offers_a_way_out(page: Page) -> None:
    search(page, "xilofone de vidro")
    expect(page.get_by_role("heading", name="Nada para “xilofone de vidro”")).to_be_visible()
    press(page, page.get_by_role("link", name="Ver os temas"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Temas")
    press(page, page.get_by_role("link", name="Saúde"))
    assert total(page) > 0
