"""What the search field offers while somebody types: titles, themes, people, acronyms.

Only what everybody may read, whoever asks, so that the answer is the same for all. A process looks
through the library again after a minute at the latest; what it found then is asked for once more
before it is shown, so that what was closed, renamed or taken down is gone at once.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef, Subquery

from search import spelling
from search.curation import UnwantedSuggestion
from search.kept import KeptAwhile
from search.language import STOP_WORDS, fold, terms, words
from search.models import Entry, EntryFacet, Expression

MOST = 8
_SECONDS = 45.0
_MOST_ENTRIES = 10_000  # the newest, whose titles are suggested
_LEAST_LETTERS = 2
_MOST_LETTERS = 100  # of what was typed that are looked at
_MOST_WORDS = 8
_ASKED_FOR = 3 * MOST  # of the best, of which some may be gone by now
_AT_ONCE = 100  # facets of one query
_PUBLIC = frozenset({"public"})
_STOP_WORDS = frozenset(map(fold, STOP_WORDS))

WORD, THEME, TITLE, PERSON, MEANING = "expressao", "tema", "titulo", "pessoa", "sentido"
_IN_ORDER = (WORD, THEME, TITLE, PERSON, MEANING)
_FACETS = {"tema": THEME, "pessoa": PERSON}


@dataclass(frozen=True)
class Suggestion:
    """What may be searched for, what it is (for people), and by what it is known to be there still:
    the number of an entry, or the value of a facet."""

    text: str
    kind: str
    label: str
    key: int | str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(map(fold, words(self.text)))


class Index:
    """Suggestions, found by the beginning of any of their words, without accents."""

    def __init__(self, suggestions: Iterable[Suggestion], unwanted: Iterable[str] = ()) -> None:
        runs = [run for text in unwanted if (run := tuple(map(fold, words(text))))]
        self._all = [each for each in suggestions if not _has_run(each.words, runs)]
        self._words = [each.words for each in self._all]
        self._texts = [" ".join(found) for found in self._words]
        self._by_word = sorted(
            (word, place)
            for place, found in enumerate(self._words)
            for word in set(found)
            if word not in _STOP_WORDS
        )

    def matching(self, typed: str) -> list[Suggestion]:
        """What begins as `typed` does, then what has its words elsewhere; the best first. Every word
        counts as a beginning, as the last one may not be whole."""
        asked = [fold(word) for word in words(typed[:_MOST_LETTERS])][:_MOST_WORDS]
        if not asked or len("".join(asked)) < _LEAST_LETTERS:
            return []
        telling = [word for word in asked[:-1] if word not in _STOP_WORDS] + asked[-1:]
        longest = max(telling, key=lambda word: (word not in _STOP_WORDS, len(word)))
        others = [word for word in telling if word != longest]
        places = {
            place
            for place in self._beginning_with(longest)
            if all(any(own.startswith(word) for own in self._words[place]) for word in others)
        }
        whole = " ".join(asked)

        def rank(place: int) -> tuple[bool, bool, int, int]:
            text, kind = self._texts[place], _IN_ORDER.index(self._all[place].kind)
            return text != whole, not text.startswith(whole), kind, place

        found: dict[str, Suggestion] = {}
        for place in sorted(places, key=rank):
            found.setdefault(self._texts[place], self._all[place])
            if len(found) == _ASKED_FOR:
                break
        return list(found.values())

    def _beginning_with(self, prefix: str) -> Iterator[int]:
        for word, place in islice(self._by_word, bisect_left(self._by_word, (prefix,)), None):
            if not word.startswith(prefix):
                return
            yield place


def _has_run(own: tuple[str, ...], runs: list[tuple[str, ...]]) -> bool:
    return any(
        own[start : start + len(run)] == run
        for run in runs
        for start in range(len(own) - len(run) + 1)
    )


def suggest(typed: str) -> list[Suggestion]:
    """What to offer somebody who has typed so far. At most two queries."""
    return _still_there(current().matching(typed))[:MOST]


def _still_there(found: list[Suggestion]) -> list[Suggestion]:
    """Those that everybody may read now, under the names they have now."""
    entries = Entry.objects.visible_to(_PUBLIC)
    pks = [each.key for each in found if each.kind == TITLE]
    titles: dict[int | str, str] = {}
    if pks:
        titles.update(entries.filter(pk__in=pks).values_list("pk", "title"))
    names = {kind: name for name, kind in _FACETS.items()}
    facets = [(names[each.kind], str(each.key)) for each in found if each.kind in names]
    labels = _labels_now(facets)
    return [
        each
        for each in found
        if each.kind in (WORD, MEANING)
        or titles.get(each.key) == each.text
        or labels.get((names.get(each.kind, ""), str(each.key))) == each.text
    ]


def _labels_now(facets: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What these values of facets (name, value) are called where everybody may read it; nothing of those
    that nothing public has. A query for each hundred of them, which stops at the first entry of each."""
    public = Entry.objects.visible_to(_PUBLIC).filter(pk=OuterRef("entry"))
    labels: dict[tuple[str, str], str] = {}
    waiting = iter(facets)
    while some := list(islice(waiting, _AT_ONCE)):
        asked = {
            f"label_{place}": Subquery(
                EntryFacet.objects.filter(Exists(public), name=name, value=value).values("label")[
                    :1
                ]
            )
            for place, (name, value) in enumerate(some)
        }
        for found in Entry.objects.annotate(**asked).values_list(*asked)[:1]:
            labels |= {each: label for each, label in zip(some, found, strict=True) if label}
    return labels


# --- looking through the library ------------------------------------------------------------------


def _read() -> Index:
    entries = Entry.objects.visible_to(_PUBLIC)
    rows = list(
        entries.newest_first().values_list("pk", "title", "kind", "acronyms")[:_MOST_ENTRIES]
    )
    names = EntryFacet.objects.filter(name__in=("formato", *_FACETS)).values_list("name", "value")
    labels = _labels_now(names.distinct())
    kinds = {value: label for (name, value), label in labels.items() if name == "formato"}
    used = {acronym for row in rows for acronym in row[3].split()}
    themes, people = (
        [
            Suggestion(text, kind, label, value)
            for (name, value), text in sorted(labels.items())
            if _FACETS.get(name) == kind
        ]
        for kind, label in ((THEME, "Tema"), (PERSON, "Pessoa"))
    )
    titles = [Suggestion(title, TITLE, kinds.get(kind, ""), pk) for pk, title, kind, _ in rows]
    unwanted = UnwantedSuggestion.objects.values_list("text", flat=True)
    return Index([*_expressions(used), *themes, *titles, *people], unwanted)


def _expressions(used: set[str]) -> Iterator[Suggestion]:
    """What curators explain to the search, and what it means, where the library speaks of it."""
    known = spelling.current().terms
    for expression in Expression.objects.all():
        readings = expression.as_readings()
        own = readings[0][0] if readings else None
        if own is None or not (
            own.folded in used if own.is_acronym else known.issuperset(terms(own.text))
        ):
            continue
        yield Suggestion(expression.text, WORD, readings[0][1].text)
        for reading in readings:
            for form in reading[1:]:
                if own.is_acronym or known.issuperset(terms(form.text)):
                    yield Suggestion(form.text, MEANING, expression.text)


# What may be suggested, as this process last looked through the library.
_kept = KeptAwhile(_read, _SECONDS)
current, forget = _kept.current, _kept.forget
