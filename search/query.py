"""What somebody typed, understood once, for whichever engine answers.

    licitação "pesquisa de preços" -obra autor:"Helena Prado" lei 14133 LRF

Words have to be met, in any form; a phrase as it stands; what has a minus must be absent; `autor:`
asks for who made it. A law is met by its number, an acronym also by what it stands for and the other
way round. Nothing that is typed is an error: what has no meaning here is a word like another.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from search.families import kin_of
from search.language import WEAK_WORDS, Token, fold, terms, tokens, words
from search.laws import Law, references
from search.vocabulary import Form, Vocabulary, current

MAX_LENGTH = 400  # characters of a query that are looked at
MAX_CLAUSES = 16
MAX_NEIGHBOURS = 7
MAX_NEEDED = 8  # of the things that tell a subject: the first so many have to be met
_SEVERAL, _MANY = 3, 4
ANY = 0  # a ring: whatever meets something of what is wanted

# Fields of their own in an index, for terms that must not meet words of the text.
ACRONYM, AUTHOR = "sigla", "autor"

_PIECE = re.compile(
    r"(?P<minus>(?<!\S)[-−])?"
    r"(?P<author>(?<!\S)autora?:)?"
    r"(?:[\"“”«](?P<phrase>[^\"“”»]+)[\"“”»]|(?P<word>[^\s\"“”«»]+))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Atom:
    """Terms that an entry may hold: one word, a run of words (`is_phrase`), or words anywhere.

    With a `field` they are looked for there alone: in its acronyms, among its authors.
    """

    terms: tuple[str, ...]
    is_phrase: bool = False
    field: str = ""


@dataclass(frozen=True)
class Clause:
    """One thing asked for: any of the atoms will do, the first as it was typed. `typed`: the words,
    for texts in other languages than Portuguese; "" where they only make sense here. What `is_weak`
    tells little of a subject, and need not be met where something else is asked for. A law, an
    acronym or what it stands for `is_name`: one thing, however it is typed."""

    atoms: tuple[Atom, ...]
    typed: str = field(default="", compare=False)
    is_weak: bool = field(default=False, compare=False)
    is_name: bool = field(default=False, compare=False)

    @property
    def telling(self) -> tuple[Atom, ...]:
        """The atoms that have to be looked for: a run that holds a word which will do by itself is met
        by the word, and takes long to look for."""
        words = {atom.terms[0] for atom in self.atoms if len(atom.terms) == 1 and not atom.field}
        return tuple(
            atom for atom in self.atoms if not (atom.is_phrase and words.intersection(atom.terms))
        )

    @property
    def meant(self) -> tuple[Atom, ...]:
        """The atoms by which it is known whether two clauses ask for the same."""
        return self.atoms if self.is_name else self.atoms[:1]


_Meant = frozenset[frozenset[tuple[str, tuple[str, ...]]]]
Meaning = tuple[_Meant, _Meant]


@dataclass(frozen=True)
class Query:
    """What an entry must meet, and what it must not hold."""

    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def rings(self) -> tuple[int, ...]:
        """How many of the things that tell a subject an entry may be asked to meet, from all of them to
        half: each ring holds the one before. ANY, which holds them all, is not among them."""
        count = len(self.strong)
        found = {count, self.firm, self._half, max(count - 1, self._half)}
        return tuple(sorted(found, reverse=True))

    def needed(self, ring: int) -> tuple[tuple[Clause, ...], int]:
        """What an entry of the ring meets, and how much of it at the least."""
        return (self.wanted, 1) if ring == ANY else (self.strong, ring)

    def is_mixed(self, ring: int) -> bool:
        """Whether a part of what stands in the ring meets what is firm, and a part does not."""
        return ANY < ring < self.firm

    @property
    def firm(self) -> int:
        """How many of them what was meant meets: all, or nearly all of many."""
        count = len(self.strong)
        return count if count < _MANY else -(-count * 3 // 5)

    @property
    def _half(self) -> int:
        count = len(self.strong)
        return count if count < _SEVERAL else -(-count // 2)

    @property
    def strong(self) -> tuple[Clause, ...]:
        """What tells something of a subject, the first MAX_NEEDED; everything, if nothing does."""
        telling = tuple(each for each in self.wanted if not each.is_weak) or self.wanted
        return telling[:MAX_NEEDED]

    @property
    def neighbours(self) -> tuple[tuple[int, tuple[str, str]], ...]:
        """Terms that were typed side by side, each pair with the place of the clause of the second."""
        pairs: list[tuple[int, tuple[str, str]]] = []
        last = ""
        for place, clause in enumerate(self.wanted):
            typed = clause.atoms[0]
            if typed.field or typed.is_phrase:
                last = ""
                continue
            for term in typed.terms:
                if last not in ("", term):
                    pairs.append((place, (last, term)))
                last = term
        return tuple(pairs[:MAX_NEIGHBOURS])

    @property
    def meaning(self) -> Meaning:
        """The same for queries that ask for the same: whatever the order of the words, and whether an
        acronym was typed or what it stands for."""
        wanted, unwanted = (
            frozenset(
                frozenset((atom.field, atom.terms) for atom in clause.meant) for clause in clauses
            )
            for clauses in (self.wanted, self.unwanted)
        )
        return wanted, unwanted


def understand(text: str, vocabulary: Vocabulary | None = None) -> Query:
    """The meaning of what was typed."""
    text = text[:MAX_LENGTH]
    if not text.strip():
        return Query()
    known = current() if vocabulary is None else vocabulary
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    run: list[str] = []
    for match in _PIECE.finditer(text):
        typed = match["phrase"] or match["word"] or ""
        if match["author"]:
            wanted += (Clause((Atom((name,), field=AUTHOR),)) for name in _names(typed))
        elif match["minus"] and terms(typed):
            unwanted.append(_as_typed(typed, is_phrase=True))
        elif match["phrase"]:
            wanted += _run(run, known)
            run = []
            if terms(typed):
                wanted.append(_as_typed(typed, is_phrase=True))
        else:
            run.append(typed)
    wanted += _run(run, known)
    if not wanted:  # nothing but what must be absent, or words that say nothing: at their word
        plain = terms(text) or [fold(word) for word in words(text)]
        wanted, unwanted = [Clause((Atom((term,)),)) for term in plain], []
    return Query(_once(wanted), _once(unwanted))


def _once(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))[:MAX_CLAUSES]


def _names(typed: str) -> list[str]:
    return [fold(word) for word in words(typed)]


def _as_typed(typed: str, *, is_phrase: bool) -> Clause:
    found = tuple(terms(typed))
    return Clause((Atom(found, is_phrase=is_phrase and len(found) > 1),), typed)


def _run(typed: list[str], known: Vocabulary) -> Iterator[Clause]:
    """Words side by side: laws and known forms where they are, the longest first, and the rest."""
    text = " ".join(typed)
    laws = list(references(text))
    found = list(tokens(text))
    position = 0
    while position < len(found):
        token = found[position]
        cited = next((each for each in laws if each.start <= token.start < each.end), None)
        if cited is not None:
            yield _of_law(cited.law, known)
            position = next(
                (at for at, each in enumerate(found) if each.start >= cited.end), len(found)
            )
            continue
        size, form = known.longest_at(text, found, position)
        if form is not None:
            run = found[position : position + size]
            if size == 1 or form.is_name:
                written = text[token.start : run[-1].end]
                yield _of_form(form, tuple(each.term for each in run), written)
            else:
                equals = [*_atoms(form.equals)]
                yield from (_of_word(each, text, known, equals) for each in run)
        else:
            size = 1
            yield _of_word(token, text, known)
        position += size


def _of_word(token: Token, text: str, known: Vocabulary, equals: Iterable[Atom] = ()) -> Clause:
    law = Law("", int(token.term)) if token.term.isascii() and token.term.isdigit() else None
    if law is not None and known.knows_law(law):
        return _of_law(law, known)
    written = text[token.start : token.end]
    kin = kin_of(written)
    atoms = [Atom((token.term,)), *(Atom((term,)) for term in kin)]
    for term in (token.term, *kin):
        atoms += _atoms(known.equals_of_term(term))
    atoms += equals
    return Clause(tuple(dict.fromkeys(atoms)), written, is_weak=fold(written) in WEAK_WORDS)


def _of_form(form: Form, typed: tuple[str, ...], written: str) -> Clause:
    """The words that were typed, wherever they stand, or whatever means the same."""
    kin = kin_of(written) if len(typed) == 1 and not form.is_acronym else ()
    atoms = [Atom(typed), *(Atom((term,)) for term in kin), *_atoms(form.equals)]
    if form.is_acronym and form.is_word:
        atoms = [Atom(typed), Atom((form.folded,), field=ACRONYM)]
    return Clause(tuple(dict.fromkeys(atoms)), written, is_name=form.is_name)


def _of_law(law: Law, known: Vocabulary) -> Clause:
    atoms = [Atom(run, is_phrase=len(run) > 1) for run in law.forms()]
    atoms += _atoms(known.equals_of_law(law))
    return Clause(tuple(dict.fromkeys(atoms)), is_name=True)


def _atoms(forms: Iterable[Form]) -> Iterator[Atom]:
    for form in forms:
        if form.law is not None:
            yield from (Atom(run, is_phrase=len(run) > 1) for run in form.law.forms())
        elif form.is_acronym and form.is_word:
            yield Atom((form.folded,), field=ACRONYM)
        else:
            yield Atom(form.terms, is_phrase=len(form.terms) > 1)
