"""Words of one root: a query typed with one is met by texts that have another.

Asked of what is typed alone: the index keeps each word under its own term, so what only looks alike
does not meet there. What is known by heart (`roots.py`) comes before the rules, which know of a word
only how it ends.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from search.conjugation import conjugated, told_by
from search.language import fold, term_of
from search.roots import OTHER_WORDS, ROOTS

_MOST = 6  # words looked for beside the one that was typed

# How forms of a verb end that cannot be much else, and how words of its root do.
_VERBS = [
    (re.compile(rf"^(.{{3,}})(?:{forms})$"), made.split())
    for forms, made in (
        (
            "ar|ando|aram|ou|ava|avam|ar[áa]|ar[ãa]o|ariam|asse|assem|ad[oa]s?"
            "|amentos?|a[çc][ãa]o|a[çc][õo]es",
            "ação ar amento ado a ando",
        ),
        ("er|endo|eu|eram|er[áa]|er[ãa]o|eriam|esse|essem", "er imento ido endo"),
        ("ir|indo|iu|iram|ir[áa]|ir[ãa]o|iriam|isse|issem", "ir imento ido indo"),
        ("imentos?|id[oa]s?", "er ir imento ido"),
    )
]
_QUALITY = re.compile(r"^(.{3,}[áíaiou])(?:vel|veis|bilidade|bilidades)$")
_SMALL = re.compile(r"^(.{3,}?)(?:z?inh)([oa])s?$")


@lru_cache(maxsize=5_000)
def kin_of(word: str) -> tuple[str, ...]:
    """The terms of words of the root of `word`, at most six: “contratou” is met by “contratação” and
    “contrato”, “orçamentária” by “orçamento”, “acessível” by “acessibilidade”."""
    word = unicodedata.normalize("NFC", word.lower())
    term = term_of(word)
    family = _families().get(term)
    if family is None:
        if term in _others():
            return ()
        family = tuple(_terms(_by_rule(word)))
    return tuple(each for each in family if each != term)[:_MOST]


def root_of(term: str) -> str:
    """The same for all terms that lead to one family."""
    return _families().get(term, (term,))[0]


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """The families by each term that leads to one. A word that is written in a line belongs to that
    line, whatever verb has a form like it."""
    lines = [line.replace("|", " ").split() for line in ROOTS.strip().splitlines()]
    written = {term: at for at, line in enumerate(lines) for term in _terms(line)}
    found: dict[str, tuple[str, ...]] = {}
    for at, line in enumerate(ROOTS.strip().splitlines()):
        looked_for, _, leading = line.partition("|")
        forms: list[str] = []
        verb = looked_for.split()[0]
        ways = _terms(looked_for.split())
        if verb.endswith("r"):
            forms = [*conjugated(verb)]
            ways |= _free(told_by(verb), written, at)
        for term in [*ways, *_terms(leading.split()), *_free(forms, written, at)]:
            found.setdefault(term, tuple(ways))
    return found


def _free(forms: Iterable[str], written: dict[str, int], at: int) -> dict[str, None]:
    """The terms of forms that are no other word."""
    return {
        term: None
        for term in _terms(forms)
        if term not in _others() and written.get(term, at) == at
    }


@cache
def _others() -> frozenset[str]:
    return frozenset(_terms(OTHER_WORDS.split()))


def _terms(each: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(term for word in each if (term := term_of(word)))


def _by_rule(word: str) -> Iterator[str]:
    """Words that one of which nothing is known may be met by."""
    if (quality := _QUALITY.match(word)) is not None:
        stem = fold(quality[1])
        yield from (f"{stem}vel", f"{stem}bilidade")
    elif (small := _SMALL.match(word)) is not None:
        yield f"{small[1]}{small[2]}"
    else:
        yield from _of_verb(word)


def _of_verb(word: str) -> Iterator[str]:
    for pattern, endings in _VERBS:
        if (match := pattern.match(word)) is not None:
            made = (f"{match[1]}{ending}" for ending in endings)
            yield from (each for each in made if _is_safe(term_of(each)))
            return


def _is_safe(term: str) -> bool:
    return len(term) > 3 and term not in _others()
