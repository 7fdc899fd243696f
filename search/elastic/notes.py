"""What Elasticsearch has yet to hear of.

A note is written in the transaction that changes an entry, and deleted when every index has taken
the entry as it is. So nothing is lost while Elasticsearch is away, or when a process dies between
the two. The number of a note is the number of the writing: they only grow.
"""

from collections.abc import Iterable

from elasticsearch import Elasticsearch

from search.elastic.documents import documents
from search.elastic.index import Change, indexes, put
from search.models import Entry, IndexNote

AT_ONCE = 100  # entries


def note(page_ids: Iterable[int]) -> None:
    """Remember that these entries have changed, or are gone. After the change, in its transaction."""
    IndexNote.objects.bulk_create(IndexNote(page_number=page_id) for page_id in page_ids)


def is_anything_noted() -> bool:
    return IndexNote.objects.exists()


def catch_up(client: Elasticsearch) -> int:
    """Tell Elasticsearch everything that is noted. Returns how many entries it took. Where there is
    no index there is nothing to tell: it will be built from the rows."""
    done, refused = 0, set[int]()
    while latest := _noted(refused):
        numbers = list(latest)
        changes = _changes(latest)
        left = set[int]()
        for index in indexes(client):
            left |= put(client, index, changes, shown=True)
        refused |= left
        for page_number, number in latest.items():
            if page_number not in left:
                IndexNote.objects.filter(page_number=page_number, pk__lte=number).delete()
        done += len(numbers) - len(left)
    return done


def _noted(but: set[int]) -> dict[int, int]:
    """Some entries with notes, the oldest first: page → number of the last one seen."""
    notes = IndexNote.objects.exclude(page_number__in=but).order_by("pk")
    return {page: number for number, page in notes.values_list("pk", "page_number")[:AT_ONCE]}


def _changes(latest: dict[int, int]) -> list[Change]:
    """The entries as they are now: at least as new as their notes."""
    made = dict(documents(Entry.objects.filter(pk__in=list(latest))))
    return [Change(page, number, made.get(page)) for page, number in latest.items()]
