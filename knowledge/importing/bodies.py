"""Texts in cells: Markdown into the fields that hold blocks."""

from typing import Any

from django.core.exceptions import ValidationError

from knowledge.importing.cells import Cells
from knowledge.importing.kinds import Bench, Column
from knowledge.markdown import UnreadableText, to_blocks

MAX_TEXT = 500_000  # characters
BODY = Column(
    "texto",
    "O texto, em Markdown",
    "Markdown, como descrito abaixo",
    "Meça a calçada com trena.",
)
Blocks = list[tuple[str, Any]]


def fill_text(page: Any, field: str, column: str, cells: Cells, bench: Bench) -> None:
    """Write a column in Markdown into a field of `page`; one that is not there changes nothing."""
    if column in cells:
        blocks = read_blocks(page, field, cells.text(column, MAX_TEXT), cells, bench)
        if blocks is not None:
            setattr(page, field, blocks)


def read_blocks(page: Any, field: str, source: str, cells: Cells, bench: Bench) -> Blocks | None:
    """A text as the blocks of a field, each within the limits of the editor."""
    try:
        blocks = to_blocks(source, bench.resolver(cells))
    except UnreadableText as error:
        cells.refuse(str(error))
        return None
    except RecursionError:
        cells.refuse("O texto tem listas ou destaques dentro de outros, fundo demais. Simplifique.")
        return None
    check_blocks(page, field, blocks, cells)
    return blocks


def check_blocks(page: Any, field: str, blocks: Blocks, cells: Cells) -> None:
    """The limits that the editor of the CMS sets. Pictures are judged by the gate."""
    known = page._meta.get_field(field).stream_block.child_blocks
    for name, value in blocks:
        if name not in known:
            cells.refuse(f"“{_label(name)}” não cabe em “{field_label(page, field)}”.")
        elif name == "picture":
            if len(value["caption"]) > 250:
                cells.refuse(f"Encurte a legenda “{value['caption'][:40]}…”: cabem 250 caracteres.")
        else:
            _check_block(known[name], value, cells)


def field_label(page: Any, field: str) -> str:
    return str(page._meta.get_field(field).verbose_name)


def _label(name: str) -> str:
    return {"heading": "## título", "picture": "Imagem", "references": "## Fontes"}.get(name, name)


def _check_block(block: Any, value: Any, cells: Cells) -> None:
    try:
        block.clean(block.normalize(value))
    except ValidationError as error:
        shown = value if isinstance(value, str) else " ".join(map(str, value.values()))
        cells.refuse(f"No trecho “{' '.join(shown.split())[:50]}…”: {_why(error)}")


def _why(error: Any) -> str:
    """The sentences of a block's error, however deep."""
    if getattr(error, "cell_errors", None):
        return "a tabela tem células vazias. Escreva um traço (–) nelas."
    inner = getattr(error, "block_errors", None)
    if inner:
        errors = inner.values() if isinstance(inner, dict) else inner
        return " ".join(dict.fromkeys(_why(item) for item in errors if item))
    if isinstance(error, list):
        return " ".join(dict.fromkeys(_why(item) for item in error if item))
    return " ".join(getattr(error, "messages", [])) or "confira este bloco."
