"""Looking again at what is live: the rights of a file may be withdrawn, or the file fail, long
after the pages that show it were published."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from knowledge.models.checkups import Checkup
from knowledge.models.links import write_link_uses
from knowledge.models.resources import ResourcePage
from knowledge.publishing.gate import lacks_of

AT_ONCE = 20  # pages in a round of the clock
EVERY = timedelta(hours=6)
logger = logging.getLogger("rede.publishing")


def look_again(now: datetime | None = None, limit: int = AT_ONCE) -> int:
    """Note what live resources lack, those asked for first; returns how many lack something new."""
    now = now or timezone.now()
    stale = Q(checkup__isnull=True) | Q(checkup__checked_at__isnull=True)
    stale |= Q(checkup__checked_at__lt=now - EVERY)
    live = ResourcePage.objects.filter(live=True, alias_of__isnull=True).filter(stale)
    due = live.order_by(F("checkup__checked_at").asc(nulls_first=True), "pk")[:limit]
    return sum(_look(page, now) for page in due.specific())


def _look(page: ResourcePage, now: datetime) -> bool:
    try:
        write_link_uses(page, page.outward_links())  # of what was live before links were kept
        reasons = [lack.message for lack in lacks_of(page) if not lack.passing]
    except Exception:
        logger.exception("Could not look at page %s", page.pk)
        reasons = []
    before = Checkup.objects.filter(page_id=page.pk).values_list("reasons", flat=True).first()
    Checkup.objects.update_or_create(
        page_id=page.pk, defaults={"reasons": reasons, "checked_at": now}
    )
    return bool(reasons) and reasons != before


def ask_for(page_ids: Iterable[int]) -> None:
    """Have pages looked at in the next round."""
    Checkup.objects.filter(page_id__in=list(page_ids)).update(checked_at=None)
