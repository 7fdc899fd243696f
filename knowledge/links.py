"""Looking whether links to other sites still lead somewhere.

A few in each round of the clock, one of each site, outside any transaction. Where the network
itself is away, nothing is held against anybody.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from knowledge.models.links import ExternalLink
from outbound.fetch import Fetched, Outcome, fetch

AT_ONCE = 8  # links in a round
SECONDS = 20.0  # for a round
EACH = 8.0  # seconds for one
BYTES = 16 * 1024
_PAUSE_OF_SITE = timedelta(minutes=2)
_WHILE_AWAY = timedelta(hours=1)
_NO_NETWORK = frozenset({Outcome.UNKNOWN_NAME, Outcome.UNREACHABLE})


def check_due(now: datetime | None = None) -> int:
    """Look at some links whose time has come; returns how many. None while CHECK_LINKS is off."""
    if not settings.CHECK_LINKS:
        return 0
    now = now or timezone.now()
    return check(_polite(ExternalLink.objects.due(now)[: AT_ONCE * 6], now), now)


def _polite(links: Iterable[ExternalLink], now: datetime) -> list[ExternalLink]:
    """One link of each site that has not been asked in the last minutes."""
    recent = ExternalLink.objects.filter(checked_at__gt=now - _PAUSE_OF_SITE)
    asked = set(recent.values_list("host", flat=True))
    chosen: list[ExternalLink] = []
    for link in links:
        if link.host not in asked:
            asked.add(link.host)
            chosen.append(link)
    return chosen[:AT_ONCE]


def check(
    links: Iterable[ExternalLink],
    now: datetime | None = None,
    open_it: Callable[..., Fetched] = fetch,
) -> int:
    """Open `links` one after the other while there is time, and take note; returns how many."""
    deadline = time.monotonic() + SECONDS
    found: list[tuple[ExternalLink, Fetched]] = []
    for link in links:
        left = deadline - time.monotonic()
        if left <= 1:
            break
        found.append((link, open_it(link.url, seconds=min(EACH, left), max_bytes=BYTES)))
    now = now or timezone.now()
    is_away = bool(found) and all(answer.outcome in _NO_NETWORK for _, answer in found)
    for link, answer in found:
        if is_away and len(found) > 1:
            link.next_check_at = now + _WHILE_AWAY
            link.save(update_fields=["next_check_at"])
        else:
            link.take_note(answer, now)
            link.save()
    return len(found)
