"""The columns as docs/import.md has to show them."""

from knowledge.importing.kinds import importers
from sharing.importing.columns import COMMON, Column


def table_rows() -> list[str]:
    """One row of the table for each column."""
    rows = [_row(column, "todos") for column in COMMON]
    own: dict[Column, list[str]] = {}
    for slug, importer in importers().items():
        for column in importer.columns:
            own.setdefault(column, []).append(slug)
    return rows + [_row(column, ", ".join(slugs)) for column, slugs in own.items()]


def _row(column: Column, kinds: str) -> str:
    required = "sim" if column.required else "não"
    cells = [f"`{column.name}`", kinds, required, column.what, column.form, f"`{column.example}`"]
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
