"""What curators chose for a query, put around the answer of whichever engine there is.

What is pinned comes first, in every order, if the reader may read it and it passes the filters; what is
hidden is left out. Both are taken out of what the engine is asked, so its total and counts stay true and
are added up with those of what was pinned. A process reads the choices again after twenty seconds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from search import candidates
from search.curation import BestBet, HiddenPage, PinnedPage
from search.engines import Hit, SearchAnswer, SearchRequest
from search.highlight import Marks, highlight
from search.kept import KeptAwhile
from search.models import Entry
from search.query import Meaning, understand

Ask = Callable[[SearchRequest], SearchAnswer]
_SECONDS = 20.0


@dataclass(frozen=True)
class Choice:
    """The numbers of the pages that come first for a query, and of those that are left out."""

    pinned: tuple[int, ...] = ()
    hidden: frozenset[int] = frozenset()


def answer(request: SearchRequest, ask: Ask) -> SearchAnswer:
    """The answer of an engine, as curators want it for this query. Two queries more, where they do."""
    choice = current().get(request.query.meaning) if request.query else None
    if choice is None:
        return ask(request)
    pinned, asked = _around(request, choice)
    shown = pinned.passing(request.filters)
    own = _hits(shown[request.first :][: request.per_page], request)
    rest = _stretch(asked, ask, max(0, request.first - len(shown)), request.per_page - len(own))
    return replace(
        rest,
        hits=[*own, *rest.hits],
        total=rest.total + len(shown),
        met=rest.met + len(pinned.found),
        facets=candidates.together(pinned.counts(request.filters), rest.facets),
    )


def left_to_find(request: SearchRequest) -> SearchRequest:
    """What an engine is asked where curators chose something for the query."""
    choice = current().get(request.query.meaning)
    return request if choice is None else _around(request, choice)[1]


def _around(request: SearchRequest, choice: Choice) -> tuple[candidates.Candidates, SearchRequest]:
    """What is pinned, of what the reader may see, and what is asked of the engine beside it."""
    pinned = candidates.of_pages(choice.pinned, request.keys)
    left_out = choice.hidden.union(each.pk for each in pinned.found)
    without = request.without | left_out
    return pinned, replace(request, without=without, beside=len(pinned.found))


def _stretch(request: SearchRequest, ask: Ask, start: int, size: int) -> SearchAnswer:
    """`size` hits from `start` on. Engines answer in pages: of two where a page begins elsewhere."""
    if start == 0:
        found = ask(replace(request, page=1, per_page=max(1, size)))
        return replace(found, hits=found.hits[:size])
    pages, offset = divmod(start, request.per_page)
    found = ask(replace(request, page=pages + 1))
    hits = [*found.hits[offset:]]
    if offset and found.total > (pages + 1) * request.per_page:
        hits += ask(replace(request, page=pages + 2)).hits[:offset]
    return replace(found, hits=hits)


def _hits(pks: list[int], request: SearchRequest) -> list[Hit]:
    marks = Marks(request.query)
    entries = Entry.objects.defer("body", "segments", "facet_values", "keywords").in_bulk(pks)
    return [
        Hit(entry, highlight(entry.title, marks), highlight(entry.summary, marks), is_pinned=True)
        for entry in (entries[pk] for pk in pks if pk in entries)
    ]


def _read() -> dict[Meaning, Choice]:
    pinned = _by_bet(PinnedPage.objects.order_by("sort_order", "pk").values_list("bet", "page"))
    hidden = _by_bet(HiddenPage.objects.values_list("bet", "page"))
    choices: dict[Meaning, Choice] = {}
    for bet in BestBet.objects.order_by("-pk"):  # of two that say the same, the older one counts
        left_out = frozenset(hidden.get(bet.pk, ()))
        first = dict.fromkeys(pk for pk in pinned.get(bet.pk, ()) if pk not in left_out)
        for line in bet.lines():
            choices[understand(line).meaning] = Choice(tuple(first), left_out)
    return choices


def _by_bet(rows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for bet, page in rows:
        found.setdefault(bet, []).append(page)
    return found


# What curators chose, as this process last read it.
_kept = KeptAwhile(_read, _SECONDS)
current, forget = _kept.current, _kept.forget
