"""A browser, and a site for it to look at."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.installation import Running, running

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong
WIDTHS = (1280, 360)
CHECKERS = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Falta o Chromium. No Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running site over a copy of the demo installation: each module may change its own."""
    folder = tmp_path_factory.mktemp("copia") / "dados"
    shutil.copytree(installation, folder)
    # Playwright runs an event loop of its own; Django is asked only through other processes.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with running(folder) as started:
        yield started


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def page(request: pytest.FixtureRequest, chromium: Browser, site: Running) -> Iterator[Page]:
    """A page at each of the two widths; a script error or a blocked resource fails the test."""
    with opened(chromium, site, request.param) as page:
        yield page


@contextlib.contextmanager
def opened(chromium: Browser, site: Running, width: int) -> Iterator[Page]:
    """A browser of somebody's own, `width` pixels wide, as `page` is."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        base_url=site.base,
        permissions=["clipboard-read", "clipboard-write"],
        locale="pt-BR",
    )
    complaints: list[str] = []
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: _note(message, complaints))
    try:
        yield opened
    finally:
        context.close()
    assert not complaints, complaints


def _note(message: Any, complaints: list[str]) -> None:
    if message.type == "error" and "status of 4" not in message.text:
        complaints.append(message.text)
