"""A search that somebody keeps: what is new in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from search import services
from search.engines import FACETS, SearchRequest
from search.listing import PUBLIC, Asked, cleaned
from search.models import Entry


@dataclass(frozen=True)
class SavedSearch:
    """Words and filters as they stand in an address; what they are called; what everybody may read of
    what they find, the newest first."""

    query: str
    names: list[str]
    entries: list[Entry]


def newest(
    parameters: Mapping[str, str], *, known: dict[str, dict[str, str]], most: int
) -> SavedSearch:
    """The newest that a search finds. A filter that means nothing, or words that nothing meets whole,
    find nothing: who keeps a search wants what it says, and no more."""
    asked = Asked(parameters, known)
    wanted = {name for name in FACETS if cleaned(parameters.get(name, ""))}
    names = [known.get(name, {}).get(value, value) for name, value in asked.filters.items()]
    saved = SavedSearch(asked.saved, [f"“{asked.query}”"] * bool(asked.query) + names, [])
    if wanted - asked.filters.keys():
        return saved
    answer = services.search(
        SearchRequest(
            keys=PUBLIC,
            text=asked.query,
            filters=asked.filters,
            order="recentes",
            per_page=most,
        )
    )
    if not answer.is_relaxed:
        saved.entries.extend(hit.entry for hit in answer.hits)
        saved.entries.sort(key=lambda each: (each.published_at, each.pk), reverse=True)
    return saved
