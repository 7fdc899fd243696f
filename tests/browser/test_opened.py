"""What a page of results tells when it is left: whether something of it was opened, once a search."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.browser.looking import follow
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

ADDRESS = "**/busca/aberto/"
SEARCH = "/busca/?q=orcamento"
# What is sent while a page is left, no observer of the page sees: it is noted as it is sent.
NOTE = """
  const send = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (address, body) => {
    localStorage.sent = `${localStorage.sent || ""}[${body}]`;
    return send(address, body);
  };
"""
Step = Callable[[Page], object]


def sent(page: Page) -> str:
    return str(page.evaluate("localStorage.sent || ''")).replace("q=orcamento&aberto=", "")


def open_found(page: Page) -> None:
    follow(page, page.locator(".row__t a").first)


def open_moment(page: Page) -> None:
    follow(page, page.get_by_role("link", name="a partir de").first)


def leave(page: Page) -> None:
    follow(page, page.get_by_role("navigation", name="Principal").get_by_role("link").first)


def reorder(page: Page) -> None:
    follow(page, page.get_by_role("link", name="de A a Z"))


def second_page(page: Page) -> None:
    follow(page, page.get_by_role("link", name="Página 2"))


def filtered(page: Page) -> None:
    follow(page, page.get_by_role("navigation", name="Filtros").get_by_role("link", name="Guia"))


def back(page: Page) -> None:
    with page.expect_navigation():
        page.evaluate("setTimeout(() => history.back())")  # answers before the page has gone


def ask_again(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#q").press("Enter")


def ask_otherwise(page: Page) -> None:
    page.locator("#q").fill("plano de chuva")
    ask_again(page)


def in_a_new_tab(page: Page) -> None:
    with page.context.expect_page() as other:
        page.locator(".row__t a").first.click(button="middle")
    other.value.close()


def with_the_menu_of_the_browser(page: Page) -> None:
    page.locator(".row__t a").first.click(button="right")


def skip(page: Page) -> None:
    page.locator(".skip").focus()
    page.keyboard.press("Enter")


@pytest.fixture
def found(chromium: Browser, site: Running) -> Iterator[Page]:
    """What a search found, before anybody has gone anywhere."""
    with opened(chromium, site, 1280) as page:
        page.add_init_script(NOTE)
        page.goto("/")
        page.goto(SEARCH)
        yield page


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([open_found], "[1]"),
        ([open_moment], "[1]"),
        ([leave], "[0]"),
        ([skip, leave], "[0]"),
        ([ask_otherwise], "[0]"),
        ([second_page], ""),
        ([second_page, leave], "[0]"),
        ([second_page, open_found], "[1]"),
        ([filtered], ""),
        ([reorder, back, open_found], "[1]"),
        ([ask_again], ""),
        ([ask_again, leave], "[0]"),
        ([open_found, back, leave], "[1]"),
        ([leave, back, open_found], "[0]"),
        ([in_a_new_tab, second_page, leave], "[1]"),
        ([with_the_menu_of_the_browser, leave], ""),
    ],
    ids=lambda value: "-".join(step.__name__ for step in value) if isinstance(value, list) else "",
)
def test_a_search_is_told_of_once(found: Page, steps: list[Step], told: str) -> None:
    for step in steps:
        step(found)
    assert sent(found) == told


def test_the_site_is_told_the_words_and_yes_or_no_and_says_nothing(found: Page) -> None:
    link = found.locator(".row__t a").first
    link.focus()
    with found.expect_response(ADDRESS) as told:
        found.keyboard.press("Enter")
    assert told.value.status == 204
    request = told.value.request
    assert request.post_data == "q=orcamento&aberto=1"
    assert "cookie" not in request.all_headers()


@pytest.mark.parametrize(
    "wish", ["globalPrivacyControl', {value: true}", "doNotTrack', {value: '1'}"]
)
def test_who_wishes_not_to_be_followed_tells_nothing(
    chromium: Browser, site: Running, wish: str
) -> None:
    with opened(chromium, site, 1280) as page:
        page.add_init_script(f"{NOTE} Object.defineProperty(navigator, '{wish});")
        page.goto(SEARCH)
        open_found(page)
        assert sent(page) == ""


def test_without_script_nothing_is_told(chromium: Browser, site: Running) -> None:
    context = chromium.new_context(base_url=site.base, java_script_enabled=False)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.method))
    bare = context.new_page()
    bare.goto(SEARCH)
    with bare.expect_navigation():
        bare.locator(".row__t a").first.click()
    expect(bare.get_by_role("heading", level=1)).to_be_visible()
    assert "POST" not in asked
    context.close()
