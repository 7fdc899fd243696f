"""What changed in a resource since it was first published, as its readers are told."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage


NOTE_CORRECTED = "knowledge.note_corrected"


class ChangeQuerySet(models.QuerySet["Change"]):
    """What was published."""

    def told(self) -> Self:
        """The changes of which readers are told."""
        return self.exclude(note="").filter(is_minor=False)


class Change(models.Model):
    """A published revision of a resource: when it came out, and what its curator says of it.

    There is one for each revision that was ever live. Who wrote or published it is not kept here.
    """

    page = models.ForeignKey(
        "knowledge.ResourcePage", on_delete=models.CASCADE, related_name="changes", editable=False
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_at = models.DateTimeField("quando", editable=False)
    note = models.CharField("o que mudou", max_length=250, blank=True)
    is_minor = models.BooleanField(
        "mudança pequena", default=False, help_text="Não aparece na página do material."
    )

    objects = ChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "mudança publicada"
        verbose_name_plural = "mudanças publicadas"
        ordering: ClassVar = ["-published_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "revision"], name="one_change_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.note}" if self.note else str(self.page)


def record(page: "ResourcePage") -> None:
    """Keep what was said of the revision that is live now. Publishing it again says nothing new."""
    if page.live_revision_id is None or page.alias_of_id:
        return
    Change.objects.get_or_create(
        page_id=page.pk,
        revision_id=page.live_revision_id,
        defaults={
            "published_at": page.last_published_at or timezone.now(),
            "note": page.change_note.strip(),
            "is_minor": page.is_minor,
        },
    )


def is_told(page: "ResourcePage") -> bool:
    """Whether the note of the latest draft of `page` has come out with it already."""
    latest = page.latest_revision_id
    if latest is None:
        return False
    return Change.objects.filter(page_id=page.pk, revision_id=latest).exists()


def public_history(
    first_published_at: datetime | None, changes: list[Change]
) -> list[tuple[datetime, str]]:
    """When and what, the latest first; the last entry says that the resource came out. Small
    changes and those nobody described are left out."""
    if first_published_at is None:
        return []
    told = [item for item in changes if item.note and not item.is_minor]
    later = [item for item in told if item.published_at > first_published_at]
    listed = [(item.published_at, item.note) for item in later]
    return [*sorted(listed, key=lambda entry: entry[0], reverse=True), (first_published_at, "")]


def changed_at(
    first_published_at: datetime | None,
    last_published_at: datetime | None,
    changes: list[Change],
) -> datetime | None:
    """When readers last got something new: the last publication that was no small change."""
    if not changes:
        return last_published_at
    real = [item.published_at for item in changes if not item.is_minor]
    return max(real, default=first_published_at)
