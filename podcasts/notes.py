"""The notes of an episode as apps show them: plain HTML, without classes, pictures or tables."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from wagtail.rich_text import expand_db_html


def notes_of(body: Iterable[Any]) -> str:
    """All the words of a body as HTML, with site-relative addresses."""
    return "\n".join(part for block in body if (part := _part(block.block_type, block.value)))


def _part(kind: str, value: Any) -> str:
    match kind:
        case "text":
            return expand_db_html(value.source)
        case "heading":
            return f"<h2>{escape(value)}</h2>"
        case "picture":
            return _paragraph(value["caption"])
        case "callout":
            title = f"<h3>{escape(value['title'])}</h3>" if value["title"] else ""
            return title + expand_db_html(value["text"].source)
        case "quote":
            source = _paragraph(value["source"])
            return f"<blockquote>{_paragraph(value['text'])}{source}</blockquote>"
        case "table":
            rows = [[cell.value.source for cell in row] for row in value["table"].rows]
            return _paragraph(value["caption"]) + _list("ul", map(" ".join, rows))
        case "references":
            return "<h2>Fontes</h2>" + _list("ol", (item.source for item in value["sources"]))
    return ""


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _list(tag: str, items: Iterable[str]) -> str:
    lines = "".join(f"<li>{expand_db_html(item)}</li>" for item in items)
    return f"<{tag}>{lines}</{tag}>" if lines else ""
