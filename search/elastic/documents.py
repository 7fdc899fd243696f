"""An entry as Elasticsearch keeps it, and the fields that it has for that.

Whatever changes here, in `analysis.py`, or in what entries hold (`models.SHAPE`), changes FORM: the next
index has another name, and until `manage.py reindex` has built it the embedded engine answers. The
vocabulary is not in it: acronyms and synonyms are known when somebody asks.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from search.elastic.analysis import ANALYSIS, LONGEST_TERM
from search.engines import FACETS
from search.indexes import WORTH
from search.language import fold, terms_of, words
from search.models import AUDIENCE, SHAPE, Entry, EntryFacet
from search.salience import salient

Document = dict[str, Any]

# Fields and how much a word in them weighs.
WEIGHTS = {**WORTH, "summary": 0.6, "body": 0.5}
LANGUAGES = ("en", "es")  # beside Portuguese, which reads everything
_TERMS = {"type": "text", "analyzer": "terms"}
# What is rare counts more; how often it stands there, and among how much else, does not.
_SHORT = _TERMS | {"similarity": "rarity"}
_KEYWORD = {"type": "keyword"}
# Stands in a field that says nothing: rarity is counted among the entries that say something.
_EMPTY = "campovazio"
_OTHER_ALPHABETS = re.compile("[\u0370-\u1dff\u1f00-\U0010ffff]+")

MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "page": {"type": "long"},
        "version": {"type": "long", "index": False},
        **dict.fromkeys(("title", "keywords", "summary"), _SHORT),
        "body": _TERMS | {"similarity": "long"},
        "subject": _SHORT,  # what the body repeats
        "written": {"type": "text", "analyzer": "exact"},  # the title
        **{
            language: {
                "properties": {name: {"type": "text", "analyzer": language} for name in WEIGHTS}
            }
            for language in LANGUAGES
        },
        "acronyms": _KEYWORD,
        "authors": _KEYWORD,
        "audience": _KEYWORD,
        "has": _KEYWORD,  # “tema=saude”, by which it is filtered
        "counted": {"properties": dict.fromkeys(FACETS, _KEYWORD)},  # with labels
        "sort_title": _KEYWORD,
        "published": {"type": "long"},  # microseconds, as the rows order them
        "expires": {"type": "long"},
    },
}
SIMILARITY: dict[str, Any] = {
    "rarity": {"type": "BM25", "k1": 0, "b": 0},
    "long": {"type": "BM25", "b": 0.3},  # a long text is no worse for being long
}
FORM = hashlib.sha256(
    json.dumps([ANALYSIS, MAPPING, SIMILARITY, SHAPE], sort_keys=True, ensure_ascii=False).encode()
).hexdigest()[:8]


def instant(moment: datetime) -> int:
    """Microseconds since 1970."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def has(name: str, value: str) -> str:
    """How a value of a facet is kept to filter by."""
    return clean(f"{name}={value}")


def clean(text: str) -> str:
    """`text` composed, without what no JSON can hold, and without the accents of other alphabets,
    which Elasticsearch would keep."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return _OTHER_ALPHABETS.sub(lambda match: _bare(match.group()), composed)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def documents(entries: Collection[Entry]) -> Iterator[tuple[int, Document]]:
    """Number and document of each entry. One query: a model for each value would cost more than all
    the rest."""
    facets: dict[int, list[tuple[str, str, str]]] = {entry.pk: [] for entry in entries}
    rows = EntryFacet.objects.filter(entry__in=list(facets))
    for pk, *facet in rows.values_list("entry_id", "name", "value", "label"):
        facets[pk].append((facet[0], facet[1], facet[2]))
    for entry in entries:
        yield entry.pk, _document(entry, facets[entry.pk])


def document(entry: Entry) -> Document:
    """All that is found, filtered, counted and ordered of an entry."""
    return dict(documents([entry]))[entry.pk]


def _document(entry: Entry, facets: list[tuple[str, str, str]]) -> Document:
    authors = [fold(word) for name in entry.card.get("authors", []) for word in words(name)]
    written = {name: words(getattr(entry, name)) for name in WEIGHTS}
    made: Document = {
        "page": entry.pk,
        "version": entry.version,
        **{name: kept(found) or _EMPTY for name, found in written.items()},
        "written": clean(entry.title),
        "subject": " ".join(salient(entry.body, written["body"])) or _EMPTY,
        "acronyms": entry.acronyms.split(),
        "authors": sorted(set(authors)),
        "audience": sorted(value for name, value, _ in facets if name == AUDIENCE),
        "has": sorted(has(name, value) for name, value, _ in facets if name != AUDIENCE),
        "counted": {
            wanted: sorted(
                clean(f"{value}\t{label}") for name, value, label in facets if name == wanted
            )
            for wanted in FACETS
        },
        "sort_title": entry.sort_title,
        "published": instant(entry.published_at),
        "expires": instant(entry.expires_at) if entry.expires_at else None,
    }
    for language in LANGUAGES:
        if any(name == "lingua" and value == language for name, value, _ in facets):
            made[language] = {name: clean(getattr(entry, name)) for name in WEIGHTS}
    return made


def kept(found: list[str]) -> str:
    """The terms of words, as Elasticsearch is given them."""
    made = terms_of(found)
    if max(map(len, made), default=0) > LONGEST_TERM:
        made = [term[:LONGEST_TERM] for term in made]
    return clean(" ".join(made))
