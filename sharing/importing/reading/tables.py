"""CSV: semicolons or commas, UTF-8 with or without a mark, latin-1 when it is said to be."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from sharing.importing.reading.rows import (
    MAX_LINE,
    MAX_LINES,
    Row,
    UnreadableFile,
    known_columns,
    too_many_lines,
)

_WINDOWS = "cp1252"  # what Excel means by latin-1; a superset of what is printed of it
_SEPARATORS = ";,\t"


class CsvRows:
    """A CSV file as rows."""

    def __init__(self, file: BinaryIO, known: tuple[str, ...], is_latin1: bool = False) -> None:
        self._file = file
        self._known = known
        self._encoding = _WINDOWS if is_latin1 else "utf-8-sig"
        if not is_latin1:
            refuse_other_encodings(file)

    def __iter__(self) -> Iterator[Row]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, self._encoding, errors="replace", newline="")
        try:
            yield from self._rows(text)
        finally:
            text.detach()

    def _rows(self, text: io.TextIOWrapper) -> Iterator[Row]:
        csv.field_size_limit(MAX_LINE)
        separator = _separator_of(text.readline(MAX_LINE))
        text.seek(0)
        reader = csv.reader(text, delimiter=separator, strict=True)
        number, filled, columns = 0, 0, []
        while True:
            number += 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise UnreadableFile(
                    f"Na linha {number} as aspas não fecham. Ponha a célula toda entre aspas e dobre as "
                    "que ficam dentro."
                ) from error
            if cells is None:
                break
            if number == 1:
                columns = known_columns(cells, self._known)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            filled += 1
            if filled > MAX_LINES:
                raise too_many_lines()
            yield _row(number, columns, cells)
        if number == 1:
            raise UnreadableFile("O arquivo está vazio. Salve a planilha de novo e envie.")


def _row(number: int, columns: list[str], cells: list[str]) -> Row:
    values = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Row(
            number,
            values,
            f"A linha tem {len(cells)} células e o cabeçalho tem {len(columns)}. Ponha entre aspas "
            "as células que têm o separador dentro.",
        )
    # A line that ends early leaves the cells after it empty.
    return Row(number, dict.fromkeys(filter(None, columns), "") | values)


def _separator_of(heads: str) -> str:
    """The separator that the first line uses most."""
    return max(_SEPARATORS, key=heads.count)


def refuse_other_encodings(file: BinaryIO) -> None:
    """Raise UnreadableFile, with the line, unless all of the file is UTF-8."""
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(
            "O arquivo está em UTF-16 (“Texto Unicode”). Salve como “CSV UTF-8” e envie de novo."
        )
    file.seek(0)
    for number, line in enumerate(lines_of(file), 1):
        if b"\0" in line:
            raise UnreadableFile(
                f"Na linha {number} há bytes que não são texto. Salve como “CSV UTF-8” e envie de novo."
            )
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            seen = line[error.start : error.start + 1].decode(_WINDOWS, "replace")
            raise UnreadableFile(
                f"A linha {number} do texto não está em UTF-8: parece latin-1, o padrão antigo do "
                f"Windows (o primeiro sinal é “{seen}”). Salve como “CSV UTF-8” ou diga que o "
                "arquivo é latin-1."
            ) from error
    file.seek(0)


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, none of them longer than any cell may be."""
    while line := file.readline(4 * MAX_LINE + 1):
        if len(line) > 4 * MAX_LINE:
            raise UnreadableFile(
                "O arquivo tem uma linha com mais de 2 milhões de caracteres. Confira se é uma planilha."
            )
        yield line
