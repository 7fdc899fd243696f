"""What surrounds a resource, fetched at once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BooleanField, DateTimeField, F, IntegerField, QuerySet, TextField
from django.db.models import Value as Constant
from django.db.models.functions import Cast

from knowledge.covers import drawings
from knowledge.models.changes import Change
from knowledge.models.people import Person
from knowledge.models.related import RelatedResource
from knowledge.models.relations import Contribution, ResourceTag, ResourceTheme
from knowledge.models.themes import Theme

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage


@dataclass(frozen=True)
class Facts:
    """What surrounds a resource: its themes (the principal one first), who made it, its tags, what
    its curators would have read next (page numbers), what changed since it came out."""

    themes: list[Theme]
    people: list[Contribution]
    tags: list[str]
    related: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def authors(self) -> list[Contribution]:
        return [item for item in self.people if item.is_authoring]

    @property
    def helpers(self) -> list[Contribution]:
        return [item for item in self.people if not item.is_authoring]

    @property
    def module(self) -> str:
        """The tile with which the cover is drawn: that of the first theme, or the house's."""
        return self.themes[0].module if self.themes else drawings.HOUSE_MODULE


def facts_of(page: "ResourcePage") -> Facts:
    """The facts of a page: in one query as they are in the database, or as they stand in memory
    where the page is a draft."""
    held = getattr(page, "_cluster_related_objects", None) or ()
    if page.pk is None or any(name in held for name in _IN_MEMORY):
        return _facts_in_memory(page)
    rows = _related(page).union(_themes(page), _people(page), _tags(page), _changes(page), all=True)
    found = Facts([], [], [])
    for row in sorted(map(_Row._make, rows), key=lambda row: (row.place or 0, row.number)):
        match row.what:
            case "theme":
                theme = Theme(pk=row.number, slug=row.slug, name=row.name)
                theme.module = row.extra
                found.themes.append(theme)
            case "person":
                person = Person(pk=row.number, slug=row.slug, name=row.name)
                person.nature, person.cited_as = row.extra, row.cited_as
                role = Contribution.Role(row.role)
                found.people.append(Contribution(page_id=page.pk, person=person, role=role))
            case "tag":
                found.tags.append(row.name)
            case "related":
                found.related.append(row.number)
            case "change":
                change = Change(note=row.name, published_at=row.time, is_minor=row.flag)
                found.changes.append(change)
    found.tags.sort()
    return found


def _facts_in_memory(page: "ResourcePage") -> Facts:
    return Facts(
        themes=[item.theme for item in page.resource_themes.select_related("theme")],
        people=list(page.people.select_related("person")),
        tags=sorted(item.tag.name for item in page.tagged_items.select_related("tag")),
        related=[item.resource_id for item in page.related.all()],
        changes=list(Change.objects.filter(page_id=page.source_pk)) if page.pk else [],
    )


_IN_MEMORY = ("resource_themes", "people", "tagged_items", "related")

# --- one row for each fact, all of the same columns, so that one query brings all -----------------


class _Row(NamedTuple):
    what: str
    place: int | None
    number: int
    slug: str
    name: str
    extra: str
    role: str
    cited_as: str
    time: datetime
    flag: bool


_BLANK: dict[str, Any] = {
    "place": Constant(0, output_field=IntegerField()),
    "number": Constant(0, output_field=IntegerField()),
    "slug": Constant("", output_field=TextField()),
    "name": Constant("", output_field=TextField()),
    "extra": Constant("", output_field=TextField()),
    "role": Constant("", output_field=TextField()),
    "cited_as": Constant("", output_field=TextField()),
    "time": Cast(Constant(None), DateTimeField()),
    "flag": Constant(False, output_field=BooleanField()),
}


def _rows(facts: QuerySet[Any], what: str, **columns: str) -> QuerySet[Any]:
    kind = {"what": Constant(what, output_field=TextField())}
    given = {name: F(column) for name, column in columns.items()}
    shown = {f"fact_{name}": value for name, value in (kind | _BLANK | given).items()}
    return facts.order_by().annotate(**shown).values_list(*shown)


def _themes(page: "ResourcePage") -> QuerySet[Any]:
    return _rows(
        ResourceTheme.objects.filter(page_id=page.pk),
        "theme",
        place="sort_order",
        number="theme_id",
        slug="theme__slug",
        name="theme__name",
        extra="theme__module",
    )


def _people(page: "ResourcePage") -> QuerySet[Any]:
    return _rows(
        Contribution.objects.filter(page_id=page.pk),
        "person",
        place="sort_order",
        number="person_id",
        slug="person__slug",
        name="person__name",
        extra="person__nature",
        role="role",
        cited_as="person__cited_as",
    )


def _tags(page: "ResourcePage") -> QuerySet[Any]:
    tags = ResourceTag.objects.filter(content_object_id=page.pk)
    return _rows(tags, "tag", number="tag_id", name="tag__name")


def _related(page: "ResourcePage") -> QuerySet[Any]:
    chosen = RelatedResource.objects.filter(page_id=page.pk)
    return _rows(chosen, "related", place="sort_order", number="resource_id")


def _changes(page: "ResourcePage") -> QuerySet[Any]:
    changes = Change.objects.filter(page_id=page.source_pk)
    return _rows(changes, "change", number="pk", name="note", time="published_at", flag="is_minor")
