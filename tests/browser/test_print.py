"""What leaves the printer: all that is read, its charts beside their tables, and nothing to press."""

import io
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.conftest import opened
from tests.installation import Running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

CASE = "/acervo/fortaleza-velocidade-e-vidas/"
GUIDE = "/acervo/primeiro-atendimento-mulher-em-violencia/"
VIDEO = "/acervo/o-caminho-da-vaga-na-creche/"
HEARD = "/acervo/o-caderno-do-sebastiao/"
TO_PRESS = [
    "Copiar",
    "Baixar",
    "Ver os números em tabela",
    "Compartilhar",
    "Assistir",
    "Pular para",
]


def sheets_of(page: Any, path: str) -> list[str]:
    """The words of each sheet of A4, in lines as they are drawn, without line breaks."""
    page.goto(path)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


@pytest.mark.parametrize("path", [CASE, GUIDE, VIDEO, HEARD])
def test_paper_has_credit_licence_and_address_and_nothing_to_press(
    chromium: Browser, site: Running, path: str
) -> None:
    with opened(chromium, site, 1280) as page:
        sheets = sheets_of(page, path)
        words = " ".join(sheets)
        for said in ("Crédito pronto para colar", "Endereço que não muda", "/r/", "CC BY"):
            assert said in words, said
        last = sheets[-1]
        assert "Crédito pronto para colar" in last
        assert "Como citar" in last
        for said in TO_PRESS:
            assert said not in words, said
        page.emulate_media(media="print")
        for part in page.locator("audio, video, button, .btn, nav.top, .reuse .files").all():
            expect(part).to_be_hidden()


def test_a_chart_and_its_table_are_whole_and_on_one_sheet(chromium: Browser, site: Running) -> None:
    with opened(chromium, site, 1280) as page:
        sheets = sheets_of(page, CASE)
        [first] = [sheet for sheet in sheets if "Os números" in sheet]
        assert "De 377 mortes por ano (2014) para 184 mortes por ano (2024)" in first
        rows = ["2014 377", "2017 256", "2019 198", "2020 193", "2023 157", "2024 184"]
        table = first.split("Mortes no trânsito da cidade, em mortes por ano")[1]
        for row in rows:
            assert row in table, row
        page.emulate_media(media="print")
        expect(page.locator(".chart.wide-only").first).to_be_visible()
        expect(page.locator(".chart.narrow-only").first).to_be_hidden()


def test_what_was_closed_is_open_on_paper_without_script(chromium: Browser, site: Running) -> None:
    context = chromium.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    assert "2017 256" in " ".join(sheets_of(page, CASE))
    context.close()


def test_links_of_the_text_say_where_they_lead(chromium: Browser, site: Running) -> None:
    with opened(chromium, site, 1280) as page:
        words = " ".join(sheets_of(page, CASE)).replace(" ", "")
        assert "calçadas(/acervo/calcada-segura-como-medir/)" in words
        assert "https://www.planalto.gov.br/ccivil_03/leis/l9503compilado.htm" in words
        sources = page.locator(".refs > li")
        assert sources.count() > 9
