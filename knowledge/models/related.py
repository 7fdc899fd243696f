"""What curators put before readers: next to a resource, and at the top of a theme."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable


class RelatedResource(Orderable):
    """Another resource to which the page of this one leads, before any that likeness finds."""

    page = ParentalKey("knowledge.ResourcePage", related_name="related", on_delete=models.CASCADE)
    resource = models.ForeignKey(
        "knowledge.ResourcePage",
        verbose_name="material",
        related_name="+",
        on_delete=models.CASCADE,
    )

    panels: ClassVar = [PageChooserPanel("resource")]

    class Meta(Orderable.Meta):
        verbose_name = "leitura sugerida"

    def __str__(self) -> str:
        return str(self.resource)


class ThemeHighlight(Orderable):
    """A resource shown large on the page of a theme."""

    theme = ParentalKey("knowledge.Theme", related_name="highlights", on_delete=models.CASCADE)
    resource = models.ForeignKey(
        "knowledge.ResourcePage",
        verbose_name="material",
        related_name="+",
        on_delete=models.CASCADE,
    )

    panels: ClassVar = [PageChooserPanel("resource")]

    class Meta(Orderable.Meta):
        verbose_name = "destaque do tema"

    def __str__(self) -> str:
        return str(self.resource)
