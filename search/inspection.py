"""Whether the engine has what the library says: for a check, not for answers."""

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.serializers.json import DjangoJSONEncoder

from search import services
from search.engines import EngineAway, SearchEngine
from search.entries import EntryDocument
from search.models import Entry, EntryFacet

T = TypeVar("T")


class Inspection:
    """Looks into the rows and into every part of the engine. A part that does not answer is asked no
    more, so that the others are looked into all the same; `away` says why, in a sentence."""

    def __init__(self) -> None:
        self._parts = services.engine().parts()
        self.away = ""

    def what_differs(self, document: EntryDocument) -> list[str]:
        """What of an item's entry is not as the item says; everything, where there is no entry."""
        entry = Entry.objects.filter(pk=document.page_id).first()
        if entry is None:
            return ["entry"]
        values = services.values_of(document)
        for name in ("card", "segments", "facet_values"):  # as the database gives them back
            values[name] = json.loads(json.dumps(values[name], cls=DjangoJSONEncoder))
        wrong = [name for name, value in values.items() if getattr(entry, name) != value]
        rows = EntryFacet.objects.filter(entry=entry).values_list("name", "value", "label")
        if {(name, value): label for name, value, label in rows} != services.facets_of(document):
            wrong.append("facets")
        if not all(self._ask(lambda part: part.holds(entry))):
            wrong.append("index")
        return wrong

    def left_over(self, page_ids: Iterable[int]) -> list[int]:
        """The entries, and what the engine holds, that belong to none of these pages."""
        entries = set(Entry.objects.values_list("pk", flat=True))
        return sorted(entries.union(*self._ask(lambda part: part.held())) - set(page_ids))

    def _ask(self, ask: Callable[[SearchEngine], T]) -> list[T]:
        """What the parts say that answer."""
        said, answering = [], []
        for part in self._parts:
            try:
                said.append(ask(part))
            except EngineAway as error:
                self.away = str(error)
            else:
                answering.append(part)
        self._parts = answering
        return said
