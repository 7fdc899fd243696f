"""Where a person, a theme or a tag is named: in rows, and in what drafts remember of such rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import ManyToOneRel, OneToOneRel, Q
from modelcluster.fields import ParentalKey
from wagtail.models import Page

Row = dict[str, Any]


@dataclass(frozen=True)
class Reference:
    """A field of `model` that points at what is merged.

    `parent` names the field that leads to the page, where a page owns the row; `relation` is where
    the rows of a page stand in a draft. Two rows that agree in every field of `alike` say the same.
    """

    model: type[models.Model]
    field: str
    parent: str
    relation: str
    alike: tuple[str, ...]

    @property
    def is_of_page(self) -> bool:
        """Whether the page itself has the field, rather than a row of the page."""
        return issubclass(self.model, Page)

    def rows(self, *pks: int) -> list[Row]:
        """The rows, as values, that name any of `pks`, in their order."""
        there = {field.name for field in self.model._meta.concrete_fields}
        order = [name for name in (self.parent, "sort_order") if name in there]
        found = self.model._default_manager.filter(**{f"{self.field}__in": pks})
        named = {"pk", self.field, *self.alike, *order}
        return list(found.order_by(*order, "pk").values(*named))

    def page_of(self, row: Row) -> int | None:
        """The page that a row belongs to, if it belongs to one."""
        return row["pk"] if self.is_of_page else row.get(self.parent)

    def in_drafts(self, pk: int) -> Q:
        """Revisions that may name `pk`. Databases write JSON with and without a space, and 12 also
        begins 123, so this finds too many rather than too few."""
        if self.is_of_page:
            return Q(**{f"content__{self.field}": pk})
        condition = Q()
        for colon in (":", ": "):
            text = f'"{self.field}"{colon}{pk}'
            condition |= Q(**{f"content__{self.relation}__icontains": text})
        return condition

    def moved_in(self, content: Row, old: int, kept: int) -> Row | None:
        """The content of a draft with `kept` where `old` stood; None where it did not stand."""
        if self.is_of_page:
            return content | {self.field: kept} if content.get(self.field) == old else None
        rows = content.get(self.relation)
        if not isinstance(rows, list) or not any(row.get(self.field) == old for row in rows):
            return None
        return content | {self.relation: merged(rows, self, old, kept).rows}


@dataclass(frozen=True)
class Merged:
    """Rows after a merge, and those that went because they would say the same as another."""

    rows: list[Row]
    dropped: list[Row]


def merged(rows: Sequence[Row], reference: Reference, old: int, kept: int) -> Merged:
    """`rows` with `kept` in place of `old`. Of rows that then say the same the first stays."""
    field = reference.field
    seen = set()
    after, dropped = [], []
    for row in rows:
        new = row | {field: kept} if row.get(field) == old else row
        says = tuple(str(new.get(name)) for name in reference.alike)
        if new.get(field) == kept and says in seen:
            dropped.append(row)
            continue
        seen.add(says)
        after.append(new)
    return Merged(after, dropped)


def references_to(model: type[models.Model]) -> list[Reference]:
    """Every field of the house that points at `model`, whichever room it is in."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not isinstance(relation, OneToOneRel):
            found.append(_reference(relation.related_model, relation.field.name))
    return sorted(found, key=lambda item: item.model._meta.label)


def _reference(model: type[models.Model], field: str) -> Reference:
    parents: list[Any] = [f for f in model._meta.concrete_fields if isinstance(f, ParentalKey)]
    of_page = next((f for f in parents if issubclass(f.related_model, Page)), None)
    return Reference(
        model=model,
        field=field,
        parent=of_page.name if of_page else "",
        relation=of_page.remote_field.related_name if of_page else "",
        alike=_alike(model, field),
    )


def _alike(model: type[models.Model], field: str) -> tuple[str, ...]:
    """The fields by which two rows are the same: those of a constraint, or all that say something.
    Two pages are never the same."""
    if issubclass(model, Page):
        return ("pk",)
    uniques = [tuple(names) for names in model._meta.unique_together]
    uniques += [
        tuple(constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    for names in uniques:
        if field in names:
            return names
    silent = {model._meta.pk.name, "sort_order"}
    return tuple(f.name for f in model._meta.concrete_fields if f.name not in silent)
