"""What a merge would change, as it stands now. Nothing is changed here."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Revision

from knowledge.merging.kinds import Mergeable
from knowledge.merging.references import Reference, Row, merged, references_to


@dataclass
class PageChange:
    """A page that changes, and where: as readers see it, in its draft, in a version that waits for
    its date, in older versions."""

    pk: int
    title: str = ""
    is_live: bool = False
    in_rows: bool = False
    dropped: int = 0
    in_draft: bool = False
    is_scheduled: bool = False
    older_versions: int = 0

    @property
    def places(self) -> list[str]:
        """Where it changes, in words."""
        return [
            words
            for words, is_so in (
                ("na página publicada", self.in_rows and self.is_live),
                ("no rascunho", self.in_draft or (self.in_rows and not self.is_live)),
                ("na versão com data marcada", self.is_scheduled),
                (_versions(self.older_versions), self.older_versions),
            )
            if is_so
        ]


def _versions(count: int) -> str:
    return f"em {count} versões antigas" if count > 1 else "em 1 versão antiga"


@dataclass
class Moves:
    """Of one reference: the rows to move and those to delete, by primary key."""

    reference: Reference
    moved: list[int]
    dropped: list[int]


@dataclass
class Plan:
    """A merge of `old` into `kept`."""

    kind: Mergeable
    old: Any
    kept: Any
    moves: list[Moves] = field(default_factory=list)
    contents: dict[int, Row] = field(default_factory=dict)  # revision → its new content
    pages: list[PageChange] = field(default_factory=list)
    elsewhere: int = 0  # rows of no page: pictures and documents with the tag
    filled: dict[str, str] = field(default_factory=dict)
    redraws: bool = False

    @property
    def live_pages(self) -> list[int]:
        """The published pages that readers will see changed."""
        return [page.pk for page in self.pages if page.is_live and page.in_rows]

    @property
    def filled_labels(self) -> list[tuple[str, str]]:
        """(name of the field for people, value), for what the one that stays takes over."""
        names = {field.name: str(field.verbose_name) for field in self.kind.model._meta.fields}
        return [(names[name], value) for name, value in self.filled.items()]

    @property
    def digest(self) -> str:
        """Equal for two plans that would change the same: what was confirmed is what is done."""
        moves = [(m.reference.model._meta.label, m.moved, m.dropped) for m in self.moves]
        seen = (self.old.pk, self.kept.pk, moves, sorted(self.contents), self.filled, self.redraws)
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def plan_merge(kind: Mergeable, old: Any, kept: Any) -> Plan:
    """What changes when `old` becomes `kept`. Two queries for each place that names such things,
    and one for the pages, however many there are."""
    plan = Plan(kind, old, kept, filled=kind.filled(old, kept), redraws=kind.redraws(old, kept))
    pages: dict[int, PageChange] = {}
    for reference in references_to(kind.model):
        _plan_rows(plan, reference, pages)
    _plan_drafts(plan, pages)
    found = Page.objects.filter(pk__in=list(pages)).only("title", "draft_title", "live")
    for page in found:
        change = pages[page.pk]
        change.title, change.is_live = page.draft_title or page.title, page.live
        plan.pages.append(change)
    plan.pages.sort(key=lambda change: (change.title.casefold(), change.pk))
    return plan


def _plan_rows(plan: Plan, reference: Reference, pages: dict[int, PageChange]) -> None:
    rows = reference.rows(plan.old.pk, plan.kept.pk)
    result = merged(rows, reference, plan.old.pk, plan.kept.pk)
    gone = {row["pk"] for row in result.dropped}
    moved = [row for row in rows if row[reference.field] == plan.old.pk and row["pk"] not in gone]
    plan.moves.append(Moves(reference, [row["pk"] for row in moved], sorted(gone)))
    for row in [*moved, *result.dropped]:
        pk = reference.page_of(row)
        if pk is None:
            plan.elsewhere += 1
            continue
        change = pages.setdefault(pk, PageChange(pk))
        change.in_rows = True
        change.dropped += row["pk"] in gone


def _plan_drafts(plan: Plan, pages: dict[int, PageChange]) -> None:
    """Every version that names `old`, so that none brings it back or loses a credit."""
    references = [r for r in references_to(plan.kind.model) if r.relation or r.is_of_page]
    condition = Q()
    for reference in references:
        condition |= reference.in_drafts(plan.old.pk)
    if not references:
        return
    revisions = Revision.objects.filter(
        condition, base_content_type=ContentType.objects.get_for_model(Page)
    ).order_by("pk")
    numbers = {}
    for revision in revisions:
        content = revision.content
        for reference in references:
            content = reference.moved_in(content, plan.old.pk, plan.kept.pk) or content
        if content is not revision.content:
            plan.contents[revision.pk] = content
            numbers[revision.pk] = (int(revision.object_id), revision.approved_go_live_at)
    latest = set(
        Page.objects.filter(latest_revision__in=list(numbers)).values_list(
            "latest_revision", flat=True
        )
    )
    for pk, (page_pk, go_live_at) in numbers.items():
        change = pages.setdefault(page_pk, PageChange(page_pk))
        change.is_scheduled = change.is_scheduled or go_live_at is not None
        change.in_draft = change.in_draft or pk in latest
        change.older_versions += pk not in latest and go_live_at is None
