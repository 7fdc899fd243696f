"""Invented pages in any number, to measure search with: the same seed gives the same bytes.

A page is a subject, a municipality, a verb, a year, sometimes an acronym; sentences whose words are
drawn by frequency (Zipf); a length from a log-normal distribution with a median of 300 words. One in
twenty nearly repeats an earlier page, three in a hundred are written without accents, two in a
hundred are recordings of 5,000 words. Page number n is the same however many are made.
"""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from search.entries import EntryDocument, Facet, Segment
from search.scale import words

SEED = "rede-aberta"
_MEDIAN, _SPREAD = 300, 0.6  # words of a page; sigma of the logarithm
_LEAST, _MOST = 40, 4000
_RECORDING = 5000  # words
_LINE = 45  # words between two seconds of a recording
_NEAR_DUPLICATES, _WITHOUT_ACCENTS, _RECORDINGS, _SIGNED_IN = 0.05, 0.03, 0.02, 0.03
_EPOCH = datetime(2015, 1, 1, 12, tzinfo=UTC)
_DAYS = 365 * 11
_LICENCES = {
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC-BY-NC-4.0": "CC BY-NC 4.0",
}


class _ByFrequency:
    """Words of a list, the first ones drawn most often: frequency falls as rank grows."""

    def __init__(self, name: str, found: tuple[str, ...]) -> None:
        self._words = list(dict.fromkeys(found))
        Random(f"{SEED} {name}").shuffle(self._words)
        ranks = range(1, len(self._words) + 1)
        self._cumulative = list(accumulate(1 / (rank + 2.7) for rank in ranks))

    def draw(self, random: Random, count: int) -> list[str]:
        return random.choices(self._words, cum_weights=self._cumulative, k=count)


_NOUNS = _ByFrequency("nouns", words.NOUNS)
_ADJECTIVES = _ByFrequency("adjectives", words.ADJECTIVES)
_ACTIONS = _ByFrequency("actions", words.ACTIONS)
_SENTENCES = (
    "No caso de {n0}, {n1} e {n2}, a equipe {v0} o que é {a0} e {v1} {n3}.",
    "Quem {v0} {n0} {a0} também {v1} {n1} e {n2}.",
    "Em {place}, a secretaria {v0} {n0} e {n1} antes de cada {n2} {a0}.",
    "Sem {n0} {a0}, ninguém {v0} {n1}, e {n2} vira {n3}.",
    "Cada {n0} {v0} {n1} {a0}; depois, {n2} {v1} {n3}.",
    "Foram {number} casos de {n0} com {n1} {a0} em {year}, segundo {name}.",
    "A primeira {n0} é {a0}: {v0} {n1}, {v1} {n2} e diz o prazo.",
    "Por que {n0} e {n1} custam mais que {n2}? Porque {n3} {v0} tarde.",
)


@dataclass(frozen=True)
class Invented:
    """An invented page: its number, and its entry but for the page's own number."""

    number: int
    document: EntryDocument

    def entry_of(self, page_id: int) -> EntryDocument:
        return replace(self.document, page_id=page_id)


def invented(count: int, seed: str = SEED) -> Iterator[Invented]:
    """The first `count` pages of a seed, one after another."""
    for number in range(1, count + 1):
        yield Invented(number, _page(number, seed))


def _page(number: int, seed: str) -> EntryDocument:
    random = Random(f"{seed} {number}")
    if number > 1 and random.random() < _NEAR_DUPLICATES:
        original = Random(f"{seed} {number} original").randrange(1, number)
        document = _nearly(_written(original, seed), random)
        return replace(document, url=_url(number))
    return _written(number, seed)


def _written(number: int, seed: str) -> EntryDocument:
    random = Random(f"{seed} {number} text")
    writer = _Writer(random)
    document = writer.document(number)
    return _without_accents(document) if random.random() < _WITHOUT_ACCENTS else document


def _nearly(document: EntryDocument, random: Random) -> EntryDocument:
    """The page again, as somebody else put it up: another year in the title, a sentence gone."""
    sentences = document.body.split(". ")
    if len(sentences) > 2:
        del sentences[random.randrange(len(sentences) - 1)]
    title = f"{document.title} (edição de {random.randrange(2016, 2026)})"
    body = document.body if document.segments else ". ".join(sentences)
    return replace(document, title=title, body=body)


def _without_accents(document: EntryDocument) -> EntryDocument:
    return replace(
        document,
        title=_bare(document.title),
        summary=_bare(document.summary),
        keywords=_bare(document.keywords),
        body=_bare(document.body),
        segments=[replace(each, text=_bare(each.text)) for each in document.segments],
    )


