"""What the clock does with pages: each by itself, so that one that fails stops no other.

(Wagtail's `publish_scheduled` stops at the first page that raises.)
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from knowledge.models.waiting import HeldPublication
from knowledge.publishing.gate import draft_of, lacks_of, prepare
from licensing.gate import Lack

logger = logging.getLogger("rede.publishing")


def publish_due(now: datetime | None = None) -> int:
    """Publish every scheduled draft whose time has come and which lacks nothing.

    One that only waits for a file keeps waiting; one that lacks more goes back to draft; the
    author of either is told, once. Returns how many went live.
    """
    now = now or timezone.now()
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    waiting = HeldPublication.objects.filter(is_waiting=True)
    waiting.exclude(page_id__in=[int(revision.object_id) for revision in due]).delete()
    published = 0
    for revision in due.order_by("approved_go_live_at"):
        try:
            published += _publish(revision)
        except Exception:
            logger.exception("Could not publish revision %s", revision.pk)
    return published


def _publish(revision: Revision) -> bool:
    page = revision.as_object()
    prepare(page)
    lacks = lacks_of(page)
    if lacks:
        _hold(page, revision, lacks)
        return False
    with transaction.atomic():
        revision.publish(log_action="wagtail.publish.scheduled")
    return True


def publish_when_ready(page: Page, revision: Revision, lacks: list[Lack]) -> None:
    """Let the clock publish a draft as soon as what it lacks, all of it passing, has mended itself.
    Nobody is written to: whoever asked is told at once."""
    due_at = timezone.now()
    with transaction.atomic():
        revision.approved_go_live_at = due_at
        revision.save(update_fields=["approved_go_live_at"])
        HeldPublication.objects.update_or_create(
            page_id=page.pk,
            defaults={
                "due_at": due_at,
                "reasons": [lack.message for lack in lacks],
                "is_waiting": True,
            },
        )


def publish_if_ready(page: Page) -> bool:
    """Publish the draft of `page` that waits for what is being prepared, if it has everything by
    now. What the clock does each minute, for one page."""
    revision = Revision.page_revisions.filter(
        object_id=str(page.pk), approved_go_live_at__lte=timezone.now()
    ).first()
    return revision is not None and _publish(revision)


def _hold(page: Page, revision: Revision, lacks: list[Lack]) -> None:
    waits = all(lack.passing for lack in lacks)
    due_at = revision.approved_go_live_at
    reasons = [lack.message for lack in lacks]
    with transaction.atomic():
        if not waits:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        before = HeldPublication.objects.filter(page_id=page.pk).first()
        HeldPublication.objects.update_or_create(
            page_id=page.pk,
            defaults={"due_at": due_at, "reasons": reasons, "is_waiting": waits},
        )
    if before is None or (before.due_at, before.is_waiting) != (due_at, waits):
        tell(page, revision.user, reasons, waits)


def tell(page: Page, author: Any, reasons: list[str], waits: bool) -> None:
    """Write to the author (or whoever owns the page) why it did not go live."""
    people = {person.email for person in (author, page.owner) if person and person.email}
    if not people:
        return
    address = (
        f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
    )
    listed = "\n".join(f"- {reason}" for reason in reasons)
    outcome = (
        "Ele espera e sai sozinho assim que isto estiver pronto:"
        if waits
        else "Ele voltou a rascunho. Falta:"
    )
    send_mail(
        subject=f"“{page.title}” ainda não foi publicado",
        message=f"O material “{page.title}” estava marcado para sair agora. {outcome}\n\n{listed}\n\n"
        f"Para completar: {address}\n",
        from_email=None,
        recipient_list=sorted(people),
        fail_silently=True,
    )


def expire_due(now: datetime | None = None) -> int:
    """Take down every page whose time is over. Returns how many."""
    now = now or timezone.now()
    expired = 0
    for page in Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at"):
        try:
            with transaction.atomic():
                page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            expired += 1
        except Exception:
            logger.exception("Could not take down page %s", page.pk)
    return expired


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what the reviewers approved, or say what stopped it.

    The buttons have asked the gate already; this is for what changed in between.
    """
    page = workflow_state.content_object
    draft = draft_of(page)
    revision = page.get_latest_revision()
    lacks = lacks_of(draft)
    scheduled = bool(draft.go_live_at and draft.go_live_at > timezone.now())
    if any(not (lack.passing and scheduled) for lack in lacks):
        revision.approved_go_live_at = timezone.now()
        revision.save(update_fields=["approved_go_live_at"])
        _hold(draft, revision, lacks)
        return
    # The workflow has asked who may approve; a reviewer needs no right to publish beside it.
    revision.publish(user=user, skip_permission_checks=True)
