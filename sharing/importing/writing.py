"""Writing a line: files and drawings first, then everything in one short transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from files.services import prepare_now
from knowledge.models import ResourcePage
from knowledge.publishing.schedule import publish_if_ready, publish_when_ready
from knowledge.turn import take_turn
from sharing.importing.columns import free_slug, save_new_people
from sharing.importing.judging import Judged, standing_of
from sharing.models import ImportedItem, ImportLine, ImportRun, Outcome, Standing

_SLUG = 80


class LostClaim(RuntimeError):
    """The run was cancelled, or somebody else goes on with it."""


def write(judged: Judged, run: ImportRun) -> ImportLine:
    """Do what a line would do, and record it in the same transaction: a line is written whole and
    reported, or neither.

    Raises LostClaim when the run is no longer this worker's.
    """
    if judged.outcome == Outcome.REFUSED:
        return record(judged.as_line(), run)
    if judged.outcome == Outcome.SAME:
        return _record_same(judged, run)
    draw_ahead(judged)
    with transaction.atomic():
        _hold_claim(run, judged.number)
        line = _write_page(judged, run)
        line.save()
    return line


def refuse(judged: Judged, reasons: list[str], run: ImportRun) -> ImportLine:
    """Record that a line could not be written after all."""
    judged.outcome, judged.reasons = Outcome.REFUSED, reasons
    return record(judged.as_line(), run)


def draw_ahead(judged: Judged) -> None:
    """Have the drawings made that the page will go live with: a blink, but not in a transaction."""
    if not judged.publishes or judged.lasting_lacks:
        return
    if judged.item is None:
        parent = judged.importer.parent(judged.cells)
        judged.page.slug = _slug_for(judged.page, parent)
    prepare_now(*(row for row in judged.page.request_preparations() if row.is_quick))


def record(line: ImportLine, run: ImportRun) -> ImportLine:
    """Write a report down, if the run is still this worker's."""
    with transaction.atomic():
        _hold_claim(run, line.number)
        line.run = run
        line.save()
    return line


def _record_same(judged: Judged, run: ImportRun) -> ImportLine:
    """Nothing changes; a page that only waited for a file goes live if it has it by now."""
    standing = standing_of(judged.page)
    if standing == Standing.WAITING and publish_if_ready(judged.page):
        standing = Standing.LIVE
    line = judged.as_line(standing)
    line.page_id = judged.page.pk
    return record(line, run)


def _hold_claim(run: ImportRun, number: int) -> None:
    """The fence: the row of the run is written by its holder alone, and stays locked until the line
    is recorded."""
    mine = ImportRun.objects.filter(pk=run.pk, claim=run.claim, state=ImportRun.State.RUNNING)
    if not mine.update(done_through=number, alive_at=timezone.now()):
        raise LostClaim


def _write_page(judged: Judged, run: ImportRun) -> ImportLine:
    parent = _locked_parent(judged) if judged.item is None else None
    take_turn()
    page = judged.page
    save_new_people(page)
    if judged.tags is not None:
        page.tags.set(judged.tags)
    page.go_live_at = judged.publish_at if judged.publishes and judged.is_later else None
    published_on = None if judged.is_later else judged.publish_at
    if parent is not None:
        page.first_published_at = published_on
        _add(page, parent, run)
    elif published_on and published_on != page.first_published_at:
        page.first_published_at = published_on
        ResourcePage.objects.filter(pk=page.pk).update(first_published_at=published_on)
    revision = page.save_revision(user=run.started_by, log_action=judged.item is not None)
    standing, reasons = _publish(judged, revision, run)
    ImportedItem.objects.update_or_create(
        code=judged.code,
        defaults={
            "page_id": page.pk,
            "digest": judged.digest,
            "revision_number": revision.pk,
            "imported_at": timezone.now(),
        },
    )
    line = judged.as_line(standing, [*judged.reasons, *reasons])
    line.run, line.page_id = run, page.pk
    return line


def _locked_parent(judged: Judged) -> Page:
    """Where a new page goes, its row locked: whoever adds a page there waits for the other, so that
    neither the place in the tree nor the address is given twice. Locked before the turn is taken,
    as in whatever adds or deletes a page."""
    parent = judged.importer.parent(judged.cells)
    return type(parent).objects.select_for_update().get(pk=parent.pk)


def _add(page: Page, parent: Page, run: ImportRun) -> None:
    page.slug = _slug_for(page, parent)
    page.owner = run.started_by
    page.live = False
    parent.add_child(instance=page)


def _slug_for(page: Page, parent: Page) -> str:
    """The address of a new page: what the line says, else what the title gives."""
    base = page.slug or slugify(page.title)[:_SLUG].strip("-") or page.specific_class.kind.slug
    beside = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    return free_slug(base, set(beside.filter(slug__startswith=base).values_list("slug", flat=True)))


def _publish(judged: Judged, revision: Any, run: ImportRun) -> tuple[Standing, list[str]]:
    """Publish through the gate; what does not pass stays a draft, and says why."""
    page = judged.page
    lacks = page.lacks()
    lasting = [lack.message for lack in lacks if not lack.passing]
    if lasting or not judged.publishes:
        return Standing.LIVE if page.live else Standing.DRAFT, lasting
    if lacks and not judged.is_later:
        publish_when_ready(page, revision, lacks)
        return Standing.LIVE if page.live else Standing.WAITING, [lack.message for lack in lacks]
    revision.publish(user=run.started_by, skip_permission_checks=True)
    return Standing.SCHEDULED if judged.is_later else Standing.LIVE, []
