"""What is answered where little or nothing meets all that was asked.

The narrowest ring that fills a page is enough: what else the library has that meets less is only in the
way. A word that the library does not know is read as the nearest that it knows, before anything is shown
that meets a part (docs/decisions/0029).
"""

from collections.abc import Callable
from dataclasses import replace

from search.engines import SearchAnswer, SearchRequest
from search.query import Ring
from search.spelling import corrected

ENOUGH = 12  # a page, as readers see it


def answer(request: SearchRequest, ask: Callable[[SearchRequest], SearchAnswer]) -> SearchAnswer:
    """What `ask` answers, asked again where that is too little."""
    found = ask(request)
    query = request.query
    if not query or found.met >= ENOUGH:
        return found
    if not found.met:
        better = corrected(request.text)
        if better is not None and (meant := ask(replace(request, text=better))).met:
            return replace(meant, read_as=better)
    if query.least(Ring.HALF) < query.least(Ring.FIRM):
        wider = ask(replace(request, ring=Ring.HALF))
        if found.met or wider.met >= ENOUGH:
            return replace(wider, is_relaxed=not found.met)
    if found.met or len(query.wanted) == 1:
        return found
    part = ask(replace(request, ring=Ring.PART))
    return replace(part, is_relaxed=part.met > 0)
