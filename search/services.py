"""Writing entries, and asking for them. Call inside the transaction that changes the item."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet

from search import best_bets, leniency, portuguese, vocabulary
from search.embedded import EmbeddedEngine
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from search.entries import EntryDocument
from search.language import fold
from search.models import AUDIENCE, SHAPE, Entry, EntryFacet


def engine() -> SearchEngine:
    """The engine that answers."""
    if not settings.ELASTICSEARCH_URL:
        return EmbeddedEngine()
    from search.elastic.paired import PairedEngine

    return PairedEngine()


def prepare_language() -> None:
    """Make what search keeps of Portuguese beside the library; nothing to do where it is there."""
    portuguese.prepare()


def write(document: EntryDocument) -> None:
    """Write an item's entry, in place of an earlier one."""
    values = values_of(document)
    with transaction.atomic():
        entry, created = Entry.objects.get_or_create(page_id=document.page_id, defaults=values)
        if not created:
            Entry.objects.filter(pk=entry.pk).update(version=F("version") + 1, **values)
            entry.refresh_from_db()
        EntryFacet.objects.filter(entry=entry).delete()
        _write_facets([document])
        engine().write(entry)


def write_new(documents: Iterable[EntryDocument]) -> None:
    """Write the entries of items that have none yet, many at once."""
    some = list(documents)
    with transaction.atomic():
        made = Entry.objects.bulk_create(
            Entry(page_id=each.page_id, **values_of(each)) for each in some
        )
        _write_facets(some)
        for entry in made:
            engine().write(entry)


def _write_facets(documents: Iterable[EntryDocument]) -> None:
    """The rows of facets; they are many, and a model for each would cost more than all the rest."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_entryfacet (entry_id, name, value, label) VALUES (%s, %s, %s, %s)",
            [
                (document.page_id, name, value, label)
                for document in documents
                for (name, value), label in facets_of(document).items()
            ],
        )


def values_of(document: EntryDocument) -> dict[str, Any]:
    """The fields of its row."""
    texts = (document.title, document.summary, document.keywords, document.body)
    together: dict[str, dict[str, str]] = {}
    for (name, value), label in facets_of(document).items():
        if name != AUDIENCE:
            together.setdefault(name, {})[value] = label
    return {
        "kind": document.kind,
        "title": document.title,
        "sort_title": fold(document.title)[:255],
        "summary": document.summary,
        "url": document.url,
        "keywords": document.keywords,
        "acronyms": " ".join(vocabulary.current().acronyms_in(*texts)),
        "body": document.body,
        "segments": [[each.milliseconds, each.anchor, each.text] for each in document.segments],
        "published_at": document.published_at,
        "updated_at": document.updated_at,
        "expires_at": document.expires_at,
        "card": document.card,
        "facet_values": together,
        "shape": SHAPE,
    }


def facets_of(document: EntryDocument) -> dict[tuple[str, str], str]:
    """(name, value) → label, the audience included."""
    facets = {(each.name, each.value[:120]): each.label[:120] for each in document.facets}
    return facets | {(AUDIENCE, key[:120]): key[:120] for key in document.audience}


def outdated() -> "QuerySet[Entry, int]":
    """The numbers of entries that were written before entries held what they hold now."""
    return Entry.objects.filter(shape__lt=SHAPE).order_by("pk").values_list("pk", flat=True)


def remove(page_id: int) -> None:
    """Remove an item's entry, if it has one."""
    with transaction.atomic():
        Entry.objects.filter(pk=page_id).delete()
        engine().remove(page_id)


def write_audiences(audiences: Mapping[int, frozenset[str]]) -> list[int]:
    """Give the entries of these pages these audiences; touches only those that change. Returns
    which did."""
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
        engine().write_readers(changed)
    return changed


def catch_up() -> int:
    """Let the engine take in what it has yet to hear of."""
    return engine().catch_up()


def keep_up() -> int:
    """The same, and what it was never told. For the clock."""
    return engine().catch_up() + engine().reconcile()


def label_of(name: str, value: str, keys: Iterable[str]) -> str | None:
    """How a value of a facet is called, if a reader with `keys` may see an entry that has it."""
    rows = EntryFacet.objects.filter(name=name, value=value)
    return (
        rows.filter(entry__in=Entry.objects.visible_to(keys))
        .values_list("label", flat=True)
        .first()
    )


def search(request: SearchRequest) -> SearchAnswer:
    """Answer a request with the engine at hand, and with what curators chose for the query."""
    at_hand = engine().search
    answer = leniency.answer(request, lambda asked: best_bets.answer(asked, at_hand))
    return replace(answer, hits=list(answer.hits))
