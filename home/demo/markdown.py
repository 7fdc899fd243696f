"""The texts of the demo library: Markdown with front matter, into the blocks of a body.

Beyond CommonMark: pipe tables after a line “Tabela: …”, notes between `:::tipo título` and `:::`,
pictures `![alternativa](arquivo "legenda")` alone in a paragraph, quotations that end in a line
“— quem disse”, and links `acervo:slug` to other resources. `:::passos` holds a procedure, each step
under a `### título`; `:::dobra título` a part that opens; `:::terceiros o quê` lines `de:`, `licenca:`
and `endereco:`; `[^marca]` calls the note that a paragraph `[^marca]: …` gives.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_NOTE = re.compile(r"^:::(\S+)[ \t]*([^\n]*)\n(.*?)\n:::$", re.DOTALL)
_FOOTNOTE = re.compile(r"^\[\^([\w-]+)\]: (.*)$", re.DOTALL)
_PICTURE = re.compile(r'^!\[(.*?)\]\((\S+?)(?:\s+"(.*?)")?\)$', re.DOTALL)
_TABLE_TITLE = "Tabela: "
_TONES = {"pare-e-procure": "aviso"}

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Text:
    """A fixture: what its front matter says, and its body in Markdown."""

    slug: str
    facts: dict[str, Any]
    source: str


def read(path: Path) -> Text:
    """Read one fixture. Raises ValueError when it has no front matter."""
    content = path.read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(content)
    if match is None:
        raise ValueError(f"{path.name}: falta o cabeçalho entre linhas com ---.")
    return Text(path.stem, yaml.safe_load(match.group(1)), content[match.end() :])


@dataclass(frozen=True)
class Resolver:
    """How names in the text become things of the site."""

    link: Callable[[str], int | None]  # slug → primary key of the page
    picture: Callable[[str], Any]  # file name → picture


def to_blocks(source: str, resolve: Resolver) -> list[tuple[str, Any]]:
    """The body as a list of (block type, value), ready for a StreamField."""
    blocks: list[tuple[str, Any]] = []
    paragraphs: list[str] = []
    notes: list[dict[str, str]] = []
    table_title = ""

    def flush() -> None:
        if paragraphs:
            blocks.append(("text", rich_text("\n\n".join(paragraphs), resolve)))
            paragraphs.clear()

    in_sources = False
    for chunk in _chunks(source):
        if chunk.startswith("## "):
            flush()
            in_sources = chunk == "## Fontes"
            if not in_sources:
                blocks.append(("heading", chunk[3:].strip()))
        elif in_sources and not chunk.startswith("[^"):
            blocks.append(("references", {"sources": _items(chunk, resolve)}))
        elif match := _FOOTNOTE.match(chunk):
            notes.append({"mark": match.group(1), "text": _inline(match.group(2), resolve)})
        elif match := _NOTE.match(chunk):
            flush()
            blocks.append(_fenced(match, resolve))
        elif match := _PICTURE.match(chunk):
            flush()
            blocks.append(("picture", _picture(match, resolve)))
        elif chunk.startswith("> "):
            flush()
            blocks.append(("quote", _quote(chunk)))
        elif chunk.startswith(_TABLE_TITLE):
            flush()
            table_title = chunk.removeprefix(_TABLE_TITLE)
        elif chunk.startswith("|"):
            flush()
            blocks.append(("table", _table(chunk, table_title, resolve)))
        else:
            paragraphs.append(chunk)
    flush()
    if notes:
        place = len(blocks) - (blocks[-1][0] == "references")
        blocks.insert(place, ("footnotes", {"notes": notes}))
    return blocks


def _chunks(source: str) -> Iterator[str]:
    """Pieces separated by blank lines; a note is one piece whatever it holds."""
    open_note: list[str] = []
    for chunk in re.split(r"\n[ \t]*\n", source.strip()):
        chunk = chunk.strip("\n")
        if open_note or chunk.startswith(":::"):
            open_note.append(chunk)
            if chunk.endswith("\n:::") or chunk == ":::":
                yield "\n\n".join(open_note)
                open_note = []
        elif chunk:
            yield chunk


def rich_text(markdown: str, resolve: Resolver) -> str:
    """Markdown as the HTML that Wagtail keeps: links to pages by number."""
    html = _markdown.render(markdown).strip()
    html = html.replace("<strong>", "<b>").replace("</strong>", "</b>")
    html = html.replace("<em>", "<i>").replace("</em>", "</i>")

    def link(match: re.Match[str]) -> str:
        pk = resolve.link(match.group(1))
        return f'<a linktype="page" id="{pk}">' if pk else "<a>"

    return re.sub(r'<a href="acervo:([a-z0-9-]+)">', link, html)


def _inline(markdown: str, resolve: Resolver) -> str:
    return rich_text(markdown.strip(), resolve)


def _items(chunk: str, resolve: Resolver) -> list[str]:
    lines = re.split(r"^- ", chunk, flags=re.MULTILINE)
    return [_inline(line, resolve) for line in lines if line.strip()]


def _fenced(match: re.Match[str], resolve: Resolver) -> tuple[str, dict[str, Any]]:
    """What stands between `:::word title` and `:::`."""
    word, title, text = match.groups()
    match word:
        case "passos":
            parts = re.split(r"^### ", text, flags=re.MULTILINE)
            steps = [part.partition("\n") for part in parts if part.strip()]
            made = [
                {"title": name.strip(), "text": rich_text(how, resolve)} for name, _, how in steps
            ]
            return "steps", {"steps": made}
        case "dobra":
            return "fold", {"title": title.strip(), "text": rich_text(text, resolve)}
        case "terceiros":
            facts = yaml.safe_load(text)
            return "third_party", {
                "what": title.strip(),
                "whose": facts["de"],
                "terms": facts["licenca"],
                "address": facts.get("endereco", ""),
            }
    return "callout", _note(word, title, text, resolve)


def _note(tone: str, title: str, text: str, resolve: Resolver) -> dict[str, str]:
    return {
        "tone": _TONES.get(tone, tone),
        "title": title.strip(),
        "text": rich_text(text, resolve),
    }


def _picture(match: re.Match[str], resolve: Resolver) -> dict[str, Any]:
    alternative, name, caption = match.groups()
    picture = resolve.picture(name)
    picture.contextual_alt_text = " ".join(alternative.split())
    picture.decorative = False
    return {"picture": picture, "caption": caption or ""}


def _quote(chunk: str) -> dict[str, str]:
    lines = [line.removeprefix(">").strip() for line in chunk.splitlines()]
    source = ""
    if lines and lines[-1].startswith("—"):
        source = lines.pop().removeprefix("—").strip()
    return {"text": " ".join(line for line in lines if line), "source": source}


def _table(chunk: str, title: str, resolve: Resolver) -> dict[str, Any]:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in chunk.splitlines()
        if not re.fullmatch(r"[|:\- ]+", line)
    ]
    heads, *body = rows
    return {
        "caption": title,
        "table": {
            "columns": [{"type": "text", "heading": head} for head in heads],
            "rows": [{"values": [_inline(cell, resolve) for cell in row]} for row in body],
            "caption": "",
        },
    }
