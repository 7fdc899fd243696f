"""Reading the body of a text without showing it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from wagtail.blocks import StreamValue

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</(?:p|li|h[1-6]|tr|td|th|ul|ol)>|<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t]+")
_PAGE_LINK = re.compile(r"<a\b(?=[^>]*linktype=\"page\")[^>]*\bid=\"(\d+)\"")

_OUTWARD_LINK = re.compile(r'<a\b[^>]*\bhref="(https?://[^"]+)"', re.IGNORECASE)


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
        case "references":
            return "\n".join(strip_html(source.source) for source in value["sources"])
    return ""


def pictures_in(body: StreamValue) -> Iterator[Any]:
    """The pictures shown in a body, each with its alternative text in place."""
    for block in body:
        if block.block_type == "picture" and block.value["picture"] is not None:
            yield block.value["picture"]


def linked_pages(body: StreamValue) -> set[int]:
    """Primary keys of the pages to which the rich text of a body links."""
    return {int(pk) for source in _rich_texts(body) for pk in _PAGE_LINK.findall(source)}


def linked_addresses(body: StreamValue) -> set[str]:
    """Addresses of other sites to which the rich text of a body links, without the part of the page
    they point at."""
    return {
        unescape(url).strip().partition("#")[0]
        for source in _rich_texts(body)
        for url in _OUTWARD_LINK.findall(source)
    }


def _rich_texts(body: StreamValue) -> Iterator[str]:
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
