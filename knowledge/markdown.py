"""Texts written in Markdown, as the blocks of a body: what the demo library and imports are in.

Of CommonMark: paragraphs, bold, italic, links, lists, `##` for sections and `###` for what stands
below them. Beyond it: pipe tables after a line “Tabela: …”, notes between `:::tipo título` and
`:::`, pictures `![alternativa](arquivo "legenda")` alone in a paragraph, quotations that end in a
line “— quem disse”, a section “## Fontes” whose list becomes the sources, and links `acervo:slug`
to other resources. `:::passos` holds a procedure, each step under a `### título`; `:::dobra título`
a part that opens; `:::terceiros o quê` lines `de:`, `licenca:` and `endereco:`; `[^marca]` calls the
note that a paragraph `[^marca]: …` gives. Described for curators in docs/import.md.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from markdown_it import MarkdownIt

_NOTE = re.compile(r"^:::(\S+)[ \t]*([^\n]*)\n(.*?)\n:::$", re.DOTALL)
_FOOTNOTE = re.compile(r"^\[\^([\w-]+)\]: (.*)$", re.DOTALL)
_PICTURE = re.compile(r'^!\[(.*?)\]\((\S+?)(?:\s+"(.*?)")?\)$', re.DOTALL)
_ANY_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_OTHER_HEADING = re.compile(r"^(?:#|#{4,6})[ \t]", re.MULTILINE)
_ADDRESS = re.compile(r'<a href="([^"]*)"')
_GOOD_ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|/|#)", re.IGNORECASE)
_TABLE_RULE = re.compile(r"[|:\- ]+")
_TABLE_TITLE = "Tabela: "
_SOURCES = "## Fontes"
_TONES = {"pare-e-procure": "aviso"}
NOTES = ("dica", "cuidado", "base-legal", "pare-e-procure")

# What the editor of the CMS has no button for stays as it was typed.
_markdown = MarkdownIt("commonmark", {"html": False}).disable(
    ["backticks", "blockquote", "code", "fence", "hr", "image", "lheading", "reference"]
)


class UnreadableText(ValueError):
    """A text that is not in this dialect, and why, in plain Portuguese."""


@dataclass(frozen=True)
class Resolver:
    """How names in the text become things of the site. Each may raise UnreadableText."""

    link: Callable[[str], int | None]  # slug → primary key of the page
    picture: Callable[[str], Any]  # file name → picture


def to_blocks(source: str, resolve: Resolver) -> list[tuple[str, Any]]:
    """The body as a list of (block type, value), ready for a StreamField.

    Raises UnreadableText, so that nothing that was typed is lost in silence.
    """
    body = _Body(resolve)
    for chunk in _chunks(source):
        body.take(chunk)
    return body.end()


class _Body:
    """A body that grows piece by piece."""

    def __init__(self, resolve: Resolver) -> None:
        self._resolve = resolve
        self._blocks: list[tuple[str, Any]] = []
        self._paragraphs: list[str] = []
        self._sources: list[str] = []
        self._notes: list[dict[str, str]] = []
        self._is_in_sources = False
        self._table_title = ""

    def take(self, chunk: str) -> None:
        if self._table_title and not chunk.startswith("|"):
            self._refuse_title_alone()
        if chunk.startswith("## "):
            self._begin_section(chunk)
        elif match := _FOOTNOTE.match(chunk):
            note = {"mark": match.group(1), "text": rich_text(match.group(2), self._resolve)}
            self._notes.append(note)
        elif self._is_in_sources:
            self._sources += _items(chunk, self._resolve)
        elif chunk.startswith(":::"):
            self._add(*_fenced(chunk, self._resolve))
        elif match := _PICTURE.match(chunk):
            self._add("picture", _picture(match, self._resolve))
        elif chunk.startswith("> "):
            self._add("quote", _quote(chunk))
        elif chunk.startswith(_TABLE_TITLE):
            self._table_title = chunk.removeprefix(_TABLE_TITLE).strip()
        elif chunk.startswith("|"):
            self._add("table", _table(chunk, self._table_title, self._resolve))
            self._table_title = ""
        else:
            self._paragraphs.append(chunk)

    def end(self) -> list[tuple[str, Any]]:
        if self._table_title:
            self._refuse_title_alone()
        self._end_paragraphs()
        self._end_sources()
        if self._notes:
            is_last = bool(self._blocks) and self._blocks[-1][0] == "references"
            place = len(self._blocks) - is_last
            self._blocks.insert(place, ("footnotes", {"notes": self._notes}))
        return self._blocks

    def _add(self, kind: str, value: Any) -> None:
        self._end_paragraphs()
        self._blocks.append((kind, value))

    def _begin_section(self, chunk: str) -> None:
        self._end_paragraphs()
        self._end_sources()
        self._is_in_sources = chunk == _SOURCES
        if not self._is_in_sources:
            self._blocks.append(("heading", chunk[3:].strip()))

    def _end_paragraphs(self) -> None:
        if self._paragraphs:
            self._blocks.append(("text", rich_text("\n\n".join(self._paragraphs), self._resolve)))
            self._paragraphs = []

    def _end_sources(self) -> None:
        if not self._sources:
            return
        if any(kind == "references" for kind, _value in self._blocks):
            raise UnreadableText("Há mais de uma seção “## Fontes”. Deixe uma só, no fim.")
        self._blocks.append(("references", {"sources": self._sources}))
        self._sources = []

    def _refuse_title_alone(self) -> None:
        raise UnreadableText(f"Depois de “Tabela: {self._table_title}” falta a tabela, com |.")


def _chunks(source: str) -> Iterator[str]:
    """Pieces separated by blank lines; a note is one piece whatever it holds, and a section's
    title or a table's is one even where no blank line follows."""
    open_note: list[str] = []
    for chunk in re.split(r"\n[ \t]*\n", source.strip()):
        chunk = chunk.strip("\n")
        if open_note or chunk.startswith(":::"):
            open_note.append(chunk)
            if chunk.endswith("\n:::") or (chunk == ":::" and len(open_note) > 1):
                yield "\n\n".join(open_note)
                open_note = []
            continue
        while chunk:
            first, _, rest = chunk.partition("\n")
            is_title = first.startswith(("## ", _TABLE_TITLE))
            yield first if is_title else chunk
            chunk = rest.strip("\n") if is_title else ""
    if open_note:
        yield "\n\n".join(open_note)


