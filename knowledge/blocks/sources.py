"""Blocks that say where things come from."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from wagtail import blocks

from knowledge.blocks.prose import CELL_FEATURES
from knowledge.blocks.readable import Readable, lines
from licensing.values import ALL_LICENCES, licence

QUOTED = "citacao"  # a short passage that law lets anybody quote


class ReferencesBlock(Readable, blocks.StructBlock):
    """The sources of a text."""

    sources = blocks.ListBlock(
        blocks.RichTextBlock(features=CELL_FEATURES, label="Fonte"), label="Fontes"
    )

    def rich_texts(self, value: Any) -> Iterable[str]:
        return (source.source for source in value["sources"])

    class Meta:
        icon = "list-ol"
        label = "Fontes"
        template = "knowledge/blocks/references.html"


class FootnoteBlock(blocks.StructBlock):
    """One note. Its mark is what stands for it in the text; its number comes by itself."""

    mark = blocks.CharBlock(
        label="Marca",
        max_length=20,
        validators=[
            RegexValidator(r"^[\w-]+$", "Use letras, números e hífen, sem espaço: lei-4320.")
        ],
        help_text="Com a marca lei, o texto chama a nota por [^lei].",
    )
    text = blocks.RichTextBlock(label="Nota", features=CELL_FEATURES)

    class Meta:
        icon = "pilcrow"
        label = "Nota"


class FootnotesBlock(Readable, blocks.StructBlock):
    """The notes of a text, numbered in the order in which the text calls them."""

    notes = blocks.ListBlock(FootnoteBlock(), label="Notas")

    def rich_texts(self, value: Any) -> Iterable[str]:
        return (note["text"].source for note in value["notes"])

    class Meta:
        icon = "list-ol"
        label = "Notas"
        template = "knowledge/blocks/footnotes.html"


class ThirdPartyBlock(Readable, blocks.StructBlock):
    """Material of others, to which the licence of the page does not extend."""

    what = blocks.CharBlock(
        label="O que é", max_length=150, help_text="Por exemplo: a planta da página 3."
    )
    whose = blocks.CharBlock(label="De quem é", max_length=150)
    terms = blocks.ChoiceBlock(
        label="Licença ou autorização",
        choices=[*((each.identifier, str(each)) for each in ALL_LICENCES), (QUOTED, "Citação")],
    )
    address = blocks.URLBlock(label="Onde está o original", required=False)

    def words(self, value: Any) -> str:
        return lines(value["what"], value["whose"])

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["terms"] = licence(value["terms"]) if value["terms"] != QUOTED else None
        return context

    class Meta:
        icon = "lock"
        label = "Material de terceiros"
        template = "knowledge/blocks/third_party.html"
