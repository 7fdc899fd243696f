"""The entries among which an answer chooses: what they are by facet, and in which order they come.

At most MAX_MATCHES are looked at, the best or the newest: totals and counts beyond are not told.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from search.engines import FACETS, FacetValue, SearchRequest
from search.indexes import MAX_MATCHES, Matches
from search.models import Entry, EntryFacet

Values = dict[str, dict[str, str]]  # facet → value → label


class Candidate(NamedTuple):
    """One entry, as far as choosing needs it."""

    pk: int
    values: Values
    sort_title: str

    def misses(self, filters: dict[str, str]) -> list[str]:
        """The names of the filters that this entry does not pass."""
        return [name for name, value in filters.items() if value not in self.values.get(name, ())]


@dataclass(frozen=True)
class Candidates:
    """Entries in the order in which they are shown. `has_more`: others were not looked at."""

    found: list[Candidate]
    has_more: bool = False

    def passing(self, filters: dict[str, str]) -> list[int]:
        """The numbers of those that pass the filters."""
        return [each.pk for each in self.found if not (filters and each.misses(filters))]

    def counts(self, filters: dict[str, str]) -> dict[str, list[FacetValue]]:
        """How many entries each value would leave, its own facet's filter set aside; the fullest
        value first."""
        whole: list[Values] = []
        but_one: dict[str, list[Values]] = defaultdict(list)
        for each in self.found:
            missed = each.misses(filters) if filters else []
            if not missed:
                whole.append(each.values)
            elif len(missed) == 1:
                but_one[missed[0]].append(each.values)
        return {name: _counted(name, [*whole, *but_one[name]]) for name in FACETS}


def _counted(name: str, some: Iterable[Values]) -> list[FacetValue]:
    own = [values[name] for values in some if name in values]
    counts = Counter(chain.from_iterable(own))
    labels: dict[str, str] = {}
    for each in own:
        if len(labels) == len(counts):
            break
        labels.update(each)
    return _fullest_first({(value, labels[value]): count for value, count in counts.items()})


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


def of_matches(matches: Matches, order: str) -> Candidates:
    """The entries that met some words, the best first unless another order is asked for. One query."""
    if not matches.pks:
        return Candidates([])
    numbers = ", ".join(map(str, matches.pks))
    entries = Entry.objects.extra(where=[f"search_entry.page_id IN ({numbers})"])  # noqa: S610
    if order == "recentes":
        return Candidates(_read(entries.newest_first()), matches.has_more)
    found = _read(entries)
    if order == "titulo":
        found = _in_order(found, by_title=True)
    else:
        place = {pk: at for at, pk in enumerate(matches.pks)}
        found.sort(key=lambda each: place[each.pk])
    return Candidates(found, matches.has_more)


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
        return Candidates(_in_order(found, by_title=by_title))
    if request.filters:
        missed = sum((_misses(name, value) for name, value in request.filters.items()), Value(0))
        near = entries.annotate(missed=missed).filter(missed__lte=1)
        found = _read(near.order_by("missed", *entries.query.order_by)[:MAX_MATCHES])
    found = _in_order(found[:MAX_MATCHES], by_title=by_title)
    has_more = not any(each.misses(request.filters) for each in found)
    return Candidates(found, has_more)


def _in_order(found: list[Candidate], *, by_title: bool) -> list[Candidate]:
    """Titles by their letters, whatever order the database has for them; dates are as they came."""
    return sorted(found, key=lambda each: (each.sort_title, each.pk)) if by_title else found


def _misses(name: str, value: str) -> Any:
    facet = EntryFacet.objects.filter(entry=OuterRef("pk"), name=name, value=value)
    return Case(When(Exists(facet), then=0), default=1, output_field=IntegerField())


def _read(entries: "QuerySet[Entry]") -> list[Candidate]:
    rows = list(entries.values_list("pk", Cast("facet_values", TextField()), "sort_title"))
    # All in one piece: as many values of a JSONField take thrice as long.
    values = json.loads(f"[{','.join(text for _, text, _ in rows)}]")
    found = [Candidate(pk, own, title) for (pk, _, title), own in zip(rows, values, strict=True)]
    older = [each.pk for each in found if not each.values]
    if older:  # written by an earlier version, and not yet again
        rest = _values_in_rows(older)
        found = [
            each if each.values else each._replace(values=rest.get(each.pk, {})) for each in found
        ]
    return found


def _values_in_rows(pks: Iterable[int]) -> dict[int, Values]:
    values: dict[int, Values] = defaultdict(lambda: defaultdict(dict))
    rows = EntryFacet.objects.filter(entry__in=list(pks))
    for pk, name, value, label in rows.values_list("entry_id", "name", "value", "label"):
        values[pk][name][value] = label
    return values
