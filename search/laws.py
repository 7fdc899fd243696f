"""References to laws, in every form in which people write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.language import terms

# What is typed → what the number belongs to. Read without accents, the longest first.
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
_REFERENCE = re.compile(
    r"(?<![^\W_])(?:(?P<kind>"
    + "|".join(map(re.escape, sorted(_KINDS, key=len, reverse=True)))
    + r")\.?\s*(?:n\s?[.ºo°]{0,2}|numero|num\.?)?\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,6})"
    r"(?:\s*(?:/|de)\s*(?P<year>(?:19|20)\d{2}|\d{2})(?!\d))?(?![^\W_])(?![.,]\d)",
    re.IGNORECASE,
)
_ACCENTED = "áàâãéêíóôõúüç"
_PLAIN = str.maketrans(_ACCENTED + _ACCENTED.upper(), "aaaaeeiooouuc" * 2)
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
    folded = _fold_in_place(text)
    for match in _REFERENCE.finditer(folded):
        number = match["number"]
        if not (match["kind"] or match["year"] or "." in number):
            continue
        kind = _KINDS[match["kind"].lower()] if match["kind"] else ""
        law = Law(kind, int(number.replace(".", "")))
        if law.forms():
            yield Reference(match.start(), match.end(), law)


def law_of(text: str) -> Law | None:
    """The norm of which `text` is a name and nothing else."""
    found = list(references(text))
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
        return found[0].law
    return None


def _fold_in_place(text: str) -> str:
    """Without accents, letter by letter, so that places stay what they are."""
    return text.translate(_PLAIN)
