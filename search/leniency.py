"""What is answered where little or nothing meets all that was asked.

The narrowest ring that fills a page is enough: what else the library has that meets less is only in the
way. A word that the library does not know is read as the nearest that it knows, before anything is shown
that meets a part (docs/decisions/0029).
"""

from collections.abc import Callable
from dataclasses import replace

from search.engines import ENOUGH, PLENTY, SearchAnswer, SearchRequest
from search.query import ANY, Query
from search.spelling import corrected

Ask = Callable[[SearchRequest], SearchAnswer]


def answer(request: SearchRequest, ask: Ask) -> SearchAnswer:
    """What `ask` answers, asked once more where that is too little."""
    if not request.query:
        return ask(request)
    whole = _whole(request, ask)
    if not _holds(whole, request.query.firm):
        better = corrected(request.text)
        if better is not None:
            meant = replace(request, text=better)
            found = _whole(meant, ask)
            if _holds(found, meant.query.firm):
                return replace(_enough(meant, found, ask), read_as=better)
    return _enough(request, whole, ask)


def _whole(request: SearchRequest, ask: Ask) -> SearchAnswer:
    """What meets all, and how many meet less."""
    whole, *wider = request.query.rings
    enough = _needed(request.query, whole)
    return ask(replace(request, ring=whole, wider=tuple(wider), enough=enough))


def _needed(query: Query, ring: int) -> int:
    """How much a ring has to hold to be enough."""
    return PLENTY if ring > query.firm else ENOUGH


def _holds(whole: SearchAnswer, ring: int) -> int:
    """How many the ring holds, as far as they were counted."""
    return whole.wider.get(ring, whole.met)


def _enough(request: SearchRequest, whole: SearchAnswer, ask: Ask) -> SearchAnswer:
    """The narrowest ring that fills a page, or many, where it is narrower than what is firm; if none
    does, what meets half, or, where that is not what was meant, any part."""
    query = request.query
    is_relaxed = not _holds(whole, query.firm)
    filling = (ring for ring in query.rings if _holds(whole, ring) >= _needed(query, ring))
    ring = next(filling, ANY if is_relaxed else query.rings[-1])
    if ring == query.rings[0] or (ring == ANY and len(query.wanted) == 1):
        return whole
    found = ask(replace(request, ring=ring))
    return replace(found, is_relaxed=is_relaxed and found.met > 0)
