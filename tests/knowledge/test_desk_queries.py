"""What people search for, as curators read it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.tally import QueryCount
from tests.knowledge.test_desk_reports import as_csv, as_xlsx, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> None:
    today = timezone.localdate()
    for days, query, times, nothing in (
        (1, "alvara", 4, 0),
        (40, "alvara", 5, 1),
        (1, "xilofone", 6, 6),
        (2, "=1+1", 3, 0),
    ):
        day = today - timedelta(days=days)
        QueryCount.objects.create(day=day, query=query, asked=times, found_nothing=nothing)


def test_the_most_frequent_comes_first_with_all_its_days(
    asked: None, curator_client: Client
) -> None:
    found = [line[:3] + line[6:7] for line in rows(curator_client, "queries")]
    assert found == [
        ["alvara", "9", "1", "2"],
        ["xilofone", "6", "6", "1"],
        ["=1+1", "3", "0", "1"],
    ]


def test_it_is_narrowed_to_what_found_nothing_and_to_some_days(
    asked: None, curator_client: Client
) -> None:
    found = [line[:2] for line in rows(curator_client, "queries", "?result=nothing")]
    assert found == [["xilofone", "6"], ["alvara", "5"]]
    found = [line[:2] for line in rows(curator_client, "queries", "?period=30")]
    assert found == [["xilofone", "6"], ["alvara", "4"], ["=1+1", "3"]]


@pytest.fixture
def told() -> None:
    today = timezone.localdate()
    for days, query, times, told, opened in (
        (1, "merenda", 20, 10, 4),  # six of ten opened nothing
        (40, "merenda", 10, 4, 0),
        (1, "creche", 30, 20, 8),
        (1, "alvara", 30, 20, 10),  # as many as opened something
        (1, "fila", 9, 2, 0),  # too few
        (1, "+1", 9, 3, 0),
        (1, "plano", 9, 0, 0),  # nobody told
    ):
        QueryCount.objects.create(
            day=today - timedelta(days=days), query=query, asked=times, told=told, opened=opened
        )


def test_what_was_found_and_not_opened_is_a_share_of_those_who_told(
    told: None, curator_client: Client
) -> None:
    found = {line[0]: line[1:6] for line in rows(curator_client, "queries")}
    assert found["merenda"] == ["30", "0", "14", "10", "71"]
    assert found["alvara"] == ["30", "0", "20", "10", "50"]
    assert found["plano"] == ["9", "0", "0", "", ""]


def test_it_is_narrowed_to_what_most_left_unopened_the_most_first(
    told: None, curator_client: Client
) -> None:
    found = [line[0] for line in rows(curator_client, "queries", "?result=unopened")]
    assert found == ["creche", "merenda", "+1"]
    found = [
        (line[0], line[4]) for line in rows(curator_client, "queries", "?result=unopened&period=30")
    ]
    assert found == [("creche", "12"), ("merenda", "6"), ("+1", "3")]


def test_the_spreadsheet_says_of_how_many_it_is_known(told: None, curator_client: Client) -> None:
    heading, *lines = as_csv(curator_client, "queries")
    assert heading[3:6] == [
        "Sabemos se abriram",
        "Não abriram nada",
        "Não abriram nada (%)",
    ]
    assert ["merenda", "30", "0", "14", "10", "71"] in [line[:6] for line in lines]
    assert "'+1" in [line[0] for line in lines]


def test_no_query_becomes_a_formula_in_a_spreadsheet(asked: None, curator_client: Client) -> None:
    assert [line[0] for line in as_csv(curator_client, "queries")][1:] == [
        "alvara",
        "xilofone",
        "'=1+1",
    ]
    assert as_xlsx(curator_client, "queries")[3][0] == "'=1+1"


def test_authors_do_not_see_it(asked: None, author_client: Client) -> None:
    url = reverse("desk_queries")
    assert author_client.get(url).status_code == 302
    assert url not in author_client.get("/admin/").content.decode()
