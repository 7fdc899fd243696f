"""What is written by mail: the link to whoever is invited, a comment to whoever invited."""

import logging

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django_tasks import task

from knowledge.models import DraftComment, DraftInvitation

logger = logging.getLogger("rede.drafts")
_PATIENCE = 10  # seconds


def _line(text: str) -> str:
    """One line of at most 120 characters, as a subject takes it."""
    return " ".join(text.split())[:120]


def name_of_inviter(invitation: DraftInvitation) -> str:
    """The person's name; never an address that they did not give to the reader themselves."""
    user = invitation.invited_by
    return (user.get_full_name() if user else "") or "A equipe"


def send_link(invitation: DraftInvitation, url: str) -> bool:
    """Send the link to its reader, at once, since nobody will know it later. False when it could
    not leave."""
    title = invitation.page.draft_title or invitation.page.title
    until = date_format(localtime(invitation.expires_at), r"d \d\e F \d\e Y, H\hi")
    try:
        sent = send_mail(
            subject=_line(f"Leia o rascunho “{title}”"),
            message=f"{name_of_inviter(invitation)} convida você a ler e comentar um rascunho: "
            f"“{title}”.\n\n{url}\n\nO link é só seu e vale até {until}. "
            "Não é preciso criar conta.\n",
            from_email=None,
            recipient_list=[invitation.email],
            connection=get_connection(timeout=_PATIENCE),
        )
    except Exception:
        logger.exception("Could not send the link of invitation %s", invitation.pk)
        return False
    return bool(sent)


@task()
def tell_inviter(comment_pk: int) -> None:
    """Tell whoever invited that their reader wrote."""
    comments = DraftComment.objects.select_related("invitation__page", "invitation__invited_by")
    comment = comments.filter(pk=comment_pk).first()
    inviter = comment.invitation.invited_by if comment else None
    if comment is None or inviter is None or not inviter.email:
        return
    page = comment.invitation.page
    title = page.draft_title or page.title
    address = f"{settings.PUBLIC_URL}{reverse('draft_readers', args=[page.pk])}"
    where = f"Sobre “{comment.section}”" if comment.section else "Sobre o texto todo"
    send_mail(
        subject=_line(f"{comment.name} comentou “{title}”"),
        message=f"{where}:\n\n{comment.text}\n\nPara ver e marcar como resolvido: {address}\n",
        from_email=None,
        recipient_list=[inviter.email],
    )