def rich_text(markdown: str, resolve: Resolver) -> str:
    """Markdown as the HTML that Wagtail keeps: links to pages by number."""
    if match := _OTHER_HEADING.search(markdown):
        raise UnreadableText(
            f"“{match.group().strip()}” não serve para título. Use ## para seção e ### para o que "
            "fica dentro dela."
        )
    if match := _ANY_PICTURE.search(markdown):
        raise UnreadableText(
            f"A imagem “{match.group()[:60]}” está no meio do texto. Deixe-a sozinha em um parágrafo."
        )
    html = _markdown.render(markdown).strip()
    html = html.replace("<strong>", "<b>").replace("</strong>", "</b>")
    html = html.replace("<em>", "<i>").replace("</em>", "</i>")
    # A second-level title inside a list, say, where no section can begin.
    html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>")

    def link(match: re.Match[str]) -> str:
        address = unescape(match.group(1))
        if address.startswith("acervo:"):
            pk = resolve.link(address.removeprefix("acervo:"))
            return f'<a linktype="page" id="{pk}"' if pk else "<a"
        if not _GOOD_ADDRESS.match(address):
            raise UnreadableText(
                f"O endereço “{address[:80]}” não serve para link. Comece por https:// ou acervo:."
            )
        return match.group()

    return _ADDRESS.sub(link, html)


def _items(chunk: str, resolve: Resolver) -> list[str]:
    lines = re.split(r"^- ", chunk, flags=re.MULTILINE)
    return [rich_text(line.strip(), resolve) for line in lines if line.strip()]


def _fenced(chunk: str, resolve: Resolver) -> tuple[str, dict[str, Any]]:
    """What stands between `:::word title` and `:::`."""
    match = _NOTE.match(chunk)
    if match is None:
        raise UnreadableText(
            f"A nota “{chunk.splitlines()[0][:60]}” não está inteira: ela começa com :::tipo, "
            "tem texto e acaba com uma linha só de :::."
        )
    word, title, text = match.groups()
    match word:
        case "passos":
            parts = [part for part in re.split(r"^### ", text, flags=re.MULTILINE) if part.strip()]
            steps = [part.partition("\n") for part in parts]
            made = [
                {"title": name.strip(), "text": rich_text(how, resolve)} for name, _, how in steps
            ]
            return "steps", {"steps": made}
        case "dobra":
            return "fold", {"title": title.strip(), "text": rich_text(text, resolve)}
        case "terceiros":
            return "third_party", _third_party(title.strip(), text)
    return "callout", _callout(word, title, text, resolve)


def _third_party(what: str, text: str) -> dict[str, str]:
    told = {name.strip(): value.strip() for name, _, value in map(_pair, text.splitlines())}
    if not {"de", "licenca"} <= told.keys():
        raise UnreadableText(
            f"Em “:::terceiros {what[:40]}” diga de quem é e como pode ser usado: uma linha “de: …” "
            "e uma linha “licenca: …”."
        )
    return {
        "what": what,
        "whose": told["de"],
        "terms": told["licenca"],
        "address": told.get("endereco", ""),
    }


def _pair(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _callout(tone: str, title: str, text: str, resolve: Resolver) -> dict[str, str]:
    if tone not in NOTES and tone not in _TONES.values():
        known = ", ".join([*NOTES, "passos", "dobra", "terceiros"])
        raise UnreadableText(f"Não há nota do tipo “{tone[:40]}”. Use {known}.")
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
        if not _TABLE_RULE.fullmatch(line)
    ]
    if not rows:
        raise UnreadableText("Há uma tabela sem nenhuma célula. Escreva-a ou apague os traços.")
    heads, *body = rows
    if any(len(row) != len(heads) for row in body):
        raise UnreadableText(
            f"A tabela “{title or heads[0]}” tem linhas com mais ou menos células do que o cabeçalho."
        )
    return {
        "caption": title,
        "table": {
            "columns": [{"type": "text", "heading": head} for head in heads],
            "rows": [{"values": [rich_text(cell, resolve) for cell in row]} for row in body],
            "caption": "",
        },
    }
