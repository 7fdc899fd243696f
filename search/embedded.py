"""The embedded engine: the rows themselves, and the database's full text over their terms.

Words are folded and stemmed in Python before they reach the index, so that the index itself needs
to know no Portuguese.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.html import escape

from search.engines import FACETS, FacetValue, Hit, Moment, SearchAnswer, SearchRequest
from search.highlight import Marks, Stretch, best_stretch, highlight
from search.indexes import COLUMNS, Matches, term_in, term_index
from search.language import fold, terms, words
from search.models import Entry, EntryFacet
from search.query import ACRONYM, AUTHOR

_MAX_EXCERPTED = 100_000  # characters of a body that are looked through for an excerpt

# entry → facet name → value → label
FacetsByEntry = dict[int, dict[str, dict[str, str]]]


class EmbeddedEngine:
    """Finds entries without any service beside the database. At most four queries an answer."""

    def write(self, entry: Entry) -> None:
        term_index().write(entry.pk, _columns(entry))

    def remove(self, page_id: int) -> None:
        term_index().remove(page_id)

    def holds(self, entry: Entry) -> bool:
        return term_index().holds(entry.pk, _columns(entry))

    def held(self) -> set[int]:
        return term_index().held()

    def search(self, request: SearchRequest) -> SearchAnswer:
        query = request.query
        if request.text.strip() and not query:
            return SearchAnswer([], 0, {name: [] for name in FACETS})
        entries = Entry.objects.visible_to(request.keys)
        matches = Matches([])
        if query:
            matches = term_index().match(query, request.keys)
            entries = Entry.objects.filter(pk__in=matches.pks)
        by_title = request.order == "titulo"
        facets = _facets_of(entries, in_title_order=by_title)
        chosen = [pk for pk, values in facets.items() if _passes(values, request.filters)]
        marks = Marks(query)
        hits = [_hit(entry, marks) for entry in _page_of(chosen, request, matches.pks)]
        counts = _counts(facets, request.filters)
        return SearchAnswer(hits, len(chosen), counts, matches.is_relaxed)


def _columns(entry: Entry) -> list[list[str]]:
    """The terms of an entry, a list for each of COLUMNS; acronyms and authors as fields of their
    own beside the keywords."""
    columns = [terms(getattr(entry, column)) for column in COLUMNS]
    own = [term_in(ACRONYM, acronym) for acronym in entry.acronyms.split()]
    for name in entry.card.get("authors", []):
        own += (term_in(AUTHOR, fold(word)) for word in words(name))
    columns[COLUMNS.index("keywords")] += own
    return columns


def _facets_of(entries: QuerySet, *, in_title_order: bool = False) -> FacetsByEntry:
    """The facets of every entry; the entries as a dictionary would order them, if so asked: the
    database knows neither accents nor small letters."""
    rows = EntryFacet.objects.filter(entry__in=entries, name__in=[*FACETS, "pessoa"])
    columns = ["entry_id", "name", "value", "label"]
    found: FacetsByEntry = defaultdict(lambda: defaultdict(dict))
    titles: dict[int, str] = {}
    for row in rows.values_list(*columns, *(["entry__title"] if in_title_order else [])):
        pk, name, value, label, *title = row
        found[pk][name][value] = label
        titles[pk] = title[0] if title else ""
    if not in_title_order:
        return found
    return {pk: found[pk] for pk in sorted(found, key=lambda pk: (fold(titles[pk]), pk))}


def _passes(
    values: dict[str, dict[str, str]], filters: dict[str, str], but: str | None = None
) -> bool:
    return all(value in values[name] for name, value in filters.items() if name != but)


def _counts(facets: FacetsByEntry, filters: dict[str, str]) -> dict[str, list[FacetValue]]:
    """How many entries each value would leave, its own facet's filter set aside."""
    counted: dict[str, list[FacetValue]] = {}
    for name in FACETS:
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for values in facets.values():
            if _passes(values, filters, but=name):
                for pair in values[name].items():
                    counts[pair] += 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))
        counted[name] = [FacetValue(value, label, count) for (value, label), count in ordered]
    return counted


def _page_of(chosen: list[int], request: SearchRequest, ranked: list[int]) -> Iterable[Entry]:
    first = (request.page - 1) * request.per_page
    last = first + request.per_page
    entries = Entry.objects.all() if ranked else Entry.objects.defer("body")
    in_order = chosen
    if ranked and request.order in ("", "relevancia"):
        allowed = set(chosen)
        in_order = [pk for pk in ranked if pk in allowed]
    elif request.order != "titulo":
        return entries.filter(pk__in=chosen).newest_first()[first:last]
    page = in_order[first:last]
    found = entries.in_bulk(page)
    return [found[pk] for pk in page if pk in found]


def _hit(entry: Entry, marks: Marks) -> Hit:
    if not marks:
        return Hit(entry, escape(entry.title), escape(entry.summary))
    title, summary = marks.spans(entry.title), marks.spans(entry.summary)
    shown = {span.met for span in [*title, *summary]}
    title_html = highlight(entry.title, marks)
    body = best_stretch(entry.body[:_MAX_EXCERPTED], marks)
    said = _said(entry, marks, shown)
    if said is not None and len(said[0].met) >= len(body.met if body else ()):
        return Hit(entry, title_html, said[0].html(marks), said[1])
    if summary or body is None:
        return Hit(entry, title_html, highlight(entry.summary, marks))
    return Hit(entry, title_html, body.html(marks))


def _said(entry: Entry, marks: Marks, shown: set[tuple[str, ...]]) -> tuple[Stretch, Moment] | None:
    """Where a recording says most of what was asked for, if title and summary do not."""
    best: tuple[Stretch, Moment] | None = None
    for milliseconds, anchor, text in entry.segments:
        found = best_stretch(text, marks)
        if found and found.met - shown and (best is None or len(found.met) > len(best[0].met)):
            best = found, Moment(milliseconds // 1000, f"{entry.url}#{anchor}")
    return best
