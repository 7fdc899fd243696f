"""A partner city takes a material away with a browser: the credit, the address, the files."""

import io
import json
from typing import Any

import pikepdf
import pyexiv2
import pytest
from mutagen.mp3 import MP3
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import clipboard, fits, follow, seen
from tests.installation import Running, manage

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

BOOKLET = "/acervo/cartilha-fiscal-de-contrato/"
EPISODE = "/podcasts/expediente-aberto/empenho-nao-e-pagamento/"
WITH_PICTURE = "/acervo/calcada-segura-como-medir/"
_CREDIT = """
from knowledge.models import ResourcePage
from licensing.attribution import attribution_text
print(attribution_text(ResourcePage.objects.get(slug={slug!r}).specific.as_work()))
"""


@pytest.fixture(scope="module")
def credit(site: Running) -> str:
    """The attribution of the booklet, as the library itself gives it."""
    code = _CREDIT.format(slug=BOOKLET.strip("/").split("/")[-1])
    done = manage(site.log.parent, "shell", "--no-imports", "-c", code, port=site.port)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def reuse(page: Page) -> Locator:
    return page.locator("#reuso")


def test_the_way_to_what_the_licence_allows_is_one_link(page: Page) -> None:
    page.goto(BOOKLET)
    page.locator(".head .meta a[href='#reuso']").click()
    expect(reuse(page).get_by_role("heading", level=2)).to_be_in_viewport()
    assert seen(reuse(page).locator(".reuse__body > div:not(.reuse__wide) li")) == [
        "copiar e distribuir, impresso ou digital",
        "adaptar, traduzir, cortar e misturar",
        "diga quem fez, de onde veio e o que mudou",
        "usar para fins comerciais",
    ]
    fits(page)
    follow(page, reuse(page).get_by_role("link", name="Em palavras simples"))
    expect(page.locator("h2[id='CC-BY-NC-4.0']")).to_be_in_viewport()


def test_the_credit_is_copied_word_by_word(page: Page, credit: str) -> None:
    page.goto(BOOKLET)
    button = reuse(page).get_by_role("button", name="Copiar crédito")
    button.click()
    expect(button.locator("xpath=..").get_by_role("status")).to_have_text("Texto copiado.")
    assert clipboard(page) == credit
    assert page.url.split("#")[0] in credit
    fits(page)


def test_a_refused_clipboard_says_what_to_do(page: Page) -> None:
    page.add_init_script("""Object.defineProperty(navigator, "clipboard",
        {value: {writeText: () => Promise.reject(new Error("denied"))}})""")
    page.goto(BOOKLET)
    button = reuse(page).get_by_role("button", name="Copiar crédito")
    button.click()
    expect(button.locator("xpath=..").get_by_role("status")).to_have_text(
        "Não deu para copiar. Selecione o texto e copie."
    )
    fits(page)


def test_the_address_that_does_not_change_is_copied_and_leads_back(page: Page) -> None:
    page.goto(BOOKLET)
    button = reuse(page).get_by_role("button", name="Copiar endereço")
    button.click()
    expect(button.locator("xpath=..").get_by_role("status")).to_have_text("Texto copiado.")
    address = clipboard(page)
    page.goto("/")
    page.goto(address)
    assert page.url.endswith(BOOKLET)


def test_one_licence_is_told_in_page_data_and_header(page: Page) -> None:
    for path in (BOOKLET, EPISODE, WITH_PICTURE):
        answer = page.goto(path)
        assert answer is not None
        told = page.locator("[rel~=license]").evaluate_all("all => all.map(one => one.href)")
        (uri,) = set(told)
        data = page.locator("script[type='application/ld+json']").text_content()
        assert json.loads(data or "")["license"] == uri
        assert answer.headers["link"] == f'<{uri}>; rel="license"'
        fits(page)


def licence_of(page: Page) -> str:
    return str(page.locator("head link[rel=license]").get_attribute("href"))


def content(page: Page, address: str | None) -> io.BytesIO:
    answer = page.request.get(address or "")
    assert answer.status == 200
    return io.BytesIO(answer.body())


def saved(page: Page, link: Locator, folder: Any) -> io.BytesIO:
    """What a click on a link puts on the reader's disk."""
    with page.expect_download() as waiting:
        link.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return io.BytesIO(path.read_bytes())


def test_the_pdf_taken_away_carries_its_licence(page: Page) -> None:
    page.goto(BOOKLET)
    link = reuse(page).get_by_role("link", name="PDF para imprimir")
    with (
        pikepdf.open(content(page, link.get_attribute("href"))) as pdf,
        pdf.open_metadata() as metadata,
    ):
        assert metadata["cc:license"] == licence_of(page)
        assert metadata["xmpRights:WebStatement"] == licence_of(page)


def test_the_mp3_taken_away_carries_its_licence(page: Page, tmp_path: Any) -> None:
    page.goto(EPISODE)
    link = reuse(page).get_by_role("link", name="Áudio em MP3")
    frames = MP3(saved(page, link, tmp_path)).tags
    assert frames is not None
    assert [frame.url for frame in frames.getall("WCOP")] == [licence_of(page)]


def test_the_picture_taken_away_carries_its_own_licence(page: Page) -> None:
    page.goto(WITH_PICTURE)
    figure = page.locator("figure").first
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".credit")).to_have_text("Equipe Rede Aberta, 2026. CC BY 4.0.")
    address = figure.locator("img").evaluate("image => image.decode().then(() => image.currentSrc)")
    with pyexiv2.ImageData(content(page, address).getvalue()) as picture:
        xmp = picture.read_xmp()
    assert xmp["Xmp.xmpRights.WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
    assert xmp["Xmp.cc.license"] == "https://creativecommons.org/licenses/by/4.0/"
    fits(page)
