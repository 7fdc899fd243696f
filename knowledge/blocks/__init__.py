"""What the body of a text is made of. A new block is a class that knows its own words and files
(`readable`), and a line in `BodyBlock`."""

from knowledge.blocks.body import BodyBlock, PassageBlock, anchor_for, anchors
from knowledge.blocks.prose import CELL_FEATURES, FEATURES, HeadingBlock
from knowledge.blocks.readable import Readable

__all__ = [
    "CELL_FEATURES",
    "FEATURES",
    "BodyBlock",
    "HeadingBlock",
    "PassageBlock",
    "Readable",
    "anchor_for",
    "anchors",
]
