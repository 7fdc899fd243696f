"""Work kept as rows: claimed once, tried again, given up in words, never lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from files.models import Art, Image, Preparable, Recording, Rendition, preparable_models
from files.models.preparation import BACKOFF, LEASE
from files.services import prepare_now, sweep
from files.signals import prepared
from files.tasks import prepare
from tests.factories import files

pytestmark = pytest.mark.django_db

State = Preparable.State


def again(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def put(row: Any, **fields: Any) -> None:
    """Change the row as another process would, behind the model's back."""
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


def lose_original(row: Any) -> None:
    """What a disk does: every attempt fails with an error that may pass."""
    storages["default"].delete(row.file.name)


def spoil_original(row: Any) -> None:
    """A file that no attempt will ever mend."""
    storages["default"].delete(row.file.name)
    storages["default"].save(row.file.name, ContentFile(b"nada que se toque" * 99))


def reminders() -> set[tuple[str, str]]:
    return {
        tuple(job.args_kwargs["args"])
        for job in DBTaskResult.objects.filter(task_path=prepare.module_path)
    }


# --- the usual way ------------------------------------------------------------------------------


def test_a_new_row_waits_and_its_work_is_asked_for_after_commit(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = files.recording(ready=False)
        assert not reminders()
    assert (row.state, row.is_ready, row.is_current) == (State.WAITING, False, False)
    assert reminders() == {("files.Recording", str(row.pk))}


def test_a_row_that_was_rolled_back_asks_for_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    capture = django_capture_on_commit_callbacks(execute=True)
    with capture, pytest.raises(RuntimeError), transaction.atomic():
        files.recording(ready=False)
        raise RuntimeError
    assert not reminders()


def test_work_is_done_once(django_capture_on_commit_callbacks: Any) -> None:
    row = files.recording(ready=False)
    assert Recording.work_on(row.pk)
    row = again(row)
    assert (row.state, row.is_current, row.attempts) == (State.READY, True, 1)
    assert row.milliseconds == 157_022
    assert not Recording.work_on(row.pk)
    assert again(row).attempts == 1


def test_a_row_that_another_worker_holds_is_left_to_it() -> None:
    row = files.recording(ready=False)
    put(row, state=State.WORKING, claimed_at=timezone.now())
    assert not Recording.work_on(row.pk)
    assert again(row).attempts == 0


def test_two_reminders_of_one_row_are_one_work() -> None:
    """While one worker is at it, another that was reminded as well finds nothing to do."""
    image = files.image(ready=False)
    second: list[bool] = []
    with at_first_rendition(lambda: second.append(Image.work_on(image.pk))):
        assert Image.work_on(image.pk)
    assert second == [False]
    assert again(image).is_current


def test_the_job_of_a_row_that_is_gone_does_nothing() -> None:
    assert prepare.call("files.Recording", "999999") is False


def test_the_rooms_above_are_told_of_each_new_result() -> None:
    told: list[Any] = []

    def hear(sender: type[Any], instance: Any, **kwargs: Any) -> None:
        told.append((sender, instance.pk, instance.milliseconds))

    prepared.connect(hear)
    row = files.recording()
    row.save()
    prepared.disconnect(hear)
    assert told == [(Recording, row.pk, 157_022)]


# --- what goes wrong ----------------------------------------------------------------------------


def test_a_failed_attempt_is_repeated_later_and_later_and_then_given_up() -> None:
    row = files.recording(ready=False)
    lose_original(row)
    for number, pause in enumerate(BACKOFF, start=1):
        before = timezone.now()
        assert Recording.work_on(row.pk)
        row = again(row)
        assert (row.state, row.attempts) == (State.WAITING, number)
        assert row.failure == "A preparação falhou e será tentada de novo."
        assert before + pause <= row.next_try_at <= timezone.now() + pause
        assert not Recording.work_on(row.pk), "before its time"
        put(row, next_try_at=timezone.now())
    assert Recording.work_on(row.pk)
    row = again(row)
    assert (row.state, row.has_failed) == (State.FAILED, True)
    assert row.failure == "Não deu para preparar. Envie o arquivo de novo."


def test_pauses_grow_from_half_a_minute_to_an_hour() -> None:
    assert list(BACKOFF) == sorted(BACKOFF)
    assert (BACKOFF[0], BACKOFF[-1]) == (timedelta(seconds=30), timedelta(hours=1))


def test_an_attempt_after_a_failure_may_still_succeed() -> None:
    row = files.recording(ready=False)
    with row.file.open("rb") as file:
        content = file.read()
    lose_original(row)
    Recording.work_on(row.pk)
    storages["default"].save(row.file.name, ContentFile(content))
    put(row, next_try_at=timezone.now())
    assert Recording.work_on(row.pk)
    row = again(row)
    assert (row.state, row.failure, row.attempts) == (State.READY, "", 2)


def test_a_file_that_no_attempt_mends_is_given_up_at_once_in_words() -> None:
    row = files.recording(ready=False)
    spoil_original(row)
    Recording.work_on(row.pk)
    row = again(row)
    assert (row.state, row.attempts, row.is_ready) == (State.FAILED, 1, False)
    assert row.failure.startswith("Este arquivo não é uma gravação que se possa tocar.")


def test_what_was_given_up_is_not_due_and_begins_anew_with_another_file() -> None:
    row = files.recording(ready=False)
    spoil_original(row)
    Recording.work_on(row.pk)
    assert not Recording.work_on(row.pk)
    row = again(row)
    row.file = ContentFile(files.mp3_bytes("a-agenda-era-o-problema"), name="outra.mp3")
    row.save()
    assert (row.state, row.attempts, row.failure) == (State.WAITING, 0, "")
    prepare_now(row)
    assert row.is_current
    assert row.milliseconds == 148_715


def test_saving_what_was_given_up_begins_anew() -> None:
    """The sentence asks to send the file again: the same file is a reason to try."""
    row = files.recording(ready=False)
    put(row, state=State.FAILED, attempts=5, failure="Não deu para preparar.")
    row = again(row)
    row.save()
    assert (row.state, row.attempts, row.failure) == (State.WAITING, 0, "")
    assert Recording.work_on(row.pk)


def test_a_row_with_an_earlier_result_keeps_it_while_the_new_one_fails() -> None:
    image = files.image()
    sizes = image.sizes
    lose_original(image)
    image.title = "Outro nome"
    image.save()
    Image.work_on(image.pk)
    image = again(image)
    assert (image.is_ready, image.is_current) == (True, False)
    assert image.sizes == sizes
    assert all(storages["published"].exists(size["file"]) for size in sizes.values())


# --- a worker that dies -------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "is_due"), [(LEASE * 0.9, False), (LEASE * 1.1, True)])
def test_the_row_of_a_dead_worker_is_due_when_its_lease_is_over(
    age: timedelta, is_due: bool
) -> None:
    row = files.recording(ready=False)
    put(row, state=State.WORKING, claimed_at=timezone.now() - age, attempts=1)
    assert Recording.work_on(row.pk) is is_due
    assert again(row).is_current is is_due


def test_work_that_kills_every_worker_is_given_up() -> None:
    """Nobody lives to count a failure, so the claims are counted."""
    row = files.recording(ready=False)
    dead = {"state": State.WORKING, "claimed_at": timezone.now() - LEASE * 2}
    put(row, attempts=len(BACKOFF) + 1, **dead)
    assert Recording.work_on(row.pk)
    row = again(row)
    assert row.state == State.FAILED
    assert row.failure == "Não deu para preparar. Envie o arquivo de novo."


# --- inputs that change during the work ---------------------------------------------------------


@contextmanager
def at_first_rendition(do: Any) -> Iterator[None]:
    """Do something while a picture is being prepared, after its sizes have been made."""

    def act(sender: type[Any], **kwargs: Any) -> None:
        post_save.disconnect(act, sender=Rendition)
        do()

    post_save.connect(act, sender=Rendition)
    try:
        yield
    finally:
        post_save.disconnect(act, sender=Rendition)


@pytest.mark.parametrize("earlier", [True, False], ids=["with an earlier result", "first time"])
def test_a_result_of_changed_inputs_is_thrown_away_and_made_again(
    earlier: bool, django_capture_on_commit_callbacks: Any
) -> None:
    image = files.image(ready=earlier)
    image.creator = "Quem fez"
    image.save()
    image.renditions.all().delete()
    sizes = again(image).sizes

    def rename() -> None:
        row = again(image)
        row.creator = "Quem fez mesmo"
        row.save()

    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True), at_first_rendition(rename):
        assert Image.work_on(image.pk)
    image = again(image)
    assert image.sizes == sizes
    assert (image.state, image.is_current, image.is_ready) == (State.WAITING, False, earlier)
    assert ("files.Image", str(image.pk)) in reminders()
    prepare_now(image)
    assert image.is_current
    content = storages["published"].open(image.sizes["m"]["file"]).read()
    assert b"Quem fez mesmo" in content


