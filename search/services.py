"""Writing entries, and asking for them. Call inside the transaction that changes the item."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from search import vocabulary
from search.embedded import EmbeddedEngine
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from search.entries import EntryDocument
from search.models import AUDIENCE, Entry, EntryFacet


def engine() -> SearchEngine:
    """The engine that answers."""
    return EmbeddedEngine()


def write(document: EntryDocument) -> None:
    """Write an item's entry, in place of an earlier one."""
    texts = (document.title, document.summary, document.keywords, document.body)
    acronyms = vocabulary.current().acronyms_in(*texts)
    values = {
        "kind": document.kind,
        "title": document.title,
        "summary": document.summary,
        "url": document.url,
        "keywords": document.keywords,
        "acronyms": " ".join(acronyms),
        "body": document.body,
        "published_at": document.published_at,
        "updated_at": document.updated_at,
        "expires_at": document.expires_at,
        "card": document.card,
    }
    with transaction.atomic():
        entry, created = Entry.objects.get_or_create(page_id=document.page_id, defaults=values)
        if not created:
            Entry.objects.filter(pk=entry.pk).update(version=F("version") + 1, **values)
            entry.refresh_from_db()
        EntryFacet.objects.filter(entry=entry).delete()
        facets = {(facet.name, facet.value): facet.label for facet in document.facets}
        facets |= {(AUDIENCE, key): key for key in document.audience}
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, name=name, value=value[:120], label=label[:120])
            for (name, value), label in facets.items()
        )
        engine().write(entry)


def remove(page_id: int) -> None:
    """Remove an item's entry, if it has one."""
    with transaction.atomic():
        Entry.objects.filter(pk=page_id).delete()
        engine().remove(page_id)


def write_audiences(audiences: Mapping[int, frozenset[str]]) -> int:
    """Give the entries of these pages these audiences; touches only those that change. Returns
    how many did."""
    now: dict[int, set[str]] = {pk: set() for pk in audiences}
    rows = EntryFacet.objects.filter(name=AUDIENCE, entry__in=list(audiences))
    for pk, value in rows.values_list("entry_id", "value"):
        now[pk].add(value)
    changed = [pk for pk, keys in audiences.items() if keys != now[pk]]
    with transaction.atomic():
        EntryFacet.objects.filter(name=AUDIENCE, entry__in=changed).delete()
        EntryFacet.objects.bulk_create(
            EntryFacet(entry_id=pk, name=AUDIENCE, value=key, label=key)
            for pk in changed
            for key in audiences[pk]
        )
        Entry.objects.filter(pk__in=changed).update(version=F("version") + 1)
    return len(changed)


def search(request: SearchRequest) -> SearchAnswer:
    """Answer a request with the engine at hand."""
    return engine().search(request)
