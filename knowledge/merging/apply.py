"""Carrying a merge out: everything in one transaction, or nothing."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.tasks import update_reference_index_task

from files.models import Art
from knowledge.merging.kinds import Mergeable
from knowledge.merging.plan import Plan, plan_merge
from knowledge.models import ResourcePage
from knowledge.models.resources import PublicationRefused
from knowledge.publishing.gate import prepare
from knowledge.redirects import remember_address
from knowledge.turn import take_turn
from licensing.gate import Lack

MERGED = "knowledge.merge"  # the action in Wagtail's log
_REVISIONS_AT_ONCE = 50


class MergeRefused(Exception):
    """Nothing was changed; says why, for the person who asked."""


def merge(
    *, kind: Mergeable, old: Any, kept: Any, user: Any = None, confirmed: str | None = None
) -> Plan:
    """Make one of two: whatever names `old` names `kept`, and `old` is gone. Returns what was done.

    `confirmed` is the digest of the plan that somebody agreed to. Raises MergeRefused when that is
    no longer what would happen. Not for use inside a transaction: covers are drawn first.
    """
    plan = plan_merge(kind, old, kept)
    if plan.redraws:
        _draw_covers(plan)
    with transaction.atomic():
        take_turn()
        plan = _locked_plan(kind, old.pk, kept.pk)
        if confirmed is not None and plan.digest != confirmed:
            raise MergeRefused("Algo mudou enquanto você lia. Confira de novo antes de juntar.")
        _move(plan)
        _follow(plan)
        _leave(plan, user)
    return plan


def _locked_plan(kind: Mergeable, old_pk: int, kept_pk: int) -> Plan:
    """The plan, while nobody else can merge or delete either of the two."""
    rows = kind.model._default_manager.select_for_update().filter(pk__in=[old_pk, kept_pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise MergeRefused("Um dos dois já não existe: outra pessoa juntou ou apagou antes.")
    return plan_merge(kind, found[old_pk], found[kept_pk])


# --- before -------------------------------------------------------------------------------------


def _draw_covers(plan: Plan) -> None:
    """Have the drawings of published pages made as they will be, so that no page lacks one."""
    for page in _specific(plan.live_pages):
        themes = []
        for item in page.resource_themes.all():
            if item.theme_id == plan.old.pk:
                item.theme = plan.kept
            themes.append(item)
        page.resource_themes.set(themes)
        prepare(page)


def _specific(pks: list[int]) -> Any:
    return ResourcePage.objects.filter(pk__in=pks).order_by("pk").specific()


# --- within -------------------------------------------------------------------------------------


def _move(plan: Plan) -> None:
    for moves in plan.moves:
        rows = moves.reference.model._default_manager
        rows.filter(pk__in=moves.dropped).delete()
        rows.filter(pk__in=moves.moved).update(**{moves.reference.field: plan.kept})
    revisions = []
    for revision in Revision.objects.filter(pk__in=list(plan.contents)).only("pk"):
        revision.content = plan.contents[revision.pk]
        revisions.append(revision)
    Revision.objects.bulk_update(revisions, ["content"], batch_size=_REVISIONS_AT_ONCE)
    if plan.filled:
        plan.kind.model._default_manager.filter(pk=plan.kept.pk).update(**plan.filled)


def _follow(plan: Plan) -> None:
    """What is read elsewhere of the published pages: search, feeds, audio, covers."""
    for page in _specific(plan.live_pages):
        if plan.redraws:
            _take_drawings(page)
        page.project()
    for change in plan.pages:
        if change.in_rows:
            _note_references(change.pk)


def _take_drawings(page: Any) -> None:
    """Point at the drawings that were made for the page as it is now. The wall of `save()` holds:
    a published page without its drawings is refused, with all the rest."""
    drawings = [f.name for f in page._meta.concrete_fields if f.related_model is Art]
    page.take_prepared()
    if not all(getattr(page, name) for name in drawings):
        raise PublicationRefused([Lack("card", f"A capa de “{page.title}” não ficou pronta.")])
    page.save(update_fields=drawings)


def _note_references(page_pk: int) -> None:
    """Wagtail's own index of what is used where."""
    page = Page.objects.filter(pk=page_pk).only("content_type").first()
    kind = page.specific_class if page else None
    if kind is not None:
        label, name = kind._meta.app_label, kind._meta.model_name
        transaction.on_commit(
            lambda: update_reference_index_task.enqueue(label, name, str(page_pk))
        )


def _leave(plan: Plan, user: Any) -> None:
    """The address leads on for ever, the log says what happened, and `old` is gone."""
    old, kept = plan.old, plan.kept
    if hasattr(old, "get_absolute_url"):
        remember_address(old.get_absolute_url(), kept.get_absolute_url())
    data = {"merged": str(old), "merged_pk": old.pk, "pages": len(plan.pages)}
    log(instance=kept, action=MERGED, user=user, data=data)
    old.delete()