def test_inputs_that_change_back_need_nothing_new() -> None:
    image = files.image(title="Ponte nova")
    image.title = "Ponte velha"
    image.save()
    assert image.state == State.WAITING
    image.title = "Ponte nova"
    image.save()
    assert (image.state, image.is_current) == (State.READY, True)


# --- the sweep ----------------------------------------------------------------------------------


def test_the_sweep_reminds_only_of_what_is_due(django_capture_on_commit_callbacks: Any) -> None:
    now = timezone.now()
    due = {
        "waiting": {"state": State.WAITING, "next_try_at": now},
        "abandoned": {"state": State.WORKING, "claimed_at": now - LEASE * 2},
    }
    others = {
        "later": {"state": State.WAITING, "next_try_at": now + timedelta(minutes=1)},
        "in work": {"state": State.WORKING, "claimed_at": now},
        "given up": {"state": State.FAILED},
    }
    rows = {name: files.recording(ready=False) for name in due | others}
    files.recording()
    for name, fields in (due | others).items():
        put(rows[name], **fields)
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep() == len(due)
    assert reminders() == {("files.Recording", str(rows[name].pk)) for name in due}


def test_the_sweep_takes_a_portion_at_a_time() -> None:
    for _ in range(3):
        files.recording(ready=False)
    assert sweep(limit=2) == 2


def test_losing_the_whole_queue_loses_nothing(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        rows = [files.recording(ready=False), files.document(ready=False), files.image(ready=False)]
        rows.append(Art.ask('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 90))
    assert len(reminders()) == 4
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep() == 4
    for label, pk in reminders():
        assert prepare.call(label, pk)
    assert all(again(row).is_current for row in rows)
    assert sweep() == 0


def test_the_sweep_knows_every_kind_of_work() -> None:
    """Those of the rooms above as well."""
    assert {model._meta.label for model in preparable_models()} == {
        "files.Art",
        "files.Document",
        "files.Image",
        "files.Recording",
        "files.Video",
        "podcasts.EpisodeAudio",
        "podcasts.HubNotice",
    }
