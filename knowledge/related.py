"""What to read next: what curators chose, then what is alike.

Everything comes from search entries, in one query: who may see what is settled there, and an alias
has no entry of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Q, QuerySet, Sum, Value, When

from search.models import Entry, EntryFacet

if TYPE_CHECKING:
    from knowledge.models.facts import Facts

MOST = 4
_LOOKED_AT = 40  # candidates whose likeness is weighed
# What each thing in common weighs. Two tags say more than the theme, which many share.
_WEIGHTS = {"tema": 5, "etiqueta": 3, "pessoa": 2}
_PRINCIPAL = 1  # more, for the same principal theme


@dataclass(frozen=True)
class Bearings:
    """Where a resource stands in the library: slugs of its themes, the principal one first, its
    tags, slugs of its people."""

    themes: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @classmethod
    def of_facts(cls, facts: "Facts") -> "Bearings":
        return cls(
            tuple(theme.slug for theme in facts.themes),
            frozenset(facts.tags),
            frozenset(item.person.slug for item in facts.people),
        )

    @classmethod
    def of_entry(cls, entry: Entry) -> "Bearings":
        card = entry.card
        return cls(
            tuple(theme["slug"] for theme in card.get("themes", [])),
            frozenset(card.get("tags", [])),
            frozenset(card.get("people", [])),
        )


def likeness(one: Bearings, other: Bearings) -> int:
    """How much two resources have in common; nothing is 0."""
    weight = _WEIGHTS["tema"] * len(set(one.themes) & set(other.themes))
    if one.themes and one.themes[:1] == other.themes[:1]:
        weight += _PRINCIPAL
    weight += _WEIGHTS["etiqueta"] * len(one.tags & other.tags)
    return weight + _WEIGHTS["pessoa"] * len(one.people & other.people)


def choose(
    own: Bearings, chosen: Sequence[int], candidates: Iterable[tuple[int, Bearings]]
) -> list[int]:
    """At most four numbers of `candidates`, which come newest first: those `chosen` by curators in
    their order, then the most alike, the newer of two that are equally so. None twice."""
    bearings = dict(candidates)
    first = [number for number in dict.fromkeys(chosen) if number in bearings]
    weights = {
        number: likeness(own, other) for number, other in bearings.items() if number not in first
    }
    alike = sorted((n for n in weights if weights[n]), key=lambda n: weights[n], reverse=True)
    return [*first, *alike][:MOST]


def related_to(facts: "Facts", keys: frozenset[str], without: Iterable[int] = ()) -> list[Entry]:
    """What somebody with `keys` may read next to a resource, but nothing of `without` (the
    resource itself, and what its page shows already)."""
    own = Bearings.of_facts(facts)
    visible = Entry.objects.visible_to(keys).exclude(pk__in=list(without))
    near = visible.filter(Q(pk__in=facts.related) | Q(pk__in=_alike(own, visible)))
    found = {entry.pk: entry for entry in near.newest_first().defer("body", "keywords")}
    candidates = ((pk, Bearings.of_entry(entry)) for pk, entry in found.items())
    return [found[pk] for pk in choose(own, facts.related, candidates)]


def _alike(own: Bearings, visible: QuerySet[Entry]) -> "QuerySet[EntryFacet, Any]":
    """Those of the entries that share most with `own`, by their facets."""
    shared = (
        Q(name="tema", value__in=own.themes)
        | Q(name="etiqueta", value__in=own.tags)
        | Q(name="pessoa", value__in=own.people)
    )
    weight = Case(
        *(When(name=name, then=Value(weight)) for name, weight in _WEIGHTS.items()),
        output_field=IntegerField(),
    )
    return (
        EntryFacet.objects.filter(shared, entry__in=visible)
        .values("entry")
        .annotate(weight=Sum(weight))
        .order_by("-weight", "-entry")
        .values("entry")[:_LOOKED_AT]
    )
