"""Showing where a query met a text, in the text as it was written."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape

from search.language import fold, tokens
from search.query import ACRONYM, Query

_EXCERPT = 220  # characters
_LETTERS = {
    "a": "aáàâãä",
    "c": "cç",
    "e": "eéèêë",
    "i": "iíìîï",
    "n": "nñ",
    "o": "oóòôõö",
    "u": "uúùûü",
}


# Parts of what was asked for: the number of a clause, and the place of a word that was typed for it.
# So a word and others of its root are one thing.
Met = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Span:
    """A stretch of text that met the query, and which parts of it."""

    start: int
    end: int
    met: Met


class Marks:
    """What of a query is looked for in a text: words, runs of words, acronyms in capitals."""

    def __init__(self, query: Query) -> None:
        self._words: dict[str, Met] = defaultdict(Met)
        self._acronyms: dict[str, Met] = defaultdict(Met)
        runs: dict[tuple[str, ...], Met] = defaultdict(Met)
        for number, clause in enumerate(query.wanted):
            whole = frozenset((number, place) for place in range(len(clause.atoms[0].terms)))
            for atom in clause.atoms:
                if atom.field == ACRONYM:
                    self._acronyms[atom.terms[0]] |= whole
                elif atom.field:
                    continue
                elif atom.is_phrase:
                    runs[atom.terms] |= whole
                elif len(atom.terms) == 1:
                    self._words[atom.terms[0]] |= whole
                else:  # words that were typed, wherever they stand: each is a part
                    for place, term in enumerate(atom.terms):
                        self._words[term] |= {(number, place)}
        self._runs: dict[str, list[tuple[tuple[str, ...], Met]]] = {}
        for run in sorted(runs, key=len, reverse=True):
            self._runs.setdefault(run[0], []).append((run, runs[run]))
        # Only words that begin alike are looked at closely: texts are long.
        beginnings = {_beginning(term) for term in {*self._words, *self._runs, *self._acronyms}}
        alternatives = "|".join(sorted(beginnings, reverse=True))
        self._near = re.compile(rf"(?<![^\W_])(?:{alternatives})", re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._words or self._runs or self._acronyms)

    def spans(self, text: str, start: int = 0) -> list[Span]:
        """Where `text`, from `start` on, meets the query, in order; none within another."""
        if not self:
            return []
        found: list[Span] = []
        after = start
        for match in self._near.finditer(text, start):
            if match.start() >= after and (span := self._span_at(text, match.start())):
                found.append(span)
                after = span.end
        return found

    def _span_at(self, text: str, start: int) -> Span | None:
        first = next(tokens(text, start), None)
        if first is None or first.start != start:
            return None
        for run, met in self._runs.get(first.term, ()):
            ahead = list(islice(tokens(text, start), len(run)))
            if tuple(token.term for token in ahead) == run:
                return Span(start, ahead[-1].end, met)
        if first.term in self._words:
            return Span(start, first.end, self._words[first.term])
        written = text[start : first.end]
        if self._acronyms and written.isupper() and fold(written) in self._acronyms:
            return Span(start, first.end, self._acronyms[fold(written)])
        return None


def _beginning(term: str) -> str:
    """A pattern for how the words of a term begin: endings vary, and accents, and points."""
    if term[0].isdigit():
        return re.escape(term[0])
    letters = term[: 2 if len(term) < 5 else 3]
    return "".join(f"[{_LETTERS.get(char, re.escape(char))}][\u0300-\u036f]*" for char in letters)


def highlight(text: str, marks: Marks) -> str:
    """`text` as escaped HTML with what met the query in `<mark>`."""
    return _marked(text, marks.spans(text), 0, len(text))


@dataclass(frozen=True)
class Stretch:
    """A part of a text that meets a query, and what it meets."""

    text: str
    start: int
    met: Met

    def html(self, marks: Marks) -> str:
        """The stretch as an excerpt: escaped, marked, from the beginning of a sentence."""
        start = _sentence_start(self.text, self.start)
        end = _word_end(self.text, min(len(self.text), start + _EXCERPT))
        inside = [span for span in marks.spans(self.text, start) if span.end <= end]
        before, after = ("… " if start else ""), (" …" if end < len(self.text) else "")
        return f"{before}{_marked(self.text, inside, start, end)}{after}"


def best_stretch(text: str, marks: Marks) -> Stretch | None:
    """The stretch of `text` that meets most of the query, the first of several; None without any."""
    found = marks.spans(text)
    best: Stretch | None = None
    for index, span in enumerate(found):
        last = span.start + _EXCERPT - 40
        near = set(span.met)
        for other in islice(found, index + 1, index + 40):
            if other.end > last:
                break
            near |= other.met
        if best is None or len(near) > len(best.met):
            best = Stretch(text, span.start, frozenset(near))
    return best


def _sentence_start(text: str, position: int) -> int:
    """A little before `position`: after the last end of sentence or line, or at a word."""
    floor = max(0, position - 60)
    for mark in ("\n", ". ", "? ", ": "):
        at = text.rfind(mark, floor, position)
        if at >= 0:
            return at + len(mark)
    if not floor:
        return 0
    at = text.find(" ", floor, position)
    return at + 1 if at >= 0 else position


def _word_end(text: str, position: int) -> int:
    at = text.rfind(" ", position - 30, position) if position < len(text) else -1
    return at if at > 0 else position


def _marked(text: str, marks: list[Span], start: int, end: int) -> str:
    return "".join(_pieces(text, marks, start, end))


def _pieces(text: str, marks: list[Span], start: int, end: int) -> Iterator[str]:
    for span in marks:
        yield escape(text[start : span.start])
        yield f"<mark>{escape(text[span.start : span.end])}</mark>"
        start = span.end
    yield escape(text[start:end])
