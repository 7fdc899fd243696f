"""Runs of an import: beginning, working line by line, going on, cancelling."""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError
from django.utils import timezone

from files.inspection import clean_text
from knowledge.models import ResourceIndexPage, ResourcePage
from sharing.importing.beside import Judging, Storing
from sharing.importing.columns import known_names
from sharing.importing.judging import Judged, Terms, judge, rehearsed
from sharing.importing.reading.files import rows_of
from sharing.importing.reading.rows import Row, Rows, UnreadableFile
from sharing.importing.writing import LostClaim, record, refuse, write
from sharing.models import ImportLine, ImportRun, Outcome

logger = logging.getLogger("rede.importing")
State = ImportRun.State
# A worker that has recorded nothing for this long is taken for dead. One line takes seconds.
LEASE = timedelta(minutes=2)
_TRIES = 3
_OUR_FAULT = (
    "Esta linha não entrou por uma falha nossa, que ficou anotada. Avise quem cuida do site."
)


def survey(file: BinaryIO, name: str, is_latin1: bool = False) -> tuple[str, int]:
    """The digest of a file and how many lines it holds. Raises UnreadableFile for one that cannot be
    read to its end, before anything is written."""
    total = sum(1 for _row in open_rows(file, name, is_latin1))
    return digest_of(file), total


