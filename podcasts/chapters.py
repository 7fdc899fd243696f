"""The chapters of an episode: on its page, as JSON for apps, inside the MP3.

Source: Podcasting 2.0, “JSON Chapters” 1.2.0; ID3v2 Chapter Frame Addendum 1.0.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from licensing.gate import Lack
from podcasts.moments import UnreadableMoment, clock_of, seconds_of

TYPE = "application/json+chapters"


@dataclass(frozen=True)
class Chapter:
    """A part of an episode. `start` in seconds; `link` absolute or site-relative; `picture` and
    `thumbnail` the site-relative addresses of a picture, large and small; `alt` what it shows."""

    start: int
    title: str
    link: str = ""
    picture: str = ""
    thumbnail: str = ""
    alt: str = ""

    @property
    def clock(self) -> str:
        return clock_of(self.start)


def chapters_in(stream: Any) -> list[Chapter]:
    """The chapters that can be read from a stream, in the order in which they are heard."""
    found = []
    for block in stream:
        try:
            start = seconds_of(block.value["start"])
        except UnreadableMoment:
            continue
        chapter = Chapter(start, block.value["title"], block.value.get("link") or "")
        picture = block.value.get("picture")
        if picture and not picture.withdrawn_on:
            large = picture.address("g") or picture.address("m")
            chapter = replace(
                chapter,
                picture=large,
                thumbnail=picture.address("mini"),
                alt=picture.description,
            )
        found.append(chapter)
    return sorted(found, key=lambda chapter: chapter.start)


def pictures_in(stream: Any) -> Iterator[Any]:
    for block in stream:
        if block.value.get("picture"):
            yield block.value.get("picture")


def lacks_of_chapters(chapters: list[Chapter], seconds: int) -> Iterator[Lack]:
    """What is wrong with chapters of a recording that lasts so many seconds; 0 if unknown."""
    if not chapters:
        return
    if chapters[0].start != 0:
        sentence = "O primeiro capítulo começa em 00:00. Ponha um capítulo de abertura."
        yield Lack("chapters-start", sentence, "chapters")
    starts = [chapter.start for chapter in chapters]
    for chapter in chapters:
        if starts.count(chapter.start) > 1:
            sentence = f"Há dois capítulos que começam em {chapter.clock}. Mude um deles."
            yield Lack("chapters-twice", sentence, "chapters")
            return
    last = chapters[-1]
    if seconds and last.start >= seconds:
        yield Lack(
            "chapters-late",
            f"O capítulo “{last.title}” começa em {last.clock}, mas a gravação acaba em "
            f"{clock_of(seconds)}. Corrija o começo dele.",
            "chapters",
        )


def as_json(chapters: Iterable[Chapter], *, title: str, show: str, base: str) -> bytes:
    """The chapters as apps read them; site-relative addresses begin with `base`."""

    def absolute(address: str) -> str:
        return f"{base}{address}" if address.startswith("/") else address

    rows = []
    for chapter in chapters:
        row: dict[str, Any] = {"startTime": chapter.start, "title": chapter.title}
        if chapter.picture:
            row["img"] = absolute(chapter.picture)
        if chapter.link:
            row["url"] = absolute(chapter.link)
        rows.append(row)
    whole = {"version": "1.2.0", "title": title, "podcastName": show, "chapters": rows}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
