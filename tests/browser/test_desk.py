"""The curators' desk in a real browser: keyboard, both colours, and what axe says of our parts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import desk
from tests.browser.conftest import CHECKERS, WIDTHS
from tests.browser.looking import fits, until
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

LIST = "#mesa-falta"
# Colours that change at once, so that none is measured halfway.
AT_ONCE = """() => {
  const rules = new CSSStyleSheet();
  rules.replaceSync("*, ::before, ::after { transition: none !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
}"""


@pytest.fixture(scope="module", autouse=True)
def staff(site: Running) -> None:
    desk.hire(site)


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def curator(request: pytest.FixtureRequest, chromium: Browser, site: Running) -> Iterator[Page]:
    with desk.signed_in(chromium, site, request.param, "Curadores") as page:
        yield page


def complaints(page: Page, *places: str) -> list[str]:
    """What axe finds in parts of a page, in light and in dark."""
    source = (CHECKERS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)  # the policy of the CMS lets no script of another origin in
    page.evaluate(AT_ONCE)
    page.mouse.move(0, 0)
    told = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for place in places:
            found = page.evaluate("place => axe.run(place, {resultTypes: ['violations']})", place)
            told += [
                f"{place} in {scheme}: {item['id']}: {node['target']} {node['failureSummary']}"
                for item in found["violations"]
                for node in item["nodes"]
            ]
    return told


def test_what_lacks_leads_to_its_field_by_keyboard(curator: Page) -> None:
    desk.new_guide(curator)
    places = curator.locator(f"{LIST} a")
    expect(places).to_have_count(4)
    for field, focused in {
        "licence": "[name=licence]",
        "people": "#id_people-ADD",
        "summary": "[name=summary]",
    }.items():
        link = curator.locator(f"{LIST} [data-go-to-field={field}]")
        link.focus()
        curator.keyboard.press("Enter")
        expect(curator.locator(focused)).to_be_focused()
        expect(curator.locator(focused)).to_be_in_viewport()
    assert complaints(curator, LIST) == []
    fits(curator)


def test_the_list_and_the_advice_follow_what_is_typed(curator: Page) -> None:
    desk.new_guide(curator)
    # Wagtail compares with how the form stood a moment after it was drawn.
    curator.wait_for_load_state("networkidle")
    curator.wait_for_timeout(1_000)
    width = (curator.viewport_size or {"width": 0})["width"]
    desk.write_title(curator, f"Como lavar a praça {width}")
    curator.locator("[name=summary]").press_sequentially("Outrossim, molhe o chão antes de varrer.")
    gone = curator.locator(f"{LIST} [data-go-to-field=summary]")
    expect(gone).to_have_count(0, timeout=30_000)
    curator.get_by_role("button", name="Ver uma sugestão para o texto").click()
    advice = curator.locator("#mesa-advice")
    expect(advice).to_be_visible()
    expect(advice).to_contain_text("“também”")
    expect(advice).to_be_focused()
    assert complaints(curator, LIST, "#mesa-advice") == []
    advice.get_by_role("link", name="Ir ao trecho").click()
    until(curator, "document.activeElement.name === 'summary'")


def test_the_first_page_and_the_reports_are_accessible(curator: Page) -> None:
    curator.goto("/admin/")
    expect(curator.get_by_role("heading", name="O que está marcado")).to_be_visible()
    told = complaints(curator, "#calendario-section", "#publicados-section")
    fits(curator)
    for name in ("materials", "licences", "reviews", "links/?state=new"):
        path = name if "?" in name else f"{name}/"
        curator.goto(f"/admin/relatorios/{path}")
        expect(curator.locator(".mesa-intro, .mesa-table").first).to_be_visible()
        if curator.locator(".mesa-table").count():
            told += complaints(curator, ".mesa-table")
        fits(curator)
    assert told == []
