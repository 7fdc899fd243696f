"""What every format gives: rows with a number, under known columns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Protocol

from knowledge.importing.cells import plain

MAX_BYTES = 20 * 1024 * 1024
MAX_LINES = 20_000
MAX_LINE = 2_000_000  # characters


class UnreadableFile(ValueError):
    """A file that cannot be imported at all, and why, in plain Portuguese."""


@dataclass(frozen=True)
class Row:
    """One line: its number as a spreadsheet shows it (the heads are line 1), its cells by column,
    and what was wrong with the line itself."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class Rows(Protocol):
    """A file that is being read. Iterating may raise UnreadableFile where the file breaks off."""

    def __iter__(self) -> Iterator[Row]: ...


def known_columns(heads: list[str], known: tuple[str, ...]) -> list[str]:
    """The names of the columns as this site writes them; "" for one to pass over.

    Capitals, accents and outer spaces do not matter; a name that begins with _ is somebody's own
    note. Raises UnreadableFile for an unknown or repeated name, and for one that has to be there.
    """
    while heads and not heads[-1].strip():
        heads = heads[:-1]
    for number, head in enumerate(heads, 1):
        if not head.strip():
            raise UnreadableFile(f"A {number}ª coluna não tem nome. Dê um, ou apague a coluna.")
    found = [column_name(head, known) for head in heads]
    named = [name for name in found if name]
    for name in named:
        if named.count(name) > 1:
            raise UnreadableFile(f"A coluna “{name}” aparece mais de uma vez. Deixe uma só.")
    for name in ("codigo", "tipo", "titulo"):
        if name not in named:
            raise UnreadableFile(
                f"Falta a coluna “{name}” na primeira linha. Veja o modelo em docs/import.md."
            )
    return found


def column_name(head: str, known: tuple[str, ...]) -> str:
    """One name as this site writes it; "" for a note of somebody's own."""
    name = plain(head).replace(" ", "_").replace("-", "_")
    if not name or name.startswith("_"):
        return ""
    if name not in known:
        near = get_close_matches(name, known, 1)
        hint = f" Você quis dizer “{near[0]}”?" if near else ""
        raise UnreadableFile(
            f"Não conhecemos a coluna “{head.strip()[:60]}”.{hint} Para anotações suas, comece o "
            "nome com _."
        )
    return name


def too_many_lines() -> UnreadableFile:
    return UnreadableFile(
        f"O arquivo tem mais de {MAX_LINES:,} linhas. Divida em arquivos menores.".replace(",", ".")
    )
