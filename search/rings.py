"""How much of what was asked for an answer has to meet.

The narrowest ring that fills a page is enough: what else the library has that meets less is only in
the way (docs/decisions/0029). Engines count what stands in each ring, and answer with the one that is
enough.
"""

from collections.abc import Mapping
from typing import NamedTuple

from search.query import ANY, Query

ENOUGH = 12  # a page, as readers see it: where that much is firm, what is less is not looked at
PLENTY = 240  # where that much meets more than is firm, nor is what is only firm


class Choice(NamedTuple):
    """The ring to answer with. `is_relaxed`: nothing meets what is firm, so it shows a part of it."""

    ring: int
    is_relaxed: bool = False


def needed(query: Query, ring: int) -> int:
    """How much a ring has to hold to be enough."""
    return PLENTY if ring > query.firm else ENOUGH


def enough(query: Query, held: Mapping[int, int], beside: int = 0) -> Choice:
    """The narrowest ring that fills a page, or many, where it is narrower than what is firm; if none
    does, what meets half, or, where that is not what was meant, any part.

    `held`: how many entries stand in each ring, as far as they were counted; wider rings than the first
    that is enough need not be there. `beside`: entries that are shown whatever the ring.
    """
    whole = query.rings[0]
    is_relaxed = not held.get(query.firm, held[whole]) + beside
    last = ANY if is_relaxed and len(query.wanted) > 1 else query.rings[-1]
    filling = (r for r in query.rings if held.get(r, 0) + beside >= needed(query, r))
    return Choice(next(filling, last), is_relaxed)
