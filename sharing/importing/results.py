"""What became of each line, as a CSV file."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings

from sharing.models import ImportLine, Outcome

COLUMNS = ("linha", "codigo", "titulo", "resultado", "situacao", "motivo", "endereco")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLURALS = {
    Outcome.CREATED: "criados",
    Outcome.UPDATED: "atualizados",
    Outcome.SAME: "iguais",
    Outcome.REFUSED: "recusados",
}


def neutral(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def in_words(counts: Mapping[str, int]) -> str:
    """“3 criados, 1 igual”, or “nenhuma linha”."""
    shown = [
        f"{counts[outcome]} {outcome.label if counts[outcome] == 1 else _PLURALS[outcome]}"
        for outcome in Outcome
        if counts.get(outcome)
    ]
    return ", ".join(shown) or "nenhuma linha"


class ResultFile:
    """Writes results, line by line, into anything with `write(str)`; for Excel in Portuguese: a mark
    for UTF-8 and semicolons."""

    def __init__(self, file: Any) -> None:
        mark = file.write("\ufeff")
        self._writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        self._head = f"{mark}{self._writer.writerow(COLUMNS)}"

    def add(self, line: ImportLine) -> str:
        cells = line.as_dict() | {"endereco": _address_of(line)}
        return str(self._writer.writerow([neutral(cells[name]) for name in COLUMNS]))

    def pieces(self, lines: Iterable[ImportLine]) -> Iterator[str]:
        """The file piece by piece, for a file whose `write` gives back what it is given."""
        yield self._head
        for line in lines:
            yield self.add(line)

    def add_all(self, lines: Iterable[ImportLine]) -> None:
        for line in lines:
            self.add(line)


def _address_of(line: ImportLine) -> str:
    """Where readers find the page, by the address that does not change."""
    return f"{settings.PUBLIC_URL}/r/{line.page_id}/" if line.page_id else ""
