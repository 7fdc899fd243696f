"""Imports that were sent through the CMS: begun, gone on with in the background, forgotten."""

from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sharing.importing import runs
from sharing.importing.reading.rows import UnreadableFile
from sharing.models import ImportRun

# A worker has other work too: after this long the rest of a file goes to the end of the queue.
PIECE = 20.0  # seconds


def begin_rehearsal(*, file: Any, by: Any, **terms: bool) -> ImportRun:
    """Keep the spreadsheet, and rehearse it in the background."""
    run = runs.begin(
        name=file.name,
        digest=runs.digest_of(file.file),
        total=0,
        file=file,
        is_trial=True,
        started_by=by,
        **terms,
    )
    remind(run)
    return run


def begin_import(*, rehearsal: ImportRun, by: Any) -> ImportRun:
    """Import, in the background, what was rehearsed; asked for twice, it is begun once."""
    same = ImportRun.objects.filter(
        file=rehearsal.file.name, is_trial=False, state__in=ImportRun.OPEN
    )
    with transaction.atomic():
        ImportRun.objects.select_for_update().get(pk=rehearsal.pk)
        run = same.first()
        if run is None:
            run = runs.begin(
                name=rehearsal.name,
                digest=rehearsal.digest,
                total=rehearsal.total,
                file=rehearsal.file.name,
                create_people=rehearsal.create_people,
                overwrite=rehearsal.overwrite,
                is_latin1=rehearsal.is_latin1,
                started_by=by,
            )
    remind(run)
    return run


def remind(run: ImportRun) -> None:
    """Ask for the work after commit. Losing this loses nothing: the sweep asks again."""
    from sharing.tasks import go_on

    pk = run.pk
    transaction.on_commit(lambda: go_on.enqueue(pk))


def go_on_with(run: ImportRun) -> None:
    """Do a piece of the work, and ask for the next one."""
    if not run.is_open or runs.is_being_worked_on(run) or not runs.claim(run):
        return
    with default_storage.open(str(run.file.name)) as stored:
        file: Any = stored.file
        if not run.total:
            try:
                _digest, run.total = runs.survey(file, run.name, run.is_latin1)
            except UnreadableFile as error:
                runs.give_up(run, str(error))
                return
            ImportRun.objects.filter(pk=run.pk).update(total=run.total)
        if not runs.work(run, file, None, seconds=PIECE):
            remind(run)


def sweep_imports() -> int:
    """Remind of every run that waits or whose worker has died. Returns how many."""
    quiet = Q(alive_at__lt=timezone.now() - runs.LEASE)
    left = ImportRun.objects.filter(quiet, state__in=ImportRun.OPEN).exclude(file="")
    for run in left:
        ImportRun.objects.filter(pk=run.pk).update(alive_at=timezone.now(), claim="")
        remind(run)
    return len(left)


def forget_runs(before: datetime) -> int:
    """Delete what is known of runs begun before a moment, with their spreadsheets. What came in
    stays, and is still known by its code. Returns how many runs."""
    old = ImportRun.objects.filter(created_at__lt=before)
    for run in old:
        run.delete()
        if run.file and not ImportRun.objects.filter(file=run.file.name).exists():
            default_storage.delete(str(run.file.name))
    return len(old)
