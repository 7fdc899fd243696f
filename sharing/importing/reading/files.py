"""What a file is, judged by its content, and its rows."""

from typing import BinaryIO

from sharing.importing.reading.json_lines import JsonRows
from sharing.importing.reading.rows import MAX_BYTES, Rows, UnreadableFile
from sharing.importing.reading.tables import CsvRows
from sharing.importing.reading.workbooks import WorkbookRows

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def rows_of(
    file: BinaryIO, known: tuple[str, ...], is_latin1: bool = False, name: str = ""
) -> Rows:
    """The rows of a file. Raises UnreadableFile for what is no spreadsheet at all, as does
    iterating where a file breaks off."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    start = file.read(1024)
    if not start:
        raise UnreadableFile("O arquivo está vazio. Salve a planilha de novo e envie.")
    if size > MAX_BYTES:
        raise UnreadableFile("O arquivo passa de 20 MB. Divida em arquivos menores.")
    if start.startswith(b"PK\x03\x04"):
        return WorkbookRows(file, known)
    if start.startswith(_OLD_EXCEL):
        raise UnreadableFile("Este é um arquivo antigo do Excel (.xls). Salve como XLSX e envie.")
    if name.lower().endswith((".xlsx", ".xlsm", ".ods")):
        raise UnreadableFile(
            "Este arquivo não é uma planilha XLSX, embora o nome diga que é. Abra no editor e salve "
            "como XLSX, ou salve como “CSV UTF-8”."
        )
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return JsonRows(file, known)
    return CsvRows(file, known, is_latin1)
