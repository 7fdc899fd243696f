"""Working in the CMS with a browser: signing in, writing a guide, sending it on."""

import contextlib
from collections.abc import Iterator
from datetime import datetime

from django.utils.text import slugify
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import opened
from tests.browser.looking import fits, follow
from tests.installation import Running, manage

PASSWORD = "senha-de-teste-123"
_STAFF = f"""
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for group in ("Autores", "Revisores", "Curadores"):
    email = group.lower() + "@cidade.example"
    user = get_user_model().objects.create_user(email, {PASSWORD!r}, first_name=group)
    user.groups.set(Group.objects.filter(name=group))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
"""


def hire(site: Running) -> None:
    """Make an author, a reviewer and a curator with confirmed addresses."""
    done = manage(site.log.parent, "shell", "--no-imports", "-c", _STAFF, port=site.port)
    assert done.returncode == 0, done.stderr


@contextlib.contextmanager
def signed_in(chromium: Browser, site: Running, width: int, group: str) -> Iterator[Page]:
    """The browser of somebody of a group, who has just signed in."""
    with opened(chromium, site, width) as page:
        page.goto("/conta/entrar/")
        page.get_by_label("E-mail").fill(f"{group.lower()}@cidade.example")
        page.get_by_label("Senha").fill(PASSWORD)
        follow(page, page.get_by_role("button", name="Entrar"))
        expect(page.locator(".reader__name")).to_have_text(group)
        yield page


def new_guide(page: Page) -> None:
    """From the public site to the empty form of a guide."""
    follow(page, page.get_by_role("link", name="Publicar", exact=True))
    page.goto("/admin/pages/")
    follow(page, page.locator("a[aria-label*='Acervo']").first)
    follow(page, page.locator("a[href$='/add_subpage/']").first)
    follow(page, page.get_by_role("link", name="Guia", exact=False).first)


def section(page: Page, name: str) -> Locator:
    """A part of the form, by the name of its field."""
    return page.locator(f"section[id$='-{name}-section']")


def write_title(page: Page, title: str) -> None:
    """The title, and the moment it takes the editor to make an address of all of it."""
    page.locator("[name=title]").press_sequentially(title)
    has_address_of(page, title)


def has_address_of(page: Page, title: str) -> None:
    """The address follows what is typed a little later: of a part of it first, on a slow machine."""
    expect(page.locator("[name=slug]")).to_have_value(slugify(title))


def write_the_rest(page: Page, words: str) -> None:
    """Everything that a guide needs beside its title, typed and chosen as people do."""
    page.locator("[name=summary]").press_sequentially("Do balde ao turno da noite.")
    section(page, "body").locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="Texto", exact=True).click()
    section(page, "body").locator("[contenteditable=true]").click()
    page.keyboard.type(words)
    page.locator("[name=licence]").select_option("CC-BY-4.0")
    choose(page, "people", "Pessoa ou equipe", "Cleide Santos")
    choose(page, "resource_themes", "Tema", "Saúde")
    fits(page)


def choose(page: Page, rows: str, label: str, name: str) -> None:
    """Add a row to a list of the form and choose somebody or something for it in the dialogue."""
    page.get_by_role("button", name=f"Adicionar {label}").click()
    row = page.locator(f"#inline_child_{rows}-0")
    row.get_by_role("button", name="Escolher").first.click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("link", name=name).click()
    expect(dialogue).to_have_count(0)
    expect(row).to_contain_text(name)


def more_actions(page: Page) -> None:
    page.get_by_role("navigation", name="Ações (rodapé)").get_by_role("button").last.click()


def submit(page: Page) -> None:
    """Send to review."""
    more_actions(page)
    follow(page, page.locator("[name=action-submit]"))


def schedule(page: Page, due: datetime) -> None:
    """Set the hour in the panel of the status, then press the button that now schedules."""
    panel = page.locator("[data-side-panel-toggle=status]").first
    panel.click()
    page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']").first.click()
    dialogue = page.locator("#schedule-publishing-dialog")
    dialogue.locator("[name=go_live_at]").fill(due.strftime("%Y-%m-%d %H:%M"))
    fits(page)
    button, calendar = (
        dialogue.locator("[type=submit]"),
        page.locator(".xdsoft_datetimepicker:visible"),
    )
    expect(calendar).to_have_count(1)
    button.focus()  # the calendar, which may cover the button, goes with the focus
    expect(calendar).to_have_count(0)
    button.click()
    expect(dialogue).to_be_hidden()
    panel.click()
    more_actions(page)
    follow(page, page.locator("[name=action-publish]"))
    expect(page.locator(".messages .success")).to_be_visible()
