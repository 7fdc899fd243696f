"""Footnotes: `[^mark]` in a text calls the note with that mark.

Numbers follow the order of the calls; each call and each note has an id of its own, and they link
to each other. A mark that no note has stays as it was written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_CALL = re.compile(r"\[\^([\w-]+)\]")
_TAG_OR_CALL = re.compile(rf"<[^>]*>|{_CALL.pattern}")


@dataclass
class Note:
    """A note as it is listed: its number, its text, and the ids of the places that call it."""

    number: int
    text: Any
    calls: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"nota.{self.number}"  # no title of a section has a full stop in its anchor


class Footnotes:
    """The notes of one body, numbered while its blocks are shown one after the other. Where links
    within a document do not work, a call is “[1]”."""

    def __init__(self, texts: dict[str, Any], linked: bool = True) -> None:
        self._texts = texts
        self._linked = linked
        self._notes: dict[str, Note] = {}

    def numbered(self, html: str) -> str:
        """The HTML of a block with a numbered link for each call in its text; tags stay as they
        are."""
        return _TAG_OR_CALL.sub(self._link, html) if self._texts else html

    def _link(self, match: re.Match[str]) -> str:
        mark = match.group(1)
        if mark not in self._texts:
            return match.group()
        note = self._note(mark)
        if not self._linked:
            return f"[{note.number}]"
        place = f"chamada.{note.number}" + (f".{len(note.calls) + 1}" if note.calls else "")
        note.calls.append(place)
        return (
            f'<sup><a href="#{note.anchor}" id="{place}" aria-label="Nota {note.number}">'
            f"{note.number}</a></sup>"
        )

    def _note(self, mark: str) -> Note:
        return self._notes.setdefault(mark, Note(len(self._notes) + 1, self._texts[mark]))

    def listed(self) -> list[Note]:
        """The notes in the order of their numbers; those that nothing calls come last."""
        marks = dict.fromkeys([*self._notes, *self._texts])
        return [self._note(mark) for mark in marks]


def marks_in(sources: Iterable[str]) -> set[str]:
    """The marks that rich texts call."""
    return {mark for source in sources for mark in _CALL.findall(source)}


def without_marks(text: str) -> str:
    """The words of a text without its calls."""
    return _CALL.sub("", text)
