"""The embedded engine: the rows themselves, and the database's full text over their terms.

Words are folded and stemmed in Python before they reach the index, so that the index itself needs
to know no Portuguese.
"""

from collections.abc import Iterable

from search import candidates
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from search.hits import Hits
from search.indexes import COLUMNS, TermIndex, term_in, term_index
from search.language import fold, terms_of, words
from search.models import Entry
from search.query import ACRONYM, AUTHOR
from search.rings import Choice, enough
from search.salience import salient


class EmbeddedEngine:
    """Finds entries without any service beside the database. At most six queries an answer, two of
    them to see which ring is enough; three more where other words may have been meant."""

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
            index = term_index()
            ring, is_relaxed = _chosen(request, index)
            if request.other and _is_other_meant(request, is_firm=not is_relaxed):
                return SearchAnswer.nothing(is_other_meant=True)
            found = candidates.of_matches(index.match(request, ring), request.order)
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


def _chosen(request: SearchRequest, index: TermIndex) -> Choice:
    """The ring that is asked for, or the only one, or the one that is enough."""
    if request.ring is not None:
        return Choice(request.ring)
    if len(request.query.wanted) == 1 and not request.other:
        return Choice(request.query.rings[0])
    return enough(request.query, index.count(request), request.beside)


def _is_other_meant(request: SearchRequest, *, is_firm: bool) -> bool:
    index = term_index()
    return request.is_other_meant(
        is_firm=is_firm,
        is_other_firm=lambda: index.is_firm(request.with_words(request.other)),
        is_doubted_held=lambda: index.is_any_held(request.with_words(request.doubted)),
    )


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
