"""The page of a case: where and when, numbers from before and after, and what to take along."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from knowledge.models import CasePage
from licensing.values import BY_NC
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import editor, files, pages, people
from tests.knowledge.lacking import INVENTED, draft

pytestmark = pytest.mark.django_db


def soup_of(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return BeautifulSoup(answer.content, "html5lib")


def words(element: Any) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def jsonld_of(soup: BeautifulSoup) -> dict[str, Any]:
    return dict(json.loads(soup.select_one('script[type="application/ld+json"]').string))


# --- where and when -----------------------------------------------------------------------------


def test_a_case_says_where_when_and_that_its_numbers_have_a_source(client: Client) -> None:
    facts = words(soup_of(client, pages.case().get_url()).select_one(".facts"))
    assert facts == (
        "Município Sobral (CE) Período mar. 2023 a jun. 2025 População em 2022 203 mil habitantes "
        "Números Com fonte"
    )


def test_an_invented_case_says_so_before_anything_else(client: Client) -> None:
    soup = soup_of(client, pages.case(**INVENTED).get_url())
    assert "Dados ilustrativos, inventados para demonstração" in words(soup.select_one(".status"))
    assert "Porto das Águas (BA), inventado" in words(soup.select_one(".facts"))


@pytest.mark.parametrize(
    ("starts", "ends", "label"),
    [
        ("2024", "", "desde 2024"),
        ("2024-03", "", "desde mar. 2024"),
        ("2024", "2024", "2024"),
        ("2001", "2023", "2001 a 2023"),
    ],
)
def test_a_period_reads_as_people_say_it(starts: str, ends: str, label: str) -> None:
    assert CasePage(starts=starts, ends=ends).period_label == label


def test_a_list_names_the_place_and_the_time(client: Client) -> None:
    pages.case()
    assert "Sobral (CE), mar. 2023 a jun. 2025" in words(soup_of(client, "/acervo/").main)


def test_a_case_is_found_by_its_municipality_and_state(client: Client) -> None:
    page = pages.case()
    assert page.title in words(soup_of(client, "/busca/?q=sobral").main)
    facets = Entry.objects.get(pk=page.pk).facets.filter(name__in=["uf", "municipio"])
    assert {(item.name, item.value, item.label) for item in facets} == {
        ("uf", "CE", "Ceará"),
        ("municipio", "2312908", "Sobral (CE)"),
    }


# --- what is read ---------------------------------------------------------------------------------


def test_sections_come_in_the_order_of_a_story(client: Client) -> None:
    """What stands before the first title opens; problem, work and numbers follow; then the rest."""
    soup = soup_of(client, pages.case(cost="R$ 41 mil").get_url())
    titles = [heading.text for heading in soup.select(".prose > h2")]
    assert titles == [
        "O problema",
        "O que foi feito",
        "Os números",
        "As três leis",
        "Custo, normas e contato",
    ]
    assert [link.text for link in soup.select("nav.toc a")] == titles
    for link in soup.select("nav.toc a"):
        assert soup.find(id=link["href"].removeprefix("#"))
    assert soup.select_one(".prose").text.strip().startswith("O orçamento diz")


def test_a_title_of_the_body_keeps_its_anchor(client: Client) -> None:
    page = pages.case(body=[("heading", "O problema"), ("text", "<p>De novo.</p>")])
    soup = soup_of(client, page.get_url())
    assert [heading["id"] for heading in soup.select(".prose > h2")].count("o-problema") == 1
    assert soup.find(id="o-problema").find_next("p").text == "De novo."
    assert soup.find(id="o-problema-2").find_next("p").text.startswith("Cada creche")


def test_links_in_problem_and_work_lead_to_what_the_reader_may_see(client: Client) -> None:
    seen, closed = pages.guide(), pages.guide()
    pages.restrict(closed)
    text = "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in (seen, closed))
    page = pages.case(problem=[("text", text)])
    soup = soup_of(client, page.get_url())
    assert [a.get("href") for a in soup.select(".prose p a")][:2] == [seen.get_url(), None]


# --- numbers --------------------------------------------------------------------------------------


def test_at_most_three_numbers_open_a_case_each_before_and_after(client: Client) -> None:
    indicators = [pages.indicator(name=f"Número {n}") for n in range(1, 5)]
    soup = soup_of(client, pages.case(indicators=indicators).get_url())
    figures = [words(item) for item in soup.select(".figures > div")]
    assert len(figures) == 3
    assert figures[0] == "Número 1, de 2023 a 2025 214,0 → para 81,0 dias"
    assert len(soup.select("figure .chart")) == 8


def test_each_indicator_has_chart_words_table_source_and_download(client: Client) -> None:
    page = pages.case()
    soup = soup_of(client, page.get_url())
    figure = soup.select_one("figure.fig")
    caption = words(figure.figcaption)
    assert "De 214,0 dias (2023) para 81,0 dias (2025): caiu 62%." in caption
    assert "Fonte: Secretaria de Educação, relatório de 2025." in caption
    assert figure.select_one("figcaption a")["href"] == page.csv_path
    table = figure.find_next("details").table
    assert [words(row) for row in table.select("tbody tr")] == [
        "2023 214,0",
        "2024 109,5",
        "2025 81,0",
    ]
    assert words(table.thead) == "Quando Sobral"


def test_a_case_has_no_inline_style_and_no_id_twice(client: Client) -> None:
    body = [*pages.BODY, *[("indicators", [pages.indicator()[1]] * 2)] * 2]
    soup = soup_of(client, pages.case(body=body).get_url())
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert not soup.select("[style]")
    assert len(soup.select("figure .chart")) == 10


def test_the_numbers_download_as_csv_with_a_validator(client: Client) -> None:
    page = pages.case()
    answer = client.get(page.csv_path)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Espera média por vaga;Sobral;dias;2023;214;menor;")
    etag = answer.headers["ETag"]
    assert not etag.startswith("W/")
    assert client.get(page.csv_path, headers={"If-None-Match": etag}).status_code == 304


def test_the_numbers_of_a_closed_case_are_closed(client: Client) -> None:
    page = pages.case()
    pages.restrict(page, people.group())
    answer = client.get(page.csv_path)
    assert answer.status_code == 302
    member = people.user()
    member.groups.add(people.group())
    answer = signed_in(member).get(page.csv_path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_numbers_of_a_withdrawn_case_are_gone(client: Client) -> None:
    page = pages.case()
    path = page.csv_path
    page.unpublish()
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("49.1", "vírgula antes dos decimais: 49,1"), ("muitos", "Escreva só o número")],
)
def test_a_number_that_cannot_be_read_is_told_and_nothing_is_lost(
    curator_client: Client, typed: str, sentence: str
) -> None:
    page = draft(pages.case(live=False))
    changed = {"indicators-0-value-points-0-value-value": typed}
    answer = editor.edit(curator_client, page, **changed)
    assert answer.status_code == 200
    assert sentence in editor.shown_beside(answer, "indicators")
    assert typed in answer.content.decode()


def test_the_form_takes_names_and_numbers_as_they_are_typed(curator_client: Client) -> None:
    page = draft(pages.case(live=False))
    fields = {
        "municipality_code": "fortaleza, ce",
        "ends": "12/2025",
        "indicators-0-value-points-0-value-value": "1.204,5",
    }
    assert editor.edit(curator_client, page, **fields).status_code == 302
    page = CasePage.objects.get(pk=page.pk)
    assert page.live
    assert str(page.municipality) == "Fortaleza (CE)"
    assert page.ends == "2025-12"
    assert page.indicators_shown()[0].before == "1.204,5"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("municipality_code", "Bom Jesus", "mais de um município com esse nome"),
        ("municipality_code", "Atlântida", "Não achamos “Atlântida”"),
        ("starts", "ontem", "Escreva o ano, como 2024"),
        ("ends", "01/2020", "O fim vem antes do começo"),
    ],
)
def test_a_place_or_time_that_cannot_be_read_is_told(
    curator_client: Client, field: str, typed: str, sentence: str
) -> None:
    page = draft(pages.case(live=False))
    answer = editor.edit(curator_client, page, editor.SAVE, **{field: typed})
    assert answer.status_code == 200
    assert any(sentence in told for told in editor.errors_in(answer, field))
    assert typed in answer.content.decode()


# --- to take along --------------------------------------------------------------------------------


def test_files_to_reuse_are_those_the_reader_may_have(client: Client) -> None:
    shown, closed = pages.editable_document(), pages.editable_document()
    pages.restrict(closed)
    hidden = pages.editable_document(live=False)
    document = files.document(licence=BY_NC, title="Aviso da porta")
    page = pages.case(files_to_reuse=[shown, closed, hidden, document])
    soup = soup_of(client, page.get_url())
    listed = [(item.a.text, item.a["href"], words(item.span)) for item in soup.select(".files li")]
    assert listed == [
        (shown.title, shown.get_url(), "ODT e DOCX"),
        ("Aviso da porta", document.url, "PDF, 3 KB"),
        ("Os números dos gráficos", page.csv_path, "CSV"),
    ]
    assert client.get(document.url).status_code == 200
    reader = signed_in(people.user())
    assert closed.title in words(soup_of(reader, page.get_url()).select_one(".files"))


def test_a_row_of_files_names_one_thing(curator_client: Client) -> None:
    page = draft(pages.case(live=False, files_to_reuse=[files.document(licence=BY_NC)]))
    changed = {"files_to_reuse-0-document": ""}
    answer = editor.edit(curator_client, page, editor.SAVE, **changed)
    assert answer.status_code == 200
    assert "um dos dois" in answer.content.decode()


# --- outwards -------------------------------------------------------------------------------------


def test_robots_learn_where_and_when(client: Client) -> None:
    data = jsonld_of(soup_of(client, pages.case(ends="").get_url()))
    assert data["@type"] == ["LearningResource", "Report"]
    assert data["spatialCoverage"] == {
        "@type": "City",
        "name": "Sobral",
        "identifier": {"@type": "PropertyValue", "propertyID": "IBGE", "value": "2312908"},
        "containedInPlace": {"@type": "State", "name": "Ceará"},
    }
    assert data["temporalCoverage"] == "2023-03/.."


def test_robots_do_not_take_an_invented_place_for_a_city(client: Client) -> None:
    data = jsonld_of(soup_of(client, pages.case(**INVENTED).get_url()))
    assert data["spatialCoverage"] == {
        "@type": "Place",
        "name": "Porto das Águas (BA), município inventado",
    }


@pytest.mark.parametrize(("year", "is_right"), [(1899, False), (1900, True), (2199, False)])
def test_the_year_of_a_population_has_been(year: int, is_right: bool) -> None:
    page = pages.case(live=False, population_year=year)
    codes = {lack.code for lack in page.lacks()}
    assert ("population-year" not in codes) is is_right
