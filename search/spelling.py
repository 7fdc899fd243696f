"""What was mistyped: the word of the library that is nearest to one that it does not have.

A word of Portuguese is taken for another one only if they are said alike (“pesquisa de presos”). Only
words of what everybody may read, and of the language, are offered, whoever asks. A process looks through
the library again after five minutes at the latest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import portuguese
from search.kept import KeptAwhile
from search.language import Token, fold, term_of, tokens, words
from search.models import Entry

_SECONDS = 300.0  # a word that is not known yet is no mistake: nobody who types it waits for this
_MOST_ENTRIES = 5000  # the newest, whose words are known
_LONGEST = 80  # of a query that is read in other words
_PUBLIC = frozenset({"public"})


@dataclass(frozen=True)
class Spellings:
    """The words of the library: folded → how often, how they are mostly written; the best known of
    those that are said alike; and their terms."""

    counts: Counter[str]
    written: dict[str, str]
    sounds: dict[str, str]
    terms: frozenset[str]

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> "Spellings":
        found = Counter(words("\n".join(texts).lower()))  # at once: there are many
        forms = {word: count for word, count in found.items() if len(word) > 2}
        counts: Counter[str] = Counter()
        best: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
        for form, count in forms.items():
            folded = fold(form)
            counts[folded] += count
            best[folded] = max(best[folded], (count, form))
        written = {folded: form for folded, (_, form) in best.items()}
        rare_first = sorted(written, key=lambda folded: (counts[folded], folded))
        sounds = {portuguese.sound_of(written[folded]): folded for folded in rare_first}
        return cls(counts, written, sounds, frozenset(term_of(form) for form in forms))

    def nearest(self, token: Token, word: str) -> str | None:
        """How what was probably meant by `word` is written; None where the library or the language
        knows the word, or neither knows one near it."""
        folded = fold(word)
        if len(folded) < 4 or not folded.isalpha() or not folded.isascii():
            return None
        if folded in self.counts or token.term in self.terms:
            return None
        alike = self.sounds.get(portuguese.sound_of(word.lower()))
        if alike is not None:
            return self.written[alike]
        if portuguese.is_word(folded):
            return None
        steps = 2 if len(folded) > 4 else 1
        found = process.extract(
            folded, self.counts.keys(), scorer=OSA.distance, score_cutoff=steps, limit=None
        )
        least = min((distance for _, distance, _ in found), default=steps)
        if least > 1 and (other := portuguese.one_letter_from(word.lower())):
            return other
        near = [each for each, distance, _ in found if distance == least and len(each) > 2]
        if not near:
            return None
        # Who mistypes begins right more often than not.
        best = max(near, key=lambda each: (each[0] == folded[0], self.counts[each], each))
        return self.written[best]


def _is_acronym(word: str, text: str) -> bool:
    """Whether capitals say that it is meant so: alone among small letters, or few."""
    return word.isupper() and (len(word) <= 4 or not text.isupper())


def corrected(text: str) -> str | None:
    """`text` with the words that the library does not know written as it knows them; None if there
    is nothing to correct, or too much."""
    if len(text) > _LONGEST:
        return None
    known = current()
    pieces: list[str] = []
    after = 0
    for token in tokens(text):
        word = text[token.start : token.end]
        better = None if _is_acronym(word, text) else known.nearest(token, word)
        if better is not None:
            pieces += [text[after : token.start], better]
            after = token.end
    return "".join([*pieces, text[after:]]) if pieces else None


def _read() -> Spellings:
    entries = Entry.objects.visible_to(_PUBLIC).newest_first()
    rows = entries.values_list("title", "keywords", "summary")[:_MOST_ENTRIES]
    return Spellings.of_texts(text for row in rows for text in row)


# The words of the library, as this process last looked through it.
_kept = KeptAwhile(_read, _SECONDS)
current, forget = _kept.current, _kept.forget
