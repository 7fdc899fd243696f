"""The first page, the institutional texts, and the menus."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from accounts.audience import reader_keys
from knowledge.blocks import BodyBlock
from knowledge.desk.previews import ThreeWidths
from knowledge.models.parts import FilesUsed
from knowledge.models.texts import files_in
from knowledge.projections import write_uses
from knowledge.reading import sections_of
from knowledge.views import counted_themes
from search.models import Entry
from trails.models import TrailPage


class HomePage(ThreeWidths, Page):
    """The first page."""

    headline = models.CharField(
        "chamada", max_length=120, default="O que uma cidade aprende, todas podem usar"
    )
    lead = models.CharField(
        "abertura",
        max_length=300,
        default=(
            "Trilhas, guias e podcast feitos com quem trabalha no serviço público. "
            "De graça e em licença aberta: leia, copie e adapte."
        ),
    )
    searches = models.CharField(
        "muito procurados",
        max_length=200,
        blank=True,
        help_text="Até três buscas de exemplo, separadas por vírgula.",
    )
    featured_trail = models.ForeignKey(
        TrailPage,
        verbose_name="trilha em destaque",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "knowledge.ResourceIndexPage",
        "trails.TrailIndexPage",
        "podcasts.PodcastIndexPage",
        "home.TextPage",
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("searches"),
        PageChooserPanel("featured_trail"),
    ]
    promote_panels: ClassVar = []

    class Meta:
        verbose_name = "página inicial"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        entries = Entry.objects.visible_to(reader_keys(request)).newest_first().defer("body")
        searches = [text.strip() for text in self.searches.split(",") if text.strip()]
        return super().get_context(request, *args, **kwargs) | {
            "searches": searches[:3],
            "featured": entries.filter(pk=self.featured_trail_id).first(),
            "themes": counted_themes(request),
            "latest": entries.exclude(kind__in=["episodio", "podcast", "trilha"])[:6],
            "episodes": list(entries.filter(kind="episodio")[:3]),
        }


class TextPage(ThreeWidths, Page):
    """A text about the institution: who we are, privacy."""

    lead = models.CharField("abertura", max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name="texto", blank=True)

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = "texto institucional"
        verbose_name_plural = "textos institucionais"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and note in the same transaction which files the live text opens to its readers."""
        update_fields = kwargs.get("update_fields")
        with transaction.atomic():
            super().save(*args, **kwargs)
            if update_fields is None or "live" in update_fields:
                self.note_files()

    def note_files(self) -> None:
        """A live text opens the files that it shows, and those who look after a file see where it is
        in use; a draft opens nothing."""
        write_uses(self, files_in(self.body) if self.live else FilesUsed())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sections = sections_of(self, request)
        return super().get_context(request, *args, **kwargs) | {"sections": sections}


class OfferedText(models.Model):
    """An institutional text that this site was given once. If an administrator renamed it or took
    it away since, it does not come back."""

    slug = models.SlugField(unique=True)

    class Meta:
        verbose_name = "texto oferecido"
        verbose_name_plural = "textos oferecidos"

    def __str__(self) -> str:
        return self.slug


class AddressBlock(blocks.CharBlock):
    """An address of this site (it begins with a slash) or of another (https)."""

    def clean(self, value: str) -> str:
        value = super().clean(value).strip()
        if value.startswith("/") and not value.startswith("//"):
            return value
        if value.startswith(("https://", "mailto:")):
            return value
        raise ValidationError("Comece com / para uma página daqui, ou com https:// para outra.")


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label="Texto", max_length=40)
    address = AddressBlock(label="Endereço", max_length=300)

    class Meta:
        icon = "link"
        label = "Link"


class ColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Título", max_length=40)
    links = blocks.ListBlock(LinkBlock(), label="Links")

    class Meta:
        icon = "list-ul"
        label = "Coluna"


@register_setting(icon="list-ul")
class Menus(BaseGenericSetting):
    """The links at the top of every page, and the columns at its foot."""

    top = StreamField([("link", LinkBlock())], verbose_name="no alto", blank=True)
    foot = StreamField([("column", ColumnBlock())], verbose_name="no pé", blank=True)

    panels: ClassVar = [FieldPanel("top"), FieldPanel("foot")]

    class Meta:
        verbose_name = "menus"

    def __str__(self) -> str:
        return "Menus"
