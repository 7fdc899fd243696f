"""The embedded engine: the rows themselves, and the database's full text over their terms.

Words are folded and stemmed in Python before they reach the index, so that the index itself needs
to know no Portuguese.
"""

from django.utils.html import escape

from search import candidates
from search.engines import FACETS, Hit, Moment, SearchAnswer, SearchRequest
from search.highlight import Marks, Stretch, best_stretch, highlight
from search.indexes import COLUMNS, Matches, term_in, term_index
from search.language import fold, terms, words
from search.models import Entry
from search.query import ACRONYM, AUTHOR
from search.salience import salient

_MAX_EXCERPTED = 100_000  # characters of a body that are looked through for an excerpt


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
        matches = term_index().match(query, request.keys) if query else Matches([])
        found = candidates.of_matches(matches) if query else candidates.of_library(request)
        passing = found.in_order(request.order, request.filters)
        first = (request.page - 1) * request.per_page
        marks = Marks(query)
        hits = [
            _hit(entry, marks) for entry in _entries(passing[first:][: request.per_page], marks)
        ]
        counts = found.counts(request.filters)
        return SearchAnswer(hits, len(passing), counts, matches.is_relaxed, found.has_more)


def _entries(pks: list[int], marks: Marks) -> list[Entry]:
    """The entries of a page, in order; their texts only where something is to be marked."""
    entries = Entry.objects.defer("facet_values", "acronyms", "keywords")
    if not marks:
        entries = entries.defer("body", "segments")
    found = entries.in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def _columns(entry: Entry) -> list[list[str]]:
    """The terms of an entry, a list for each of COLUMNS; acronyms and authors as fields of their
    own beside the keywords."""
    columns = [terms(getattr(entry, column)) for column in COLUMNS]
    own = [term_in(ACRONYM, acronym) for acronym in entry.acronyms.split()]
    for name in entry.card.get("authors", []):
        own += (term_in(AUTHOR, fold(word)) for word in words(name))
    columns[COLUMNS.index("keywords")] += [*own, *salient(entry.body)]
    return columns


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
