"""What live resources lack: looked at again and again, because files change after publication."""

from typing import ClassVar, Self

from django.db import models


class CheckupQuerySet(models.QuerySet["Checkup"]):
    """What was found."""

    def lacking(self) -> Self:
        """Those of pages that lacked something."""
        return self.exclude(reasons=[])


class Checkup(models.Model):
    """What a live resource lacked when the clock last looked. Without `checked_at` it is looked at in
    the next round."""

    page = models.OneToOneField(
        "knowledge.ResourcePage", on_delete=models.CASCADE, related_name="checkup"
    )
    reasons = models.JSONField("o que falta", default=list)
    checked_at = models.DateTimeField("conferido em", null=True, db_index=True)

    objects = CheckupQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "conferência"
        verbose_name_plural = "conferências"
        ordering: ClassVar = ["page"]

    def __str__(self) -> str:
        return str(self.page)
