"""Reading the body of a text without showing it."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from wagtail.blocks import StreamValue

from knowledge.figure_blocks import indicator_of
from knowledge.indicators import Indicator
from knowledge.media_blocks import text_of_media

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</(?:p|li|h[1-6]|tr|td|th|ul|ol)>|<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t]+")
_PAGE_LINK = re.compile(r"<a\b(?=[^>]*linktype=\"page\")[^>]*\bid=\"(\d+)\"")


def strip_html(html: str) -> str:
    """The words of a piece of rich text, a line for each paragraph."""
    return _SPACE.sub(" ", unescape(_TAG.sub("", _BREAK.sub("\n", html)))).strip()


def text_of(body: StreamValue) -> str:
    """All the words of a body, block after block."""
    return "\n\n".join(part for block in body if (part := _text_of_block(block)))


def _text_of_block(block: Any) -> str:
    value = block.value
    match block.block_type:
        case "text":
            return strip_html(value.source)
        case "heading":
            return str(value)
        case "picture":
            return value["caption"]
        case "callout":
            return f"{value['title']}\n{strip_html(value['text'].source)}".strip()
        case "quote":
            return f"{value['text']}\n{value['source']}".strip()
        case "table":
            cells = [cell.value.source for row in value["table"].rows for cell in row]
            heads = [column["heading"] for column in value["table"].columns]
            return "\n".join([value["caption"], *heads, *map(strip_html, cells)])
        case "video" | "audio":
            return text_of_media(value)
        case "references":
            return "\n".join(strip_html(source.source) for source in value["sources"])
        case "indicators":
            return "\n".join(indicator_of(item).words() for item in value)
    return ""


def pictures_in(body: StreamValue) -> Iterator[Any]:
    """The pictures shown in a body, each with its alternative text in place."""
    for block in body:
        if block.block_type == "picture" and block.value["picture"] is not None:
            yield block.value["picture"]


def indicators_in(body: StreamValue) -> Iterator[Indicator]:
    """The indicators shown in a body."""
    for block in body:
        if block.block_type == "indicators":
            yield from filter(_is_whole, map(indicator_of, block.value))


def _is_whole(indicator: Indicator) -> bool:
    return indicator.is_whole


def linked_pages(body: StreamValue) -> set[int]:
    """Primary keys of the pages to which the rich text of a body links."""
    return pages_in(rich_texts(body))


def pages_in(sources: Iterable[str]) -> set[int]:
    """Primary keys of the pages to which pieces of rich text link."""
    return {int(pk) for source in sources for pk in _PAGE_LINK.findall(source)}


def rich_texts(body: StreamValue) -> Iterator[str]:
    """The sources of all rich text in a body."""
    for block in body:
        match block.block_type:
            case "text":
                yield block.value.source
            case "callout":
                yield block.value["text"].source
            case "table":
                yield from (c.value.source for row in block.value["table"].rows for c in row)
            case "references":
                yield from (source.source for source in block.value["sources"])
