"""Trails: resources put in order, to be followed step by step."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page

from accounts.audience import ANYBODY, reader_keys
from knowledge import amb
from knowledge.desk.previews import ThreeWidths
from knowledge.models import Kind, ResourcePage, ResourceTheme
from knowledge.models.kinds import register_kind
from knowledge.shelf import browse
from knowledge.visibility import closures, closures_for, is_visible, visible_to
from licensing.gate import Lack, lacks_of_collection
from trails.forms import StepsPanel

TRAIL = register_kind(Kind("trilha", "Trilha", "Trilhas", "trilha", "Course", feminine=True))


class TrailIndexPage(ThreeWidths, Page):
    """/trilhas/: all trails."""

    introduction = models.CharField("apresentação", max_length=300, blank=True)

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["trails.TrailPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels: ClassVar = []
    settings_panels: ClassVar = []

    class Meta:
        verbose_name = "página das trilhas"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shelf = browse(request, formato=TRAIL.slug)
        return super().get_context(request, *args, **kwargs) | {"shelf": shelf}


class TrailPage(ResourcePage):
    """An ordered way through resources. A trail is a collection: each step keeps its own licence,
    the trail's is that of the order and of what is written between the steps."""

    kind = TRAIL
    is_creatable = True
    template = "trails/trail_page.html"
    parent_page_types: ClassVar[list[str]] = ["trails.TrailIndexPage"]

    audience_note = models.CharField(
        "para quem", max_length=200, blank=True, help_text="A quem a trilha serve, em uma frase."
    )
    outcomes = models.TextField(
        "ao terminar, você consegue", blank=True, help_text="Uma coisa por linha."
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldPanel("audience_note"),
        FieldPanel("outcomes"),
        StepsPanel("steps", heading="Etapas", label="Etapa"),
    )

    class Meta:
        verbose_name = "trilha"
        verbose_name_plural = "trilhas"

    @classmethod
    def for_reading(cls) -> models.QuerySet[Any]:
        """With the tile of the trail, which the pages of its steps show, as `own_module`."""
        themes = ResourceTheme.objects.filter(page=OuterRef("pk")).order_by("sort_order")
        own_module = Subquery(themes.values("theme__module")[:1])
        return super().for_reading().annotate(own_module=own_module)

    @property
    def outcome_list(self) -> list[str]:
        return [line.strip() for line in self.outcomes.splitlines() if line.strip()]

    def ordered_steps(self) -> list["TrailStep"]:
        """The steps, each with the page it shows, in one query."""
        return list(self.steps.select_related("resource"))

    def estimate_minutes(self) -> int:
        ids = [step.resource_id for step in self.steps.all() if step.resource_id]
        found = dict(ResourcePage.objects.filter(pk__in=ids).values_list("pk", "minutes"))
        return sum(found.get(pk, 0) for pk in ids)

    def follow_resources(self) -> None:
        """Take over what changed in the resources of a live trail."""
        self.minutes = self.estimate_minutes()
        TrailPage.objects.filter(pk=self.pk).update(minutes=self.minutes)
        self.project()

    @property
    def length_label(self) -> str:
        count = len(self.steps.all())
        return f"{count} etapa{'s' if count != 1 else ''}, {minutes_in_words(self.minutes)}"

    def plain_text(self) -> str:
        steps = [step.label for step in self.steps.all()]
        return "\n".join([self.audience_note, self.outcomes, *steps])

    def card_extras(self) -> dict[str, Any]:
        return {"steps": [step.label for step in self.steps.all()]}

    def leads_to(self) -> set[int]:
        return {step.resource_id for step in self.open_steps()}

    def open_steps(self) -> list["TrailStep"]:
        """The steps with a page that the reader may open: whoever reads this page, or anybody."""
        found: list[TrailStep] | None = self.__dict__.get("_open_steps")
        if found is None:
            closed = closures()
            steps = [step for step in self.ordered_steps() if step.resource]
            found = [step for step in steps if is_visible(step.resource, ANYBODY, closed)]
        return found

    def jsonld_extras(self) -> dict[str, Any]:
        return {
            "hasPart": [
                {"@type": "LearningResource", "name": step.label, "url": step.url_in(self)}
                for step in self.open_steps()
            ],
            "teaches": self.outcome_list,
        }

    def amb_extras(self) -> dict[str, Any]:
        resources = [step.resource for step in self.open_steps() if step.resource]
        return {"hasPart": [amb.part(resource) for resource in resources]}

    def lacks(self) -> list[Lack]:
        lacks = super().lacks()
        steps = list(self.steps.all())
        if not steps:
            lacks.append(Lack("steps", "Acrescente as etapas da trilha.", "steps"))
        ids = {step.resource_id for step in steps}
        found = ResourcePage.objects.filter(pk__in=ids, live=True)
        live = dict(found.values_list("pk", "licence"))
        for step in steps:
            if step.resource_id not in live:
                sentence = f"A etapa “{step.label}” aponta para um material que não está publicado."
                lacks.append(Lack("step-draft", sentence, "steps"))
        # A trail keeps works side by side, each under its own licence.
        return lacks + lacks_of_collection(self.licence, filter(None, live.values()))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        self._number_steps()
        self._name_steps()
        with transaction.atomic():
            self._let_go_of_step_addresses()
            super().save(*args, **kwargs)
            if self.live and not self.alias_of_id:
                self._remember_step_addresses()

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self._number_steps()
        self._name_steps()
        return super().save_revision(*args, **kwargs)

    def _name_steps(self) -> None:
        """Give every step without an address one of its own, which no other step here ever had; an
        address given is kept."""
        steps = list(self.steps.all())
        numbers = {step.uuid for step in steps}
        here = StepAddress.objects.filter(trail_number=self.pk, step__in=numbers)
        taken = {step.slug for step in steps if step.slug} | set(
            here.values_list("slug", flat=True)
        )
        for step in steps:
            if not step.slug:
                step.slug = free_slug(slugify(step.label)[:80] or "etapa", taken)
                taken.add(step.slug)

    def _number_steps(self) -> None:
        """Steps that came along in a copy get numbers of their own; those of an alias keep them."""
        if self.alias_of_id:
            return
        steps = list(self.steps.all())
        older = TrailStep.objects.filter(uuid__in=[step.uuid for step in steps])
        if self.pk:
            older = older.filter(trail__lt=self.pk)
        copied = set(older.values_list("uuid", flat=True))
        for step in steps:
            if step.uuid in copied:
                step.uuid = uuid.uuid4()

    def _let_go_of_step_addresses(self) -> None:
        """Steps may exchange addresses: each that changes first lets go of the one it has."""
        wanted = {step.pk: step.slug for step in self.steps.all()}
        for step in TrailStep.objects.filter(trail=self.pk):
            if wanted.get(step.pk) != step.slug:
                TrailStep.objects.filter(pk=step.pk).update(slug=f"{uuid.uuid4()}")

    def _remember_step_addresses(self) -> None:
        for step in self.steps.all():
            StepAddress.objects.update_or_create(
                trail_number=self.pk, slug=step.slug, defaults={"step": step.uuid}
            )

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        self._name_steps()
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = trail_context(self, self.ordered_steps(), request)
        self.__dict__["_open_steps"] = [item["step"] for item in shown["steps"] if item["url"]]
        return super().get_context(request, *args, **kwargs) | shown


