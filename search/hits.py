"""What an answer shows of the entries that an engine found, whichever it was: titles and excerpts with
marks, and the second at which a recording says what was asked for."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

from django.db.models import QuerySet
from django.utils.html import escape

from search.engines import Hit, Moment
from search.highlight import Marks, Met, Stretch, best_stretch, highlight
from search.models import Entry
from search.query import Query

_MAX_EXCERPTED = 100_000  # characters of a body that are looked through for an excerpt


class Hits(Sequence[Hit]):
    """The entries `pks` of `rows`, in this order. Read and marked when they are looked at, with one
    query: what is asked again in other words is never shown. Their texts are read only where something
    is to be marked."""

    def __init__(self, rows: "QuerySet[Entry]", pks: list[int], query: Query) -> None:
        self._rows, self._pks, self._query = rows, pks, query

    @cached_property
    def _made(self) -> list[Hit]:
        marks = Marks(self._query)
        entries = self._rows.defer("facet_values", "acronyms", "keywords")
        if not marks:
            entries = entries.defer("body", "segments")
        found = entries.in_bulk(self._pks)
        return [_hit(found[pk], marks) for pk in self._pks if pk in found]

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        return self._made[place]


def _hit(entry: Entry, marks: Marks) -> Hit:
    if not marks:
        return Hit(entry, escape(entry.title), escape(entry.summary))
    title, summary = marks.spans(entry.title), marks.spans(entry.summary)
    shown = Met().union(*(span.met for span in [*title, *summary]))
    title_html = highlight(entry.title, marks)
    said = _said(entry, marks, shown)
    is_body_needed = not summary if said is None else _has_more_than_is_said(entry)
    body = best_stretch(entry.body[:_MAX_EXCERPTED], marks) if is_body_needed else None
    if said is not None and len(said[0].met) >= len(body.met if body else ()):
        return Hit(entry, title_html, said[0].html(marks), said[1])
    if summary or body is None:
        return Hit(entry, title_html, highlight(entry.summary, marks))
    return Hit(entry, title_html, body.html(marks))


def _has_more_than_is_said(entry: Entry) -> bool:
    """Whether its body has text of its own, rather than what a recording says once more."""
    return len(entry.body) > 1.2 * sum(len(text) for _, _, text in entry.segments)


def _said(entry: Entry, marks: Marks, shown: Met) -> tuple[Stretch, Moment] | None:
    """Where a recording says most of what was asked for, if title and summary do not."""
    best: tuple[Stretch, Moment] | None = None
    if len(shown) == len(marks.everything):
        return best
    for milliseconds, anchor, text in entry.segments:
        found = best_stretch(text, marks)
        if found and found.met - shown and (best is None or len(found.met) > len(best[0].met)):
            best = found, Moment(milliseconds // 1000, f"{entry.url}#{anchor}")
            if len(found.met) == len(marks.everything):
                break
    return best
