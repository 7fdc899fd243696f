"""ID3 in MP3 files.

Frames: ID3v2.4 §4. USER (“terms of use”, §4.22) holds the statement that other files carry as
xmpRights:UsageTerms; a TXXX names the earlier works. The sentence in TCOP and the address in WCOP
follow Creative Commons (https://wiki.creativecommons.org/wiki/ID3).
"""

import io
from dataclasses import dataclass

from mutagen import apev2, id3
from mutagen.id3 import (
    APIC,
    COMM,
    ID3,
    TALB,
    TCOP,
    TDRC,
    TIT2,
    TLAN,
    TPE1,
    TRCK,
    TXXX,
    USER,
    WCOP,
    WOAF,
)
from mutagen.mp3 import MP3

from licensing.attribution import Work, attribution_text


@dataclass(frozen=True)
class Tags:
    """What a player shows besides the rights."""

    album: str = ""
    language: str = "por"  # ISO 639-2
    track: int | None = None
    summary: str = ""
    cover_png: bytes = b""


def write_mp3_rights(content: bytes, work: Work, tags: Tags) -> bytes:
    """The MP3 with no tag but ours: title, show, people, licence. The sound is not touched."""
    frames = ID3()
    frames.add(TIT2(encoding=3, text=work.title))
    if tags.album:
        frames.add(TALB(encoding=3, text=tags.album))
    frames.add(TLAN(encoding=3, text=tags.language))
    if work.authors:
        frames.add(TPE1(encoding=3, text=[author.name for author in work.authors]))
    if work.year:
        frames.add(TDRC(encoding=3, text=str(work.year)))
    if tags.track:
        frames.add(TRCK(encoding=3, text=str(tags.track)))
    if tags.summary:
        frames.add(COMM(encoding=3, lang=tags.language, desc="", text=tags.summary))
    if tags.cover_png:
        frames.add(APIC(encoding=3, mime="image/png", type=3, desc="", data=tags.cover_png))
    frames.add(TCOP(encoding=3, text=_copyright_sentence(work)))
    frames.add(USER(encoding=3, lang="por", text=attribution_text(work)))
    if work.earlier_works:
        frames.add(TXXX(encoding=3, desc="dcterms:source", text=work.earlier_works))
    if work.licence.uri:
        frames.add(WCOP(url=work.licence.uri))
    frames.add(WOAF(url=work.url))
    buffer = io.BytesIO(_sound_of(content))
    frames.save(fileobj=buffer, v1=0)
    return buffer.getvalue()


def _sound_of(content: bytes) -> bytes:
    """The sound alone, without the tags before it (ID3v2) and after it (APE, ID3v1)."""
    info = MP3(fileobj=io.BytesIO(content)).info
    buffer = io.BytesIO(content[info.frame_offset :])  # type: ignore[attr-defined]
    id3.delete(buffer)
    buffer.seek(0)
    apev2.delete(buffer)
    return buffer.getvalue()


def _copyright_sentence(work: Work) -> str:
    """“ano Autor. Licensed to the public under URI”, as Creative Commons asks of TCOP."""
    holder = " ".join(part for part in (str(work.year or ""), work.author_names) if part)
    verb = "Marked with" if work.licence.is_public_domain else "Licensed to the public under"
    return f"{f'{holder}. ' if holder else ''}{verb} {work.licence.uri}"
