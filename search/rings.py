"""How much of what was asked for an answer has to meet.

The narrowest ring that fills a page is enough: what else the library has that meets less is only in
the way (docs/decisions/0029). Engines answer with the one that is enough.
"""

from collections.abc import Callable
from typing import NamedTuple

from search.query import ANY, Query

ENOUGH = 12  # a page, as readers see it: where that much is firm, what is less is not looked at
PLENTY = 240  # where that much meets more than is firm, nor is what is only firm


class Choice(NamedTuple):
    """The ring to answer with. `is_relaxed`: nothing meets what is firm, so it shows a part of it."""

    ring: int
    is_relaxed: bool = False


def needed(query: Query, ring: int) -> int:
    """How much a ring has to hold to be enough; of an only one it is asked whether it holds anything."""
    if len(query.rings) == 1:
        return 1
    return PLENTY if ring > query.firm else ENOUGH


def enough(query: Query, held: Callable[[int], int], beside: int = 0) -> Choice:
    """The narrowest ring that fills a page, or many, where it is narrower than what is firm; if none
    does, what meets half, or, where that is not what was meant, any part.

    `held`: says how many entries stand in a ring, to as many as are `needed`; it is asked of one ring
    after another. `beside`: entries that are shown whatever the ring.
    """
    counted: dict[int, int] = {}
    for ring in query.rings:
        counted[ring] = held(ring) + beside
        if counted[ring] >= needed(query, ring):
            return Choice(ring, is_relaxed=not counted.get(query.firm, ring))
    is_relaxed = not counted[query.firm]
    return Choice(ANY if is_relaxed and len(query.wanted) > 1 else query.rings[-1], is_relaxed)
