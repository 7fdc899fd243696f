"""Publications that are not whole: at their time, or any more."""

from typing import ClassVar

from django.db import models


class HeldPublication(models.Model):
    """A scheduled page that could not go live at its time, and what its author was told.

    While what lacks mends itself the page waits; otherwise it went back to draft.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="held_publication"
    )
    due_at = models.DateTimeField("devia sair em")
    reasons = models.JSONField("o que falta", default=list)
    is_waiting = models.BooleanField("ainda espera", default=True)
    told_at = models.DateTimeField("avisado em", auto_now_add=True)

    class Meta:
        verbose_name = "publicação retida"
        verbose_name_plural = "publicações retidas"
        ordering: ClassVar = ["-told_at"]

    def __str__(self) -> str:
        return str(self.page)
