"""What shows have promised: when the next episode is due, whether it is late, and the days of a
month on which something should come out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from wagtail.models import Revision

from podcasts import recurrence
from podcasts.models import EpisodePage, ShowPage

GRACE = timedelta(days=1)  # a day late is not yet late


@dataclass(frozen=True)
class Promise:
    """The next episode of a show: when it is due, when the last came out, and when one is
    scheduled, if any is."""

    show: ShowPage
    due_at: datetime
    last_at: datetime | None
    scheduled_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Whether its day, and one more, have passed."""
        return now >= self.due_at + GRACE


def promises_of(shows: Iterable[ShowPage]) -> list[Promise]:
    """The next episode of each of these shows that says how often it comes out, the most pressing
    first. Two queries."""
    found = [show for show in shows if show.recurrence and not show.is_finished]
    if not found:
        return []
    scheduled = _scheduled(found)
    last = dict(
        EpisodePage.objects.filter(feed_item__show__in=found)
        .exclude(episode_type=EpisodePage.Type.TRAILER)
        .order_by()
        .values_list("feed_item__show")
        .annotate(last=Max("first_published_at"))
    )
    promises = []
    for show in found:
        last_at = last.get(show.pk)
        since = last_at or show.first_published_at
        due_at = next_due(show.recurrence, since) if since else None
        if due_at is not None:
            promises.append(Promise(show, due_at, last_at, scheduled.get(show.path)))
    return sorted(promises, key=lambda promise: (promise.due_at, promise.show.pk))


def next_due(rule: str, last: datetime) -> datetime | None:
    """The beginning of the day on which an episode is due after one that came out at `last`.

    One that came out shortly before its day (in the last third of the time between two) is that
    day's own.
    """
    day = _beginning_of_day(last)
    first = recurrence.next_after(rule, day)
    second = recurrence.next_after(rule, first) if first else None
    if first is None or second is None:
        return first
    return second if (first - day) * 3 < second - first else first


def due_between(rule: str, first: datetime, begin: datetime, end: datetime) -> list[datetime]:
    """The days of a rule, counted from when a show `first` came out, from `begin` until before
    `end`."""
    return recurrence.between(rule, _beginning_of_day(first), begin, end)


def _beginning_of_day(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def _scheduled(shows: list[ShowPage]) -> dict[str, datetime]:
    """Path of a show → when the first of its scheduled episodes goes live."""
    below = Q()
    for show in shows:
        below |= Q(path__startswith=show.path)
    pages = EpisodePage.objects.filter(below, live=False)
    paths: dict[str, Any] = {
        str(pk): path[: -EpisodePage.steplen] for pk, path in pages.values_list("pk", "path")
    }
    revisions = Revision.page_revisions.filter(
        object_id__in=list(paths), approved_go_live_at__isnull=False
    ).order_by("-approved_go_live_at")
    return {paths[item.object_id]: item.approved_go_live_at for item in revisions}
