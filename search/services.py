"""Writing entries, and asking for them. Call inside the transaction that changes the item."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, QuerySet

from search import best_bets, spelling, vocabulary
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


def write(document: EntryDocument) -> None:
    """Write an item's entry, in place of an earlier one."""
    values = _values(document)
    with transaction.atomic():
        entry, created = Entry.objects.get_or_create(page_id=document.page_id, defaults=values)
        if not created:
            Entry.objects.filter(pk=entry.pk).update(version=F("version") + 1, **values)
            entry.refresh_from_db()
        EntryFacet.objects.filter(entry=entry).delete()
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, name=name, value=value, label=label)
            for (name, value), label in _facets(document).items()
        )
        engine().write(entry)


def write_new(documents: Iterable[EntryDocument]) -> None:
    """Write the entries of items that have none yet, many at once."""
    made = [(Entry(page_id=each.page_id, **_values(each)), each) for each in documents]
    with transaction.atomic():
        Entry.objects.bulk_create(entry for entry, _ in made)
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, name=name, value=value, label=label)
            for entry, document in made
            for (name, value), label in _facets(document).items()
        )
        for entry, _ in made:
            engine().write(entry)


def _values(document: EntryDocument) -> dict[str, Any]:
    """The fields of the row."""
    texts = (document.title, document.summary, document.keywords, document.body)
    together: dict[str, dict[str, str]] = {}
    for (name, value), label in _facets(document).items():
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


def _facets(document: EntryDocument) -> dict[tuple[str, str], str]:
    """(name, value) → label, the audience included."""
    facets = {(each.name, each.value[:120]): each.label[:120] for each in document.facets}
    return facets | {(AUDIENCE, key[:120]): key[:120] for key in document.audience}


def what_differs(document: EntryDocument) -> list[str]:
    """What of an item's entry is not as the item says; everything, where there is no entry."""
    entry = Entry.objects.filter(pk=document.page_id).first()
    if entry is None:
        return ["entry"]
    values = _values(document)
    for name in ("card", "segments", "facet_values"):  # as the database gives them back
        values[name] = json.loads(json.dumps(values[name], cls=DjangoJSONEncoder))
    wrong = [name for name, value in values.items() if getattr(entry, name) != value]
    rows = EntryFacet.objects.filter(entry=entry).values_list("name", "value", "label")
    if {(name, value): label for name, value, label in rows} != _facets(document):
        wrong.append("facets")
    if not engine().holds(entry):
        wrong.append("index")
    return wrong


def left_over(page_ids: Iterable[int]) -> list[int]:
    """The entries, and what the engine holds, that belong to none of these pages."""
    entries = set(Entry.objects.values_list("pk", flat=True)) | engine().held()
    return sorted(entries - set(page_ids))


def outdated() -> "QuerySet[Entry, int]":
    """The numbers of entries that were written before entries held what they hold now."""
    return Entry.objects.filter(shape__lt=SHAPE).order_by("pk").values_list("pk", flat=True)


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
        engine().write_readers(changed)
    return len(changed)


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
    return spelling.answer(request, lambda asked: best_bets.answer(asked, at_hand))
