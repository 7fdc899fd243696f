"""The columns as docs/import.md has to show them."""

from sharing.importing.columns import COMMON, Column, own_columns


def table_rows() -> list[str]:
    """One row of the table for each column."""
    rows = [_row(column, "todos") for column in COMMON]
    return rows + [_row(column, ", ".join(kinds)) for column, kinds in own_columns().items()]


def _row(column: Column, kinds: str) -> str:
    required = "sim" if column.required else "não"
    cells = [f"`{column.name}`", kinds, required, column.what, column.form, f"`{column.example}`"]
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
