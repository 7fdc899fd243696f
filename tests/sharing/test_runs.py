"""Runs: gone on with after a stop, taken over, cancelled, and never done twice."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from knowledge.models import GuidePage, Person
from sharing.importing import runs, writing
from sharing.importing.judging import Terms
from sharing.models import ImportedItem, ImportLine, ImportRun
from tests.factories import pages
from tests.sharing.importing import begin, csv_bytes, guide, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("themes")]


class Killed(BaseException):
    """As abrupt as a signal: nobody catches it."""


def several(count: int = 5) -> bytes:
    return csv_bytes(guide(codigo=f"G-{n}", titulo=f"Guia {n}", publicar="") for n in range(count))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "importar.csv"
    path.write_bytes(several())
    return path


def kill_at(monkeypatch: pytest.MonkeyPatch, number: int, where: str) -> None:
    """Kill the worker in the middle of line `number`, at a function of `writing`."""
    real = getattr(writing, where)
    seen = iter(range(2, 100))

    def killed(*args: Any, **kwargs: Any) -> Any:
        if next(seen) == number:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(writing, where, killed)


def numbers() -> list[int]:
    return list(ImportLine.objects.values_list("number", flat=True))


@pytest.mark.parametrize("where", ["_write_page", "_add", "_publish", "_hold_claim", "draw_ahead"])
def test_a_killed_import_goes_on_from_where_it_stopped(
    where: str, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        kill_at(patched, 4, where)
        with pytest.raises(Killed):
            call_command("import_content", str(file), create_people=True)
    assert (numbers(), GuidePage.objects.count()) == ([2, 3], 2)
    assert ImportedItem.objects.count() == 2
    call_command("import_content", str(file), create_people=True)
    assert "Continua de onde parou: depois da linha 3." in capsys.readouterr().out
    assert (numbers(), GuidePage.objects.count()) == ([2, 3, 4, 5, 6], 5)
    assert ImportRun.objects.get().state == ImportRun.State.DONE
    assert ImportRun.objects.get().counts() == {"created": 5, "updated": 0, "same": 0, "refused": 0}


def test_another_file_or_other_terms_are_another_run(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        kill_at(patched, 3, "_write_page")
        with pytest.raises(Killed):
            call_command("import_content", str(file), create_people=True)
    call_command("import_content", str(file))
    states = list(ImportRun.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["running", "done"]


def test_whoever_lost_the_run_writes_nothing_more() -> None:
    content = several()
    run = begin(content)
    assert runs.claim(run)

    def take_over(line: ImportLine) -> None:
        if line.number == 3:
            assert runs.claim(ImportRun.objects.get(pk=run.pk))

    assert not runs.work(run, io.BytesIO(content), None, take_over)
    assert (numbers(), GuidePage.objects.count()) == ([2, 3], 2)
    assert ImportRun.objects.get().state == ImportRun.State.RUNNING


def test_a_cancelled_run_stops_and_keeps_what_is_in() -> None:
    content = several()
    run = begin(content)
    assert runs.claim(run)

    def cancel(line: ImportLine) -> None:
        if line.number == 3:
            assert runs.cancel(run)

    assert not runs.work(run, io.BytesIO(content), None, cancel)
    assert GuidePage.objects.count() == 2
    run.refresh_from_db()
    assert run.state == ImportRun.State.CANCELLED
    assert not runs.claim(run)
    assert not runs.cancel(run)


def test_a_run_may_be_done_in_pieces() -> None:
    content = several()
    run = begin(content)
    pieces = 0
    while runs.claim(run) and not runs.work(run, io.BytesIO(content), None, seconds=-1):
        pieces += 1
        run.refresh_from_db()
        assert not runs.is_being_worked_on(run)
        if pieces == 3:
            assert runs.claim(run)
            assert runs.work(run, io.BytesIO(content), None)
            break
    assert GuidePage.objects.count() == 5


def test_a_fault_of_ours_refuses_one_line_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = GuidePage.save_revision

    def fail(page: GuidePage, *args: Any, **kwargs: Any) -> Any:
        if page.title == "Guia 2":
            raise KeyError("a fault")
        return real(page, *args, **kwargs)

    monkeypatch.setattr(GuidePage, "save_revision", fail)
    content = several()
    run = begin(content)
    assert runs.claim(run)
    assert runs.work(run, io.BytesIO(content), None)
    assert run.counts() == {"created": 4, "updated": 0, "same": 0, "refused": 1}
    assert not GuidePage.objects.filter(title="Guia 2").exists()


def test_a_rehearsal_that_is_kept_writes_reports_only() -> None:
    content = several()
    run = begin(content, is_trial=True)
    assert runs.claim(run)
    assert runs.work(run, io.BytesIO(content), None)
    assert (len(numbers()), GuidePage.objects.count()) == (5, 0)
    assert not Person.objects.exists()


# --- the command ----------------------------------------------------------------------------------


def test_the_command_rehearses_without_writing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_content", str(file), is_trial=True, create_people=True)
    assert "Ensaio, nada foi gravado: 5 criados." in capsys.readouterr().out
    assert not ImportRun.objects.exists()
    assert not GuidePage.objects.exists()


def test_the_command_reports_each_line_and_fails_when_one_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [guide(), guide(codigo="=1+1", titulo="@titulo", licenca="MIT")]
    file.write_bytes(csv_bytes(rows))
    result = tmp_path / "resultado.csv"
    with pytest.raises(CommandError, match="Há linhas recusadas"):
        call_command("import_content", str(file), create_people=True, resultado=result)
    out = capsys.readouterr().out
    assert "linha 2: criado, publicado (G-1 · Reunião de bairro)" in out
    assert "linha 3: recusado (=1+1 · @titulo). Não há a licença “MIT”." in out
    assert "Pronto: 1 criado, 1 recusado." in out
    assert result.read_bytes().startswith(b"\xef\xbb\xbf")
    table = [line.split(";") for line in result.read_text("utf-8-sig").splitlines()]
    page = GuidePage.objects.get()
    assert table[1][:5] == ["2", "G-1", "Reunião de bairro", "criado", "publicado"]
    assert table[1][6] == f"http://rede.test/r/{page.pk}/"
    assert table[2][1:4] == ["'=1+1", "'@titulo", "recusado"]


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "O arquivo está vazio."), (b"codigo;tipo\n", "Falta a coluna")]
)
def test_the_command_says_what_is_wrong_with_a_file(
    content: bytes, sentence: str, file: Path
) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_content", str(file))
    assert not ImportRun.objects.exists()


def test_the_command_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="não abre"):
        call_command("import_content", str(tmp_path / "nada.csv"))


# --- size -----------------------------------------------------------------------------------------


def peak_of(count: int) -> int:
    """The most memory held while `count` lines with long texts go through a rehearsal, in bytes."""

    class Endless(io.RawIOBase):
        """A file of `count` lines that is never in memory as a whole."""

        def __init__(self) -> None:
            self._place, self._rest = 0, b""

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0) -> int:
            self._place, self._rest = 0, b""
            return 1_000_000 if whence == 2 else 0

        def tell(self) -> int:
            return 1_000_000

        def readinto(self, buffer: Any) -> int:
            while not self._rest and self._place <= count:
                self._rest = _line(self._place)
                self._place += 1
            given = self._rest[: len(buffer)]
            buffer[: len(given)] = given
            self._rest = self._rest[len(given) :]
            return len(given)

    file = io.BufferedReader(Endless())
    tracemalloc.start()
    try:
        lines = runs.rehearse(file, "importar.csv", Path("/nao-existe"), Terms(), False)
        assert sum(1 for _line in lines) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _line(number: int) -> bytes:
    if not number:
        return b"codigo;tipo;titulo;texto\n"
    return f"A-{number};poema;Um;{'palavra ' * 250}\n".encode()


def test_ten_times_the_lines_take_hardly_more_memory() -> None:
    """Of each further line only its code is kept, to find the next line with the same one."""
    peak_of(100)  # what is imported and cached on first use
    further = 9_000 * len(_line(1))
    assert peak_of(10_000) - peak_of(1_000) < further / 10


# --- addresses in the text ------------------------------------------------------------------------


def test_an_alias_is_not_what_a_link_leads_to() -> None:
    page = pages.guide()
    assert runs.page_of_slug(page.slug) == page.pk
    assert runs.page_of_slug("nada") is None


def test_reading_twice_gives_the_same_rows() -> None:
    rows: Iterator[Any] = iter(read(several()))
    assert [row.values["codigo"] for row in rows] == [f"G-{n}" for n in range(5)]
