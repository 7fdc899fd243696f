"""A way on for who found nothing, or only a part: other words, and themes."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import Count

from search import services
from search.engines import SearchAnswer, SearchRequest
from search.language import terms
from search.models import Entry, EntryFacet
from search.spelling import corrected

_MOST_THEMES = 3
_LONGEST = 80  # of a query that is offered in other words


@dataclass(frozen=True)
class NearTheme:
    """A theme that may hold what was looked for, and how much it holds."""

    slug: str
    name: str
    count: int


@dataclass(frozen=True)
class Help:
    """What the page offers beside its answer."""

    meant: str = ""
    meant_url: str = ""
    themes: list[NearTheme] = field(default_factory=list)


def help_with(request: SearchRequest, answer: SearchAnswer, path: str) -> Help:
    """What helps somebody whose words met nothing, or nothing whole. `path` is where to ask again."""
    if not request.text or (answer.total and not answer.is_relaxed):
        return Help()
    meant = _meant(request)
    url = f"{path}?{urlencode({'q': meant})}" if meant else ""
    return Help(meant, url, [] if answer.total else _near_themes(request))


def _meant(request: SearchRequest) -> str:
    """The query as it was probably meant, if that finds all of it for this reader."""
    better = corrected(request.text) if len(request.text) <= _LONGEST else None
    if better is None:
        return ""
    answer = services.search(replace(request, text=better, filters={}, page=1, per_page=1))
    return better if answer.total and not answer.is_relaxed else ""


def _near_themes(request: SearchRequest) -> list[NearTheme]:
    """The themes that what was typed names, then the fullest ones, as this reader may see them."""
    rows = EntryFacet.objects.filter(
        name="tema", entry__in=Entry.objects.visible_to(request.keys)
    ).values_list("value", "label")
    counted = rows.annotate(count=Count("entry")).order_by("-count", "label")
    asked = set(terms(request.text))
    themes = [NearTheme(*row) for row in counted]
    themes.sort(key=lambda theme: not asked & set(terms(theme.name)))
    return themes[:_MOST_THEMES]
