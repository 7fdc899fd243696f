"""What was public and no longer is."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel


class Withdrawal(models.Model):
    """An address that answers 410 (gone), with a sentence and, if there is one, a successor."""

    path = models.CharField("endereço", max_length=255, unique=True)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    page_number = models.PositiveIntegerField(db_index=True, editable=False)
    title = models.CharField("título", max_length=255)
    withdrawn_at = models.DateTimeField("retirado em", auto_now_add=True)
    sentence = models.CharField(
        "o que dizer",
        max_length=300,
        blank=True,
        help_text="Por que saiu, em uma frase. Em branco, dizemos só que foi retirado.",
    )
    successor = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="o que ler no lugar",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels: ClassVar = [
        FieldPanel("path", read_only=True),
        FieldPanel("title", read_only=True),
        FieldPanel("sentence"),
        PageChooserPanel("successor"),
    ]

    class Meta:
        verbose_name = "material retirado"
        verbose_name_plural = "materiais retirados"
        ordering: ClassVar = ["-withdrawn_at"]

    def __str__(self) -> str:
        return self.title
