"""A way on for who found nothing: the themes that are near."""

from dataclasses import dataclass

from django.db.models import Count

from search.engines import SearchAnswer, SearchRequest
from search.language import terms
from search.models import Entry, EntryFacet

_MOST_THEMES = 3


@dataclass(frozen=True)
class NearTheme:
    """A theme that may hold what was looked for, and how much it holds."""

    slug: str
    name: str
    count: int


def near_themes(request: SearchRequest, answer: SearchAnswer) -> list[NearTheme]:
    """The themes that what was typed names, then the fullest ones, as this reader may see them; none
    where something was found."""
    if not request.text or answer.total:
        return []
    rows = EntryFacet.objects.filter(
        name="tema", entry__in=Entry.objects.visible_to(request.keys)
    ).values_list("value", "label")
    counted = rows.annotate(count=Count("entry")).order_by("-count", "label")
    asked = set(terms(request.text))
    themes = [NearTheme(*row) for row in counted]
    themes.sort(key=lambda theme: not asked & set(terms(theme.name)))
    return themes[:_MOST_THEMES]