def _bare(text: str) -> str:
    """Without accents, small and capital letters as they were."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _url(number: int) -> str:
    return f"/medida/{number:07}/"


class _Writer:
    """What one page says."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.theme = random.choice(list(words.THEMES))
        self.subject = random.choice(words.SUBJECTS[self.theme])
        self.place = random.choice(list(words.PLACES))
        self.year = random.randrange(2015, 2026)
        self.acronym = random.choice(words.ABOUT)
        self.author = f"{random.choice(words.FIRST_NAMES)} {random.choice(words.SURNAMES)}"

    def document(self, number: int) -> EntryDocument:
        random = self._random
        is_recording = random.random() < _RECORDINGS
        kind = "video" if is_recording else random.choice(list(words.KINDS))
        title, tags = self._title(), [self._bare_subject(), self.acronym, *_NOUNS.draw(random, 2)]
        summary = f"{self._sentence()} {self._sentence()}"
        lines = list(self._lines(_RECORDING if is_recording else self._length()))
        published_at = _EPOCH + timedelta(days=random.randrange(_DAYS), seconds=number % 3600)
        return EntryDocument(
            page_id=0,
            kind=kind,
            title=title,
            summary=summary,
            url=_url(number),
            keywords=" ".join([*tags, words.THEMES[self.theme], self.author]),
            body="\n\n".join(lines),
            published_at=published_at,
            updated_at=None,
            expires_at=None,
            audience=frozenset({"signed-in" if random.random() < _SIGNED_IN else "public"}),
            facets=self._facets(kind, published_at.year, tags),
            card=self._card(number, tags),
            segments=_segments(lines) if is_recording else [],
        )

    def _title(self) -> str:
        verb = self._random.choice(words.VERBS)
        form = self._random.randrange(3)
        if form == 0:
            return f"{verb} {self.subject} em {self.place}"
        if form == 1:
            return f"{self.acronym} e {self.subject}: {self.place}, {self.year}"
        return f"{verb} {self.subject} e {self.acronym} em {self.year}"

    def _bare_subject(self) -> str:
        return self.subject.split(" ", 1)[1]

    def _length(self) -> int:
        drawn = self._random.lognormvariate(math.log(_MEDIAN), _SPREAD)
        return min(_MOST, max(_LEAST, round(drawn)))

    def _lines(self, length: int) -> Iterator[str]:
        """Paragraphs of about 45 words until there are `length`."""
        written = 0
        while written < length:
            line: list[str] = []
            size = 0
            while size < min(_LINE, length - written):
                line.append(self._sentence())
                size += line[-1].count(" ") + 1
            written += size
            yield " ".join(line)

    def _sentence(self) -> str:
        random = self._random
        drawn = random.random()
        if drawn < 0.10:
            return f"É assim com {self.subject}, de {self.author} a {self.acronym}."
        if drawn < 0.13:
            return f"A {random.choice(words.IN_PASSING)} é citada no {_noun(random)} {self.year}."
        if drawn < 0.145:
            return f"Veja a {random.choice(words.LAWS)}, art. {random.randrange(1, 90)}."
        if drawn < 0.19:
            name = "".join(random.choices(words.SYLLABLES, k=random.randrange(2, 5))).capitalize()
            return (
                f"Na Rua {name}, nº {random.randrange(1, 3000)}, {_noun(random)} e prazo mudaram."
            )
        nouns, actions = _NOUNS.draw(random, 4), _ACTIONS.draw(random, 2)
        return random.choice(_SENTENCES).format(
            n0=nouns[0],
            n1=nouns[1],
            n2=nouns[2],
            n3=nouns[3],
            v0=actions[0],
            v1=actions[1],
            a0=_ADJECTIVES.draw(random, 1)[0],
            place=self.place,
            year=self.year,
            name=self.author,
            number=random.randrange(2, 5000),
        )

    def _facets(self, kind: str, year: int, tags: list[str]) -> list[Facet]:
        licence = self._random.choice(list(_LICENCES))
        state = words.PLACES[self.place]
        author = _bare(self.author).lower().replace(" ", "-")
        return [
            Facet("formato", kind, words.KINDS.get(kind, "Vídeo")),
            Facet("tema", self.theme, words.THEMES[self.theme]),
            Facet("licenca", licence, _LICENCES[licence]),
            Facet("etiqueta", tags[0], tags[0]),
            Facet("autor", author, self.author),
            Facet("ano", str(year), str(year)),
            Facet("uf", state, state),
            Facet("municipio", f"{self.place}-{state}", f"{self.place} ({state})"),
            Facet("lingua", "pt-BR", "Português"),
        ]

    def _card(self, number: int, tags: list[str]) -> dict[str, object]:
        cover = f"/capas/v1/{self.theme}/{{}}/medida-{number}.svg"
        return {
            "cover": cover.format("mini"),
            "cover_large": cover.format("quadro"),
            "themes": [{"slug": self.theme, "name": words.THEMES[self.theme]}],
            "tags": tags,
            "people": [],
            "authors": [self.author],
            "length": "5 min de leitura",
            "licence": "CC-BY-4.0",
        }


def _noun(random: Random) -> str:
    return _NOUNS.draw(random, 1)[0]


def _segments(lines: list[str]) -> list[Segment]:
    """What is said, a line each twenty seconds."""
    return [Segment(20_000 * index, f"t{20_000 * index}", line) for index, line in enumerate(lines)]
