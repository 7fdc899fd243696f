"""The kinds of this room: guides, articles, booklets."""

from typing import Any

from django.core.exceptions import ValidationError

from knowledge.importing.cells import Cells
from knowledge.importing.kinds import Bench, Column, KindImporter, register_importer
from knowledge.markdown import UnreadableText, to_blocks
from knowledge.models import ArticlePage, BookletPage, GuidePage

MAX_TEXT = 500_000  # characters
BODY = Column(
    "texto",
    "O texto, em Markdown",
    "Markdown, como descrito abaixo",
    "Meça a calçada com trena.",
)
FILE = Column(
    "arquivo",
    "O PDF da cartilha",
    "caminho a partir da pasta da planilha, ou cms:número de um documento que já está no CMS",
    "pdf/calcadas.pdf",
)


def fill_body(page: Any, cells: Cells, bench: Bench) -> None:
    """Write the column `texto` into `page.body`."""
    if "texto" not in cells:
        return
    try:
        blocks = to_blocks(cells.text("texto", MAX_TEXT), bench.resolver(cells))
    except UnreadableText as error:
        cells.refuse(str(error))
        return
    except RecursionError:
        cells.refuse("O texto tem listas ou destaques dentro de outros, fundo demais. Simplifique.")
        return
    stream = page._meta.get_field("body").stream_block
    for name, value in blocks:
        _check_block(stream.child_blocks[name], name, value, cells)
    page.body = blocks


def _check_block(block: Any, name: str, value: Any, cells: Cells) -> None:
    """The limits that the editor of the CMS sets. Pictures are judged by the gate."""
    if name == "picture":
        if len(value["caption"]) > 250:
            cells.refuse(f"Encurte a legenda “{value['caption'][:40]}…”: cabem 250 caracteres.")
        return
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
        return " ".join(_why(item) for item in errors if item)
    if isinstance(error, list):
        return " ".join(_why(item) for item in error if item)
    return " ".join(getattr(error, "messages", [])) or "confira este bloco."


class TextImporter(KindImporter):
    """A kind that is read: its own column is the text."""

    columns = (BODY,)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        fill_body(page, cells, bench)


@register_importer
class GuideImporter(TextImporter):
    page_class = GuidePage


@register_importer
class ArticleImporter(TextImporter):
    page_class = ArticlePage


@register_importer
class BookletImporter(KindImporter):
    """A booklet: its PDF, and the page that says what is in it."""

    page_class = BookletPage
    columns = (BODY, FILE)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        fill_body(page, cells, bench)
        if "arquivo" in cells:
            name = cells.line("arquivo", 500)
            page.document = bench.document(name, cells, page) if name else None
