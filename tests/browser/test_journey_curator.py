"""A guide from the first word to the day it is withdrawn, by three people in the CMS."""

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import feedparser
import pytest
import requests
from bs4 import BeautifulSoup
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser import desk
from tests.browser.conftest import WIDTHS, opened
from tests.browser.looking import fits, follow, seen
from tests.installation import Running, wait_until

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

ZONE = ZoneInfo(settings.TIME_ZONE)
LACKING = {
    "summary": "Escreva o resumo: uma ou duas frases.",
    "body": "Escreva o texto: ele está vazio.",
    "licence": "Escolha a licença deste material.",
    "people": "Diga quem fez: acrescente ao menos uma pessoa ou equipe.",
}


@pytest.fixture(scope="module", autouse=True)
def staff(site: Running) -> None:
    desk.hire(site)


def titles(site: Running, path: str) -> list[str]:
    page = BeautifulSoup(requests.get(f"{site.base}{path}", timeout=10).content, "html5lib")
    return [title.get_text() for title in page.select(".row__t")]


def places_that_know(site: Running, title: str, address: str, word: str) -> list[str]:
    """Where a stranger meets a guide, asked in this moment."""
    news = feedparser.parse(requests.get(f"{site.base}/novidades.atom", timeout=10).content)
    found = {
        "address": requests.get(f"{site.base}{address}", timeout=10).status_code == 200,
        "library": title in titles(site, "/acervo/"),
        "search": title in titles(site, f"/busca/?q={word}"),
        "news": title in [entry.title for entry in news.entries],
    }
    return [place for place, is_there in found.items() if is_there]


EVERYWHERE = ["address", "library", "search", "news"]


@dataclass(frozen=True)
class Scheduled:
    """Guides, one for each screen, that are to come out at `due`."""

    due: datetime
    guides: list[tuple[str, str]]


@pytest.fixture(scope="module")
def scheduled(chromium: Browser, site: Running, staff: None) -> Scheduled:
    """A curator has written two guides and set the next minute; the other tests fill the wait."""
    guides = [(f"Praça à noite {width}", f"/acervo/praca-a-noite-{width}/") for width in WIDTHS]
    with contextlib.ExitStack() as stack:
        pages = [
            stack.enter_context(desk.signed_in(chromium, site, width, "Curadores"))
            for width in WIDTHS
        ]
        for page, (title, _) in zip(pages, guides, strict=True):
            desk.new_guide(page)
            desk.write_title(page, title)
            desk.write_the_rest(page, "Acenda os refletores às seis.")
        due = datetime.now(ZONE) + timedelta(seconds=75)
        due = due.replace(second=0, microsecond=0)
        for page in pages:
            desk.schedule(page, due)
    return Scheduled(due, guides)


def test_what_is_scheduled_is_not_known_before_its_hour(
    scheduled: Scheduled, site: Running
) -> None:
    known = [places_that_know(site, *guide, "refletores") for guide in scheduled.guides]
    assert datetime.now(ZONE) < scheduled.due
    assert known == [[], []]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_guide_is_written_refused_mended_reviewed_and_read(
    width: int, chromium: Browser, site: Running
) -> None:
    title, address = f"Como varrer a praça {width}", f"/acervo/como-varrer-a-praca-{width}/"
    word = f"vassourao{width}"
    with desk.signed_in(chromium, site, width, "Autores") as author:
        desk.new_guide(author)
        desk.write_title(author, title)
        desk.submit(author)
        is_told_what_lacks(author)
        desk.write_the_rest(author, f"Molhe o vassourão{width} antes.")
        desk.submit(author)
        expect(author.locator(".messages .success")).to_contain_text(title)
    assert places_that_know(site, title, address, word) == []
    with desk.signed_in(chromium, site, width, "Revisores") as reviewer:
        approve(reviewer, title)
    assert places_that_know(site, title, address, word) == EVERYWHERE
    with opened(chromium, site, width) as reader:
        reader.goto(address)
        expect(reader.get_by_role("heading", level=1)).to_have_text(title)
        assert seen(reader.locator(".prose")) == [f"Molhe o vassourão{width} antes."]
        expect(reader.locator(".head .meta")).to_contain_text("Por Cleide Santos")
        expect(reader.locator(".crumbs")).to_contain_text("Saúde")
        fits(reader)


def is_told_what_lacks(page: Page) -> None:
    """Each field says what it misses, in sight; the list above the form says it once more."""
    banner = page.locator(".messages .error")
    for field, sentence in LACKING.items():
        place = page if field == "people" else desk.section(page, field)
        if field == "licence":
            place = page.locator("[id$='-child-licence-errors']")
        said = place.get_by_text(sentence).last
        said.scroll_into_view_if_needed()
        expect(said).to_be_in_viewport()
        expect(banner).to_contain_text(sentence)
    assert "error in" not in banner.inner_text()
    fits(page)


def approve(page: Page, title: str) -> None:
    """From the list of what waits, through the dialogue."""
    follow(page, page.get_by_role("link", name="Publicar", exact=True))
    waiting = page.get_by_role("region", name="Espera por você")
    row = waiting.get_by_role("row", name=title)
    row.get_by_role("button", name="Ações").click()
    row.get_by_role("button", name="Aprovar com comentário").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("textbox").fill("Ficou claro.")
    fits(page)
    follow(page, dialogue.locator("[type=submit]"))
    expect(page.get_by_role("region", name="Publicados há pouco")).to_contain_text(title)
    expect(row).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "slug", "word"),
    [
        (1280, "calcada-segura-como-medir", "trena"),
        (360, "audiencia-publica-que-enche", "audiencia"),
    ],
)
def test_a_guide_is_withdrawn_and_gone_at_once(
    width: int, slug: str, word: str, chromium: Browser, site: Running
) -> None:
    address = f"/acervo/{slug}/"
    with desk.signed_in(chromium, site, width, "Curadores") as curator:
        curator.goto(address)
        title = curator.get_by_role("heading", level=1).inner_text()
        assert title in titles(site, f"/busca/?q={word}")
        fits(curator)
        curator.locator("wagtail-userbar").get_by_role("button").first.click()
        follow(curator, curator.locator("wagtail-userbar a[href$='/edit/']"))
        desk.more_actions(curator)
        follow(curator, curator.locator("footer a[href*='/unpublish/']"))
        follow(curator, curator.locator("main form [type=submit]"))
    assert places_that_know(site, title, address, word) == []
    with opened(chromium, site, width) as reader:
        answer = reader.goto(address)
        assert answer is not None
        assert answer.status == 410
        expect(reader.get_by_role("heading", level=1)).to_have_text("Este material saiu do acervo")
        fits(reader)


def test_what_was_scheduled_came_out_by_itself_at_its_hour(
    scheduled: Scheduled, site: Running
) -> None:
    for title, address in scheduled.guides:
        wait_until(
            lambda a=address, t=title: places_that_know(site, t, a, "refletores") == EVERYWHERE,
            max((scheduled.due - datetime.now(ZONE)).total_seconds(), 0) + 15,
        )
        page = BeautifulSoup(requests.get(f"{site.base}{address}", timeout=10).content, "html5lib")
        data = json.loads(page.select_one("script[type='application/ld+json']").string)
        came_out = datetime.fromisoformat(data["datePublished"])
        assert timedelta(0) <= came_out - scheduled.due < timedelta(seconds=5)
