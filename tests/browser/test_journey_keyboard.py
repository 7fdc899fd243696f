"""A guide from the first word to the day it is withdrawn, by people who use no mouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import requests
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser import desk
from tests.browser.conftest import opened
from tests.browser.keyboard import dialogue, follow, follow_in_menu, go, no_mouse, press, write
from tests.browser.looking import until
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

ZONE = ZoneInfo(settings.TIME_ZONE)
TITLE, ADDRESS = "Como lavar a feira", "/acervo/como-lavar-a-feira/"
CORRECTION = "Diz que a água é de reúso."
LACKING = {
    "licence": "Escolha a licença deste material.",
    "people": "Diga quem fez: acrescente ao menos uma pessoa ou equipe.",
    "summary": "Escreva o resumo: uma ou duas frases.",
    "body": "Escreva o texto: ele está vazio.",
}

# What is typed before belongs, for Wagtail, to the page as it was opened: it is not saved by itself.
NOTES_WHEN_THE_EDITOR_WATCHES = (
    "addEventListener('w-unsaved:watch-edits', () => { window.editorWatches = true })"
)


@pytest.fixture(scope="module", autouse=True)
def staff(site: Running) -> None:
    desk.hire(site)


@contextmanager
def at_the_keyboard(chromium: Browser, site: Running, group: str) -> Iterator[Page]:
    """Somebody of a group signs in, without a mouse from the first page to the last."""
    with opened(chromium, site, 1280) as page, no_mouse(page):
        page.add_init_script(NOTES_WHEN_THE_EDITOR_WATCHES)
        page.goto("/conta/entrar/")
        write(page, page.get_by_label("E-mail"), f"{group.lower()}@cidade.example")
        write(page, page.get_by_label("Senha"), desk.PASSWORD)
        follow(page, page.get_by_role("button", name="Entrar"))
        expect(page.locator(".reader__name")).to_have_text(group)
        yield page


def new_guide(page: Page) -> None:
    """From the public site to the empty form, by links alone."""
    follow(page, page.get_by_role("link", name="Publicar", exact=True))
    page.goto("/admin/pages/")
    follow(page, page.locator("a[aria-label*='Acervo']").first)
    follow(page, page.locator("a[href$='/add_subpage/']").first)
    follow(page, page.get_by_role("link", name="Guia", exact=False).first)


def more_actions(page: Page) -> None:
    """Open what else can be done with the page, from the end of the form."""
    footer = page.get_by_role("navigation", name="Ações (rodapé)")
    press(page, footer.get_by_role("button").last)


def choose_licence(page: Page, identifier: str) -> None:
    select = page.locator("[name=licence]")
    go(page, select)
    for _ in range(10):
        if select.input_value() == identifier:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {identifier}")


def choose(page: Page, rows: str, label: str, name: str) -> None:
    """Add a row to a list of the form; open its dialogue, walk to a result, take it."""
    press(page, page.get_by_role("button", name=f"Adicionar {label}"))
    row = page.locator(f"#inline_child_{rows}-0")
    press(page, row.get_by_role("button", name="Escolher").first)
    chooser = dialogue(page)
    press(page, chooser.get_by_role("link", name=name))
    expect(chooser).to_have_count(0)
    expect(row).to_contain_text(name)


def write_the_body(page: Page, words: str) -> None:
    body = desk.section(page, "body")
    press(page, body.locator("button.c-sf-add-button").first)
    # The kinds of block are filtered by a field of their own; Enter takes the one that is left.
    write(page, body.get_by_role("combobox"), "Texto")
    chosen = page.get_by_role("option", name="Texto", exact=True, selected=True)
    expect(chosen).to_be_visible()
    page.keyboard.press("Enter")
    write(page, body.locator("[contenteditable=true]"), words)


def is_told_what_lacks(page: Page) -> None:
    banner = page.locator(".messages .error")
    for sentence in LACKING.values():
        expect(banner).to_contain_text(sentence)


def status(site: Running) -> int:
    return requests.get(f"{site.base}{ADDRESS}", timeout=10).status_code


def test_a_guide_goes_its_whole_way_without_a_mouse(chromium: Browser, site: Running) -> None:
    with at_the_keyboard(chromium, site, "Autores") as author:
        writes_is_refused_and_mends(author)
    assert status(site) == 404
    with at_the_keyboard(chromium, site, "Revisores") as reviewer:
        approves(reviewer)
    assert status(site) == 200
    with at_the_keyboard(chromium, site, "Curadores") as curator:
        corrects_at_an_hour(curator)
        assert CORRECTION not in requests.get(f"{site.base}{ADDRESS}", timeout=10).text
        publishes_at_once(curator)
        withdraws(curator)
    assert status(site) == 410


def writes_is_refused_and_mends(page: Page) -> None:
    new_guide(page)
    write(page, page.locator("[name=title]"), TITLE)
    desk.has_address_of(page, TITLE)
    more_actions(page)
    follow(page, page.locator("[name=action-submit]"))
    is_told_what_lacks(page)
    press(page, page.locator("#mesa-falta [data-go-to-field=summary]"))
    expect(page.locator("[name=summary]")).to_be_focused()
    page.keyboard.type("Da mangueira ao turno da noite.")
    write_the_body(page, "Molhe o paralelepípedo antes.")
    choose_licence(page, "CC-BY-4.0")
    choose(page, "people", "Pessoa ou equipe", "Cleide Santos")
    choose(page, "resource_themes", "Tema", "Saúde")
    more_actions(page)
    follow(page, page.locator("[name=action-submit]"))
    expect(page.locator(".messages .success")).to_contain_text(TITLE)


def approves(page: Page) -> None:
    """From the list of what waits, through the dialogue."""
    follow(page, page.get_by_role("link", name="Publicar", exact=True))
    waiting = page.get_by_role("region", name="Espera por você")
    row = waiting.get_by_role("row", name=TITLE)
    press(page, row.get_by_role("button", name="Ações"))
    press(page, row.get_by_role("button", name="Aprovar com comentário"))
    comment = dialogue(page)
    write(page, comment.get_by_role("textbox"), "Ficou claro.")
    follow(page, comment.locator("[type=submit]"))
    expect(page.get_by_role("region", name="Publicados há pouco")).to_contain_text(TITLE)
    expect(row).to_have_count(0)


def edit(page: Page) -> None:
    """From the page as its readers see it, by the bar that only people of the CMS have."""
    page.goto(ADDRESS)
    bar = page.locator("wagtail-userbar")
    press(page, bar.get_by_role("button").first)
    follow_in_menu(page, bar.locator("a[href$='/edit/']"))
    until(page, "window.editorWatches === true")


@contextmanager
def saved_by_itself(page: Page) -> Iterator[None]:
    """Until the editor has saved what was typed, after which it draws its panels anew."""
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")
    ) as saved:
        yield
    assert saved.value.ok
    page.wait_for_timeout(1_000)


def set_the_hour(page: Page, hour: str) -> None:
    """In the panel of the status and its dialogue; "" takes the hour away."""
    panel = page.locator("[data-side-panel-toggle=status]").first
    press(page, panel)
    press(page, page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']").first)
    schedule = page.locator("#schedule-publishing-dialog")
    go(page, schedule.locator("[name=go_live_at]"))
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(hour)
    press(page, schedule.locator("[type=submit]"))
    expect(schedule).to_be_hidden()
    press(page, panel, back=True)


def publish(page: Page) -> None:
    more_actions(page)
    follow(page, page.locator("[name=action-publish]"))
    expect(page.locator(".messages .success")).to_contain_text(TITLE)


def corrects_at_an_hour(page: Page) -> None:
    edit(page)
    with saved_by_itself(page):
        go(page, page.locator("[name=summary]"))
        page.keyboard.press("Control+End")
        page.keyboard.type(" Com água de reúso.")
    with saved_by_itself(page):
        write(page, page.locator("[name=change_note]"), CORRECTION)
    tomorrow = datetime.now(ZONE) + timedelta(days=1)
    set_the_hour(page, tomorrow.strftime("%Y-%m-%d %H:%M"))
    publish(page)


def publishes_at_once(page: Page) -> None:
    """What waits for its hour is closed to changes until somebody takes the hour away."""
    edit(page)
    cancel = page.locator(".messages").get_by_text("Cancelar publicação agendada")
    follow(page, cancel)
    expect(page.locator("[name=change_note]")).to_have_value(CORRECTION)
    set_the_hour(page, "")
    publish(page)
    page.goto(ADDRESS)
    press(page, page.get_by_text("O que mudou e quando"))
    expect(page.locator("#mudancas li").first).to_contain_text(CORRECTION)
    expect(page.locator(".lead")).to_contain_text("Com água de reúso.")


def withdraws(page: Page) -> None:
    edit(page)
    more_actions(page)
    follow(page, page.locator("footer a[href*='/unpublish/']"))
    follow(page, page.locator("main form [type=submit]"))
