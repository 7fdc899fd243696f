"""What a test asks of the page in front of it."""

import time

from playwright.sync_api import Locator, Page


def fits(page: Page) -> None:
    """Nothing scrolls sideways here."""
    needed = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    assert needed <= width, f"{page.url} needs {needed} px of {width}"


def follow(page: Page, link: Locator) -> None:
    """Click on what leads to another page, and arrive there."""
    with page.expect_navigation():
        link.click()
    fits(page)


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Wait until `expression` is true in the page (whose policy forbids the browser's own way)."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"it did not come about: {expression}"
        page.wait_for_timeout(50)


def is_narrow(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < 600


def clipboard(page: Page) -> str:
    """What has been copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def seen(place: Locator) -> list[str]:
    """The texts of all that `place` finds and the reader can see."""
    return [" ".join(item.inner_text().split()) for item in place.all() if item.is_visible()]


def has_focus(target: Locator) -> bool:
    """Whether what is typed goes to `target`, which may stand in a shadow tree."""
    return bool(target.evaluate("element => element === element.getRootNode().activeElement"))


def tab_to(page: Page, target: Locator, at_most: int = 80, key: str = "Tab") -> None:
    """Press Tab (or another key) until `target` has the focus, which can then be seen."""
    for _ in range(at_most):
        page.keyboard.press(key)
        if has_focus(target):
            outline = target.evaluate("element => getComputedStyle(element).outlineStyle")
            assert outline != "none", "the focus cannot be seen"
            return
    raise AssertionError(f"{at_most} times {key} do not reach {target}")
