"""Importing in tests: small files, judged, rehearsed or brought in."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from sharing.importing import runs
from sharing.importing.judging import Terms
from sharing.importing.reading.rows import Row
from sharing.models import ImportLine, ImportRun

GUIDE = {
    "codigo": "G-1",
    "tipo": "guia",
    "titulo": "Reunião de bairro",
    "resumo": "Como preparar.",
    "texto": "Uma pergunta só.",
    "pessoas": "Joana Prates",
    "licenca": "CC BY 4.0",
    "publicar": "sim",
}
CREATE = Terms(create_people=True)


def guide(**cells: str) -> dict[str, str]:
    """A line that is whole."""
    return GUIDE | cells


def csv_bytes(
    rows: Iterable[dict[str, Any]], separator: str = ";", encoding: str = "utf-8"
) -> bytes:
    rows = list(rows)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Iterable[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def json_bytes(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def read(content: bytes, name: str = "importar.csv", is_latin1: bool = False) -> list[Row]:
    """The rows of a file, through the door that judges what it is."""
    return list(runs.open_rows(io.BytesIO(content), name, is_latin1))


def rehearse(
    *rows: dict[str, Any], terms: Terms = CREATE, folder: Path | None = None
) -> list[ImportLine]:
    file = io.BytesIO(csv_bytes(rows))
    return list(runs.rehearse(file, "importar.csv", folder or Path("/nao-existe"), terms, False))


def bring_in(
    *rows: dict[str, Any], terms: Terms = CREATE, folder: Path | None = None, **fields: Any
) -> list[ImportLine]:
    """Import lines, and return what became of each."""
    content = csv_bytes(rows)
    run = begin(content, terms, **fields)
    assert runs.claim(run)
    assert runs.work(run, io.BytesIO(content), folder)
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE, run.failure
    return list(run.lines.all())


def begin(content: bytes, terms: Terms = CREATE, **fields: Any) -> ImportRun:
    digest, total = runs.survey(io.BytesIO(content), "importar.csv")
    return runs.begin(
        name="importar.csv",
        digest=digest,
        total=total,
        create_people=terms.create_people,
        overwrite=terms.overwrite,
        **fields,
    )
