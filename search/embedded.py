"""The embedded engine: the rows themselves, and the database's full text over their terms.

Words are folded and stemmed in Python before they reach the index, so that the index itself needs
to know no Portuguese.
"""

from collections.abc import Iterable

from search import candidates
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from search.hits import Hits
from search.indexes import COLUMNS, term_in, term_index
from search.language import fold, terms_of, words
from search.models import Entry
from search.query import ACRONYM, AUTHOR
from search.rings import Choice
from search.salience import salient


class EmbeddedEngine:
    """Finds entries without any service beside the database. At most eight queries an answer, up to
    four of them to see which ring is enough."""

    def write(self, entry: Entry) -> None:
        term_index().write(entry.pk, _columns(entry))

    def remove(self, page_id: int) -> None:
        term_index().remove(page_id)

    def write_readers(self, page_ids: Iterable[int]) -> None:
        """Nothing to do: who may read an entry is asked of the rows."""

    def parts(self) -> list[SearchEngine]:
        return [self]

    def holds(self, entry: Entry) -> bool:
        return term_index().holds(entry.pk, _columns(entry))

    def held(self) -> set[int]:
        return term_index().held()

    def catch_up(self) -> int:
        return 0

    def reconcile(self) -> int:
        return 0

    def search(self, request: SearchRequest) -> SearchAnswer:
        query, is_relaxed = request.query, False
        if query:
            ring, is_relaxed = chosen(request)
            found = candidates.of_matches(term_index().match(request, ring), request.order)
        elif request.text.strip():
            return SearchAnswer.nothing()
        else:
            found = candidates.of_library(request)
        passing = found.passing(request.filters)
        shown = Hits(Entry.objects.all(), passing[request.first :][: request.per_page], query)
        return SearchAnswer(
            hits=shown,
            total=len(passing),
            facets=found.counts(request.filters),
            met=len(found.found),
            has_more=found.has_more,
            is_relaxed=is_relaxed and bool(found.found),
        )


def chosen(request: SearchRequest) -> Choice:
    """The ring that is asked for, or the only one, or the one that is enough."""
    if request.ring is not None:
        return Choice(request.ring)
    if len(request.query.wanted) == 1:
        return Choice(request.query.rings[0])
    return term_index().enough(request)


def _columns(entry: Entry) -> list[list[str]]:
    """The terms of an entry, a list for each of COLUMNS; acronyms and authors as fields of their
    own beside the keywords."""
    written = {column: words(getattr(entry, column)) for column in COLUMNS}
    found = {column: terms_of(each) for column, each in written.items()}
    own = [term_in(ACRONYM, acronym) for acronym in entry.acronyms.split()]
    for name in entry.card.get("authors", []):
        own += (term_in(AUTHOR, fold(word)) for word in words(name))
    found["keywords"] += [*own, *salient(entry.body, written["body"])]
    return list(found.values())
