"""Invitations to read a draft, and what those who were invited say of it."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class InvitationQuerySet(models.QuerySet["DraftInvitation"]):
    """Invitations, by whether they still open anything."""

    def open(self) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def ended_before(self, moment: datetime) -> Self:
        """Those that have opened nothing since `moment`: expired or revoked by then."""
        return self.filter(models.Q(expires_at__lt=moment) | models.Q(revoked_at__lt=moment))


class DraftInvitation(models.Model):
    """A link with which somebody without an account reads the draft of one page, and comments it.

    The link itself is known to whoever holds it alone: here is only the digest of its token.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="draft_invitations"
    )
    name = models.CharField("nome de quem vai ler", max_length=80)
    email = models.EmailField("e-mail", blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quem convidou",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("criado em", auto_now_add=True)
    expires_at = models.DateTimeField("vale até")
    revoked_at = models.DateTimeField("revogado em", null=True)
    last_used_at = models.DateTimeField("aberto pela última vez em", null=True)

    objects = InvitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "convite para ler rascunho"
        verbose_name_plural = "convites para ler rascunho"
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the link still leads anywhere."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def state(self) -> str:
        """What became of it, in words."""
        if self.revoked_at:
            return "revogado"
        return "vale" if self.is_open else "venceu"


class DraftComment(models.Model):
    """What an invited reader says of a draft: of one section, or of the whole."""

    MAX_LENGTH: ClassVar = 2000  # characters

    invitation = models.ForeignKey(
        DraftInvitation, on_delete=models.CASCADE, related_name="comments"
    )
    anchor = models.CharField(max_length=255, blank=True)
    section = models.CharField("parte", max_length=255, blank=True)
    name = models.CharField("nome", max_length=80)
    text = models.TextField("comentário", max_length=MAX_LENGTH)
    created_at = models.DateTimeField("escrito em", auto_now_add=True)
    resolved_at = models.DateTimeField("resolvido em", null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "comentário de rascunho"
        verbose_name_plural = "comentários de rascunho"
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"
