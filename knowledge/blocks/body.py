"""The body of a text, block after block."""

from django.utils.text import slugify
from wagtail import blocks

from knowledge.blocks.exhibits import FileBlock, PictureBlock, TableBlock
from knowledge.blocks.figures import IndicatorsBlock
from knowledge.blocks.media import AudioBlock, VideoBlock
from knowledge.blocks.prose import (
    FEATURES,
    CalloutBlock,
    FoldBlock,
    HeadingBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
)
from knowledge.blocks.sources import FootnotesBlock, ReferencesBlock, ThirdPartyBlock

# Sections that a block opens by itself, and their anchors.
_OWN_ANCHORS = {"references": "fontes", "footnotes": "notas"}


class BodyBlock(blocks.StreamBlock):
    """The body of a text."""

    text = TextBlock(features=FEATURES)
    heading = HeadingBlock(max_length=120)
    picture = PictureBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    table = TableBlock()
    indicators = IndicatorsBlock()
    video = VideoBlock()
    audio = AudioBlock()
    steps = StepsBlock()
    fold = FoldBlock()
    file = FileBlock()
    third_party = ThirdPartyBlock()
    footnotes = FootnotesBlock()
    references = ReferencesBlock()

    class Meta:
        block_counts = {"footnotes": {"max_num": 1}, "references": {"max_num": 1}}


class PassageBlock(blocks.StreamBlock):
    """A section whose title is given: text, and what may stand between paragraphs."""

    text = TextBlock(features=FEATURES)
    callout = CalloutBlock()
    quote = QuoteBlock()
    table = TableBlock()
    steps = StepsBlock()


def anchors(body: blocks.StreamValue) -> dict[str, str]:
    """Block id → anchor of every section, each unique in the page. Pages and tables of contents
    use the same mapping."""
    found: dict[str, str] = {}
    taken: set[str] = {"conteudo", "reuso", "leia", "mudancas", *_OWN_ANCHORS.values()}
    for block in body:
        if block.block_type in _OWN_ANCHORS:
            found[block.id] = _OWN_ANCHORS[block.block_type]
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
