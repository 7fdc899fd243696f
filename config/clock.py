"""What is periodic: publish, take down, sweep. One clock for a site, held by a lock."""

import fcntl
import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from files.services import forget_unused, sweep
from knowledge.draft_reading.services import forget_ended
from knowledge.index_check import write_outdated
from knowledge.links import check_due
from knowledge.publishing.checkups import look_again
from knowledge.publishing.schedule import expire_due, publish_due
from podcasts.hearing.counting import count_downloads
from search.services import keep_up
from search.tally import forget_counts
from sharing.services import forget_runs, sweep_imports

_KEPT_DAYS = 7
_KEPT_IMPORT_DAYS = 90
logger = logging.getLogger("rede.clock")


class ClockHeld(RuntimeError):
    """Another clock runs for this site."""


@contextmanager
def holding() -> Iterator[None]:
    """Hold the site's clock. The lock goes with the process, however it ends.

    Raises ClockHeld when another process has it.
    """
    path = Path(settings.DATA_DIR) / "clock.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ClockHeld from None
        yield


def tick() -> dict[str, int]:
    """Everything that is due. Returns how much each part did."""
    return _each(
        {
            "published": publish_due,
            "expired": expire_due,
            "reminded": sweep,
            "imports": sweep_imports,
            "looked at": look_again,
            "links": check_due,
            "entries": write_outdated,
            "search": keep_up,
            "downloads": count_downloads,
        }
    )


def prune() -> dict[str, int]:
    """Forget what nobody needs any more. Returns how much, where that is known."""
    return _each(
        {
            "jobs": _prune_jobs,
            "drawings": lambda: forget_unused(_days_ago(_KEPT_DAYS)),
            "import runs": lambda: forget_runs(_days_ago(_KEPT_IMPORT_DAYS)),
            "invitations": forget_ended,
            "queries": lambda: forget_counts(timezone.now()),
        }
    )


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _prune_jobs() -> int:
    call_command("prune_db_task_results", min_age_days=_KEPT_DAYS, verbosity=0)
    return 0


def _each(parts: dict[str, Callable[[], int]]) -> dict[str, int]:
    """Each part by itself: what fails stops no other."""
    done: dict[str, int] = {}
    for name, part in parts.items():
        try:
            done[name] = part()
        except Exception:
            logger.exception("The clock could not do its part: %s", name)
    return done


def run(stopped: Event) -> None:
    """Tick until `stopped`, every CLOCK_SECONDS; prune at the beginning and then once a day."""
    pruned_at = -math.inf
    while not stopped.is_set():
        started = time.monotonic()
        close_old_connections()
        done = tick()
        if any(done.values()):
            logger.info("%s", done)
        if started - pruned_at > 24 * 3600:
            prune()
            pruned_at = started
        stopped.wait(max(0.0, settings.CLOCK_SECONDS - (time.monotonic() - started)))