class TrailStep(Orderable):
    """One step. Its `uuid` is what a reader's browser remembers as done, its `slug` is its address;
    neither depends on its position."""

    trail = ParentalKey(TrailPage, related_name="steps", on_delete=models.CASCADE)
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    slug = models.SlugField(
        "endereço",
        max_length=90,
        blank=True,
        help_text="Em branco, sai do título. Mudar deixa o endereço antigo valendo.",
    )
    title = models.CharField(
        "título na trilha", max_length=150, blank=True, help_text="Em branco, o do material."
    )
    resource = models.ForeignKey(
        ResourcePage,
        verbose_name="material",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(
        "o que fazer aqui", blank=True, max_length=600, help_text="Aparece antes do material."
    )

    panels: ClassVar = [
        PageChooserPanel("resource"),
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "etapa"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trail", "slug"], name="one_step_address")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.title or (self.resource.title if self.resource else "")

    def url_in(self, trail: TrailPage) -> str:
        """Site-relative address of the step."""
        return reverse("trail_step", args=[trail.slug, self.slug])


class StepAddress(models.Model):
    """An address that a step has or once had. Kept when the step is renamed or the trail deleted."""

    trail_number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=90)
    step = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trail_number", "slug"], name="one_address_a_trail")
        ]

    def __str__(self) -> str:
        return self.slug


def free_slug(base: str, taken: set[str]) -> str:
    """`base`, or `base-2`, `base-3`… whichever nobody has."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def trails_through(page: ResourcePage) -> list[TrailPage]:
    """The trails of which a resource is a step, those that everybody may follow."""
    through = TrailPage.objects.filter(steps__resource=page.source_pk, alias_of__isnull=True)
    return list(visible_to(through.distinct().order_by("pk"), ANYBODY))


def minutes_in_words(minutes: int) -> str:
    """“34 min”, “1 h 10 min”."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def trail_context(
    trail: TrailPage, steps: Sequence[TrailStep], request: HttpRequest
) -> dict[str, Any]:
    """The steps as the pages of a trail show them, without a query of their own. A step whose
    resource the reader may not see is text, not a link."""
    keys, closed = reader_keys(request), closures_for(request)
    shown = []
    for number, step in enumerate(steps, 1):
        page = step.resource
        seen = page if page is not None and is_visible(page, keys, closed) else None
        shown.append(
            {
                "step": step,
                "number": number,
                "url": step.url_in(trail) if seen else "",
                "kind": seen.specific_class.kind if seen else None,
                "minutes": seen.minutes if seen else 0,
            }
        )
    return {
        "steps": shown,
        "first": next((item for item in shown if item["url"]), None),
        "trail_time": minutes_in_words(trail.minutes),
    }
