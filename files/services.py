"""What is done to files from outside this room."""

from datetime import datetime
from typing import Any

from files.models import Preparable, preparable_models
from files.models.preparation import PreparableQuerySet


def sweep(limit: int = 100) -> int:
    """Remind of all work that is due or was left behind. Returns how many rows, of each kind at
    most `limit`."""
    reminded = 0
    for model in preparable_models():
        for row in PreparableQuerySet(model).due()[:limit]:
            row.remind()
            reminded += 1
    return reminded


def forget_unused(before: datetime) -> int:
    """Delete what was prepared before a moment and is used nowhere; returns how many rows. A draft
    that needs one of them again gets it again."""
    forgotten = 0
    for model in preparable_models():
        for row in model.unused(before):
            row.delete()
            forgotten += 1
    return forgotten


def refresh_wants() -> int:
    """Compare every row with its inputs, which the public address belongs to; returns how many
    want something new. For start-up: an address changes between two runs, never during one."""
    changed = 0
    for model in preparable_models():
        for row in model._default_manager.iterator():
            if row.want():
                row.save()
                changed += 1
    return changed


_WANTED = ("wanted", "attempts", "failure", "next_try_at", "state")


def tell_lineage(file: Any, lineage: dict[str, Any]) -> None:
    """Have the copies of a file say on which earlier works it is based; they are made again, in the
    background, where they said something else. (Nothing else of the row is written: somebody may be
    at its form.)"""
    row = type(file)._default_manager.get(pk=file.pk)
    if row.lineage == lineage:
        return
    row.lineage = file.lineage = lineage
    row.want()
    values = {name: getattr(row, name) for name in (*_WANTED, "lineage")}
    type(file)._default_manager.filter(pk=row.pk).update(**values)
    if not row.is_current:
        row.remind()


def prepare_now(*rows: Preparable) -> None:
    """Make what the rows want, here and now, and reload them. Not for use inside a transaction."""
    for row in rows:
        if not row.is_current:
            type(row).work_on(row.pk)
            row.refresh_from_db()
