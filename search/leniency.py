"""What is answered where words were mistyped.

A word that the library does not know is read as the nearest that it knows, before anything is shown that
meets a part of what was typed (docs/decisions/0029). If something does meet it, it is taken at its word.
That is asked of the rows, whichever engine answers, so it is asked once, or twice where nothing meets
all of it however it is read.
"""

from collections.abc import Callable
from dataclasses import replace

from search import best_bets
from search.engines import SearchAnswer, SearchRequest
from search.indexes import term_index
from search.language import words
from search.spelling import corrected

Ask = Callable[[SearchRequest], SearchAnswer]


def answer(request: SearchRequest, ask: Ask) -> SearchAnswer:
    """What `ask` answers to what was meant."""
    better = corrected(request.text) if request.query else None
    if better is None or not _is_meant(better, request):
        return ask(request)
    found = ask(replace(request, text=better))
    if not found.is_firm:
        # What is no Portuguese may be met in another language, which the rows do not know.
        typed = ask(request)
        if typed.is_firm or not found.met:
            return typed
    return replace(found, read_as=better)


def _is_meant(better: str, request: SearchRequest) -> bool:
    """Whether nothing meets what was typed, and either something what it may be corrected to or nothing
    the words in which the two differ, as they were typed."""
    if _is_firm(request):
        return False
    kept = set(words(better))
    doubted = " ".join(word for word in words(request.text) if word not in kept)
    return _is_firm(replace(request, text=better)) or not _is_any_held(
        replace(request, text=doubted)
    )


def _is_firm(request: SearchRequest) -> bool:
    """Whether something that the reader may see meets what is firm."""
    return _is_held(request, request.query.firm)


def _is_any_held(request: SearchRequest) -> bool:
    """Whether something that the reader may see meets any of what tells a subject."""
    return _is_held(request, 1)


def _is_held(request: SearchRequest, ring: int) -> bool:
    if not request.query:
        return False
    asked = best_bets.left_to_find(request)
    return asked.beside > 0 or term_index().holding(asked, ring, most=1) > 0
