"""References to laws, in every form in which people write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.language import fold, terms

# What is typed → what the number belongs to. Met with accents or without, the longest first.
_KINDS = {
    "lei complementar": "lc",
    "lei federal complementar": "lc",
    "lei federal": "lei",
    "lei estadual": "lei",
    "lei municipal": "lei",
    "lei": "lei",
    "lc": "lc",
    "decreto-lei": "dl",
    "decreto lei": "dl",
    "decreto federal": "decreto",
    "decreto": "decreto",
    "emenda constitucional": "ec",
    "emenda": "ec",
    "ec": "ec",
    "instrucao normativa": "in",
    "medida provisoria": "mp",
    "mp": "mp",
    "portaria": "portaria",
    "resolucao": "resolucao",
}
# What stands before a short number in a text: “LC 101” and “Lei Complementar nº 101” meet.
_WRITTEN = {
    "lc": ("lei complementar", "lc"),
    "dl": ("decreto-lei", "dl"),
    "ec": ("emenda constitucional", "ec"),
    "in": ("instrução normativa", "in"),
    "mp": ("medida provisória", "mp"),
    "portaria": ("portaria",),
    "resolucao": ("resolução",),
    "decreto": ("decreto",),
    "lei": ("lei", "lei complementar"),
}
_LETTERS = {"a": "aáàâã", "c": "cç", "e": "eéê", "i": "ií", "o": "oóôõ", "u": "uúü"}


def _accented(text: str) -> str:
    """A pattern of `text`, whatever accents it is written with."""
    return "".join(f"[{_LETTERS[char]}]" if char in _LETTERS else re.escape(char) for char in text)


_REFERENCE = re.compile(
    r"(?<![^\W_])(?:(?P<kind>"
    + "|".join(map(_accented, sorted(_KINDS, key=len, reverse=True)))
    + rf")\.?\s*(?:n\s?[.º°{_LETTERS['o']}]{{0,2}}|{_accented('numero')}|n[{_LETTERS['u']}]m\.?)?\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,6})"
    rf"(?:\s*(?:/|{_accented('de')})\s*(?P<year>(?:19|20)\d{{2}}|\d{{2}})(?!\d))?(?![^\W_])(?![.,]\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_BEFORE = 80  # characters before a number, among which stands what it belongs to
_SHORT = 1000  # a number below says nothing without what it belongs to


@dataclass(frozen=True)
class Law:
    """A norm by its kind and number. `kind` is "" where only the number was typed."""

    kind: str
    number: int

    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The runs of terms by which a text that cites the norm can be known."""
        if self.number >= _SHORT:
            return ((str(self.number),),)
        written = _WRITTEN.get(self.kind, ())
        return tuple(tuple(terms(f"{name} {self.number}")) for name in written)


@dataclass(frozen=True)
class Reference:
    """Where in a text a norm is named."""

    start: int
    end: int
    law: Law


def references(text: str) -> Iterator[Reference]:
    """The norms that `text` names: “lei 14133”, “14.133/2021”, “Lei nº 14.133, de 2021”. A number
    alone counts if it has a year or a point."""
    for match in _numbers(text):
        number = match["number"]
        if not (match["kind"] or match["year"] or "." in number):
            continue
        kind = _KINDS.get(fold(match["kind"] or ""), "")
        law = Law(kind, int(number.replace(".", "")))
        if law.forms():
            yield Reference(match.start(), match.end(), law)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Whatever has the form of a reference. Looked for around digits alone: texts are long."""
    after = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < after:
            continue
        match = _REFERENCE.search(text, max(after, digits.start() - _BEFORE))
        if match is None:
            return
        yield match
        after = match.end()


def law_of(text: str) -> Law | None:
    """The norm of which `text` is a name and nothing else."""
    found = list(references(text))
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
        return found[0].law
    return None
