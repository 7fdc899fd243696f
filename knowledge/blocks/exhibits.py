"""Blocks that show or offer something beside the text."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from knowledge.blocks.prose import CELL_FEATURES
from knowledge.blocks.readable import Readable, lines
from knowledge.text import strip_html


class PictureBlock(Readable, blocks.StructBlock):
    """A picture with its credit."""

    picture = ImageBlock(label="Imagem")
    caption = blocks.CharBlock(label="Legenda", required=False, max_length=250)

    def words(self, value: Any) -> str:
        return str(value["caption"])

    def pictures(self, value: Any) -> Iterable[Any]:
        if value["picture"] is not None:
            yield value["picture"]

    class Meta:
        icon = "image"
        label = "Imagem com crédito"
        template = "knowledge/blocks/picture.html"


class TableBlock(Readable, blocks.StructBlock):
    """A table with a caption. The first row names the columns, the first column names the rows."""

    caption = blocks.CharBlock(label="Título da tabela", max_length=150)
    table = TypedTableBlock(
        [("text", blocks.RichTextBlock(label="Texto", features=CELL_FEATURES))], label="Tabela"
    )

    def words(self, value: Any) -> str:
        heads = [column["heading"] for column in value["table"].columns]
        return "\n".join([value["caption"], *heads, *map(strip_html, self.rich_texts(value))])

    def rich_texts(self, value: Any) -> Iterable[str]:
        return (cell.value.source for row in value["table"].rows for cell in row)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Each cell with the heading of its column, which stands before it on a narrow screen."""
        context = super().get_context(value, parent_context=parent_context)
        heads = [column["heading"] for column in value["table"].columns]
        context["rows"] = [list(zip(heads, row, strict=True)) for row in value["table"].rows]
        return context

    class Meta:
        icon = "table"
        label = "Tabela"
        template = "knowledge/blocks/table.html"


class FileBlock(Readable, blocks.StructBlock):
    """A file to take away, with its size, format and credit."""

    document = DocumentChooserBlock(label="Arquivo")
    title = blocks.CharBlock(
        label="Título", required=False, max_length=120, help_text="Em branco, o do arquivo."
    )
    about = blocks.CharBlock(
        label="Para que serve", required=False, max_length=200, help_text="Uma frase."
    )

    def words(self, value: Any) -> str:
        document = value["document"]
        return lines(value["title"] or (document.title if document else ""), value["about"])

    def documents(self, value: Any) -> Iterable[Any]:
        if value["document"] is not None:
            yield value["document"]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        document = value["document"]
        if document is not None:
            context["format"] = document.url.rpartition(".")[2].upper()
        return context

    class Meta:
        icon = "doc-full"
        label = "Arquivo para baixar"
        template = "knowledge/blocks/file.html"
