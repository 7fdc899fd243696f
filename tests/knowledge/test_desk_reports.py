"""Reports on the library: what they count, who sees it, and what leaves as a spreadsheet."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from knowledge.desk.reports import REPORTS
from knowledge.models import ExternalLink, Theme
from licensing.values import BY, BY_NC
from podcasts.models import EpisodePage
from search.tally import QueryCount
from tests.conftest import signed_in
from tests.factories import pages, people

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://mau.example","x")'


def rows(client: Client, name: str, query: str = "") -> list[list[str]]:
    content = client.get(f"{reverse(f'desk_{name}')}{query}").content
    tree = html.fromstring(content)
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in tree.xpath("//table[contains(@class, 'mesa-table')]/tbody/tr")
    ]


def as_csv(client: Client, name: str) -> list[list[str]]:
    answer = client.get(f"{reverse(f'desk_{name}')}?export=csv")
    content = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(content)))


def as_xlsx(client: Client, name: str) -> list[tuple[Any, ...]]:
    answer = client.get(f"{reverse(f'desk_{name}')}?export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_report_is_in_the_menu_and_answers_empty_and_full(
    report: Any, curator_client: Client
) -> None:
    url = reverse(f"desk_{report.name}")
    assert curator_client.get(url).status_code == 200
    pages.guide(body=[("text", '<p><a href="https://a.example/">x</a></p>')])
    ExternalLink.objects.update(state="broken", problem="Não existe mais.")
    page = pages.episode()
    EpisodePage.objects.filter(pk=page.pk).update(transcript="")
    QueryCount.objects.create(day=date(2026, 11, 20), query="alvara", asked=3)
    assert rows(curator_client, report.name)
    assert url in curator_client.get("/admin/").content.decode()
    results = curator_client.get(reverse(f"desk_{report.name}_results"))
    assert results.status_code == 200
    assert as_csv(curator_client, report.name)[0] == list(report.headings.values())
    assert len(as_xlsx(curator_client, report.name)) == len(as_csv(curator_client, report.name))


def test_counts_by_licence_theme_and_author(curator_client: Client) -> None:
    pages.guide(licence=BY, themes=("saude", "financas"), authors=("Ana", "Bia"))
    pages.guide(licence=BY, themes=("saude",), authors=("Bia",), live=False)
    pages.guide(licence=BY_NC, themes=("saude",), authors=("Caio",))
    licences = {line[0]: line[1:] for line in rows(curator_client, "licences")}
    assert licences == {"CC BY 4.0": ["1", "1"], "CC BY-NC 4.0": ["1", "0"]}
    themes = {line[0]: line[1:] for line in rows(curator_client, "themes")}
    assert themes == {"Saude": ["2", "1"], "Financas": ["1", "0"]}


def test_a_count_leads_to_what_it_counted(curator_client: Client) -> None:
    page = pages.guide(licence=BY, themes=("saude",))
    pages.guide(licence=BY_NC, themes=("financas",))
    theme = Theme.objects.get(slug="saude")
    for query in ("?licence=CC-BY-4.0", f"?theme={theme.pk}"):
        assert [line[0] for line in rows(curator_client, "materials", query)] == [page.title]


def test_reviews_come_in_the_order_of_their_dates(curator_client: Client) -> None:
    for title, day in (("B", date(2031, 1, 2)), ("A", None), ("C", date(2030, 1, 2))):
        pages.guide(title=title, review_by=day)
    assert [line[0] for line in rows(curator_client, "reviews")] == ["C", "B", "A"]


def test_an_episode_without_transcript_is_reported_and_one_with_it_is_not(
    curator_client: Client,
) -> None:
    whole = pages.episode(title="Inteiro")
    bare = pages.episode(whole.show, title="Sem", live=False, transcript="")
    pages.guide(title="Guia")
    (line,) = rows(curator_client, "accessible_text")
    assert line[0] == bare.title
    assert "transcrição" in line[3]


def test_broken_links_come_with_their_pages(curator_client: Client) -> None:
    page = pages.guide(body=[("text", '<p><a href="https://a.example/">x</a></p>')])
    assert rows(curator_client, "links") == []
    ExternalLink.objects.update(state="broken", problem="Não existe mais.")
    (line,) = rows(curator_client, "links")
    assert (line[0], line[1], page.title in line[4]) == ("https://a.example/", "quebrado", True)
    ExternalLink.objects.update(state="unsure")
    assert rows(curator_client, "links") == []
    assert len(rows(curator_client, "links", "?state=unsure")) == 1


@pytest.mark.parametrize("name", ["materials", "reviews", "links"])
def test_a_report_shows_only_what_one_may_edit(name: str) -> None:
    pages.guide(
        title="De outra pessoa", body=[("text", '<p><a href="https://a.example/">x</a></p>')]
    )
    ExternalLink.objects.update(state="broken")
    assert rows(signed_in(people.user("Autores")), name) == []
    assert Client().get(reverse(f"desk_{name}")).status_code == 302
    assert signed_in(people.user()).get(reverse(f"desk_{name}")).status_code == 302


def test_no_cell_of_ours_is_a_formula(curator_client: Client) -> None:
    pages.guide(title=FORMULA, authors=("@soma",))
    (line,) = as_csv(curator_client, "materials")[1:]
    assert line[0] == f"'{FORMULA}"
    assert line[4] == "'@soma"
    (line,) = as_xlsx(curator_client, "materials")[1:]
    assert line[0] == f"'{FORMULA}"


@pytest.mark.parametrize("name", ["aging_pages", "page_types_usage", "site_history"])
def test_no_cell_of_wagtail_is_one(name: str, admin_client: Client) -> None:
    pages.guide(title=FORMULA)
    answer = admin_client.get(f"{reverse(f'wagtailadmin_reports:{name}')}?export=csv")
    content = b"".join(answer.streaming_content).decode()
    for line in csv.reader(io.StringIO(content)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line), line
    if name == "aging_pages":
        assert f"'{FORMULA}" in next(zip(*csv.reader(io.StringIO(content)), strict=False))


@pytest.mark.parametrize("name", ["materials", "licences", "themes", "authors", "reviews", "links"])
def test_a_report_costs_the_same_for_one_and_fifty(name: str, curator_client: Client) -> None:
    def cost() -> int:
        curator_client.get(reverse(f"desk_{name}"))
        with CaptureQueriesContext(connection) as queries:
            curator_client.get(reverse(f"desk_{name}"))
        return len(queries)

    def add(number: int) -> None:
        for _ in range(number):
            pages.guide(body=[("text", f'<p><a href="https://a.example/{number}">x</a></p>')])
        ExternalLink.objects.update(state="broken")

    add(1)
    one = cost()
    add(12)
    assert cost() == one
