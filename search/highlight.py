"""Showing where a query met a text, in the text as it was written."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape

from search.language import fold, term_of, tokens
from search.query import ACRONYM, Query

_EXCERPT = 220  # characters
_MOST_IN_EXCERPT = 40  # spans that are looked at
_MARK = "[\u0300-\u036f]*"  # accents that are written after their letter
# The rest of a word, as `language` reads words.
_REST = r"(?:(?<=\d)\d*(?:\.\d+)+|[^\W_]*(?:[\u0300-\u036f]+[^\W_]*)*)"
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
        self.everything = Met().union(
            *self._words.values(), *self._acronyms.values(), *runs.values()
        )
        self._near = _words_like({*self._words, *self._runs, *self._acronyms})
        self._known: dict[str, Met] = {}

    def __bool__(self) -> bool:
        return bool(self._words or self._runs or self._acronyms)

    def spans(self, text: str, start: int = 0) -> list[Span]:
        """Where `text`, from `start` on, meets the query, in order; none within another."""
        return list(self.each(text, start))

    def each(self, text: str, start: int = 0) -> Iterator[Span]:
        """The same, one by one."""
        if not self:
            return
        after = start
        for match in self._near.finditer(text, start):
            if match.start() < after:
                continue
            word = match[0]
            span = self._run_at(text, match.start(), word) if self._runs else None
            if span is None and (met := self._met_by(word)):
                span = Span(*match.span(), met)
            if span is not None:
                yield span
                after = span.end

    def _run_at(self, text: str, start: int, word: str) -> Span | None:
        for run, met in self._runs.get(term_of(word), ()):
            ahead = list(islice(tokens(text, start), len(run)))
            if tuple(token.term for token in ahead) == run:
                return Span(start, ahead[-1].end, met)
        return None

    def _met_by(self, word: str) -> Met:
        """What a word meets by itself. Texts repeat their words: each is looked at once."""
        met = self._known.get(word)
        if met is None:
            met = self._words.get(term_of(word), Met())
            if not met and self._acronyms and word.isupper():
                met = self._acronyms.get(fold(word), Met())
            self._known[word] = met
        return met


def _words_like(terms: set[str]) -> re.Pattern[str]:
    """Finds words that begin like one of the terms: endings vary, and accents, and points. Texts are
    long, and most words in them nothing that was asked for: it skips to the first letters."""
    if not terms:
        return re.compile("(?!)")
    beginnings = {each[: 1 if each[0].isdigit() else 2 if len(each) < 5 else 3] for each in terms}
    firsts = "".join(sorted({char for each in beginnings for char in _ways(each[0])}))
    alternatives = "|".join(sorted(map(_after_first, beginnings), reverse=True))
    return re.compile(rf"[{re.escape(firsts)}](?<![^\W_].)(?:{alternatives}){_REST}")


def _after_first(beginning: str) -> str:
    """A pattern for a beginning of which the first letter has been read."""
    first, *others = (f"[{re.escape(_ways(char))}]" for char in beginning)
    return f"(?<={first}){_MARK}{''.join(each + _MARK for each in others)}"


def _ways(char: str) -> str:
    """A letter as it may be written: with accents, and in capitals."""
    ways = _LETTERS.get(char, char)
    return "".join(dict.fromkeys(ways + ways.upper()))


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
    best: Stretch | None = None
    near: deque[tuple[int, set[tuple[int, int]]]] = deque(maxlen=_MOST_IN_EXCERPT)
    for span in marks.each(text):
        while near and span.end > near[0][0] + _EXCERPT - 40:
            near.popleft()
        near.append((span.start, set()))
        for start, met in near:
            met |= span.met
            if best is None or len(met) > len(best.met):
                best = Stretch(text, start, frozenset(met))
        if best is not None and len(best.met) == len(marks.everything):
            break
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
