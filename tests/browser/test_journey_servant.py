"""A servant follows a trail in a browser, which alone remembers what is done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.browser.looking import fits, follow, is_narrow, seen, until
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

TRAIL = "/trilhas/orcamento-publico-sem-medo/"
TITLE = "Orçamento público sem medo"
STEPS = [
    "Como ler o orçamento da sua cidade em uma tarde",
    "Empenho não é pagamento",
    "Do empenho ao pagamento",
    "Limites da LRF sem susto",
    "Pesquisa de preços, passo a passo",
    "Pedido de informação sem drama",
]


def by_the_window(page: Page) -> None:
    follow(page, page.get_by_role("link", name="Começar a trilha"))


def by_its_theme(page: Page) -> None:
    follow(page, page.locator(".themes").get_by_role("link", name="Finanças públicas"))
    if is_narrow(page):
        page.get_by_text("Filtrar por tipo, tema e mais").click()
    kinds = page.get_by_role("navigation", name="Filtros")
    follow(page, kinds.get_by_role("link", name="Trilha"))
    follow(page, page.get_by_role("link", name=TITLE))


def by_search(page: Page) -> None:
    page.get_by_label("O que você precisa resolver?").fill("orcamento sem medo")
    follow(page, page.locator("main").get_by_role("button", name="Buscar"))
    follow(page, page.get_by_role("link", name=TITLE))


@pytest.mark.parametrize("way", [by_the_window, by_its_theme, by_search])
def test_the_trail_is_found_from_the_first_page(way: Callable[[Page], None], page: Page) -> None:
    page.goto("/")
    fits(page)
    way(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def mark(page: Page) -> None:
    page.get_by_role("button", name="Marcar como feita").click()


def next_step(page: Page) -> None:
    follow(page, page.get_by_role("link", name="Próxima"))


def laid(page: Page) -> int:
    """How many tiles of the course are laid, each a picture that has really arrived."""
    tiles = page.locator(".course .laid img")
    until(page, "[...document.querySelectorAll('.course img')].every(i => i.naturalWidth > 0)")
    return tiles.count()


def told(page: Page) -> str:
    return page.locator("[data-done] [role=status]").inner_text()


def test_a_trail_is_followed_to_its_end(page: Page) -> None:
    page.goto(TRAIL)
    expect(page.locator("[data-progress-title]")).to_have_text("6 azulejos para assentar")
    assert laid(page) == 0
    follow(page, page.get_by_role("link", name=f"Começar: {STEPS[0]}"))
    for number, title in enumerate(STEPS, 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert laid(page) == number - 1
        mark(page)
        assert laid(page) == number
        left = len(STEPS) - number
        rest = {0: "Você terminou a trilha.", 1: "Falta 1."}.get(left, f"Faltam {left}.")
        assert told(page) == f"Etapa feita. {rest}"
        fits(page)
        if left:
            next_step(page)
    follow(page, page.get_by_role("link", name="Ver a trilha inteira"))
    expect(page.locator("[data-progress-title]")).to_have_text("Parede completa: 6 azulejos")
    expect(page.locator("[data-progress-go]")).to_have_text("Rever do começo")
    assert seen(page.locator("[data-step-state]")) == ["Feita"] * 6
    assert laid(page) == 6


def test_what_is_done_stays_done_and_the_trail_goes_on_from_the_first_gap(page: Page) -> None:
    page.goto(TRAIL)
    follow(page, page.locator("a.step").nth(0))
    mark(page)
    next_step(page)
    next_step(page)
    mark(page)
    page.reload()
    expect(page.get_by_role("button", name="Feita. Desmarcar")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert laid(page) == 2
    page.goto(TRAIL)
    expect(page.locator("[data-progress-title]")).to_have_text("Você já assentou 2 de 6 azulejos")
    assert seen(page.locator(".done .step__s")) == ["Feita", "Feita"]
    follow(page, page.get_by_role("link", name=f"Continuar: {STEPS[1]}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(STEPS[1])
    fits(page)


def test_a_step_is_unmarked_where_it_was_marked(page: Page) -> None:
    page.goto(TRAIL)
    follow(page, page.get_by_role("link", name="Começar:"))
    mark(page)
    page.get_by_role("button", name="Feita. Desmarcar").click()
    assert told(page) == "Etapa desmarcada."
    assert laid(page) == 0
    page.reload()
    expect(page.get_by_role("button", name="Marcar como feita")).to_have_attribute(
        "aria-pressed", "false"
    )
    page.goto(TRAIL)
    expect(page.locator("[data-progress-go]")).to_have_text(f"Começar: {STEPS[0]}")


def test_the_list_beside_a_step_says_what_is_done_and_where_one_is(page: Page) -> None:
    page.goto(TRAIL)
    follow(page, page.get_by_role("link", name="Começar:"))
    mark(page)
    next_step(page)
    if is_narrow(page):
        page.get_by_text("Etapas da trilha").click()
    states = seen(page.locator("[data-step-state]"))
    assert [state for state in states if state] == ["Feita", "Você está aqui"]
    mark(page)
    states = seen(page.locator("[data-step-state]"))
    assert [state for state in states if state] == ["Feita", "Feita. Você está aqui"]
    fits(page)


def test_another_tab_sees_the_mark_at_once_and_another_browser_never(
    page: Page, chromium: Browser, site: Running
) -> None:
    page.goto(TRAIL)
    tab = page.context.new_page()
    tab.goto(TRAIL)
    follow(tab, tab.get_by_role("link", name="Começar:"))
    mark(tab)
    expect(page.locator("[data-progress-title]")).to_have_text("Você já assentou 1 de 6 azulejos")
    assert page.viewport_size is not None
    with opened(chromium, site, page.viewport_size["width"]) as stranger:
        stranger.goto(TRAIL)
        expect(stranger.locator("[data-progress-title]")).to_have_text("6 azulejos para assentar")
        assert seen(stranger.locator("[data-step-state]")) == []


def test_a_browser_that_keeps_nothing_says_so(page: Page) -> None:
    page.add_init_script("""Object.defineProperty(window, "localStorage",
        {get() { throw new DOMException("denied", "SecurityError") }})""")
    page.goto(TRAIL)
    follow(page, page.get_by_role("link", name="Começar:"))
    mark(page)
    assert told(page) == (
        "Este navegador não deixa guardar a marca. Ela some quando você sair da página."
    )
    assert laid(page) == 1
    fits(page)


def test_every_step_can_be_read_without_script(chromium: Browser, site: Running) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, base_url=site.base, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(TRAIL)
    assert "Com JavaScript ligado" in page.locator(".progress").inner_text()
    follow(page, page.get_by_role("link", name="Começar:"))
    for title in STEPS:
        assert page.get_by_role("heading", level=1).inner_text() == title
        assert len(page.locator("article").inner_text().split()) > 150
        assert not page.get_by_role("button", name="Marcar como feita").is_visible()
        if title != STEPS[-1]:
            next_step(page)
    context.close()
