"""Suggestions under the search fields: by keyboard, by mouse, read aloud, and not in the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import CHECKERS
from tests.browser.looking import fits, is_narrow
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

MODES = ("claro", "escuro", "contraste")
PATTERN = "**/busca/sugestoes/**"


@pytest.fixture
def field(page: Page) -> Locator:
    page.goto("/busca/")
    return page.locator("#q")


def options(page: Page) -> Locator:
    return page.locator("#q-sugestoes").get_by_role("option")


def typed(page: Page, field: Locator, text: str) -> None:
    field.focus()
    page.keyboard.type(text)
    expect(options(page).first).to_be_visible()


def chosen(page: Page) -> str:
    """The text of the option that is said to be the active one, which is also the selected one."""
    active = page.locator("#q").get_attribute("aria-activedescendant")
    if active is None:
        assert page.locator("#q-sugestoes [aria-selected=true]").count() == 0
        return ""
    option = page.locator(f"#{active}")
    expect(option).to_have_attribute("aria-selected", "true")
    return option.get_attribute("data-text") or ""


def test_a_field_is_a_combobox_that_says_how_many_it_offers(page: Page, field: Locator) -> None:
    expect(page.get_by_role("combobox", name="Buscar no acervo").last).to_have_id("q")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_attribute("aria-controls", "q-sugestoes")
    typed(page, field, "orca")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Sugestões")).to_be_visible()
    count = options(page).count()
    assert 1 < count <= 8
    said = page.locator(".find [role=status]")
    expect(said).to_have_text(f"{count} sugestões. Use as setas para escolher.")
    fits(page)


def test_arrows_go_around_through_the_field_and_enter_searches(page: Page, field: Locator) -> None:
    typed(page, field, "orca")
    texts = [option.get_attribute("data-text") for option in options(page).all()]
    assert chosen(page) == ""
    page.keyboard.press("ArrowDown")
    assert chosen(page) == texts[0]
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ""
    page.keyboard.press("ArrowUp")
    assert chosen(page) == texts[-1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert chosen(page) == texts[0]
    expect(field).to_be_focused()
    expect(field).to_have_value("orca")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(texts[0] or "")
    expect(page.locator(".row__t").first).to_be_visible()


def test_escape_closes_and_enter_searches_for_what_was_typed(page: Page, field: Locator) -> None:
    typed(page, field, "orca")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#q-sugestoes")).to_be_hidden()
    assert chosen(page) == ""
    expect(field).to_have_value("orca")
    page.keyboard.press("ArrowDown")  # opens again
    expect(options(page).first).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/busca/?q=orca")


def test_tab_leaves_and_closes(page: Page, field: Locator) -> None:
    typed(page, field, "orca")
    page.keyboard.press("Tab")
    expect(page.locator("#q-sugestoes")).to_be_hidden()
    expect(page.locator("main button[type=submit]").first).to_be_focused()


def test_a_click_chooses(page: Page, field: Locator) -> None:
    typed(page, field, "pesq")
    option = options(page).first
    text = option.get_attribute("data-text")
    with page.expect_navigation():
        option.click()
    expect(page.locator("#q")).to_have_value(text or "")


def test_what_was_typed_before_never_takes_the_place_of_what_came_after(
    page: Page, field: Locator
) -> None:
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    page.route(f"{PATTERN}?q=orca", keep)
    field.focus()
    with page.expect_request(f"{PATTERN}?q=orca"):
        page.keyboard.type("orca")
    page.keyboard.press("Control+A")
    page.keyboard.type("pesq")
    expect(options(page).first).to_contain_text("esquisa")
    before = options(page).all_inner_texts()
    for route in late:
        route.continue_()
    page.wait_for_timeout(300)
    assert options(page).all_inner_texts() == before


def test_without_an_answer_the_field_stays_a_field(page: Page, field: Locator) -> None:
    page.route(PATTERN, lambda route: route.fulfill(status=404))
    field.focus()
    with page.expect_response(PATTERN):
        page.keyboard.type("orca")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/busca/?q=orca")


def test_the_field_of_the_header_suggests_as_well(page: Page) -> None:
    page.goto("/sobre/")
    quick = page.locator("#busca-rapida")
    if is_narrow(page):
        expect(quick).to_be_hidden()
        return
    quick.focus()
    page.keyboard.type("orca")
    offered = page.locator("#busca-rapida-sugestoes").get_by_role("option")
    expect(offered.first).to_be_visible()
    fits(page)


@pytest.fixture(params=(1280, 360))
def looked_at(request: pytest.FixtureRequest, chromium: Browser, site: Running) -> Iterator[Page]:
    """A page into which the checker may be put."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 800},
        base_url=site.base,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_while_suggestions_are_open(looked_at: Page) -> None:
    looked_at.goto("/busca/")
    typed(looked_at, looked_at.locator("#q"), "orca")
    looked_at.keyboard.press("ArrowDown")
    looked_at.add_script_tag(path=str(CHECKERS / "axe-core" / "axe.min.js"))
    for mode in MODES:
        looked_at.evaluate("mode => { document.documentElement.dataset.theme = mode }", mode)
        found = looked_at.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        told = [
            f"{item['id']}: {item['help']}: {node['target']}"
            for item in found["violations"]
            for node in item["nodes"]
        ]
        assert not told, f"{mode}:\n" + "\n".join(told)
        expect(options(looked_at).first).to_be_visible()


def test_without_script_there_is_a_plain_form(chromium: Browser, site: Running) -> None:
    context = chromium.new_context(base_url=site.base, java_script_enabled=False)
    bare = context.new_page()
    bare.goto("/busca/")
    assert bare.locator("[role=combobox], [role=listbox]").count() == 0
    bare.locator("#q").fill("orca")
    with bare.expect_navigation():
        bare.locator("main button[type=submit]").click()
    assert bare.url.endswith("/busca/?q=orca")
    context.close()
