"""A subscriber hears an episode in a browser, reads along, and takes the address away."""

from pathlib import Path
from typing import Any

import feedparser
import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.looking import clipboard, fits, follow, until
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

SHOW = "/podcasts/expediente-aberto/"
EPISODE = f"{SHOW}empenho-nao-e-pagamento/"
SOUND = "document.querySelector('.player audio')"


@pytest.fixture
def episode(page: Page) -> Page:
    """The page of an episode, found as people find it."""
    page.goto("/")
    menu = page.get_by_role("navigation", name="Principal")
    follow(page, menu.get_by_role("link", name="Podcast"))
    follow(page, page.get_by_role("link", name="Ver os episódios"))
    follow(page, page.get_by_role("link", name="Empenho não é pagamento"))
    assert page.url.endswith(EPISODE)
    return page


def item_of(site: Running) -> Any:
    """The episode as the feed tells of it."""
    parsed = feedparser.parse(requests.get(f"{site.base}{SHOW}feed.xml", timeout=10).content)
    assert not parsed.bozo
    return next(entry for entry in parsed.entries if entry.link.endswith(EPISODE))


def at(page: Page) -> float:
    return float(page.evaluate(f"{SOUND}.currentTime"))


def test_nothing_is_fetched_before_somebody_wants_to_hear(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(EPISODE, wait_until="networkidle")
    assert not [url for url in asked if url.endswith(".mp3")]


def test_the_episode_plays(episode: Page, site: Running) -> None:
    episode.locator(".player audio").focus()
    episode.keyboard.press("Space")
    until(episode, f"{SOUND}.currentTime > 0.3")
    assert not episode.evaluate(f"{SOUND}.paused")
    promised = int(item_of(site).itunes_duration)
    assert episode.evaluate(f"{SOUND}.duration") == pytest.approx(promised, abs=1)
    fits(episode)


def test_a_time_of_the_transcript_leads_to_what_was_said(episode: Page) -> None:
    lines = episode.locator(".said [data-at]")
    for number in (3, 1):
        line = lines.nth(number)
        moment = float(line.get_attribute("data-at") or "")
        line.get_by_role("link").click()
        until(episode, f"Math.abs({SOUND}.currentTime - {moment}) < 1.5 && !{SOUND}.paused")
        expect(line).to_have_class("now")
        expect(episode.locator(".said .now")).to_have_count(1)
        assert episode.url.endswith(f"#{line.get_attribute('id')}")
    fits(episode)


def test_the_line_being_said_is_marked_as_the_sound_goes_on(episode: Page) -> None:
    first, second = (
        episode.locator(".said [data-at]").nth(0),
        episode.locator(".said [data-at]").nth(1),
    )
    first.get_by_role("link").click()
    expect(first).to_have_class("now")
    moment = float(second.get_attribute("data-at") or "")
    episode.evaluate(f"{SOUND}.currentTime = {moment - 0.5}")
    expect(second).to_have_class("now")
    assert at(episode) >= moment


def test_an_address_with_a_time_opens_at_that_line(page: Page) -> None:
    page.goto(EPISODE)
    name = page.locator(".said [data-at]").nth(5).get_attribute("id")
    page.goto("/")
    page.goto(f"{EPISODE}#{name}")
    expect(page.locator(f"#{name}")).to_be_in_viewport()


def test_the_download_is_the_file_the_feed_promises(
    episode: Page, site: Running, tmp_path: Path
) -> None:
    with episode.expect_download() as waiting:
        episode.get_by_role("link", name="Baixar MP3").click()
    waiting.value.save_as(tmp_path / "episodio.mp3")
    saved = (tmp_path / "episodio.mp3").read_bytes()
    enclosure = item_of(site).enclosures[0]
    assert len(saved) == int(enclosure.length)
    assert saved == requests.get(enclosure.href, timeout=10).content
    assert waiting.value.suggested_filename.endswith(".mp3")


@pytest.mark.parametrize("path", [SHOW, EPISODE])
def test_the_address_to_subscribe_is_copied_and_answers_with_the_feed(
    path: str, page: Page
) -> None:
    page.goto(path)
    part = page.get_by_role("complementary")
    part.get_by_role("button", name="Copiar endereço").click()
    expect(part.get_by_role("status")).to_have_text("Texto copiado.")
    answer = requests.get(clipboard(page), timeout=10)
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    assert not feedparser.parse(answer.content).bozo
    fits(page)
