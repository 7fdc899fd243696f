"""What a line would do, decided in memory: nothing is written here."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from knowledge.importing.cells import Cells
from knowledge.importing.kinds import importers
from knowledge.models import ResourcePage, Withdrawal
from knowledge.models.lineage import licence_change
from licensing.gate import Lack
from sharing.importing.beside import Judging
from sharing.importing.columns import fill_common
from sharing.importing.reading.rows import Row
from sharing.models import ImportedItem, ImportLine, Outcome, Standing


@dataclass(frozen=True)
class Terms:
    """On which terms a file comes in."""

    create_people: bool = False
    overwrite: bool = False
    can_publish: bool = True


@dataclass
class Judged:
    """A line that has been read: what it would do, and the page as it would become."""

    number: int
    code: str = ""
    title: str = ""
    outcome: Outcome = Outcome.REFUSED
    reasons: list[str] = field(default_factory=list)
    cells: Cells = field(default_factory=lambda: Cells({}))
    importer: Any = None  # KindImporter
    page: Any = None
    item: ImportedItem | None = None
    digest: str = ""
    tags: list[str] | None = None
    publishes: bool = False
    publish_at: datetime | None = None

    @property
    def lasting_lacks(self) -> list[Lack]:
        """What the page lacks to go live and does not mend itself."""
        return [lack for lack in self.page.lacks() if not lack.passing]

    @property
    def is_later(self) -> bool:
        return bool(self.publish_at and self.publish_at > timezone.now())

    def as_line(self, standing: str = "", reasons: list[str] | None = None) -> ImportLine:
        """The report on this line, unsaved."""
        return ImportLine(
            number=self.number,
            code=self.code[:120],
            title=self.title[:255],
            outcome=self.outcome,
            standing=standing,
            reasons=self.reasons if reasons is None else reasons,
        )


def judge(
    row: Row, terms: Terms, bench: Judging, first_use: Callable[[str, int], int | None]
) -> Judged:
    """Read a line and say what it would do. `first_use` gives the earlier line, if any, that has
    the same code."""
    bench.begin_line()
    cells = Cells(row.values)
    code, title = cells.line("codigo", 120)[:120], cells.line("titulo", 255)[:255]
    judged = Judged(row.number, code, title, cells=cells)
    if row.problem:
        cells.refusals[:] = [row.problem]
    else:
        _read(judged, cells, terms, bench, first_use)
    if cells.refusals:
        judged.reasons = cells.refusals
        judged.outcome = Outcome.REFUSED
    return judged


def _read(
    judged: Judged,
    cells: Cells,
    terms: Terms,
    bench: Judging,
    first_use: Callable[[str, int], int | None],
) -> None:
    if not judged.code:
        cells.refuse("Escreva o código, em “codigo”: é por ele que o material é reconhecido.")
        return
    earlier = first_use(judged.code, judged.number)
    if earlier is not None:
        cells.refuse(f"O código “{judged.code}” já está na linha {earlier}. Deixe uma das duas.")
        return
    known = {importer.page_class.kind.label: importer for importer in importers().values()}
    judged.importer = cells.choice("tipo", known, "o tipo")
    if judged.importer is None:
        if not cells.refusals:
            cells.refuse(f"Escreva o tipo, em “tipo”: {', '.join(importers())}.")
        return
    judged.item = ImportedItem.objects.filter(code=judged.code).select_related("page").first()
    judged.page = _page_of(judged, cells)
    if judged.page is None:
        return
    fill_common(judged.page, cells, bench, terms.create_people)
    judged.importer.fill(judged.page, cells, bench)
    judged.tags = cells.items("etiquetas") if "etiquetas" in cells else None
    _read_publication(judged, cells, terms)
    if cells.refusals:
        return
    judged.digest = _digest_of(cells, bench)
    if judged.item is None:
        judged.outcome = Outcome.CREATED
        if judged.importer.parent(cells) is None and not cells.refusals:
            cells.refuse("Não há onde pôr este material: falta a página que o recebe.")
    elif judged.item.digest == judged.digest:
        judged.outcome = Outcome.SAME
    else:
        judged.outcome = Outcome.UPDATED
        _guard_what_was_edited(judged, cells, terms)
        if judged.publishes and (sentence := licence_change(judged.page)):
            judged.reasons.append(sentence)


def _page_of(judged: Judged, cells: Cells) -> ResourcePage | None:
    """The page to fill: the draft of the one that has this code, or a new one."""
    page_class = judged.importer.page_class
    if judged.item is None:
        return page_class(live=False)
    there = judged.item.page.specific
    if not isinstance(there, page_class):
        cells.refuse(
            f"O código “{judged.code}” já é de um material do tipo {there.kind.slug}, "
            "e o tipo não muda. Use outro código."
        )
        return None
    draft: ResourcePage = there.get_latest_revision_as_object()
    return draft


def _guard_what_was_edited(judged: Judged, cells: Cells, terms: Terms) -> None:
    """What somebody works on here is not written over unless they say so."""
    page: Page = judged.page
    item: Any = judged.item
    if page.locked:
        cells.refuse("A página está bloqueada no CMS. Desbloqueie e importe de novo.")
    elif page.current_workflow_state is not None:
        cells.refuse("A página está em revisão no CMS. Termine a revisão e importe de novo.")
    elif page.latest_revision_id != item.revision_number and not terms.overwrite:
        cells.refuse(
            "Alguém editou esta página no CMS depois da última importação. Traga a mudança para a "
            "planilha e peça para passar por cima."
        )


def _read_publication(judged: Judged, cells: Cells, terms: Terms) -> None:
    """“sim”, “não” or a date. What was taken off the air here does not come back by itself."""
    answer = cells.answer("publicar")
    if answer is None:
        judged.publish_at = cells.moment("publicar")
    if not answer and judged.publish_at is None:
        return
    if not terms.can_publish:
        judged.reasons.append("Você pode criar rascunhos, mas não publicar.")
    elif (
        judged.item is not None
        and not judged.page.live
        and Withdrawal.objects.filter(page_number=judged.page.pk).exists()
    ):
        judged.reasons.append("Alguém tirou esta página do ar. Para voltar, publique pelo CMS.")
    else:
        judged.publishes = True


def _digest_of(cells: Cells, bench: Judging) -> str:
    """Everything that the line says, and the content of the files it names."""
    files = {}
    for name, path in sorted(bench.used.items()):
        with path.open("rb") as file:
            files[name] = hashlib.file_digest(file, hashlib.sha256).hexdigest()
    said = {name: value for name, value in cells.values.items() if value}
    text = json.dumps([said, files], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def standing_of(page: Page) -> Standing:
    """How a page stands that nothing is done to."""
    if page.live:
        return Standing.LIVE
    due = page.get_latest_revision().approved_go_live_at if page.latest_revision_id else None
    if due is None:
        return Standing.DRAFT
    return Standing.SCHEDULED if due > timezone.now() else Standing.WAITING


def rehearsed(judged: Judged) -> ImportLine:
    """The report on a line that is only judged: what it would do, and what it lacks."""
    if judged.outcome == Outcome.REFUSED:
        return judged.as_line()
    if judged.outcome == Outcome.SAME:
        return judged.as_line(standing_of(judged.page))
    lacks = [lack.message for lack in judged.lasting_lacks]
    if not judged.publishes:
        return judged.as_line(
            Standing.LIVE if judged.page.live else Standing.DRAFT, [*judged.reasons, *lacks]
        )
    if lacks:
        return judged.as_line(Standing.DRAFT, [*judged.reasons, *lacks])
    if judged.is_later:
        return judged.as_line(Standing.SCHEDULED)
    waits = any(lack.passing and lack.code != "card" for lack in judged.page.lacks())
    return judged.as_line(Standing.WAITING if waits else Standing.LIVE)
