"""The keyboard as the only way to work: Tab to what is wanted, type there, press Enter."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import fits, has_focus, tab_to, until

FAR = 250  # the form of a page of the CMS, with its header and its tools, is long


def go(page: Page, target: Locator, *, back: bool = False) -> None:
    """Walk with Tab (or back, with Shift+Tab) until `target` has the focus."""
    expect(target).to_be_visible()
    tab_to(page, target, at_most=FAR, key="Shift+Tab" if back else "Tab")


def press(page: Page, target: Locator, *, back: bool = False) -> None:
    """Walk to a button or a link of this page and press Enter on it."""
    go(page, target, back=back)
    page.keyboard.press("Enter")


def follow(page: Page, target: Locator, *, back: bool = False) -> None:
    """Walk to what leads to another page, press Enter, and arrive there."""
    go(page, target, back=back)
    _arrive(page)


def _arrive(page: Page) -> None:
    """Press Enter and wait for another document. (The editor, when it has saved by itself, only
    changes the address of the one that is there.)"""
    with page.expect_event("load", timeout=30_000):
        page.keyboard.press("Enter")
    fits(page)


def follow_in_menu(page: Page, target: Locator) -> None:
    """In a menu that has been opened: the arrows to an entry, and Enter."""
    for _ in range(20):
        page.wait_for_timeout(250)  # the menu moves the focus a moment after the key
        if has_focus(target):
            break
        page.keyboard.press("ArrowDown")
    assert has_focus(target), f"the arrows do not reach {target}"
    _arrive(page)


def dialogue(page: Page) -> Locator:
    """The dialogue that has just been opened, once it has taken the focus."""
    until(page, "document.activeElement.closest('[role=dialog]') !== null")
    return page.get_by_role("dialog")


def write(page: Page, field: Locator, words: str, *, back: bool = False) -> None:
    """Walk to a field and type."""
    go(page, field, back=back)
    page.keyboard.type(words)


@contextmanager
def no_mouse(page: Page) -> Iterator[None]:
    """Notices a pointer on any page, which a keyboard does not have. (A click alone would say
    nothing: Enter on a button is one.)"""
    told: list[str] = []
    page.expose_function("mouseWasUsed", lambda: told.append(page.url))
    page.add_init_script("addEventListener('pointerdown', () => mouseWasUsed(), true)")
    yield
    assert not told
