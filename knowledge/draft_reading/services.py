"""Inviting, finding what a link opens, and keeping what is said."""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audience import PUBLIC
from knowledge.draft_reading.notices import tell_inviter
from knowledge.models import DraftComment, DraftInvitation, ResourcePage
from knowledge.visibility import audience_of

logger = logging.getLogger("rede.drafts")

COMMENTS_A_DAY = 30  # by one link
KEPT_DAYS = 90  # after a link has ended, with the comments that came by it
_NOTE_AFTER = timedelta(minutes=1)
_LONGEST_TOKEN = 100  # characters; ours have 43


class TooManyComments(Exception):
    """A link has said as much as it may today."""


def digest_of_token(token: str) -> str:
    """What is kept of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, page: Any, name: str, email: str, days: int, by: Any) -> tuple[DraftInvitation, str]:
    """A new invitation and its token, which is nowhere else."""
    token = secrets.token_urlsafe(32)
    invitation = DraftInvitation.objects.create(
        page_id=page.pk,
        name=name,
        email=email,
        token_digest=digest_of_token(token),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return invitation, token


def find(token: str) -> DraftInvitation | None:
    """The open invitation that a token belongs to. Looked up by digest, so how long it takes says
    nothing of how near a guess came."""
    if len(token) > _LONGEST_TOKEN:
        return None
    invitations = DraftInvitation.objects.open().select_related("page", "invited_by")
    return invitations.filter(token_digest=digest_of_token(token)).first()


def note_use(invitation: DraftInvitation) -> None:
    """Remember when the link was last opened, to the minute."""
    now = timezone.now()
    if invitation.last_used_at is None or now - invitation.last_used_at > _NOTE_AFTER:
        DraftInvitation.objects.filter(pk=invitation.pk).update(last_used_at=now)


def draft_of(invitation: DraftInvitation) -> ResourcePage | None:
    """The latest draft of the page, with the files that were made for it; None where the page is no
    resource of the library."""
    draft = invitation.page.get_latest_revision_as_object()
    if not isinstance(draft, ResourcePage):
        return None
    draft.take_prepared()
    return draft


def is_out(page: Any) -> bool:
    """Whether everybody reads what the draft says: it was published, and nothing written since."""
    return not page.has_unpublished_changes and PUBLIC in audience_of(page)


def revoke(invitation: DraftInvitation) -> None:
    """From now on the link opens nothing."""
    DraftInvitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


def forget_ended(now: datetime | None = None) -> int:
    """Delete the invitations that ended more than KEPT_DAYS ago: name and address of whoever was
    invited, and their comments. Kept longer than the work needs, they would be nothing but personal
    data (LGPD, Lei 13.709/2018, arts. 15 and 16). Returns how many invitations."""
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    _, counts = DraftInvitation.objects.ended_before(before).delete()
    return counts.get(DraftInvitation._meta.label, 0)


def add_comment(
    *, invitation: DraftInvitation, name: str, text: str, anchor: str = "", section: str = ""
) -> DraftComment:
    """Keep a comment, and tell whoever invited. Raises TooManyComments after COMMENTS_A_DAY."""
    with transaction.atomic():
        DraftInvitation.objects.select_for_update().get(pk=invitation.pk)
        since = timezone.now() - timedelta(days=1)
        if invitation.comments.filter(created_at__gt=since).count() >= COMMENTS_A_DAY:
            raise TooManyComments
        comment = invitation.comments.create(
            name=name, text=text, anchor=anchor[:255], section=section[:255]
        )
    try:
        tell_inviter.enqueue(comment.pk)
    except Exception:
        logger.exception("Could not tell of comment %s", comment.pk)
    return comment


def resolve(comment: DraftComment, by: Any) -> None:
    """It has been seen to."""
    DraftComment.objects.filter(pk=comment.pk, resolved_at__isnull=True).update(
        resolved_at=timezone.now(), resolved_by=by
    )
