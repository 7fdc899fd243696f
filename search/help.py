"""A way on for who found nothing: the themes that are near."""

from dataclasses import dataclass

from search import services
from search.engines import SearchAnswer, SearchRequest
from search.language import terms

_MOST_THEMES = 3


@dataclass(frozen=True)
class NearTheme:
    """A theme that may hold what was looked for, and how much it holds; `has_more`: at the least."""

    slug: str
    name: str
    count: int
    has_more: bool = False


def near_themes(request: SearchRequest, answer: SearchAnswer) -> list[NearTheme]:
    """The themes that what was typed names, then the fullest ones, as the engine counts them for this
    reader; none where something was found."""
    if not request.text or answer.total:
        return []
    library = services.search(SearchRequest(keys=request.keys, per_page=0))
    asked = set(terms(request.text))
    themes = [
        NearTheme(each.value, each.label, each.count, library.has_more)
        for each in library.facets["tema"]
    ]
    themes.sort(key=lambda theme: not asked & set(terms(theme.name)))
    return themes[:_MOST_THEMES]
