"""Recordings: the private original of something spoken, and the copy for pages."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from files.inspection import hash_of, read_mp3
from files.metadata.id3 import Tags, write_mp3_rights
from files.models.durations import HasDuration
from files.models.preparation import Preparable
from files.models.rights import Rights
from files.storage import digest_of, publish

_RECIPE = 3


class Recording(Preparable, Rights, HasDuration):
    """A recording with its rights, measured, and a copy at a fixed address for the pages that play
    it. An episode publishes a copy of its own, made for its show."""

    title = models.CharField("título", max_length=255)
    slug = models.SlugField(max_length=100, default="", editable=False)
    file = models.FileField("arquivo", upload_to="recordings", max_length=255)
    file_hash = models.CharField(max_length=64, default="", editable=False)
    file_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    copy = models.CharField(max_length=255, default="", editable=False)
    copy_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    copy_sha256 = models.CharField(max_length=64, default="", editable=False)
    copied_at = models.DateTimeField(null=True, editable=False)
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
        # Given once: the address outlives changes of title and file.
        self.slug = self.slug or slugify(self.title)[:100] or "gravacao"
        if not self.file._committed or not self.file_hash:  # type: ignore[attr-defined]
            self.file_hash = hash_of(self.file)
            self.file_bytes = self.file.size
        earlier = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
        super().save(*args, **kwargs)
        if earlier and earlier != self.file.name:
            storage = self.file.storage
            transaction.on_commit(lambda: storage.delete(earlier))

    def originals(self) -> list[Any]:
        return [self.file]

    def inputs(self) -> dict[str, Any]:
        return {
            "recipe": _RECIPE,
            "file": self.file_hash,
            "base": settings.PUBLIC_URL,
            **self.rights_inputs(),
        }

    def measure(self) -> int:
        """The duration in milliseconds, read from the original."""
        with self.file.open("rb") as file:
            return read_mp3(file)

    def make(self) -> dict[str, Any]:
        milliseconds = self.measure()
        if self.licence is None:
            # Without a licence nobody may publish it, so there is nothing to copy.
            copy = {"copy": "", "copy_bytes": 0, "copy_sha256": "", "copied_at": None}
            return {"milliseconds": milliseconds, **copy}
        with self.file.open("rb") as file:
            original = file.read()
        work = self.as_work(f"{settings.PUBLIC_URL}{self.url}")
        content = write_mp3_rights(original, work, Tags())
        return {
            "milliseconds": milliseconds,
            "copy": publish(f"audios/{self.pk}/{self.slug}.mp3", content),
            "copy_bytes": len(content),
            "copy_sha256": digest_of(content),
            "copied_at": timezone.now(),
        }

    @property
    def is_offered(self) -> bool:
        """Whether there is a copy that readers may have."""
        return bool(self.copy) and self.withdrawn_on is None

    def published_names(self) -> set[str]:
        return {self.copy} if self.copy else set()

    @property
    def url(self) -> str:
        """The fixed, site-relative address of the published copy."""
        return f"/audios/{self.pk}/{self.slug}.mp3"
