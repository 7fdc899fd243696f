"""What every resource of the library has, whatever its kind."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from files.models import Art, Image
from knowledge import projections
from knowledge.covers import drawings
from knowledge.desk.lacking import LacksPanel
from knowledge.desk.previews import ThreeWidths
from knowledge.draft_reading.panels import DraftReadersPanel
from knowledge.models import lineage
from knowledge.models.facts import Facts, facts_of
from knowledge.models.kinds import Kind
from knowledge.models.parts import FilesUsed, lacks_of_parts, part_of
from knowledge.models.readership import Addressed
from knowledge.models.relations import ResourceTag
from knowledge.models.sources import (
    Taken,
    credited_sources,
    gather,
    modifications_in,
    recorded,
    used_works,
)
from knowledge.models.traits import Traits
from knowledge.publishing.forms import ResourceForm
from knowledge.publishing.rows import RowsPanel
from knowledge.text import linked_addresses, rich_texts_in
from knowledge.turn import take_turn
from knowledge.visibility import has_translations
from licensing.attribution import Author, Work, link_header
from licensing.fields import LicenceField
from licensing.gate import Lack, lacks_of_item, lacks_of_sources
from licensing.parts import Part
from licensing.values import Licence


class PublicationRefused(ValidationError):
    """A page was about to become or stay live while something lacks. Says what."""

    def __init__(self, lacks: list[Lack]) -> None:
        self.lacks = lacks
        super().__init__([lack.message for lack in lacks])


class ResourcePage(Traits, Addressed, ThreeWidths, Page):
    """A resource of the library. Guides, booklets, trails, episodes are kinds of it, so that one
    query lists, filters, harvests and reports on everything.

    A resource becomes or stays live only while `lacks()` is empty: `save()` is the last wall, the
    forms and buttons of the CMS ask before it comes to that.
    """

    kind: ClassVar[Kind]

    if TYPE_CHECKING:  # Wagtail carries no types
        title: str
        slug: str
        live: bool
        first_published_at: datetime | None
        last_published_at: datetime | None

    summary = models.CharField(
        "resumo",
        max_length=300,
        blank=True,
        help_text="Uma ou duas frases. Aparece nas listas e na busca.",
    )
    licence = LicenceField(
        "licença",
        help_text="O que os outros podem fazer com este material. Não dá para voltar atrás.",
    )
    language = models.CharField(
        "língua",
        max_length=10,
        choices=[("pt-BR", "Português"), ("en", "Inglês"), ("es", "Espanhol")],
        default="pt-BR",
    )
    tags = ClusterTaggableManager("etiquetas", through=ResourceTag, blank=True)
    sought_as = models.TextField(
        "como as pessoas procuram",
        max_length=1000,
        blank=True,
        help_text="Uma expressão por linha, nas palavras de quem não conhece as do texto: “luz "
        "queimada na rua”. Não aparece na página: só a busca lê.",
    )
    cover_image = models.ForeignKey(
        Image,
        verbose_name="imagem de capa",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Em branco, a capa é desenhada em azulejos a partir do endereço e do tema.",
    )
    reviewed_on = models.DateField("revisto em", null=True, blank=True)
    # Said of the next publication; kept with the revision until it comes out.
    change_note = models.CharField(
        "o que mudou",
        max_length=250,
        blank=True,
        help_text="Uma frase para quem já leu. Aparece no fim da página, com a data.",
    )
    is_minor = models.BooleanField(
        "mudança pequena",
        default=False,
        help_text="Correção de escrita ou de forma: fica fora da lista e não muda a data.",
    )
    review_by = models.DateField(
        "rever até",
        null=True,
        blank=True,
        db_index=True,
        help_text="Quando a norma ou o número pode ter mudado. O aviso aparece na sua mesa.",
    )
    minutes = models.PositiveSmallIntegerField("minutos", default=0, editable=False)
    # The social card of the live version; the draft may already have another.
    card = models.ForeignKey(
        Art, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    is_creatable = False
    base_form_class = ResourceForm
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["knowledge.ResourceIndexPage"]
    exclude_fields_in_copy: ClassVar = ["card", "change_note", "is_minor"]
    # What a page view joins to the resource, and what it leaves in the database.
    reading_relations: ClassVar[tuple[str, ...]] = ("cover_image", "card", "alias_of", "lineage")
    reading_deferred: ClassVar[tuple[str, ...]] = ("card__svg",)
    # The reading template shows this resource by itself and as a step of a trail.
    body_template: ClassVar[str] = "knowledge/bodies/text.html"
    downloads_template: ClassVar[str] = ""
    opening_template: ClassVar[str] = ""  # between the head and the text
    template: ClassVar[str] = "knowledge/resource_page.html"

    rights_panels: ClassVar = [
        FieldPanel("licence"),
        RowsPanel("people", heading="Quem fez", label="Pessoa ou equipe"),
        InlinePanel("sources", heading="Em que se baseia", label="Obra"),
    ]
    shelf_panels: ClassVar = [
        RowsPanel("resource_themes", heading="Temas", label="Tema"),
        FieldPanel("tags"),
        FieldPanel("sought_as"),
        FieldPanel("intended_for"),
        FieldPanel("level"),
        FieldPanel("language"),
        FieldPanel("reviewed_on"),
        FieldPanel("review_by"),
        FieldPanel("cover_image"),
        InlinePanel("related", heading="Leia também", label="Material", max_num=4),
    ]
    change_panels: ClassVar = [FieldPanel("change_note"), FieldPanel("is_minor")]
    promote_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("slug")], heading="Endereço"),
    ]

    class Meta:
        verbose_name = "material"
        verbose_name_plural = "materiais"

    @classmethod
    def panels_with(cls, *own: Any) -> list[Any]:
        """The editing form of a kind: title and summary, its own fields, rights, shelf, and what
        readers of the draft said."""
        return [
            LacksPanel(),
            TitleFieldPanel("title"),
            FieldPanel("summary", widget=AdminAutoHeightTextInput),
            *own,
            MultiFieldPanel(cls.rights_panels, heading="Direitos e créditos"),
            MultiFieldPanel(cls.shelf_panels, heading="Onde fica no acervo"),
            MultiFieldPanel(cls.change_panels, heading="O que mudou desde a última publicação"),
            DraftReadersPanel(heading="Quem lê o rascunho"),
        ]

    @classmethod
    def for_reading(cls) -> models.QuerySet[Any]:
        """The pages of this kind, each with what a page view needs of its relations."""
        return cls.objects.select_related(*cls.reading_relations).defer(*cls.reading_deferred)

    # --- what it is made of ---------------------------------------------------------------

    @property
    def open_licence(self) -> Licence:
        """The licence of a page that is or may be published. Raises ValueError for a draft that
        has none yet."""
        if self.licence is None:
            raise ValueError("Um material publicado tem licença.")
        chosen: Licence = self.licence
        return chosen

    def facts(self) -> Facts:
        """What surrounds the resource, in one query. Fetch once, hand round."""
        return facts_of(self)

    @property
    def source(self) -> Page:
        """The resource itself; for an alias, also for an alias of one, the page it stands for."""
        page: Page = self
        while page.alias_of_id:
            page = page.alias_of
        return page

    @property
    def source_pk(self) -> int:
        """The number by which the work is known for ever (`/r/<id>/`)."""
        return self.source.pk

    def files_used(self) -> FilesUsed:
        """The files this resource shows or offers, as it stands in memory."""
        used = FilesUsed()
        if self.cover_image is not None:
            used.images[self.cover_image.pk] = self.cover_image
        return used

    def parts(self) -> list[Part]:
        """The files shown or offered here, as parts to credit."""
        found = (part_of(file, self.field_of(file)) for file in self.files_used().everything())
        return [part for part in found if part]

    def outward_links(self) -> set[str]:
        """Addresses of other sites that the page sends readers to, as it stands in memory."""
        body = getattr(self, "body", None)
        return linked_addresses([*(rich_texts_in(body) if body else ()), *self.own_texts()])

    def art_used(self) -> list[Art]:
        """The drawn pictures that the live page offers."""
        return [self.card] if self.card else []

    def estimate_minutes(self) -> int:
        """How long reading, hearing or doing takes, in minutes, at 200 words a minute."""
        words = len(self.plain_text().split())
        return max(1, round(words / 200)) if words else 0

    @property
    def length_label(self) -> str:
        """How long it takes, in words for people."""
        return f"{self.minutes} min de leitura" if self.minutes else ""

    # --- how it looks ---------------------------------------------------------------------

    @property
    def cover_slug(self) -> str:
        """An alias shows the cover of its source."""
        return self.source.slug

    @property
    def module(self) -> str:
        """The tile of the cover, in one query; `facts()` has it as well."""
        first = self.resource_themes.select_related("theme").first()
        return first.theme.module if first else drawings.HOUSE_MODULE

    def draw_card(self) -> str:
        """The SVG of the social card, as the resource stands in memory."""
        return drawings.draw_card(self.cover_slug, self.module, self.title, self.kind.label)

    def become_copy(self, title: str | None = None, slug: str | None = None) -> None:
        """Turn this instance, in memory, into the copy that is about to be made of it."""
        self.title = title or self.title
        self.slug = slug or self.slug
        self.alias_of = None

    def request_preparations(self) -> list[Any]:
        """Ask for everything that must be made before this can go live; returns the rows."""
        return [Art.ask(self.draw_card(), 1200)]

    # --- what lacks before it may be published --------------------------------------------

    def lacks(self) -> list[Lack]:
        """What is missing before this may be live, as it stands in memory."""
        lacks = lacks_of_item(self.licence, any(item.is_authoring for item in self.people.all()))
        if not self.summary.strip():
            lacks.append(Lack("summary", "Escreva o resumo: uma ou duas frases.", "summary"))
        lacks += lacks_of_sources(self.licence, used_works(gather(self)))
        lacks += lacks_of_parts(self.files_used(), self.field_of)
        if not self.card_is_ready():
            lacks.append(
                Lack(
                    "card",
                    "A imagem de divulgação ainda está sendo preparada, alguns segundos.",
                    passing=True,
                )
            )
        return lacks

    def field_of(self, part: models.Model) -> str:
        """The form field in which a file was chosen: one of the page's own, else the body."""
        for each in self._meta.concrete_fields:
            if each.related_model is type(part) and getattr(self, each.attname) == part.pk:
                return each.name
        return "body"

    def card_is_ready(self) -> bool:
        return self._prepared_card() is not None

    def _prepared_card(self) -> Art | None:
        card = Art.find(self.draw_card(), 1200)
        return card if card and card.is_ready else None

    # --- saving ---------------------------------------------------------------------------

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with all that is read from this page in the same transaction.

        Raises PublicationRefused when the page is or becomes live and something lacks. Wagtail's
        housekeeping (`update_fields` without `live`) changes nothing that readers see, but for the
        date of a published copy.
        """
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and "live" not in update_fields:
            with transaction.atomic():
                take_turn()
                super().save(*args, **kwargs)
                if self.live and "first_published_at" in update_fields:
                    self.project()
            return
        self.minutes = self.estimate_minutes()
        now = timezone.now()
        if self.go_live_at and self.go_live_at > now and not self.live_revision_id:
            self.live = False  # Wagtail adds a new page as live before it looks at the date
        if self.live:
            self.first_published_at = self.first_published_at or now
            self.last_published_at = self.last_published_at or now
            self.take_prepared()
            lacks = self.lacks()
            if lacks:
                raise PublicationRefused(lacks)
        is_new = self._state.adding
        former = lineage.published_licence(self)
        with transaction.atomic():
            take_turn()
            super().save(*args, **kwargs)
            if self.live:
                lineage.remember_licence(self, former)
                self.project()
            else:
                self.unproject()
            if is_new and has_translations(self):
                projections.write_audiences()
        if not self.live:
            self.request_preparations()

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft, and begin to prepare what it will need when it goes live."""
        with transaction.atomic():
            take_turn()
            revision = super().save_revision(*args, **kwargs)
        self.request_preparations()
        return revision

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Become live, with all that other pages say of this one, or not at all."""
        with transaction.atomic():
            take_turn()
            return super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Be no longer live, with all that other pages say of this one, or not at all."""
        with transaction.atomic():
            take_turn()
            return super().unpublish(*args, **kwargs)

    def take_prepared(self) -> None:
        """Point at the files that were made for this version, before it goes live."""
        self.card = self._prepared_card()

    def project(self) -> None:
        """Bring what is read elsewhere (search, feeds, open files) up to the live page."""
        projections.write(self)

    def unproject(self) -> None:
        """Take what is read elsewhere away."""
        projections.remove(self)

    # --- reading --------------------------------------------------------------------------

    @property
    def path_for_readers(self) -> str:
        """The site-relative address of the work: for an alias, that of its source."""
        return self.source.get_url() or ""

    def taken(self) -> list[Taken]:
        """The earlier works that the page credits: those of the published version; in a preview,
        those of the draft."""
        previewed: list[Taken] | None = self.__dict__.get("_taken")
        return recorded(self) if previewed is None else previewed

    def as_work(self, facts: Facts | None = None) -> Work:
        """The resource as a work to credit, with absolute addresses."""
        base, taken = settings.PUBLIC_URL, self.taken()
        credited = (facts or self.facts()).authors
        return Work(
            title=self.title,
            authors=tuple(
                Author(item.person.name, f"{base}{item.person.get_absolute_url()}")
                for item in credited
            ),
            licence=self.open_licence,
            url=f"{base}{self.path_for_readers}",
            year=self.first_published_at.year if self.first_published_at else None,
            modifications=tuple(modifications_in(taken)),
            based_on=credited_sources(taken, base),
        )

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        self.__dict__["_taken"] = gather(self)
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.reading import reading_context

        return super().get_context(request, *args, **kwargs) | reading_context(self, request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        response: TemplateResponse = super().serve(request, *args, **kwargs)
        self.add_headers(response)
        return response

    def add_headers(self, response: HttpResponse) -> None:
        """What goes with every answer that shows this resource: its licence, and the hosts of
        which it may show a frame."""
        if self.licence:
            response["Link"] = link_header(self.licence)
        if origins := self.frame_origins():
            # Read by the middleware that writes the policy.
            response._csp_update = {"frame-src": origins}  # type: ignore[attr-defined]