def look_at(file: BinaryIO, name: str, is_latin1: bool = False) -> None:
    """Look at a file as far as its first line. Raises UnreadableFile."""
    if next(iter(open_rows(file, name, is_latin1)), None) is None:
        raise UnreadableFile("A planilha só tem o cabeçalho. Ponha os materiais e envie de novo.")


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of a file, in hexadecimal."""
    file.seek(0)
    return hashlib.file_digest(file, hashlib.sha256).hexdigest()  # type: ignore[arg-type]


def open_rows(file: BinaryIO, name: str, is_latin1: bool = False) -> Rows:
    """The rows of a file, under the columns that this site knows."""
    return rows_of(file, known_names(), is_latin1, name)


def rehearse(
    file: BinaryIO, name: str, folder: Path, terms: Terms, is_latin1: bool
) -> Iterator[ImportLine]:
    """What each line would do, without writing anything at all."""
    bench = Judging(folder, page_of_slug)
    codes: dict[str, int] = {}

    def first_use(code: str, number: int) -> int | None:
        first = codes.setdefault(code, number)
        return first if first != number else None

    for row in open_rows(file, name, is_latin1):
        try:
            yield rehearsed(judge(row, terms, bench, first_use))
        except Exception:
            logger.exception("Could not judge line %s", row.number)
            yield Judged(row.number, *_names_of(row), reasons=[_OUR_FAULT]).as_line()


def begin(*, name: str, digest: str, total: int, **fields: Any) -> ImportRun:
    """A run that nobody works on yet."""
    return ImportRun.objects.create(name=name[:255], digest=digest, total=total, **fields)


def left_behind(digest: str, terms: Terms) -> ImportRun | None:
    """The run of the command that was stopped in the middle of this very file."""
    return ImportRun.objects.filter(
        digest=digest,
        file="",
        is_trial=False,
        state__in=ImportRun.OPEN,
        create_people=terms.create_people,
        overwrite=terms.overwrite,
    ).first()


def claim(run: ImportRun) -> bool:
    """Become the one who works on `run`; whoever did stops at the next line. False when there is
    nothing left to do."""
    token = secrets.token_hex(16)
    mine = ImportRun.objects.filter(pk=run.pk, state__in=ImportRun.OPEN)
    claimed = mine.update(claim=token, state=State.RUNNING, alive_at=timezone.now())
    # From here on no other worker records a line; what they recorded before is read after the claim.
    run.refresh_from_db()
    run.claim = token
    return bool(claimed)


def is_being_worked_on(run: ImportRun) -> bool:
    """Whether a worker has the run in hand and lives."""
    return bool(run.claim) and run.alive_at > timezone.now() - LEASE


def cancel(run: ImportRun) -> bool:
    """Stop after the line that is being written. What is in stays in."""
    return bool(
        ImportRun.objects.filter(pk=run.pk, state__in=ImportRun.OPEN).update(
            state=State.CANCELLED, claim=""
        )
    )


def work(
    run: ImportRun,
    file: BinaryIO,
    folder: Path | None,
    told: Callable[[ImportLine], None] = lambda line: None,
    seconds: float | None = None,
) -> bool:
    """Go on with `run`, which must be claimed, from the line after the last recorded one.

    Returns False when `seconds` were over, or the run was taken or cancelled, before its end.
    """
    terms = _terms_of(run)
    bench: Judging = (
        Judging(folder, page_of_slug)
        if run.is_trial
        else Storing(folder, page_of_slug, run.started_by)
    )
    judging = Judging(folder, page_of_slug)
    deadline = time.monotonic() + seconds if seconds is not None else None
    try:
        for row in open_rows(file, run.name, run.is_latin1):
            if row.number <= run.done_through:
                continue
            if deadline is not None and time.monotonic() > deadline:
                _release(run)
                return False
            told(_do_line(row, run, terms, judging, bench))
            run.done_through = row.number
    except LostClaim:
        return False
    except UnreadableFile as error:
        _end(run, State.FAILED, str(error))
        return True
    _end(run, State.DONE)
    return True


def page_of_slug(slug: str) -> int | None:
    """The resource to which a link `acervo:slug` leads."""
    found = ResourcePage.objects.filter(slug=slug[:255], alias_of__isnull=True)
    return found.order_by("pk").values_list("pk", flat=True).first()


def _terms_of(run: ImportRun) -> Terms:
    can_publish = True
    if run.started_by is not None:
        index = ResourceIndexPage.objects.first()
        rights = index.permissions_for_user(run.started_by) if index else None
        can_publish = bool(rights and rights.can_publish_subpage())
    return Terms(run.create_people, run.overwrite, can_publish)


def _do_line(
    row: Row, run: ImportRun, terms: Terms, judging: Judging, bench: Judging
) -> ImportLine:
    """A line done and recorded. One that fails by a fault of ours is refused and stops no other; a
    database that does not answer stops the run, which can be gone on with."""
    failed = Judged(row.number, *_names_of(row))
    for attempt in range(1, _TRIES + 1):
        try:
            return _attempt(row, run, terms, judging, bench)
        except LostClaim:
            raise
        except ValidationError as error:
            return refuse(failed, _sentences(error), run)
        except DatabaseError as error:  # a lock, a deadlock, a race: the transaction left no trace
            if attempt == _TRIES and isinstance(error, OperationalError):
                raise
            logger.warning("Line %s of run %s: %s", row.number, run.pk, error)
            time.sleep(0.2 * attempt)
        except Exception:
            logger.exception("Could not import line %s of run %s", row.number, run.pk)
            break
    return refuse(failed, [_OUR_FAULT], run)


def _attempt(
    row: Row, run: ImportRun, terms: Terms, judging: Judging, bench: Judging
) -> ImportLine:
    def first_use(code: str, number: int) -> int | None:
        earlier = run.lines.filter(code=code, number__lt=number)
        return earlier.order_by("number").values_list("number", flat=True).first()

    judged = judge(row, terms, judging, first_use)
    if run.is_trial:
        return record(rehearsed(judged), run)
    if judged.outcome not in (Outcome.CREATED, Outcome.UPDATED) or not judging.used:
        return write(judged, run)
    # Files are stored only now that nothing else stands in the way of the line.
    try:
        return write(judge(row, terms, bench, first_use), run)
    except BaseException:
        bench.undo()
        raise


def _names_of(row: Row) -> tuple[str, str]:
    """The code and title of a line that could not be read further."""
    code, title = (clean_text(row.values.get(name, "")) for name in ("codigo", "titulo"))
    return code.strip()[:120], " ".join(title.split())[:255]


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
    return list(error.messages)


def _release(run: ImportRun) -> None:
    """Let go, so that anybody may go on at once."""
    ImportRun.objects.filter(pk=run.pk, claim=run.claim).update(claim="")


def give_up(run: ImportRun, sentence: str) -> None:
    """End a claimed run that cannot be read."""
    _end(run, State.FAILED, sentence)


def _end(run: ImportRun, state: State, failure: str = "") -> None:
    mine = ImportRun.objects.filter(pk=run.pk, claim=run.claim, state=State.RUNNING)
    mine.update(state=state, failure=failure[:500], claim="")
