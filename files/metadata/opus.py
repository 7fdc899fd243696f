"""Vorbis comments in Opus files (RFC 7845, section 5.2; field names: xiph.org, “Ogg Vorbis I comment
field recommendations”)."""

import io
from typing import Any

from mutagen.oggopus import OggOpus

from files.metadata.id3 import Tags
from licensing.attribution import Work, attribution_text


def write_opus_rights(content: bytes, work: Work, tags: Tags) -> bytes:
    """The Opus with no comment but ours: title, show, people, licence, chapters. The sound is not
    touched."""
    buffer = io.BytesIO(content)
    opus: Any = OggOpus(buffer)
    opus.tags.clear()
    said = {
        "title": [work.title],
        "artist": [author.name for author in work.authors],
        "album": [tags.album],
        "date": [str(work.year or "")],
        "tracknumber": [str(tags.track or "")],
        "description": [tags.summary],
        "copyright": [attribution_text(work)],
        "license": [work.licence.uri],
        "contact": [work.url],
    }
    for number, mark in enumerate(tags.chapters):
        said[f"chapter{number:03}"] = [_clock(mark.start)]
        said[f"chapter{number:03}name"] = [mark.title]
    for name, values in said.items():
        if given := [value for value in values if value]:
            opus.tags[name] = given
    buffer.seek(0)
    opus.save(buffer)
    return buffer.getvalue()


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
