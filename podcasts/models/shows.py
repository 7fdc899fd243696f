"""Shows, and the page that lists them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from accounts.audience import ANYBODY, reader_keys
from files.models import Art
from knowledge import amb
from knowledge.covers import drawings
from knowledge.desk.previews import ThreeWidths
from knowledge.models import Kind, ResourcePage
from knowledge.models.kinds import register_kind
from knowledge.models.texts import HasBody
from knowledge.turn import take_turn
from knowledge.visibility import visible_to
from licensing.gate import Lack, lacks_of_collection
from licensing.values import Licence
from podcasts import categories, cover_art, recurrence
from podcasts.blocks import RecommendedShowStream, SeasonStream
from podcasts.guids import podcast_guid
from podcasts.models.placed import HasPlace, place_panel
from search.models import Entry

if TYPE_CHECKING:
    from podcasts.checker import Finding
    from podcasts.models.episodes import EpisodePage

SHOW = register_kind(Kind("podcast", "Podcast", "Podcasts", "podcast", "PodcastSeries"))
_ART_WIDTH = 3000  # px


class PodcastIndexPage(ThreeWidths, Page):
    """/podcasts/: all shows, each with the address of its feed."""

    introduction = models.CharField("apresentação", max_length=300, blank=True)

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["podcasts.ShowPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels: ClassVar = []
    settings_panels: ClassVar = []

    class Meta:
        verbose_name = "página dos podcasts"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        entries = Entry.objects.visible_to(reader_keys(request)).defer("body")
        return super().get_context(request, *args, **kwargs) | {
            "shows": entries.filter(kind="podcast").newest_first(),
            "episodes": entries.filter(kind="episodio").newest_first()[:6],
        }


class ShowPage(HasPlace, HasBody, ResourcePage):
    """A show: what an app subscribes to."""

    kind = SHOW
    is_creatable = True
    body_is_required = False
    template = "podcasts/show_page.html"
    parent_page_types: ClassVar[list[str]] = ["podcasts.PodcastIndexPage"]
    subpage_types: ClassVar[list[str]] = ["podcasts.EpisodePage"]
    exclude_fields_in_copy: ClassVar = [*ResourcePage.exclude_fields_in_copy, "guid", "art"]
    reading_relations = (*ResourcePage.reading_relations, "art")
    reading_deferred = (*ResourcePage.reading_deferred, "art__svg")

    class Medium(models.TextChoices):
        PODCAST = "podcast", "Programa"
        COURSE = "course", "Curso"

    category = models.CharField(
        "categoria",
        max_length=60,
        choices=categories.choices(),
        default="Government",
        help_text="Da lista da Apple, que todos os aplicativos usam.",
    )
    author = models.CharField(
        "autoria do programa", max_length=150, blank=True, help_text="Como os aplicativos mostram."
    )
    owner_email = models.EmailField(
        "e-mail do responsável",
        blank=True,
        help_text="Aparece no feed: serve para provar que o programa é seu.",
    )
    is_explicit = models.BooleanField("conteúdo explícito", default=False)
    is_locked = models.BooleanField(
        "trancado",
        default=True,
        help_text="Outros serviços não podem importar o programa sem pedir.",
    )
    medium = models.CharField(
        "é um",
        max_length=10,
        choices=Medium.choices,
        default=Medium.PODCAST,
        help_text="Um curso se ouve do começo ao fim; um programa, do mais novo ao mais antigo.",
    )
    recurrence = models.CharField(
        "sai quando",
        max_length=100,
        blank=True,
        validators=[recurrence.check_rule],
        help_text="FREQ=MONTHLY;BYDAY=1TU é toda primeira terça-feira do mês; FREQ=WEEKLY;BYDAY=MO, "
        "toda segunda-feira. Os aplicativos mostram a quem assina.",
    )
    is_finished = models.BooleanField(
        "programa encerrado", default=False, help_text="Não vai sair mais nenhum episódio."
    )
    seasons = StreamField(
        SeasonStream(),
        verbose_name="nomes das temporadas",
        blank=True,
        help_text="Só para temporadas que têm nome.",
    )
    moved_to = models.URLField(
        "mudou para",
        max_length=500,
        blank=True,
        help_text="O endereço do feed em outro lugar. Quem assina é levado para lá: só preencha "
        "quando o feed novo já estiver no ar.",
    )
    funding_url = models.URLField(
        "página de apoio",
        max_length=500,
        blank=True,
        help_text="Onde se apoia o programa: doação, associação, edital. Vira um botão nos aplicativos.",
    )
    funding_label = models.CharField(
        "o que o botão diz", max_length=128, blank=True, help_text="Por exemplo: Apoie o programa."
    )
    claim = models.CharField(
        "código de confirmação",
        max_length=500,
        blank=True,
        help_text="O que um diretório ou aplicativo pede que você ponha no feed para provar que o "
        "programa é seu. Depois de confirmar, apague.",
    )
    recommended = StreamField(
        RecommendedShowStream(),
        verbose_name="outros programas que você recomenda",
        blank=True,
        help_text="Os aplicativos mostram a quem ouve este.",
    )
    # Assigned once, of the address at which the show was first published; kept for ever.
    guid = models.UUIDField(null=True, editable=False)
    art = models.ForeignKey(
        Art, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("author"),
                FieldPanel("owner_email"),
                FieldPanel("is_explicit"),
                FieldPanel("is_locked"),
            ],
            heading="Nos aplicativos",
        ),
        MultiFieldPanel(
            [
                FieldPanel("medium"),
                FieldPanel("recurrence"),
                FieldPanel("is_finished"),
                FieldPanel("seasons"),
            ],
            heading="Quando sai",
        ),
        MultiFieldPanel(
            [
                place_panel(),
                FieldRowPanel([FieldPanel("funding_url"), FieldPanel("funding_label")]),
                FieldPanel("recommended"),
                FieldPanel("claim"),
            ],
            heading="Mais, para os aplicativos",
            classname="collapsed",
        ),
        MultiFieldPanel([FieldPanel("moved_to")], heading="Mudança de endereço"),
    )

    class Meta:
        verbose_name = "podcast"
        verbose_name_plural = "podcasts"

    @property
    def length_label(self) -> str:
        return ""

    @property
    def recurrence_label(self) -> str:
        """How often it comes out, in words."""
        return "" if self.is_finished else recurrence.in_words(self.recurrence)

    def season_name(self, number: int | None) -> str:
        """The name of a season, if it has one."""
        names = {block.value["number"]: block.value["name"] for block in self.seasons}
        return names.get(number, "")

    @property
    def feed_path(self) -> str:
        """The site-relative address of the feed; an alias has none of its own."""
        return f"{self.path_for_readers}feed.xml"

    @property
    def art_path(self) -> str:
        """The site-relative address of the square art; of a draft, of the art it will have."""
        image = self.cover_image
        if image is not None and not image.withdrawn_on and image.address("arte"):
            return image.address("arte")
        art = self.art or self._prepared_art()
        return art.url if art else ""

    def clean(self) -> None:
        super().clean()
        if self.funding_label and not self.funding_url:
            raise ValidationError({"funding_url": "Diga o endereço da página de apoio."})
        if self.moved_to and not self.moved_to.startswith(("http://", "https://")):
            raise ValidationError({"moved_to": "Escreva um endereço que começa com https://."})
        if self.moved_to.rstrip("/").endswith(self.feed_path) and self.moved_to.startswith(
            settings.PUBLIC_URL
        ):
            raise ValidationError(
                {"moved_to": "Este é o endereço de agora. Escreva o do outro lugar, ou nada."}
            )

    def draw_art(self) -> str:
        return drawings.draw_podcast_art(self.cover_slug, self.module)

    def request_preparations(self) -> list[Any]:
        return [*super().request_preparations(), Art.ask(self.draw_art(), _ART_WIDTH)]

    def take_prepared(self) -> None:
        super().take_prepared()
        self.art = self._prepared_art()

    def _prepared_art(self) -> Art | None:
        art = Art.find(self.draw_art(), _ART_WIDTH)
        return art if art and art.is_ready else None

    def art_used(self) -> list[Art]:
        return [*super().art_used(), *([self.art] if self.art else [])]

    def lacks(self) -> list[Lack]:
        lacks = super().lacks()
        if self._prepared_art() is None:
            sentence = "A arte do podcast ainda está sendo preparada, alguns segundos."
            lacks.append(Lack("art", sentence, passing=True))
        image = self.cover_image
        if image is not None and min(image.width, image.height) < 1400:
            lacks.append(
                Lack(
                    "art-small",
                    "A capa de um podcast precisa de ao menos 1.400 × 1.400 pixels. Envie uma "
                    "imagem maior, ou deixe em branco para usar os azulejos.",
                    "cover_image",
                )
            )
        lacks += lacks_of_collection(self.licence, self._licences_of_episodes())
        from podcasts import checking

        return lacks or checking.lacks_in(self._findings())

    def advice(self) -> list[str]:
        from podcasts import checking

        return checking.advice_in(self._findings())

    def _findings(self) -> "list[Finding]":
        """What apps would say of the show as it stands in memory; nothing while it has no licence
        or no address."""
        from podcasts import checking

        if self.licence is None or not self.pk:
            return []
        return checking.findings_of_show(self)

    def _licences_of_episodes(self) -> list[Licence]:
        """A show keeps its episodes side by side, each under its own licence."""
        if not self.pk:
            return []
        below = ResourcePage.objects.filter(path__startswith=self.path, live=True)
        found = below.exclude(pk=self.pk).values_list("licence", flat=True)
        return [licence for licence in set(found) if licence]

    def add_child(self, **kwargs: Any) -> Page:
        """The turn comes before the row of the show, as when the show itself is published."""
        with transaction.atomic():
            take_turn()
            return super().add_child(**kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.alias_of_id:
            self.guid = None
        elif self.guid is None and self.pk:
            # A draft written before the show went out knows of no number.
            self.guid = ShowPage.objects.values_list("guid", flat=True).filter(pk=self.pk).first()
        super().save(*args, **kwargs)

    def become_copy(self, title: str | None = None, slug: str | None = None) -> None:
        super().become_copy(title, slug)
        self.guid = None

    def project(self) -> None:
        super().project()
        if not self.alias_of_id:
            from podcasts import feeds

            if self.guid is None:
                self.guid = podcast_guid(f"{settings.PUBLIC_URL}{self.feed_path}")
                ShowPage.objects.filter(pk=self.pk).update(guid=self.guid)
            self._follow_in_episodes()
            feeds.write_show(self)

    def _follow_in_episodes(self) -> None:
        """The name and the art of the show stand in the audio of its episodes, and its name in their
        lines in lists."""
        from podcasts.models.episodes import EpisodePage

        below = EpisodePage.objects.filter(path__startswith=self.path, live=True)
        own = below.filter(alias_of__isnull=True)
        other_name = models.Q(pk__in=own.exclude(search_entry__card__show=self.title))
        for episode in own.filter(other_name | models.Q(pk__in=self._with_other_art(own))):
            episode.follow_show()

    def _with_other_art(self, episodes: "models.QuerySet[EpisodePage]") -> list[int]:
        """Those whose audio has art of this show that is no longer its art."""
        rows = episodes.filter(cover_image=None, audio__recipe__has_key="art")
        told = list(rows.values_list("pk", "licence", "audio__recipe__art"))
        licences = {licence for _, licence, _ in told if licence is not None}
        wanted = {licence: cover_art.of_show(self, licence) for licence in licences}
        return [pk for pk, licence, known in told if licence is None or wanted[licence] != known]

    def unproject(self) -> None:
        super().unproject()
        from podcasts import feeds

        feeds.remove_show(self.pk)

    def jsonld_extras(self) -> dict[str, Any]:
        return {"webFeed": self.feed_path}

    def amb_extras(self) -> dict[str, Any]:
        below = ResourcePage.objects.filter(path__startswith=self.path).exclude(pk=self.pk)
        return {"hasPart": [amb.part(page) for page in visible_to(below.order_by("path"), ANYBODY)]}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        entries = Entry.objects.visible_to(reader_keys(request)).filter(
            page__path__startswith=self.path, kind="episodio"
        )
        # A course is heard from its first lesson on, as its feed says (`itunes:type` serial).
        first = entries.order_by("published_at", "page_id")
        episodes = first if self.medium == self.Medium.COURSE else entries.newest_first()
        return super().get_context(request, *args, **kwargs) | {
            "episodes": episodes.defer("body"),
            "feed_url": f"{settings.PUBLIC_URL}{self.feed_path}",
            "show_url": self.path_for_readers,
        }
