"""Wagtail's own accessibility checker, as a curator sees it beside each page of the demo."""

from collections.abc import Iterator

import pytest
import requests
from lxml import etree
from playwright.sync_api import Browser, Page, Route

from tests.browser.desk import hire, signed_in
from tests.browser.looking import until
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

_BAR = "document.querySelector('wagtail-userbar').shadowRoot"
_COUNT = f"{_BAR}.querySelector('[data-content-checker-count]')"
_ROWS = (
    f"[...{_BAR}.querySelectorAll('.w-dialog__body [data-content-checker-row]')]"
    ".map(row => row.innerText)"
)


@pytest.fixture(scope="module")
def desk(chromium: Browser, site: Running) -> Iterator[Page]:
    """A curator's browser: the checker comes with the bar that only people of the CMS see."""
    hire(site)
    with signed_in(chromium, site, 1280, "Curadores") as page:
        yield page


def complaints(page: Page) -> list[str]:
    """What the checker, when it is done and has written its count, says of the page."""
    until(page, f"{_COUNT}.textContent.trim() !== ''", 20)
    told: list[str] = page.evaluate(_ROWS)
    assert len(told) == int(page.evaluate(f"{_COUNT}.textContent")), "rows and count differ"
    return [" ".join(row.split()) for row in told]


def _with_an_empty_heading(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.body().replace(b"</main>", b"<h2></h2></main>"))


def test_the_checker_finds_what_is_wrong(desk: Page, site: Running) -> None:
    page = desk.context.new_page()  # whose console, where the checker tells it too, is its own
    page.route(f"{site.base}/sobre/", _with_an_empty_heading)
    page.goto("/sobre/")
    assert len(complaints(page)) == 1
    page.close()


def test_the_checker_finds_nothing_in_the_demo(desk: Page, site: Running) -> None:
    sitemap = etree.fromstring(requests.get(f"{site.base}/sitemap.xml", timeout=10).content)
    pages = [loc.text or "" for loc in sitemap.iter("{*}loc")]
    checked: dict[str, list[str]] = {}
    for page in pages:
        if "/temas/" not in page and "/pessoas/" not in page and "/licencas/" not in page:
            desk.goto(page)
            checked[page] = complaints(desk)
    assert len(checked) > 45
    assert not {page: told for page, told in checked.items() if told}
