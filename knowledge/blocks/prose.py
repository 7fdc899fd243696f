"""Blocks of running text."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks

from knowledge.blocks.readable import Readable, lines
from knowledge.text import strip_html

FEATURES = ["bold", "italic", "h3", "ol", "ul", "link"]
NOTE_FEATURES = ["bold", "italic", "ul", "link"]
CELL_FEATURES = ["bold", "italic", "link"]


class TextBlock(Readable, blocks.RichTextBlock):
    """Paragraphs, lists, small titles."""

    def rich_texts(self, value: Any) -> Iterable[str]:
        yield value.source

    class Meta:
        icon = "pilcrow"
        label = "Texto"
        template = "knowledge/blocks/text.html"


class HeadingBlock(Readable, blocks.CharBlock):
    """The title of a section; readers can link to it."""

    def words(self, value: Any) -> str:
        return str(value)

    class Meta:
        icon = "title"
        label = "Título de seção"
        template = "knowledge/blocks/heading.html"


class CalloutBlock(Readable, blocks.StructBlock):
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
    text = blocks.RichTextBlock(label="Texto", features=NOTE_FEATURES)

    def words(self, value: Any) -> str:
        return lines(value["title"], super().words(value))

    def rich_texts(self, value: Any) -> Iterable[str]:
        yield value["text"].source

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        names = dict(self.child_blocks["tone"].field.choices)
        context["heading"] = value["title"] or names.get(value["tone"], "")
        context["icon_name"] = {"base-legal": "balanca", "aviso": "lapis", "dica": "feito"}.get(
            value["tone"], "alerta"
        )
        return context

    class Meta:
        icon = "warning"
        label = "Aviso"
        template = "knowledge/blocks/callout.html"


class QuoteBlock(Readable, blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label="Frase")
    source = blocks.CharBlock(label="Quem disse", required=False, max_length=150)

    def words(self, value: Any) -> str:
        return lines(value["text"], value["source"])

    class Meta:
        icon = "openquote"
        label = "Citação"
        template = "knowledge/blocks/quote.html"


class StepBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(label="O que fazer", max_length=120)
    text = blocks.RichTextBlock(label="Como", required=False, features=NOTE_FEATURES)

    class Meta:
        icon = "arrow-right"
        label = "Passo"


class StepsBlock(Readable, blocks.StructBlock):
    """A procedure: what to do first, second, third."""

    steps = blocks.ListBlock(StepBlock(), label="Passos", min_num=2)

    def words(self, value: Any) -> str:
        told = [(step["title"], strip_html(step["text"].source)) for step in value["steps"]]
        return lines(*(text for pair in told for text in pair))

    def rich_texts(self, value: Any) -> Iterable[str]:
        return (step["text"].source for step in value["steps"])

    class Meta:
        icon = "list-ol"
        label = "Passo a passo"
        template = "knowledge/blocks/steps.html"


class FoldBlock(Readable, blocks.StructBlock):
    """What only some readers need, folded until they open it."""

    title = blocks.CharBlock(label="Título", max_length=120)
    text = blocks.RichTextBlock(label="Texto", features=["bold", "italic", "ol", "ul", "link"])

    def words(self, value: Any) -> str:
        return lines(value["title"], super().words(value))

    def rich_texts(self, value: Any) -> Iterable[str]:
        yield value["text"].source

    class Meta:
        icon = "collapse-down"
        label = "Parte que se abre"
        template = "knowledge/blocks/fold.html"
