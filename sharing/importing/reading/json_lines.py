"""JSON Lines: an object a line. Lists are joined as a cell writes them."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from sharing.importing.reading.rows import (
    MAX_LINES,
    Row,
    UnreadableFile,
    column_name,
    too_many_lines,
)
from sharing.importing.reading.tables import lines_of, refuse_other_encodings


class JsonRows:
    """A file of JSON Lines as rows."""

    def __init__(self, file: BinaryIO, known: tuple[str, ...]) -> None:
        self._file = file
        self._known = known
        refuse_other_encodings(file)

    def __iter__(self) -> Iterator[Row]:
        self._file.seek(0)
        filled = 0
        for number, line in enumerate(lines_of(self._file), 1):
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if not text:
                continue
            filled += 1
            if filled > MAX_LINES:
                raise too_many_lines()
            yield self._row(number, text)
        if not filled:
            raise UnreadableFile("O arquivo está vazio. Salve-o de novo e envie.")

    def _row(self, number: int, text: str) -> Row:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return Row(
                number, problem="A linha não é JSON. Cada linha é um objeto inteiro, entre { e }."
            )
        if not isinstance(found, dict):
            return Row(number, problem="A linha não é um objeto JSON, entre { e }.")
        try:
            values = {column_name(name, self._known): _cell(value) for name, value in found.items()}
        except UnreadableFile as error:
            return Row(number, problem=str(error))
        except RecursionError:
            return Row(number, problem="A linha tem listas dentro de listas, fundo demais.")
        values.pop("", None)
        return Row(number, values)


def _cell(value: Any) -> str:
    """A value as the cell of a spreadsheet writes it."""
    match value:
        case None:
            return ""
        case bool():
            return "sim" if value else "não"
        case list():
            return "; ".join(_cell(item) for item in value)
        case {"nome": name, **rest}:
            return "|".join(_cell(part) for part in (name, *rest.values()))
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
