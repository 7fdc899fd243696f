"""Writes importar.xlsx and importar.jsonl from importar.csv, which is the one to edit.

.venv/bin/python docs/examples/make_examples.py
"""

import csv
import json
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

HERE = Path(__file__).resolve().parent
LISTS = ("temas", "etiquetas", "publico")


def main() -> None:
    with (HERE / "importar.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    with (HERE / "importar.jsonl").open("w", encoding="utf-8") as file:
        for row in rows:
            filled = {name: _json(name, cell) for name, cell in row.items() if cell}
            file.write(json.dumps(filled, ensure_ascii=False) + "\n")
    book = Workbook()
    sheet = book.active
    sheet.title = "Materiais"
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    book.save(HERE / "importar.xlsx")


def _json(name: str, cell: str) -> object:
    """A cell as JSON says it best."""
    if name in LISTS:
        return [item.strip() for item in cell.split(";")]
    if name == "pessoas":
        return [_person(item) for item in cell.split(";")]
    return {"sim": True, "não": False}.get(cell, cell) if name == "publicar" else cell


def _person(item: str) -> dict[str, str]:
    names = ("nome", "papel", "tipo")
    return dict(zip(names, (part.strip() for part in item.split("|")), strict=False))


if __name__ == "__main__":
    main()
