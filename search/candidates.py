"""The entries among which an answer chooses: what they are by facet, and in which order they come.

At most MAX_MATCHES are looked at, the best or the newest: totals and counts beyond are not told.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from search.engines import FACETS, FacetValue, SearchRequest
from search.indexes import MAX_MATCHES, Matches
from search.models import Entry, EntryFacet

_COLUMNS = ("pk", "facet_values", "sort_title", "published_at")
Values = dict[str, dict[str, str]]  # facet → value → label


@dataclass(frozen=True)
class Candidate:
    """One entry, as far as choosing needs it."""

    pk: int
    values: Values
    sort_title: str
    published_at: datetime

    def misses(self, filters: dict[str, str]) -> list[str]:
        """The names of the filters that this entry does not pass."""
        return [name for name, value in filters.items() if value not in self.values.get(name, ())]


@dataclass(frozen=True)
class Candidates:
    """Entries, the best or the newest first. `has_more`: others were not looked at."""

    found: list[Candidate]
    has_more: bool = False

    def in_order(self, order: str, filters: dict[str, str]) -> list[int]:
        """The numbers of those that pass the filters, in the order asked for."""
        passing = [each for each in self.found if not each.misses(filters)]
        if order == "titulo":
            passing.sort(key=lambda each: (each.sort_title, each.pk))
        elif order == "recentes":
            passing.sort(key=lambda each: (each.published_at, each.pk), reverse=True)
        return [each.pk for each in passing]

    def counts(self, filters: dict[str, str]) -> dict[str, list[FacetValue]]:
        """How many entries each value would leave, its own facet's filter set aside; the fullest
        value first."""
        counted: dict[str, dict[tuple[str, str], int]] = {n: defaultdict(int) for n in FACETS}
        for each in self.found:
            missed = each.misses(filters)
            if len(missed) > 1:
                continue
            for name in missed or FACETS:
                if name in counted:
                    for pair in each.values.get(name, {}).items():
                        counted[name][pair] += 1
        return {name: _fullest_first(counts) for name, counts in counted.items()}


def together(*counts: dict[str, list[FacetValue]]) -> dict[str, list[FacetValue]]:
    """The counts of several parts of an answer as those of the whole."""
    whole: dict[str, dict[tuple[str, str], int]] = {name: defaultdict(int) for name in FACETS}
    for part in counts:
        for name, values in part.items():
            for each in values:
                whole[name][each.value, each.label] += each.count
    return {name: _fullest_first(values) for name, values in whole.items()}


def _fullest_first(counts: dict[tuple[str, str], int]) -> list[FacetValue]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))
    return [FacetValue(value, label, count) for (value, label), count in ordered]


def of_matches(matches: Matches) -> Candidates:
    """The entries that met some words, the best first. One query."""
    rows = {each.pk: each for each in _read(Entry.objects.filter(pk__in=matches.pks))}
    return Candidates([rows[pk] for pk in matches.pks if pk in rows], matches.has_more)


def of_pages(pks: Iterable[int], keys: Iterable[str]) -> Candidates:
    """Those of these pages that a reader with `keys` may see, in this order. One query."""
    order = list(pks)
    found = _read(Entry.objects.visible_to(keys).filter(pk__in=order))
    return Candidates(sorted(found, key=lambda each: order.index(each.pk)))


def of_library(request: SearchRequest) -> Candidates:
    """Everything that the reader may see. Where that is too much, first what passes the filters and
    what fails only one of them, which is counted there. One query, or two."""
    entries = Entry.objects.visible_to(request.keys).exclude(pk__in=request.without)
    by_title = request.order == "titulo"
    entries = entries.order_by("sort_title", "pk") if by_title else entries.newest_first()
    found = _read(entries[: MAX_MATCHES + 1])
    if len(found) <= MAX_MATCHES:
        return Candidates(found)
    if request.filters:
        missed = sum((_misses(name, value) for name, value in request.filters.items()), Value(0))
        near = entries.annotate(missed=missed).filter(missed__lte=1)
        found = _read(near.order_by("missed", *entries.query.order_by)[:MAX_MATCHES])
    found = found[:MAX_MATCHES]
    has_more = not any(each.misses(request.filters) for each in found)
    return Candidates(found, has_more)


def _misses(name: str, value: str) -> Any:
    facet = EntryFacet.objects.filter(entry=OuterRef("pk"), name=name, value=value)
    return Case(When(Exists(facet), then=0), default=1, output_field=IntegerField())


def _read(entries: "QuerySet[Entry]") -> list[Candidate]:
    found = [Candidate(*row) for row in entries.values_list(*_COLUMNS)]
    older = [each.pk for each in found if not each.values]
    if older:  # written by an earlier version, and not yet again
        values = _values_in_rows(older)
        found = [
            Candidate(each.pk, values.get(each.pk, {}), each.sort_title, each.published_at)
            if not each.values
            else each
            for each in found
        ]
    return found


def _values_in_rows(pks: Iterable[int]) -> dict[int, Values]:
    values: dict[int, Values] = defaultdict(lambda: defaultdict(dict))
    rows = EntryFacet.objects.filter(entry__in=list(pks))
    for pk, name, value, label in rows.values_list("entry_id", "name", "value", "label"):
        values[pk][name][value] = label
    return values
