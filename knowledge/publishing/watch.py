"""Live pages that came to lack something because of what changed elsewhere."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from knowledge.models.waiting import LackingPage
from knowledge.publishing.gate import lacks_of


def look_again(pages: Iterable[Page]) -> None:
    """Ask of each live page (its own kind) whether it lacks anything now; note it, or strike it off
    the list. Whoever owns a page is told once for each new reason."""
    for page in pages:
        reasons = [lack.message for lack in lacks_of(page) if not lack.passing]
        known = LackingPage.objects.filter(page=page.pk).first()
        if not page.live or not reasons:
            LackingPage.objects.filter(page=page.pk).delete()
        elif known is None or known.reasons != reasons:
            LackingPage.objects.update_or_create(page_id=page.pk, defaults={"reasons": reasons})
            _tell(page, reasons)


def forget(page: Page) -> None:
    """The page was published whole, or is no longer live."""
    LackingPage.objects.filter(page=page.pk).delete()


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
