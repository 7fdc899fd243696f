"""Advice on a draft: its headings, its pictures, its language. None of it blocks anything."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page

from knowledge.plain_language import Advice, advise, excerpt_of
from knowledge.text import strip_html
from licensing.parts import cropping, misleading

HEADING_LENGTH = 70  # characters
WORDS_WITHOUT_HEADING = 500
_LINE_FIELDS = ("summary", "audience_note", "outcomes")
_INNER_HEADING = re.compile(r"<h3[^>]*>(.*?)</h3>", re.DOTALL)
_FILE_NAME = re.compile(
    r"^\S+\.(?:jpe?g|png|webp|gif|heic|svg)$|^(?:IMG|DSC|WA|PHOTO|SCAN)[-_ ]?\d", re.I
)
_SAYS_IT_IS_A_PICTURE = re.compile(
    r"^(?:uma |a )?(?:imagem|foto|fotografia|figura|ilustração|desenho)"
    r"\s+(?:de|do|da|dos|das|com|que|mostra)\b",
    re.IGNORECASE,
)


def advice_on(page: Page) -> list[Advice]:
    """Everything that could be better in `page` as it stands in memory, grouped by what it is."""
    told = list(rights(page))
    told += [*headings(getattr(page, "body", None)), *pictures(getattr(page, "body", None))]
    for field, paragraphs in passages(page):
        told += [
            Advice(item.code, item.sentence, item.excerpt, field) for item in advise(paragraphs)
        ]
    return _without_what_another_field_explains(told)


def _without_what_another_field_explains(told: list[Advice]) -> list[Advice]:
    """The same sentence about the same words is told once."""
    return list({(item.code, item.sentence): item for item in reversed(told)}.values())[::-1]


# --- what is read ---------------------------------------------------------------------------


def passages(page: Page) -> Iterator[tuple[str, list[str]]]:
    """The paragraphs of a page by the form field they stand in. Sources and quotations are not
    ours to rewrite."""
    for name in _LINE_FIELDS:
        text = getattr(page, name, "")
        if text:
            yield name, text.splitlines()
    body = getattr(page, "body", None)
    if body:
        yield "body", list(paragraphs_of(body))
    steps = getattr(page, "steps", None)
    if steps is not None:
        yield "steps", [step.note for step in steps.all() if step.note]


def paragraphs_of(body: StreamValue) -> Iterator[str]:
    """The paragraphs of a body, list items and cells of tables among them."""
    for block in body:
        value = block.value
        match block.block_type:
            case "text":
                yield from strip_html(value.source).splitlines()
            case "heading":
                yield str(value)
            case "picture":
                yield value["caption"] or ""
            case "callout" if value["tone"] != "base-legal":
                yield from strip_html(value["text"].source).splitlines()
            case "table":
                rows = value["table"].rows if value["table"] else []
                yield from (strip_html(cell.value.source) for row in rows for cell in row)


# --- headings and pictures ------------------------------------------------------------------


def headings(body: StreamValue | None) -> Iterator[Advice]:
    """Order, emptiness, repetition and length of the headings of a body."""
    outline = list(_outline(body or []))
    yield from _of_order(outline)
    seen: set[str] = set()
    for level, text in outline:
        plain = " ".join(text.split())
        if not plain:
            yield Advice("heading-empty", "Há um título vazio. Escreva-o ou apague.", "", "body")
            continue
        if len(plain) > HEADING_LENGTH:
            sentence = f"Título com {len(plain)} letras. Até {HEADING_LENGTH} cabe numa linha."
            yield Advice("heading-long", sentence, plain, "body")
        if plain.lower() in seen and level == 2:
            sentence = "Dois títulos iguais. Quem usa o sumário não sabe qual é qual."
            yield Advice("heading-twice", sentence, plain, "body")
        seen.add(plain.lower())
    if not outline and body:
        words = sum(len(text.split()) for text in paragraphs_of(body))
        if words > WORDS_WITHOUT_HEADING:
            sentence = f"O texto tem {words} palavras e nenhum título de seção. Divida em partes."
            yield Advice("heading-none", sentence, "", "body")


def _outline(body: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """The headings in their order: (2, …) of a section, (3, …) inside one."""
    for block in body:
        if block.block_type == "heading":
            yield 2, str(block.value or "")
        elif block.block_type == "text":
            for inner in _INNER_HEADING.findall(block.value.source):
                yield 3, strip_html(inner)


def _of_order(outline: list[tuple[int, str]]) -> Iterator[Advice]:
    if outline and outline[0][0] == 3 and any(level == 2 for level, _ in outline):
        sentence = "Há um subtítulo antes do primeiro título de seção. Comece pela seção."
        yield Advice("heading-order", sentence, outline[0][1], "body")
    elif outline and all(level == 3 for level, _ in outline):
        sentence = "O texto só tem subtítulos. Use “Título de seção”: eles formam o sumário."
        yield Advice("heading-order", sentence, outline[0][1], "body")


def pictures(body: StreamValue | None) -> Iterator[Advice]:
    """Alternative texts that say nothing. One that is missing is no advice: it is a lack."""
    for block in body or []:
        picture = block.value["picture"] if block.block_type == "picture" else None
        text = (getattr(picture, "contextual_alt_text", "") or "").strip()
        if picture is None or picture.decorative or not text:
            continue
        if _FILE_NAME.search(text):
            sentence = "O texto alternativo é o nome do arquivo. Diga o que a imagem mostra."
            yield Advice("alt-file", sentence, text, "body")
        elif _SAYS_IT_IS_A_PICTURE.search(text):
            sentence = "Tire “imagem de” do texto alternativo: quem ouve já sabe que é imagem."
            yield Advice("alt-picture-of", sentence, excerpt_of(text), "body")
        elif text.lower() == (block.value["caption"] or "").strip().lower():
            sentence = "O texto alternativo repete a legenda. Diga o que só quem vê sabe."
            yield Advice("alt-caption", sentence, excerpt_of(text), "body")
        elif len(text) > 250:
            sentence = f"Texto alternativo com {len(text)} letras. Leve os detalhes para o texto."
            yield Advice("alt-long", sentence, excerpt_of(text), "body")


# --- rights ---------------------------------------------------------------------------------


def rights(page: Page) -> Iterator[Advice]:
    """Parts that allow less than the page promises. They are credited beside it, so it may go out;
    the page says that its licence does not cover them."""
    licence = getattr(page, "licence", None)
    if licence is None:
        return
    for part in page.parts():
        sentences = [misleading(licence, part)]
        if part.field == "cover_image":
            sentences.append(cropping(part))
        for sentence in filter(None, sentences):
            yield Advice("rights-part", sentence, "", part.field)


# --- how it is shown ------------------------------------------------------------------------

_GROUPS = {
    "rights": "Licenças das partes",
    "heading": "Títulos",
    "alt": "Imagens",
    "long": "Frases e parágrafos longos",
    "acronym": "Siglas",
    "officialese": "Palavras de ofício",
    "passive": "Quem faz o quê",
}
AT_MOST = 6  # of one group; the rest is counted


def grouped(told: list[Advice]) -> list[dict[str, Any]]:
    """The advice by what it is about, in the order of `_GROUPS`, with at most AT_MOST of each."""
    order = list(_GROUPS)
    groups = []
    ordered = sorted(told, key=lambda item: order.index(item.code.split("-")[0]))
    for kind, items in groupby(ordered, key=lambda item: item.code.split("-")[0]):
        found = list(items)
        groups.append(
            {
                "title": _GROUPS[kind],
                "shown": found[:AT_MOST],
                "more": max(0, len(found) - AT_MOST),
            }
        )
    return groups
