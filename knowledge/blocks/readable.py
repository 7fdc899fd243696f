"""What a block of a body tells of itself without being shown."""

from collections.abc import Iterable
from typing import Any

from knowledge.text import strip_html


class Readable:
    """A block that knows its words, its files and its rich texts. Another kind of block overrides
    what it has; its words are those of its rich texts unless it says more."""

    def words(self, value: Any) -> str:
        """All that can be read in the block, a line for each piece."""
        return "\n".join(strip_html(source) for source in self.rich_texts(value))

    def pictures(self, value: Any) -> Iterable[Any]:
        """The pictures shown, each with its alternative text in place."""
        return ()

    def documents(self, value: Any) -> Iterable[Any]:
        """The documents offered."""
        return ()

    def rich_texts(self, value: Any) -> Iterable[str]:
        """The rich texts as they are kept, for links and the marks of footnotes."""
        return ()


def lines(*texts: str) -> str:
    """Those of the texts that say something, one a line."""
    return "\n".join(text for text in texts if text)
