"""What means the same: acronyms with what they stand for, and synonyms.

Curators keep it in the CMS. A process reads it again after twenty seconds at the latest, so a change
is in effect everywhere within a minute.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from search.families import root_of
from search.kept import KeptAwhile
from search.language import Token, fold, term_of, terms, words
from search.laws import Law, law_of, references

_SECONDS = 20.0
_MOST_TERMS = 9  # of one form


@dataclass(frozen=True)
class Form:
    """One way to write something, and the other ways."""

    text: str
    terms: tuple[str, ...]
    law: Law | None = None
    is_acronym: bool = False
    is_word: bool = False  # an acronym that in small letters is a word: “par”, “sei”
    equals: "tuple[Form, ...]" = field(default=(), compare=False, repr=False)

    @property
    def is_name(self) -> bool:
        """Whether it is met as one thing: a law, or the name of what has an acronym. Of another
        expression of several words an entry may hold a part."""
        return any(form.is_acronym or form.law for form in (self, *self.equals))

    @property
    def folded(self) -> str:
        return fold("".join(words(self.text)))


def acronym_form(text: str, *, is_word: bool) -> Form:
    return Form(text, tuple(_terms_of(text)), is_acronym=True, is_word=is_word)


def plain_form(text: str) -> Form:
    return Form(text, tuple(_terms_of(text)), law=law_of(text))


def _terms_of(text: str) -> list[str]:
    """The terms of a form; of one that is nothing but a stop word, that word."""
    return terms(text) or [fold(word) for word in words(text)]


class Vocabulary:
    """All forms, found by their terms, by an acronym as it is written, or by the law they name.

    `readings` are groups of forms that mean the same. A form may belong to several: an acronym with
    two readings equals both, its readings do not equal each other.
    """

    def __init__(self, readings: Iterable[Sequence[Form]]) -> None:
        together: dict[Form, dict[Form, None]] = defaultdict(dict)
        for reading in readings:
            usable = [form for form in reading if form.terms]
            for form in usable:
                together[form] |= {other: None for other in usable if other != form}
        self._acronyms: dict[str, Form] = {}
        self._runs: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        self._laws: dict[int, list[Form]] = defaultdict(list)
        for form, others in together.items():
            whole = replace(form, equals=tuple(others))
            if form.is_acronym:
                self._acronyms[form.folded] = whole
            if form.law is not None:
                self._laws[form.law.number].append(whole)
            if not form.is_acronym and len(form.terms) <= _MOST_TERMS:
                self._runs[form.terms].append(whole)
        self._acronyms_of_run = {
            run: [other.folded for other in _joined(forms).equals if other.is_acronym]
            for run, forms in self._runs.items()
        }
        # Expressions from any form of their words: “prestando contas” is “prestação de contas”.
        self._rooted: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        for run, forms in self._runs.items():
            if len(run) > 1 and not _joined(forms).is_name:
                self._rooted[tuple(map(root_of, run))] += forms
        self._longest = max(map(len, self._runs), default=1)
        self._first_terms = {run[0] for run in self._runs}

    def longest_at(
        self, text: str, found: Sequence[Token], position: int
    ) -> "tuple[int, Form | None]":
        """The longest form that begins with the token at `position` of `text`: how many tokens it
        takes, and the form with everything that equals it."""
        token = found[position]
        acronym = self._acronyms.get(fold(text[token.start : token.end]))
        asked = [each.term for each in found[position : position + self._longest]]
        run = self._run_at(asked, 0)
        rooted = self._longest_of(self._rooted, [*map(root_of, asked)], 0)
        if len(rooted) > len(run):
            return len(rooted), _joined(self._rooted[rooted])
        if len(run) == 1 and acronym is not None:
            return 1, _joined([acronym, *self._runs[run]])
        return (len(run), _joined(self._runs[run])) if run else (1, acronym)

    def _run_at(self, found: Sequence[str], position: int) -> tuple[str, ...]:
        """The longest run of terms of a form that begins there; empty where none does."""
        if found[position] in self._first_terms:
            return self._longest_of(self._runs, found, position)
        return ()

    def _longest_of(
        self, runs: Container[tuple[str, ...]], found: Sequence[str], position: int
    ) -> tuple[str, ...]:
        for size in range(min(self._longest, len(found) - position), 0, -1):
            run = tuple(found[position : position + size])
            if run in runs:
                return run
        return ()

    def equals_of_term(self, term: str) -> tuple[Form, ...]:
        """What means the same as the word of that term."""
        forms = self._runs.get((term,))
        return _joined(forms).equals if forms else ()

    def knows_law(self, law: Law) -> bool:
        return law.number >= 1000 and law.number in self._laws

    def equals_of_law(self, law: Law) -> list[Form]:
        """What else names a law. Without its kind a number is enough if it is a long one."""
        named = [
            form
            for form in self._laws.get(law.number, [])
            if form.law is not None and (form.law.kind == law.kind or law.number >= 1000)
        ]
        return list(dict.fromkeys(other for form in named for other in form.equals))

    def acronyms_in(self, *texts: str) -> list[str]:
        """The acronyms that the texts use, in capitals or by what they stand for, folded."""
        found: dict[str, None] = {}
        for text in texts:
            found |= dict.fromkeys(self._acronyms_in(text))
        return list(found)

    def _acronyms_in(self, text: str) -> Iterable[str]:
        written = words(text)
        for word in dict.fromkeys(written):
            if len(word) > 1 and word[:2].isupper():
                folded = fold(word)
                if folded in self._acronyms:
                    yield folded
        telling = [word for word in written if term_of(word)]
        found = list(map(term_of, telling))
        for position in (at for at, term in enumerate(found) if term in self._first_terms):
            run = self._run_at(found, position)
            if run and not (len(run) == 1 and fold(telling[position]) in self._acronyms):
                yield from self._acronyms_of_run[run]
        for cited in references(text):
            equals = self.equals_of_law(cited.law)
            yield from (other.folded for other in equals if other.is_acronym)


def _joined(forms: list[Form]) -> Form:
    first = forms[0]
    others = tuple(dict.fromkeys(other for form in forms for other in form.equals))
    return replace(first, equals=others)


def _read() -> Vocabulary:
    from search.models import Expression

    fields = ("text", "is_acronym", "is_word", "meanings")
    return _of_rows(tuple(Expression.objects.values_list(*fields)))


@lru_cache(maxsize=1)
def _of_rows(rows: tuple[tuple[str, bool, bool, str], ...]) -> Vocabulary:
    """Made again only where a curator has changed something: it takes a tenth of a second."""
    from search.models import Expression

    readings: list[list[Form]] = []
    for text, is_acronym, is_word, meanings in rows:
        expression = Expression(
            text=text, is_acronym=is_acronym, is_word=is_word, meanings=meanings
        )
        readings += expression.as_readings()
    return Vocabulary(readings)


# What curators wrote, as this process last read it.
_kept = KeptAwhile(_read, _SECONDS)
current, forget = _kept.current, _kept.forget
