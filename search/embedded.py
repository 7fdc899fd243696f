"""The embedded engine: the rows themselves, and the database's full text over their terms.

Words are folded and stemmed in Python before they reach the index, so that the index itself needs
to know no Portuguese.
"""

from collections.abc import Iterable

from search import candidates
from search.candidates import Candidates
from search.engines import FACETS, FacetValue, SearchAnswer, SearchEngine, SearchRequest
from search.hits import Hits
from search.indexes import COLUMNS, term_in, term_index
from search.language import fold, terms_of, words
from search.models import Entry
from search.query import ACRONYM, AUTHOR
from search.salience import salient


class EmbeddedEngine:
    """Finds entries without any service beside the database. At most four queries an answer, and one
    more where it is to be seen first whether there is enough."""

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
        query = request.query
        if request.wider:
            held = term_index().count(request)
            met = held.pop(request.least)
            if met < request.enough:
                nothing: dict[str, list[FacetValue]] = {name: [] for name in FACETS}
                return SearchAnswer([], 0, nothing, met, held)
        if query:
            found = candidates.of_matches(term_index().match(request), request.order)
        elif request.text.strip():
            found = Candidates([])
        else:
            found = candidates.of_library(request)
        passing = found.passing(request.filters)
        first = (request.page - 1) * request.per_page
        shown = Hits(Entry.objects.all(), passing[first:][: request.per_page], query)
        counts = found.counts(request.filters)
        return SearchAnswer(shown, len(passing), counts, len(found.found), has_more=found.has_more)


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
