"""A recording that is being prepared: its form in the CMS follows the real worker until it is done."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import desk
from tests.browser.looking import fits, follow, until
from tests.installation import Running, manage

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

_GIVE_UP = """
from files.models import Recording
Recording.objects.filter(title={title!r}).update(
    state="failed", made="", attempts=6, failure="Não deu para preparar. Envie o arquivo de novo."
)
"""


@pytest.fixture(scope="module", autouse=True)
def staff(site: Running) -> None:
    desk.hire(site)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Half a minute of a tone, as WAV."""
    path = tmp_path / "conversa.wav"
    tone = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=220:duration=30"]
    subprocess.run([*tone, "-ac", "1", str(path)], check=True)
    return path


def send(page: Page, title: str, sound: Path) -> None:
    """Send a recording, and open its form."""
    page.goto("/admin/snippets/files/recording/add/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=file]").set_input_files(sound)
    page.locator("[name=creator]").fill("Ana Lúcia Reis")
    page.locator("[name=licence]").select_option("CC-BY-4.0")
    follow(page, page.get_by_role("button", name="Salvar"))
    follow(page, page.get_by_role("link", name=title, exact=True))


def state(page: Page) -> str:
    return page.locator("#preparo [role=status]").inner_text()


def test_the_form_follows_the_work_to_its_end_without_being_reloaded(
    chromium: Browser, site: Running, sound: Path
) -> None:
    with desk.signed_in(chromium, site, 1280, "Curadores") as page:
        send(page, "Conversa em preparo", sound)
        page.evaluate("window.sameDocument = true")
        place = page.locator("#preparo")
        expect(place.get_by_role("link", name="MP3")).to_be_visible(timeout=120_000)
        assert page.evaluate("window.sameDocument")
        assert state(page) == "Pronto."
        expect(place).not_to_have_attribute("data-open", "")
        expect(place.locator("svg.wave")).to_be_visible()
        expect(place).to_contain_text("LUFS")
        fits(page)


def test_what_was_given_up_is_tried_again_at_a_press(
    chromium: Browser, site: Running, sound: Path
) -> None:
    with desk.signed_in(chromium, site, 1280, "Curadores") as page:
        title = "Conversa que falhou"
        send(page, title, sound)
        place = page.locator("#preparo")
        expect(place.get_by_role("link", name="MP3")).to_be_visible(timeout=120_000)
        command = _GIVE_UP.format(title=title)
        done = manage(site.log.parent, "shell", "--no-imports", "-c", command, port=site.port)
        assert done.returncode == 0, done.stderr
        page.reload()
        assert state(page).startswith("Não deu certo. Não deu para preparar.")
        follow(page, page.get_by_role("button", name="Tentar de novo agora"))
        expect(page.get_by_text(f"“{title}” voltou para a fila de preparo.")).to_be_visible()
        expect(place.get_by_role("link", name="MP3")).to_be_visible(timeout=120_000)
        until(page, "!document.querySelector('#preparo').hasAttribute('data-open')")
        expect(place.get_by_role("button")).to_have_count(0)
