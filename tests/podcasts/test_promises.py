"""What a show has promised: the day of its next episode, and who is told when it is late."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from podcasts.models import EpisodePage, ShowPage
from podcasts.promises import due_between, next_due, promises_of
from tests.conftest import signed_in
from tests.factories import pages, people

MONTHLY = "FREQ=MONTHLY;BYDAY=1TU"
HERE = ZoneInfo("America/Sao_Paulo")


def on(day: int, month: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HERE)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (on(4, 8), on(1, 9, 0)),  # on its day
        (on(6, 8), on(1, 9, 0)),  # two days late
        (on(31, 8, 23), on(6, 10, 0)),  # the evening before: it is September's
        (on(15, 8), on(1, 9, 0)),  # an extra in the middle of the month
    ],
)
def test_the_next_episode_is_due_on_the_day_of_the_rule(last: datetime, due: datetime) -> None:
    assert next_due(MONTHLY, last) == due


def test_the_promised_days_of_a_month() -> None:
    assert due_between(MONTHLY, on(4, 8), on(1, 9, 0), on(1, 10, 0)) == [on(1, 9, 0)]
    mondays = due_between("FREQ=WEEKLY;BYDAY=MO", on(4, 8), on(1, 9, 0), on(1, 10, 0))
    assert [day.day for day in mondays] == [7, 14, 21, 28]
    every_other = f"{MONTHLY};INTERVAL=2"
    assert due_between(every_other, on(4, 8), on(1, 9, 0), on(1, 10, 0)) == []
    assert due_between(every_other, on(4, 8), on(1, 10, 0), on(1, 11, 0)) == [on(6, 10, 0)]


@pytest.fixture
def promising(show: ShowPage) -> ShowPage:
    """A show that promises an episode a month; its last came out on 3 November 2026."""
    show.recurrence = MONTHLY
    return pages.publish(show)


def first_page(monkeypatch: pytest.MonkeyPatch, now: datetime, query: str = "") -> BeautifulSoup:
    monkeypatch.setattr("podcasts.desk.timezone.now", lambda: now)
    answer = signed_in(people.user("Curadores")).get(f"/admin/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def late_rows(page: BeautifulSoup) -> list[str]:
    return [row.get_text(" ", strip=True) for row in page.select("#podcasts-atrasados-section tr")][
        1:
    ]


def test_a_show_is_late_when_its_day_and_one_more_have_passed(
    promising: ShowPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    [promise] = promises_of([promising])
    assert timezone.localtime(promise.due_at, HERE) == on(1, 12, 0)
    assert not promise.is_late(on(1, 12, 23))
    assert promise.is_late(on(2, 12, 1))


def test_the_curators_are_told_of_a_late_show(
    promising: ShowPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert late_rows(first_page(monkeypatch, on(1, 12))) == []
    [row] = late_rows(first_page(monkeypatch, on(3, 12)))
    assert row.startswith("Expediente Aberto Podcast O último saiu em 3/11/2026.")
    assert "Nada está marcado" in row
    assert row.endswith("1/12/2026")


def test_an_episode_that_is_scheduled_is_told_of(
    promising: ShowPage, first: EpisodePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = pages.episode(promising, live=False, recording=first.recording)
    draft.go_live_at = timezone.now() + timedelta(days=3)
    pages.publish(draft)
    [promise] = promises_of([promising])
    assert promise.scheduled_at == draft.go_live_at
    [row] = late_rows(first_page(monkeypatch, on(3, 12)))
    assert "O próximo está marcado para" in row


@pytest.mark.parametrize("change", [{"is_finished": True}, {"recurrence": ""}])
def test_a_show_that_promises_nothing_is_never_late(
    promising: ShowPage, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    ShowPage.objects.filter(pk=promising.pk).update(**change)
    assert late_rows(first_page(monkeypatch, on(3, 12))) == []


def test_a_trailer_keeps_no_promise(promising: ShowPage, third: EpisodePage) -> None:
    third.episode_type = EpisodePage.Type.TRAILER
    pages.publish(third)
    [promise] = promises_of([promising])
    assert promise.last_at == EpisodePage.objects.get(number=2).first_published_at


def test_the_calendar_shows_the_day_that_was_promised(
    promising: ShowPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = first_page(monkeypatch, on(3, 12), "?mes=2026-12")
    rows = [row.get_text(" ", strip=True) for row in page.select("#calendario-section tbody tr")]
    assert rows == ["Ter, 1/12 Episódio prometido Expediente Aberto Podcast"]
