"""What an answer shows of the entries that an engine found, whichever it was: titles and excerpts with
marks, and the second at which a recording says what was asked for."""

from django.db.models import QuerySet
from django.utils.html import escape

from search.engines import Hit, Moment
from search.highlight import Marks, Met, Stretch, best_stretch, highlight
from search.models import Entry
from search.query import Query

_MAX_EXCERPTED = 100_000  # characters of a body that are looked through for an excerpt


def hits(rows: "QuerySet[Entry]", pks: list[int], query: Query) -> list[Hit]:
    """The entries `pks` of `rows`, in this order. One query; their texts are read only where
    something is to be marked."""
    marks = Marks(query)
    entries = rows.defer("facet_values", "acronyms", "keywords")
    if not marks:
        entries = entries.defer("body", "segments")
    found = entries.in_bulk(pks)
    return [_hit(found[pk], marks) for pk in pks if pk in found]


def _hit(entry: Entry, marks: Marks) -> Hit:
    if not marks:
        return Hit(entry, escape(entry.title), escape(entry.summary))
    title, summary = marks.spans(entry.title), marks.spans(entry.summary)
    shown = Met().union(*(span.met for span in [*title, *summary]))
    title_html = highlight(entry.title, marks)
    body = best_stretch(entry.body[:_MAX_EXCERPTED], marks)
    said = _said(entry, marks, shown)
    if said is not None and len(said[0].met) >= len(body.met if body else ()):
        return Hit(entry, title_html, said[0].html(marks), said[1])
    if summary or body is None:
        return Hit(entry, title_html, highlight(entry.summary, marks))
    return Hit(entry, title_html, body.html(marks))


def _said(entry: Entry, marks: Marks, shown: Met) -> tuple[Stretch, Moment] | None:
    """Where a recording says most of what was asked for, if title and summary do not."""
    best: tuple[Stretch, Moment] | None = None
    for milliseconds, anchor, text in entry.segments:
        found = best_stretch(text, marks)
        if found and found.met - shown and (best is None or len(found.met) > len(best[0].met)):
            best = found, Moment(milliseconds // 1000, f"{entry.url}#{anchor}")
    return best
