"""Asking an engine, in few words."""

from typing import Any

from accounts.audience import ANYBODY
from search import leniency
from search.engines import SearchAnswer, SearchEngine, SearchRequest


def ask(engine: SearchEngine, text: str = "", **how: Any) -> SearchAnswer:
    request = SearchRequest(**{"keys": ANYBODY, "text": text} | how)
    return leniency.answer(request, engine.search)


def found(engine: SearchEngine, text: str = "", **how: Any) -> list[str]:
    return [hit.entry.title for hit in ask(engine, text, **how).hits]
