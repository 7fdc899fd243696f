"""The clock: one at a time, each part by itself, every minute."""

import subprocess
import sys
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision

from config import clock
from files.models import preparable_models
from files.models.preparation import PreparableQuerySet
from tests.factories import files, pages
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled() -> Any:
    """A whole draft whose time came a minute ago."""
    page = draft(pages.guide(live=False))
    past = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=past)
    return page


def is_live(page: Any) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_a_tick_publishes_takes_down_and_reminds(scheduled: Any) -> None:
    past = timezone.now() - timedelta(minutes=1)
    over = pages.publish(pages.guide(live=False, expire_at=past))
    files.image(ready=False)
    assert clock.tick()["published"] == 1
    assert is_live(scheduled)
    assert not is_live(over)
    nothing = {
        "published": 0,
        "expired": 0,
        "looked at": 0,
        "links": 0,
        "entries": 0,
        "search": 0,
        "downloads": 0,
    }
    assert clock.tick() == nothing | {"reminded": _due_rows(), "imports": 0}


def _due_rows() -> int:
    return sum(PreparableQuerySet(model).due().count() for model in preparable_models())


def test_a_page_published_and_over_in_the_same_minute_is_down_again(scheduled: Any) -> None:
    revision = Revision.objects.get(pk=scheduled.latest_revision_id)
    past = timezone.now() - timedelta(seconds=1)
    revision.content["expire_at"] = past.isoformat()
    revision.save()
    assert clock.tick()["published"] == 1
    assert not is_live(scheduled)


def test_a_lost_reminder_is_given_again(
    scheduled: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """The queue forgot everything; the rows did not."""
    with django_capture_on_commit_callbacks(execute=True):
        image = files.image(ready=False)
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        clock.tick()
    jobs = [result.args_kwargs["args"] for result in DBTaskResult.objects.all()]
    assert ["files.Image", str(image.pk)] in jobs


def test_a_part_that_fails_stops_no_other(scheduled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise OSError("no space left")

    monkeypatch.setattr(clock, "expire_due", fail)
    done = clock.tick()
    assert done["published"] == 1
    assert "reminded" in done
    assert is_live(scheduled)


def test_there_is_only_one_clock() -> None:
    with clock.holding(), pytest.raises(clock.ClockHeld), clock.holding():
        raise AssertionError
    with clock.holding():
        pass


def test_a_second_clock_says_so_and_does_nothing(scheduled: Any) -> None:
    with clock.holding(), pytest.raises(CommandError, match="Já existe um relógio"):
        call_command("clock", "--once")
    assert not is_live(scheduled)


def test_one_turn_by_hand(scheduled: Any) -> None:
    call_command("clock", "--once")
    assert is_live(scheduled)


def test_it_ticks_until_it_is_stopped(
    scheduled: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The connection holds the transaction of this test.
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    settings.CLOCK_SECONDS = 0
    stopped = threading.Event()
    ticks: list[dict[str, int]] = []
    tick = clock.tick

    def counted() -> dict[str, int]:
        ticks.append(tick())
        if len(ticks) == 3:
            stopped.set()
        return ticks[-1]

    monkeypatch.setattr(clock, "tick", counted)
    clock.run(stopped)
    assert [done["published"] for done in ticks] == [1, 0, 0]


def test_finished_jobs_are_forgotten_after_a_week(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        files.image(ready=False)
        files.document(ready=False)
    old, new = DBTaskResult.objects.order_by("enqueued_at")[:2]
    for result, days in ((old, 8), (new, 6)):
        finished = timezone.now() - timedelta(days=days)
        DBTaskResult.objects.filter(pk=result.pk).update(status="SUCCESSFUL", finished_at=finished)
    clock.prune()
    assert not DBTaskResult.objects.filter(pk=old.pk).exists()
    assert DBTaskResult.objects.filter(pk=new.pk).exists()


@pytest.mark.real_parts
def test_a_clock_that_is_killed_leaves_no_lock_behind() -> None:
    code = (
        "import django, sys; django.setup(); from django.conf import settings\n"
        f"settings.DATA_DIR = {str(settings.DATA_DIR)!r}\n"
        "from config import clock\n"
        "with clock.holding(): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": ""},
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(clock.ClockHeld), clock.holding():
            raise AssertionError
        other.kill()
        other.wait()
    with clock.holding():
        pass
