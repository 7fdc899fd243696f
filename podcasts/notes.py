"""The notes of an episode as apps show them: plain HTML, without classes, pictures or tables."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from wagtail.rich_text import expand_db_html

from knowledge.blocks import Readable
from knowledge.footnotes import Footnotes
from knowledge.text import notes_in


def notes_of(body: Any) -> str:
    """All the words of a body as HTML, with site-relative addresses."""
    footnotes = Footnotes(notes_in(body), linked=False)
    parts = [footnotes.numbered(_part(block)) for block in body]
    notes = _list("ol", (note.text.source for note in footnotes.listed()))
    return "\n".join(part for part in [*parts, f"<h2>Notas</h2>{notes}" if notes else ""] if part)


def _part(block: Any) -> str:
    value = block.value
    match block.block_type:
        case "text":
            return expand_db_html(value.source)
        case "heading":
            return f"<h2>{escape(value)}</h2>"
        case "callout" | "fold":
            title = f"<h3>{escape(value['title'])}</h3>" if value["title"] else ""
            return title + expand_db_html(value["text"].source)
        case "steps":
            steps = [(step["title"], step["text"].source) for step in value["steps"]]
            return _list("ol", (f"<b>{escape(title)}</b> {text}" for title, text in steps))
        case "quote":
            source = _paragraph(value["source"])
            return f"<blockquote>{_paragraph(value['text'])}{source}</blockquote>"
        case "table":
            rows = [[cell.value.source for cell in row] for row in value["table"].rows]
            return _paragraph(value["caption"]) + _list("ul", map(" ".join, rows))
        case "references":
            return "<h2>Fontes</h2>" + _list("ol", (item.source for item in value["sources"]))
        case "footnotes":
            return ""
    words = block.block.words(value) if isinstance(block.block, Readable) else ""
    return "".join(_paragraph(line) for line in words.splitlines())


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _list(tag: str, items: Iterable[str]) -> str:
    lines = "".join(f"<li>{expand_db_html(item)}</li>" for item in items)
    return f"<{tag}>{lines}</{tag}>" if lines else ""
