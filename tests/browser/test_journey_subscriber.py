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
    follow(page, page.get_by_role("link", name="Ver os episódios de Expediente Aberto"))
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
    episode.get_by_role("button", name="Tocar").press("Space")
    until(episode, f"{SOUND}.currentTime > 0.3")
    assert not episode.evaluate(f"{SOUND}.paused")
    promised = int(item_of(site).itunes_duration)
    assert episode.evaluate(f"{SOUND}.duration") == pytest.approx(promised, abs=1)
    fits(episode)


def test_the_player_is_driven_by_keys_and_says_where_it_is(episode: Page) -> None:
    place = episode.get_by_role("slider", name="Posição no episódio")
    episode.get_by_role("button", name="Avançar").press("Enter")
    expect(place).to_have_value("30")
    episode.keyboard.press("l")
    expect(place).to_have_value("60")
    assert (place.get_attribute("aria-valuetext") or "").startswith("1 minuto de 2 minutos")
    episode.keyboard.press("j")
    expect(place).to_have_value("45")
    place.press("ArrowRight")
    expect(place).to_have_value("46")
    episode.keyboard.press("k")
    until(episode, f"{SOUND}.currentTime > 46 && !{SOUND}.paused")
    episode.keyboard.press("k")
    until(episode, f"{SOUND}.paused")
    fits(episode)


def test_a_click_in_the_waveform_goes_there_and_what_was_heard_is_darker(episode: Page) -> None:
    wave = episode.locator(".player .wave").first
    box = wave.bounding_box()
    assert box is not None
    episode.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    place = episode.get_by_role("slider", name="Posição no episódio")
    last = int(place.get_attribute("max") or "")
    assert int(place.input_value()) == pytest.approx(last / 2, abs=2)
    heard = wave.locator("svg").get_attribute("width") or ""
    assert float(heard.removesuffix("%")) == pytest.approx(50, abs=2)
    fits(episode)


def test_the_speed_is_kept_from_one_episode_to_the_next(episode: Page) -> None:
    speed = episode.get_by_role("button", name="Velocidade")
    expect(speed).to_have_text("Velocidade 1×")
    speed.click()
    expect(speed).to_have_text("Velocidade 1,25×")
    episode.goto(f"{SHOW}a-agenda-era-o-problema/")
    expect(episode.get_by_role("button", name="Velocidade")).to_have_text("Velocidade 1,25×")
    assert episode.evaluate(f"{SOUND}.playbackRate") == 1.25


def test_an_episode_goes_on_from_where_somebody_stopped(episode: Page) -> None:
    episode.get_by_role("button", name="Avançar").click()
    episode.get_by_role("button", name="Tocar").click()
    until(episode, f"{SOUND}.currentTime > 30")
    episode.get_by_role("button", name="Pausar").click()
    episode.reload()
    expect(episode.locator(".player [role=status]")).to_contain_text("Você parou em 00:3")
    assert at(episode) == 0
    episode.get_by_role("button", name="Tocar").click()
    until(episode, f"{SOUND}.currentTime > 30")


def test_without_script_the_browsers_own_player_is_there(page: Page, site: Running) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=site.base)
    plain = context.new_page()
    plain.goto(EPISODE)
    sound = plain.locator(".player audio")
    assert sound.get_attribute("controls") == ""
    assert sound.get_attribute("preload") == "none"
    expect(plain.locator(".player button")).to_have_count(0)
    context.close()


def test_the_way_to_subscribe_is_for_apps_cameras_and_paper(page: Page, site: Running) -> None:
    page.goto(EPISODE)
    follow(page, page.get_by_role("link", name="Abrir no seu aplicativo"))
    assert page.url.endswith(f"{SHOW}assinar/")
    bare = site.base.split("://")[1]
    link = page.get_by_role("link", name="Pocket Casts")
    assert link.get_attribute("href") == f"pktc://subscribe/{bare}{SHOW}feed.xml"
    expect(page.locator("svg.qr")).to_be_visible()
    fits(page)


def test_the_player_alone_may_be_framed_by_others(page: Page, site: Running) -> None:
    page.goto(EPISODE)
    page.get_by_text("Pôr em outro site").click()
    page.get_by_role("button", name="Copiar código").click()
    expect(page.get_by_text("Texto copiado.")).to_be_visible()
    code = clipboard(page)
    assert code.startswith(f'<iframe src="{site.base}/podcasts/tocador/')
    framed = code.split('"')[1]
    answer = requests.get(framed, timeout=10)
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors 'self' *" in answer.headers["Content-Security-Policy"]
    page.goto(framed)
    page.get_by_role("button", name="Tocar").click()
    until(page, f"{SOUND}.currentTime > 0.3")
    fits(page)


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
