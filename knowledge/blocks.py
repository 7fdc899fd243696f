"""What the body of a text is made of."""

from typing import Any

from django.utils.text import slugify
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from knowledge.figure_blocks import IndicatorsBlock
from knowledge.media_blocks import AudioBlock, VideoBlock

FEATURES = ["bold", "italic", "h3", "ol", "ul", "link"]
CELL_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.CharBlock):
    """The title of a section; readers can link to it."""

    class Meta:
        icon = "title"
        label = "Título de seção"
        template = "knowledge/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its credit."""

    picture = ImageBlock(label="Imagem")
    caption = blocks.CharBlock(label="Legenda", required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Imagem com crédito"
        template = "knowledge/blocks/picture.html"


class CalloutBlock(blocks.StructBlock):
    """A note that stands out of the text."""

    tone = blocks.ChoiceBlock(
        label="Tipo",
        choices=[
            ("dica", "Na prática"),
            ("cuidado", "Cuidado"),
            ("base-legal", "Base legal"),
            ("aviso", "Pare e procure"),
        ],
    )
    title = blocks.CharBlock(label="Título", required=False, max_length=80)
    text = blocks.RichTextBlock(label="Texto", features=["bold", "italic", "ul", "link"])

    class Meta:
        icon = "warning"
        label = "Aviso"
        template = "knowledge/blocks/callout.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        names = dict(self.child_blocks["tone"].field.choices)
        context["heading"] = value["title"] or names.get(value["tone"], "")
        context["icon_name"] = {"base-legal": "balanca", "aviso": "lapis", "dica": "feito"}.get(
            value["tone"], "alerta"
        )
        return context


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label="Frase")
    source = blocks.CharBlock(label="Quem disse", required=False, max_length=150)

    class Meta:
        icon = "openquote"
        label = "Citação"
        template = "knowledge/blocks/quote.html"


class TableBlock(blocks.StructBlock):
    """A table with a caption. The first row names the columns, the first column names the rows."""

    caption = blocks.CharBlock(label="Título da tabela", max_length=150)
    table = TypedTableBlock(
        [("text", blocks.RichTextBlock(label="Texto", features=CELL_FEATURES))], label="Tabela"
    )

    class Meta:
        icon = "table"
        label = "Tabela"
        template = "knowledge/blocks/table.html"


class ReferencesBlock(blocks.StructBlock):
    """The sources of a text."""

    sources = blocks.ListBlock(
        blocks.RichTextBlock(features=CELL_FEATURES, label="Fonte"), label="Fontes"
    )

    class Meta:
        icon = "list-ol"
        label = "Fontes"
        template = "knowledge/blocks/references.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a text."""

    text = blocks.RichTextBlock(
        label="Texto",
        icon="pilcrow",
        features=FEATURES,
        template="knowledge/blocks/text.html",
    )
    heading = HeadingBlock(max_length=120)
    picture = PictureBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    table = TableBlock()
    references = ReferencesBlock()
    indicators = IndicatorsBlock()
    video = VideoBlock()
    audio = AudioBlock()

    class Meta:
        block_counts = {"references": {"max_num": 1}}


class PassageBlock(blocks.StreamBlock):
    """A section whose title is given: text, and what may stand between paragraphs."""

    text = blocks.RichTextBlock(
        label="Texto",
        icon="pilcrow",
        features=FEATURES,
        template="knowledge/blocks/text.html",
    )
    callout = CalloutBlock()
    quote = QuoteBlock()
    table = TableBlock()


def anchors(body: blocks.StreamValue) -> dict[str, str]:
    """Block id → anchor of every section, each unique in the page. Pages and tables of contents
    use the same mapping."""
    found: dict[str, str] = {}
    taken = {"conteudo", "reuso"}
    for block in body:
        if block.block_type == "references":
            found[block.id] = "fontes"
            taken.add("fontes")
        if block.block_type == "heading":
            found[block.id] = anchor_for(block.value, taken)
    return found


def anchor_for(title: str, taken: set[str]) -> str:
    """An anchor for a section, unlike those taken, which it joins."""
    base = slugify(title) or "parte"
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    taken.add(anchor)
    return anchor
