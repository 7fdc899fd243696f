"""The earlier works on which a resource is based, and which it hands on the credit of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from knowledge.models.relations import Contribution
from licensing.attribution import Source, names_in
from licensing.fields import LicenceField
from licensing.gate import UsedWork
from licensing.values import Licence, licence

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage


class ResourceSource(Orderable):
    """An earlier work: a resource of this library, or a work from outside as it is described here."""

    class Use(models.TextChoices):
        ADAPTED = "adaptacao", "Adaptei: mudei, cortei, juntei"
        TRANSLATED = "traducao", "Traduzi"
        QUOTED = "citacao", "Trouxe inteira, sem mudar"

    ADAPTING: ClassVar = (Use.ADAPTED, Use.TRANSLATED)

    page = ParentalKey("knowledge.ResourcePage", related_name="sources", on_delete=models.CASCADE)
    resource = models.ForeignKey(
        "knowledge.ResourcePage",
        verbose_name="material daqui",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Título, autoria e licença vêm dele. Obra de fora: deixe em branco.",
    )
    title = models.CharField("título da obra de fora", max_length=255, blank=True)
    authors = models.CharField(
        "quem fez",
        max_length=300,
        blank=True,
        help_text="Se forem vários, separe por ponto e vírgula.",
    )
    licence = LicenceField("licença da obra", reserved=True)
    url = models.URLField("endereço", max_length=500, blank=True)
    use = models.CharField(
        "o que você fez", max_length=10, choices=Use.choices, default=Use.ADAPTED
    )
    modifications = models.TextField(
        "o que mudou",
        max_length=1000,
        blank=True,
        help_text="Uma coisa por linha. Exemplo: troquei os exemplos.",
    )

    panels: ClassVar = [
        PageChooserPanel("resource"),
        FieldPanel("title"),
        FieldPanel("authors"),
        FieldRowPanel([FieldPanel("licence"), FieldPanel("url")]),
        FieldPanel("use"),
        FieldPanel("modifications"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "obra em que se baseia"

    def __str__(self) -> str:
        return self.title or str(self.resource or "")

    @property
    def lines(self) -> tuple[str, ...]:
        """What was changed, one thing each."""
        return tuple(line.strip() for line in self.modifications.splitlines() if line.strip())


@dataclass(frozen=True)
class Taken:
    """An earlier work as it is credited. `url` of a resource of this library is site-relative.

    `changes` are ours; `earlier` are those that the work itself declared, which go with it.
    """

    title: str
    authors: tuple[str, ...]
    licence: str
    url: str
    use: str
    changes: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    resource: int | None = None

    @classmethod
    def read(cls, data: dict[str, Any]) -> "Taken":
        """The same from JSON."""
        lists = ("authors", "changes", "earlier")
        return cls(**data | {name: tuple(data[name]) for name in lists})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_adapted(self) -> bool:
        return self.use in ResourceSource.ADAPTING

    @property
    def terms(self) -> Licence | None:
        """The licence under which the work was taken."""
        return licence(self.licence) if self.licence else None


def gather(page: "ResourcePage") -> list[Taken]:
    """The works on which `page` is based, as it stands in memory.

    A resource of this library keeps the licence under which it was first taken: what was given
    cannot be taken back, so a later change binds only those who take it then.
    """
    rows = list(page.sources.all())
    if not rows:
        return []
    kept = {(work.resource, work.use): work.licence for work in recorded(page) if work.resource}
    return [_taken(row, kept) for row in rows]


def recorded(page: "ResourcePage") -> list[Taken]:
    """The works on which the published page is based."""
    lineage = getattr(page, "lineage", None)
    return [Taken.read(data) for data in lineage.based_on] if lineage else []


def _taken(row: ResourceSource, kept: dict[Any, str]) -> Taken:
    if row.resource is None:
        names = names_in(row.authors)
        identifier = row.licence.identifier if row.licence else ""
        return Taken(row.title.strip(), names, identifier, row.url, row.use, row.lines)
    source = row.resource.source.specific
    credited = Contribution.objects.filter(page=source.pk, role__in=Contribution.AUTHORING)
    now = source.licence.identifier if source.licence else ""
    return Taken(
        title=source.title,
        authors=tuple(credited.values_list("person__name", flat=True)),
        licence=kept.get((source.pk, row.use)) or now,
        url=f"/r/{source.pk}/",
        use=row.use,
        changes=row.lines,
        earlier=tuple(modifications_in(recorded(source))),
        resource=source.pk,
    )


def used_works(works: Sequence[Taken]) -> list[UsedWork]:
    """The works as the gate weighs them."""
    return [UsedWork(work.title, work.terms, work.is_adapted, work.changes) for work in works]


def modifications_in(works: Sequence[Taken]) -> list[str]:
    """All that was changed, earlier declarations first, each once."""
    adapted = [work for work in works if work.is_adapted]
    lines = [line for work in adapted for line in (*work.earlier, *work.changes)]
    return list(dict.fromkeys(lines))


def credited_sources(works: Sequence[Taken], base: str) -> tuple[Source, ...]:
    """The works that were adapted, for the credit, with absolute addresses."""
    return tuple(
        Source(
            title=work.title,
            authors=work.authors,
            licence=licence(work.licence),
            url=f"{base}{work.url}" if work.url.startswith("/") else work.url,
        )
        for work in works
        if work.is_adapted and work.licence
    )


def lineage_for_files(works: Sequence[Taken]) -> dict[str, Any]:
    """The works that were adapted, as `files.Rights.lineage` keeps them; nothing where none was."""
    adapted = [work for work in works if work.is_adapted and work.licence]
    if not adapted:
        return {}
    named = [
        {
            "title": work.title,
            "authors": list(work.authors),
            "licence": work.licence,
            "url": work.url,
        }
        for work in adapted
    ]
    return {"works": named, "changes": modifications_in(adapted)}


def keep_credit_of(page: "ResourcePage") -> None:
    """Before `page` is deleted: what is based on it, drafts as well, goes on naming it."""
    for row in ResourceSource.objects.filter(resource=page.pk).select_related("page"):
        work = _taken(row, {(item.resource, item.use): item.licence for item in recorded(row.page)})
        named = {"title": work.title, "authors": "; ".join(work.authors), "licence": work.licence}
        ResourceSource.objects.filter(pk=row.pk).update(**named)
        draft = row.page.latest_revision
        if draft is None:
            continue
        for written in draft.content.get("sources", []):
            if written.get("resource") == page.pk:
                written.update(named)
        draft.save(update_fields=["content"])
