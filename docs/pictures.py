"""Takes the pictures of the curators' handbook over a running demo installation.

    python docs/pictures.py http://localhost:8000 e-mail senha

It writes PNGs of at most 120 KB into docs/images/, and leaves one draft behind in the demo. Run it
once over a demo of its own (`DATA_DIR=… make run`): the draft would show in the next pictures, and
keep the editor from saving another of the same address.
"""

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "images"
LIMIT = 120 * 1024  # bytes
WIDTH, HEIGHT = 1280, 800  # px


def keep(page: Page, name: str) -> None:
    """Write what is in front of us as a small PNG."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        buffer = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        if buffer.tell() <= LIMIT:
            break
    (FOLDER / f"{name}.png").write_bytes(buffer.getvalue())


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/conta/entrar/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Senha").fill(password)
    keep(page, "entrar")
    with page.expect_navigation():
        page.get_by_role("button", name="Entrar").click()


def close_side(page: Page) -> None:
    for name in ("status", "preview", "checks"):
        toggle = page.locator(f"[data-side-panel-toggle={name}]").first
        if toggle.count() and toggle.get_attribute("aria-expanded") == "true":
            toggle.click()


def open_side(page: Page, name: str) -> None:
    close_side(page)
    page.locator(f"[data-side-panel-toggle={name}]").first.click()
    page.wait_for_timeout(1500)


def first_page(page: Page) -> None:
    page.goto("/admin/")
    keep(page, "primeira-pagina")


def new_guide(page: Page) -> None:
    page.goto("/admin/pages/")
    page.locator("a[aria-label*='Acervo']").first.click()
    page.wait_for_load_state("networkidle")
    page.locator("a[href$='/add_subpage/']").first.click()
    keep(page, "escolher-tipo")
    page.get_by_role("link", name="Guia", exact=False).first.click()
    page.wait_for_load_state("networkidle")
    close_side(page)
    keep(page, "o-que-falta")


def write(page: Page) -> None:
    page.locator("[name=title]").press_sequentially("Como varrer a praça")
    page.locator("[name=summary]").fill("Do balde ao turno da noite, com os pedidos de quem mora.")
    body = page.locator("section[id$='-body-section']")
    body.locator("button.c-sf-add-button").first.click()
    page.wait_for_timeout(500)
    keep(page, "blocos")
    page.get_by_role("option", name="Texto", exact=True).click()
    body.locator("[contenteditable=true]").first.click()
    page.keyboard.type(
        "Outrossim, o CRPM define o horário. A vassoura de piaçava deverá ser lavada ao fim de cada "
        "turno. Molhe o chão antes de começar, porque a poeira que sobe do chão seco volta para a "
        "calçada, para as casas e para os pulmões de quem varre, de quem passa e de quem mora perto."
    )
    page.wait_for_timeout(4000)
    body.scroll_into_view_if_needed()
    open_side(page, "checks")
    page.locator("#mesa-advice").scroll_into_view_if_needed()
    keep(page, "linguagem-simples")


def preview(page: Page) -> None:
    open_side(page, "preview")
    page.wait_for_timeout(2500)
    keep(page, "previa")
    close_side(page)


def licence(page: Page) -> None:
    page.locator("[name=licence]").scroll_into_view_if_needed()
    keep(page, "licenca")


def schedule(page: Page) -> None:
    page.evaluate("scrollTo(0, 0)")
    open_side(page, "status")
    page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']").first.click()
    keep(page, "agendar")
    page.keyboard.press("Escape")
    close_side(page)


def actions(page: Page) -> None:
    bar = page.get_by_role("navigation", name="Ações (rodapé)")
    bar.get_by_role("button").last.click()
    keep(page, "enviar")
    page.keyboard.press("Escape")


def picture(page: Page) -> None:
    page.goto("/admin/images/add/")
    keep(page, "imagem")


def reports(page: Page) -> None:
    page.goto("/admin/relatorios/materials/")
    keep(page, "relatorio")
    page.goto("/admin/relatorios/links/?state=new")
    keep(page, "links")


def people(page: Page) -> None:
    page.goto("/admin/snippets/knowledge/person/")
    keep(page, "pessoas")


STEPS: tuple[Callable[[Page], None], ...] = (
    first_page,
    new_guide,
    write,
    preview,
    licence,
    schedule,
    actions,
    picture,
    reports,
    people,
)


def main(base: str, email: str, password: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            base_url=base,
            locale="pt-BR",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.set_default_timeout(60_000)
        sign_in(page, email, password)
        for step in STEPS:
            step(page)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
