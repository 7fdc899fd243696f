"""The themes by which the library is ordered."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField

from knowledge.covers.drawings import MODULES, cover_url, theme_url
from knowledge.redirects import address_now, remember_address


class Theme(ClusterableModel):
    """A theme of public administration, with a tile of its own.

    The tile is chosen when the theme is made and stays: every cover of the theme is drawn with it.
    """

    name = models.CharField("nome", max_length=80, unique=True)
    slug = models.SlugField("endereço", max_length=80, unique=True)
    introduction = models.TextField(
        "apresentação", blank=True, help_text="Uma ou duas frases no alto da página do tema."
    )
    text = RichTextField(
        "texto",
        blank=True,
        features=["bold", "italic", "ol", "ul", "link"],
        help_text="Para quem chega ao tema: o que ele reúne e por onde começar.",
    )
    module = models.CharField(
        "azulejo",
        max_length=40,
        choices=MODULES,
        help_text="Escolha uma vez: o azulejo do tema não muda depois.",
    )
    order = models.PositiveSmallIntegerField("ordem", default=0)

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temas"
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        before = Theme.objects.filter(pk=self.pk).first()
        if before is not None and before.module != self.module:
            raise ValidationError(
                {
                    "module": f"O azulejo do tema não muda. Volte para “{before.get_module_display()}”."
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Theme.objects.filter(pk=self.pk).first()
        if before is not None:
            self.module = before.module
        super().save(*args, **kwargs)
        if before is not None and before.slug != self.slug:
            remember_address(before.get_absolute_url(), self.get_absolute_url())

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.slug])

    @property
    def cover_url(self) -> str:
        """The cover of the theme's own page."""
        return cover_url(self.slug, self.module)

    @property
    def tiles_url(self) -> str:
        """The four tiles that stand for the theme."""
        return theme_url(self.module)


def slug_now(former: str) -> str:
    """The slug of the theme that was once called `former`, or with which it was merged; "" for one
    that never was."""
    parts = address_now(f"/temas/{former}/").strip("/").split("/")
    return parts[1] if len(parts) == 2 and parts[0] == "temas" else ""
