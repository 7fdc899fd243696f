"""Recordings: the private original of something spoken."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction

from files.inspection import hash_of, read_mp3
from files.models.preparation import Preparable
from files.models.rights import Rights


class Recording(Preparable, Rights):
    """A recording with its rights, measured. It is never published itself: whatever uses it
    publishes a copy made for that use."""

    title = models.CharField("título", max_length=255)
    file = models.FileField("arquivo", upload_to="recordings", max_length=255)
    file_hash = models.CharField(max_length=64, default="", editable=False)
    file_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    milliseconds = models.PositiveIntegerField("duração", default=0, editable=False)
    created_at = models.DateTimeField("enviada em", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "gravação"
        verbose_name_plural = "gravações"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.file._committed or not self.file_hash:  # type: ignore[attr-defined]
            self.file_hash = hash_of(self.file)
            self.file_bytes = self.file.size
        earlier = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
        super().save(*args, **kwargs)
        if earlier and earlier != self.file.name:
            storage = self.file.storage
            transaction.on_commit(lambda: storage.delete(earlier))

    def inputs(self) -> dict[str, Any]:
        return {"file": self.file_hash}

    def make(self) -> dict[str, Any]:
        with self.file.open("rb") as file:
            return {"milliseconds": read_mp3(file)}

    def published_names(self) -> set[str]:
        return set()

    @property
    def seconds(self) -> int:
        """Duration in whole seconds, at least one."""
        return max(1, round(self.milliseconds / 1000))
