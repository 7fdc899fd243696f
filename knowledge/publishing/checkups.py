"""Looking again at what is live: the rights of a file may be withdrawn, or the file fail, long
after the pages that show it were published."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

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


def look_at(pages: Iterable[Page]) -> None:
    """Look at once at these pages, after something changed around them."""
    for page in pages:
        _look(page.specific, timezone.now())


def _look(page: Page, now: datetime) -> bool:
    """Note what a page lacks; whoever owns it is told once for each new reason."""
    if not page.live:
        forget(page)
        return False
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
    is_new = bool(reasons) and reasons != before
    if is_new:
        _tell(page, reasons)
    return is_new


def ask_for(page_ids: Iterable[int]) -> None:
    """Have pages looked at in the next round."""
    Checkup.objects.filter(page_id__in=list(page_ids)).update(checked_at=None)


def forget(page: Page) -> None:
    """The page was published whole, or is no longer live."""
    Checkup.objects.filter(page_id=page.pk).delete()


def _tell(page: Page, reasons: list[str]) -> None:
    owner = page.owner
    if owner is None or not owner.email:
        return
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    listed = "\n".join(f"- {reason}" for reason in reasons)
    message = (
        f"O material “{page.title}” continua no ar, mas algo mudou em volta dele:\n\n{listed}\n\n"
        f"Para acertar: {settings.WAGTAILADMIN_BASE_URL}{edit}\n"
    )
    subject = f"“{page.title}” precisa de um acerto"
    transaction.on_commit(
        lambda: send_mail(subject, message, None, [owner.email], fail_silently=True)
    )
