"""What an import costs: lines a second and the peak of memory, killed in the middle and gone on.

    .venv/bin/python bench/imports.py [lines]

Makes an installation without the demo library in a temporary folder, and a CSV of guides of about
180 words, each with a theme, two people, tags and a note, none of which goes live. Imports it, is
killed after two fifths, goes on, imports the same file once more, and rehearses as many new lines.
Writes a section of bench/RESULTS.md after each part.
Memory is the peak of the process that imports (ru_maxrss).
"""

import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import running
from results import write_section

ROOT = Path(__file__).resolve().parent.parent
LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
COLUMNS = (
    "codigo",
    "tipo",
    "titulo",
    "resumo",
    "temas",
    "etiquetas",
    "pessoas",
    "licenca",
    "texto",
)
_SENTENCE = "A fila da creche número {n} passou a ser pública, com o critério escrito na porta. "
_THEME = """
from knowledge.models import Theme
Theme.objects.get_or_create(slug="educacao", defaults={"name": "Educação", "module": "educacao"})
"""
_COUNT = """
from knowledge.models import GuidePage
from sharing.models import ImportedItem, ImportLine, ImportRun
run = ImportRun.objects.get(is_trial=False, pk=ImportRun.objects.order_by("pk").first().pk)
print(GuidePage.objects.count(), ImportedItem.objects.count(), run.lines.count())
"""


@dataclass(frozen=True)
class Part:
    """One call of the command: what it reported, the seconds that went by, those of its own CPU, and
    its peak of memory (MB)."""

    name: str
    lines: int
    seconds: float
    cpu: float
    peak: float

    @property
    def row(self) -> str:
        rates = f"{self.lines / self.seconds:.1f} | {self.cpu:.0f} | {self.lines / self.cpu:.0f}"
        return f"| {self.name} | {self.lines} | {self.seconds:.0f} | {rates} | {self.peak:.0f} |"


def write_spreadsheet(path: Path, prefix: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for number in range(LINES):
            text = (
                f"{_SENTENCE.format(n=number) * 6}\n\n## Antes\n\n{_SENTENCE.format(n=number) * 6}\n\n"
                ":::dica Comece pequeno\nUma escola basta para aprender.\n:::\n"
            )
            writer.writerow(
                (
                    f"{prefix}-{number:05}",
                    "guia",
                    f"Fila pública da creche {number}",
                    "O que muda quando a lista de espera fica à vista de todos.",
                    "educacao",
                    "creche; fila",
                    "Davi Nogueira|autoria; Secretaria de Educação|organização|órgão",
                    "CC BY 4.0",
                    text,
                )
            )


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def environment(data: Path) -> dict[str, str]:
    ours = {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "config.settings.development"}
    return {**os.environ, **ours, "PYTHONUNBUFFERED": "1"}


def run(data: Path, *arguments: str) -> str:
    return running.run(manage(*arguments), ROOT, **environment(data))


def import_lines(name: str, data: Path, *arguments: str, kill_after: int = 0) -> Part:
    """Import, reading what is reported of each line; killed without warning after `kill_after`."""
    started = time.monotonic()
    command = manage("import_content", "--criar-pessoas", *arguments)
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        reported = 0
        for said in process.stdout:
            reported += said.startswith("linha ")
            if kill_after and reported >= kill_after:
                process.send_signal(signal.SIGKILL)
                break
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert bool(process.returncode) == bool(kill_after), process.returncode
    cpu = used.ru_utime + used.ru_stime
    return Part(name, reported, time.monotonic() - started, cpu, used.ru_maxrss / 1024)


def tell(parts: list[Part], size: float, found: list[str]) -> None:
    """Write what has been measured so far."""
    pages, codes, lines = found
    write_section(
        f"What an import of {LINES} lines costs",
        [
            f"Written by `bench/imports.py`: {LINES} guides of about 180 words, {size:.1f} MB of CSV,",
            "SQLite, `manage.py import_content`, start-up included.",
            "",
            "| part | lines | seconds | a second | CPU seconds | a CPU second | peak MB |",
            "|---|---|---|---|---|---|---|",
            *(part.row for part in parts),
            "",
            f"Afterwards there were {pages} pages, {codes} codes and {lines} reported lines: the kill",
            "lost none and doubled none. Others may share the machine: take the CPU, not the seconds.",
        ],
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, sheet, new = (
            Path(folder, "dados"),
            Path(folder, "acervo.csv"),
            Path(folder, "novo.csv"),
        )
        write_spreadsheet(sheet, "G")
        write_spreadsheet(new, "N")
        size = sheet.stat().st_size / 1024**2
        run(data, "migrate", "-v0")
        run(data, "prepare_site")
        run(data, "shell", "--no-imports", "-c", _THEME)
        parts = [
            import_lines("import, until killed", data, str(sheet), kill_after=LINES * 2 // 5),
            import_lines("import, gone on", data, str(sheet)),
        ]
        found = run(data, "shell", "--no-imports", "-c", _COUNT).split()[-3:]
        assert set(map(int, found)) == {LINES}, found
        tell(parts, size, found)
        parts.append(import_lines("the same file again", data, str(sheet)))
        tell(parts, size, found)
        parts.append(import_lines("rehearsal of new lines", data, str(new), "--dry-run"))
        tell(parts, size, found)


if __name__ == "__main__":
    main()
