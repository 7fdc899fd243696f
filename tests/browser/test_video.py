"""A video in a browser: it plays, its lines seek, and nothing comes from elsewhere before a click."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import CHECKERS, opened
from tests.installation import Running, manage

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

OWN, ELSEWHERE, GUIDE = "/acervo/video-daqui/", "/acervo/video-de-fora/", "/acervo/guia-com-video/"
STEP = "/trilhas/trilha-de-videos/video-de-fora/"
_MAKE = """
from tests.factories import files, pages
own = pages.video(slug="video-daqui", title="Vídeo daqui", body=pages.BODY)
elsewhere = pages.embedded_video(slug="video-de-fora", title="Vídeo de fora")
blocks = [pages.video_block(own.video), pages.audio_block(files.recording(), transcript=files.CAPTIONS)]
pages.guide(slug="guia-com-video", title="Guia com vídeo", body=[*pages.BODY, *blocks])
pages.trail(own, elsewhere, slug="trilha-de-videos", title="Trilha de vídeos")
"""
_FRAME = "<!doctype html><title>De fora</title><p>Filme de fora</p>"


@pytest.fixture(scope="module", autouse=True)
def videos(site: Running) -> None:
    made = manage(site.log.parent, "shell", "--no-imports", "--command", _MAKE, port=site.port)
    assert made.returncode == 0, made.stderr


def until(page: Page, expression: str) -> None:
    """Wait for an expression to hold; the policy of the page forbids Playwright's own way."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def time_of(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.player video').currentTime"))


def test_nothing_of_the_film_is_fetched_before_somebody_plays_it(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(OWN, wait_until="networkidle")
    assert not [url for url in asked if url.endswith(".mp4")]
    assert [url for url in asked if url.endswith("poster.jpg")]


def test_a_line_of_the_transcript_plays_from_its_second(page: Page) -> None:
    page.goto(OWN)
    line = page.locator(".said > div").nth(1)
    line.get_by_role("link").click()
    until(page, "document.querySelector('.player video').currentTime >= 1.39")
    expect(line).to_have_class("now")
    assert page.url.endswith("#t1400")
    size = page.evaluate("document.querySelector('.player video').currentSrc")
    wide = (page.viewport_size or {})["width"] >= 640
    assert urlsplit(size).path.endswith("/720.mp4" if wide else "/360.mp4")


def test_an_address_with_a_time_waits_there_for_whoever_presses_play(page: Page) -> None:
    page.goto(f"{OWN}#t1400")
    expect(page.locator(".said > div").nth(1)).to_have_class("now")
    assert time_of(page) == 0
    page.evaluate("document.querySelector('.player video').load()")
    until(page, "document.querySelector('.player video').currentTime >= 1.39")


def test_captions_are_shown_by_themselves(page: Page) -> None:
    page.goto(OWN)
    page.evaluate("document.querySelector('.player video').load()")
    until(page, "document.querySelector('.player video').textTracks[0].cues?.length === 3")
    mode = page.evaluate("document.querySelector('.player video').textTracks[0].mode")
    assert mode == "showing"


def test_each_player_of_a_page_has_its_own_lines(page: Page) -> None:
    page.goto(GUIDE)
    heard = page.locator("figure[data-media]").nth(1)
    heard.locator("summary").click()
    heard.get_by_role("link", name="00:00").first.click()
    until(page, "!document.querySelector('.player audio').paused")
    assert page.evaluate("document.querySelector('.player video').paused")


@pytest.mark.parametrize("path", [ELSEWHERE, STEP])
def test_a_video_elsewhere_is_asked_for_only_on_a_click(page: Page, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def stand_in(route: Route) -> None:
        route.fulfill(body=_FRAME, content_type="text/html")

    page.route("https://www.youtube-nocookie.com/**", stand_in)
    page.goto(path, wait_until="networkidle")
    here = urlsplit(page.url).netloc
    assert {urlsplit(url).netloc for url in asked} == {here}
    expect(page.get_by_text("o YouTube recebe seu endereço")).to_be_visible()
    page.get_by_role("button", name="Ver o vídeo no YouTube").click()
    frame = page.frame_locator("iframe.embed__frame")
    expect(frame.get_by_text("Filme de fora")).to_be_visible()
    expect(page.locator("iframe")).to_have_attribute("title", "Vídeo de fora")
    others = [url for url in asked if urlsplit(url).netloc != here]
    assert others == ["https://www.youtube-nocookie.com/embed/abcDEF_-123"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_lets_no_other_host_into_a_frame(chromium: Browser, site: Running) -> None:
    context = chromium.new_context(base_url=site.base)
    page = context.new_page()
    page.route("https://example.org/**", lambda route: route.fulfill(body=_FRAME))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(ELSEWHERE)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('iframe'),"
        " {src: 'https://example.org/'}))"
    )
    page.wait_for_timeout(500)
    assert any("frame-src https://www.youtube-nocookie.com" in text for text in refused), refused
    context.close()


def test_without_script_a_plain_link_leads_there(chromium: Browser, site: Running) -> None:
    context = chromium.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    page.goto(ELSEWHERE)
    link = page.get_by_role("link", name="Ver o vídeo no YouTube")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", "https://www.youtube.com/watch?v=abcDEF_-123")
    expect(page.get_by_role("button", name="Ver o vídeo no YouTube")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("path", [OWN, ELSEWHERE, GUIDE, STEP])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    chromium: Browser, site: Running, path: str
) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 740},
        base_url=site.base,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(path)
    for fold in page.locator("details.spoken > summary").all():
        fold.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.add_script_tag(path=str(CHECKERS / "axe-core" / "axe.min.js"))
    told = []
    for mode in ("claro", "escuro", "contraste"):
        page.evaluate("mode => { document.documentElement.dataset.theme = mode }", mode)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        told += [f"{mode}: {item['id']}: {item['help']}" for item in found["violations"]]
    context.close()
    assert not told, "\n".join(told)


def test_a_curator_sends_a_video_and_sees_it_prepared(chromium: Browser, site: Running) -> None:
    """With the worker of a real site: sent, prepared by ffmpeg, shown with its copies."""
    from tests.factories.files import VIDEOS
    from tests.installation import CURATOR

    with opened(chromium, site, 1280) as page:
        page.goto("/admin/snippets/files/video/add/")
        page.get_by_label("E-mail").fill(CURATOR)
        page.get_by_label("Senha").fill(site.password)
        page.get_by_role("button", name="Entrar").click()
        page.locator("[name=title]").fill("Aula do celular")
        page.locator("[name=file]").set_input_files(VIDEOS / "telefone.mov")
        page.locator("[name=creator]").fill("Ana")
        page.locator("[name=licence]").select_option("CC-BY-4.0")
        page.get_by_role("button", name="Salvar").first.click()
        page.get_by_role("link", name="Aula do celular").first.click()
        for _ in range(240):
            if page.get_by_text("Pronto.").count():
                break
            page.wait_for_timeout(1000)
            page.reload()
        expect(page.get_by_text("Pronto.")).to_be_visible()
        copy = page.get_by_role("link", name="360p (96 × 54)").get_attribute("href")
        assert page.request.get(copy or "").status == 200
