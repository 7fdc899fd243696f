"""XLSX: the first sheet, read as a stream, values only."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from sharing.importing.reading.rows import (
    MAX_LINE,
    MAX_LINES,
    Row,
    UnreadableFile,
    known_columns,
    too_many_lines,
)

MAX_UNPACKED = 300 * 1024 * 1024
MAX_TEXTS = 60 * 1024 * 1024  # the table of texts is held in memory
MAX_RATIO = 200
MAX_COLUMNS = 100
MAX_EMPTY = 5_000  # rows in a row
_SMALL = 5 * 1024 * 1024  # what unpacks to less than this may be packed as tightly as it likes
_NOT_A_WORKBOOK = (
    "Este arquivo não é uma planilha XLSX, embora o nome diga que é. Abra no editor e salve como "
    "XLSX, ou salve como “CSV UTF-8”."
)
_DAMAGED = "A planilha está danificada e não abre inteira. Salve de novo no editor e envie."


class WorkbookRows:
    """The first sheet of an XLSX file as rows."""

    def __init__(self, file: BinaryIO, known: tuple[str, ...]) -> None:
        self._file = file
        self._known = known
        _refuse_bombs(file)

    def __iter__(self) -> Iterator[Row]:
        from openpyxl import load_workbook

        self._file.seek(0)
        try:
            # `data_only` reads what a formula gave when the sheet was saved, never the formula.
            book = load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # whatever is wrong inside, it is no workbook that opens
            raise UnreadableFile(_NOT_A_WORKBOOK) from error
        try:
            yield from self._rows(book)
        finally:
            book.close()

    def _rows(self, book: Any) -> Iterator[Row]:
        if not book.worksheets:
            raise UnreadableFile("A planilha não tem nenhuma aba com células.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is often wrong
        filled, empty, columns = 0, 0, []
        for number, cells in enumerate(_values(sheet), 1):
            if number == 1:
                columns = known_columns([_cell(value) for value in cells], self._known)
                continue
            values = [_cell(value) for value in cells]
            if not any(value.strip() for value in values):
                empty += 1
                if empty > MAX_EMPTY:
                    raise UnreadableFile(
                        f"Depois da linha {number - empty} há mais de 5.000 linhas vazias. Apague-as "
                        "da planilha e salve de novo."
                    )
                continue
            filled, empty = filled + 1, 0
            if filled > MAX_LINES:
                raise too_many_lines()
            yield _row(number, columns, values)
        if not columns:
            raise UnreadableFile(
                "A primeira aba está vazia. Ponha os materiais nela e envie de novo."
            )


def _row(number: int, columns: list[str], values: list[str]) -> Row:
    named = dict.fromkeys(filter(None, columns), "")
    named |= {name: value for name, value in zip(columns, values, strict=False) if name}
    if any(len(value) > MAX_LINE for value in values):
        return Row(number, problem="Há uma célula com mais de 2 milhões de caracteres.")
    if any(value.strip() for value in values[len(columns) :]):
        return Row(
            number, named, "Há células depois da última coluna que tem nome. Confira a linha."
        )
    return Row(number, named)


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    try:
        yield from sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    except Exception as error:
        raise UnreadableFile(_DAMAGED) from error


def _cell(value: Any) -> str:
    """A value as somebody would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "sim" if value else "não"
        case datetime():
            has_time = value.time() != time()
            return value.strftime("%Y-%m-%d %H:%M" if has_time else "%Y-%m-%d")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _refuse_bombs(file: BinaryIO) -> None:
    """Look at the table of contents before anything is unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFile(_NOT_A_WORKBOOK) from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableFile(_NOT_A_WORKBOOK)
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename == "xl/sharedStrings.xml")
    packed = sum(part.compress_size for part in parts) or 1
    is_packed_too_tightly = unpacked > _SMALL and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or texts > MAX_TEXTS or is_packed_too_tightly:
        raise UnreadableFile(
            f"A planilha ocupa {unpacked // (1024 * 1024)} MB depois de aberta, mais do que cabe "
            "aqui. Apague as linhas e colunas vazias com formatação, ou salve como “CSV UTF-8”."
        )
