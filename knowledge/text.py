"""Reading the body of a text without showing it. Each block knows what it holds."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from wagtail.blocks import StreamValue

from knowledge.footnotes import marks_in, without_marks

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</(?:p|li|h[1-6]|tr|td|th|ul|ol)>|<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t]+")
_PAGE_LINK = re.compile(r"<a\b(?=[^>]*linktype=\"page\")[^>]*\bid=\"(\d+)\"")

_OUTWARD_LINK = re.compile(r'<a\b[^>]*\bhref="(https?://[^"]+)"', re.IGNORECASE)


def strip_html(html: str) -> str:
    """The words of a piece of rich text, a line for each paragraph."""
    words = without_marks(unescape(_TAG.sub("", _BREAK.sub("\n", html))))
    return _SPACE.sub(" ", words).strip()


def text_of(body: StreamValue) -> str:
    """All the words of a body, block after block."""
    parts = (block.block.words(block.value).strip() for block in _readable(body))
    return "\n\n".join(part for part in parts if part)


def pictures_in(body: StreamValue) -> Iterator[Any]:
    """The pictures shown in a body, each with its alternative text in place."""
    for block in _readable(body):
        yield from block.block.pictures(block.value)


def documents_in(body: StreamValue) -> Iterator[Any]:
    """The documents that a body offers."""
    for block in _readable(body):
        yield from block.block.documents(block.value)


def linked_pages(body: StreamValue) -> set[int]:
    """Primary keys of the pages to which the rich text of a body links."""
    return pages_in(rich_texts_in(body))


def pages_in(sources: Iterable[str]) -> set[int]:
    """Primary keys of the pages to which pieces of rich text link."""
    return {int(pk) for source in sources for pk in _PAGE_LINK.findall(source)}


def linked_addresses(sources: Iterable[str]) -> set[str]:
    """Addresses of other sites to which pieces of rich text link, without the part of the page
    they point at."""
    return {
        unescape(url).strip().partition("#")[0]
        for source in sources
        for url in _OUTWARD_LINK.findall(source)
    }


def notes_in(body: StreamValue) -> dict[str, Any]:
    """Mark → text of every footnote of a body."""
    notes = (block.value["notes"] for block in body if block.block_type == "footnotes")
    return {note["mark"].strip(): note["text"] for listed in notes for note in listed}


def marks_without_note(body: StreamValue) -> list[str]:
    """The marks that a body calls and that no footnote has."""
    return sorted(marks_in(rich_texts_in(body)) - set(notes_in(body)))


def rich_texts_in(body: StreamValue) -> Iterator[str]:
    """The rich texts of a body, as they are kept."""
    for block in _readable(body):
        yield from block.block.rich_texts(block.value)


def _readable(body: StreamValue) -> Iterator[Any]:
    """The blocks that know what they hold (`knowledge.blocks.Readable`)."""
    return (block for block in body if hasattr(block.block, "words"))
