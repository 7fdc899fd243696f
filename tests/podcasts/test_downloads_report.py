"""What curators see of how often episodes are downloaded."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from podcasts.models import DayCount, EpisodePage, ShowPage
from tests.factories import pages


@pytest.fixture
def heard(first: EpisodePage, second: EpisodePage) -> None:
    today = timezone.now().date()
    for page, back, downloads in ((first, 0, 3), (first, 10, 4), (first, 90, 5), (second, 1, 1)):
        day = today - timedelta(days=back)
        DayCount.objects.create(page=page, day=day, downloads=downloads)


def report(client: Client, query: str = "") -> Any:
    return html.fromstring(client.get(f"{reverse('desk_downloads')}{query}").content)


def lines(tree: Any) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in tree.xpath("//table[contains(@class, 'mesa-table')]/tbody/tr")
    ]


FIGURES = [
    ["Empenho não é pagamento", "Expediente Aberto", "3", "7", "12"],
    ["A agenda era o problema", "Expediente Aberto", "1", "1", "1"],
    ["Lista de espera se publica", "Expediente Aberto", "0", "0", "0"],
]


def test_the_report_says_how_often_each_episode_was_downloaded(
    heard: None, curator_client: Client
) -> None:
    assert lines(report(curator_client)) == FIGURES


def test_each_figure_says_what_it_is_where_columns_do_not_fit(
    heard: None, curator_client: Client
) -> None:
    (first, *_) = report(curator_client).xpath("//table[contains(@class, 'mesa-table')]/tbody/tr")
    labels = [cell.get("data-l") for cell in first.xpath("./td")]
    assert labels == [None, "Podcast", "Últimos 7 dias", "Últimos 30 dias", "Desde o começo"]


def test_the_curve_has_its_numbers_in_a_table(heard: None, curator_client: Client) -> None:
    tree = report(curator_client)
    drawn = tree.xpath("//figure[@class='mesa-curve']/*[local-name()='svg']")
    assert len(drawn) == 2
    assert "8 ao todo" in drawn[0].xpath("./*[local-name()='desc']")[0].text
    numbers = [int(cell.text) for cell in tree.xpath("//figure//tbody/tr/td")]
    assert (len(numbers), numbers[0], sum(numbers)) == (30, 3, 8)


def test_one_show_is_looked_at_alone(heard: None, show: ShowPage, curator_client: Client) -> None:
    other = pages.episode(title="De outro programa")
    DayCount.objects.create(page=other, day=timezone.now().date(), downloads=50)
    assert len(lines(report(curator_client))) == 4
    tree = report(curator_client, f"?show={show.pk}")
    assert lines(tree) == FIGURES
    assert sum(int(cell.text) for cell in tree.xpath("//figure//tbody/tr/td")) == 8


def test_without_downloads_there_is_no_curve(first: EpisodePage, curator_client: Client) -> None:
    assert not report(curator_client).xpath("//figure")


def test_no_cell_of_the_spreadsheet_is_a_formula(
    heard: None, first: EpisodePage, curator_client: Client
) -> None:
    EpisodePage.objects.filter(pk=first.pk).update(title='=HYPERLINK("http://mau.example")')
    answer = curator_client.get(f"{reverse('desk_downloads')}?export=csv")
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert table[0] == [
        "Episódio",
        "Podcast",
        "Últimos 7 dias",
        "Últimos 30 dias",
        "Desde o começo",
    ]
    assert table[1][0] == '\'=HYPERLINK("http://mau.example")'
    assert table[2:] == FIGURES[1:]


def test_the_form_of_an_episode_says_it_too(
    heard: None, show: ShowPage, first: EpisodePage, curator_client: Client
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[first.pk])
    tree = html.fromstring(curator_client.get(url).content)
    link = f"{reverse('desk_downloads')}?show={show.pk}"
    (place,) = tree.xpath(f"//a[@href='{link}']/ancestor::div[1]")
    words = " ".join(place.text_content().split())
    assert "Nos últimos 7 dias, 3. Nos últimos 30, 7. Desde o começo, 12." in words


def test_it_is_in_the_menu_and_closed_to_others(curator_client: Client, client: Client) -> None:
    assert reverse("desk_downloads") in curator_client.get("/admin/").content.decode()
    assert client.get(reverse("desk_downloads")).status_code == 302
