"""ID3 in MP3 files.

Frames: ID3v2.4 §4; chapters: ID3v2 Chapter Frame Addendum 1.0. USER (“terms of use”, §4.22) holds
the statement that other files carry as xmpRights:UsageTerms; a TXXX names the earlier works. The
sentence in TCOP and the address in WCOP follow Creative Commons
(https://wiki.creativecommons.org/wiki/ID3).
"""

import io
from dataclasses import dataclass

from mutagen import apev2, id3
from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
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
    WXXX,
    CTOCFlags,
)
from mutagen.mp3 import MPEGInfo

from licensing.attribution import Work, attribution_text


@dataclass(frozen=True)
class Mark:
    """A chapter: its beginning and end in milliseconds, its title, and where it leads."""

    start: int
    end: int
    title: str
    link: str = ""


@dataclass(frozen=True)
class Tags:
    """What a player shows besides the rights."""

    album: str = ""
    language: str = "por"  # ISO 639-2
    track: int | None = None
    summary: str = ""
    cover: bytes = b""  # PNG or JPEG
    chapters: tuple[Mark, ...] = ()


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
    if tags.cover:
        mime = "image/png" if tags.cover.startswith(b"\x89PNG") else "image/jpeg"
        frames.add(APIC(encoding=3, mime=mime, type=3, desc="", data=tags.cover))
    frames.add(TCOP(encoding=3, text=_copyright_sentence(work)))
    frames.add(USER(encoding=3, lang="por", text=attribution_text(work)))
    if work.earlier_works:
        frames.add(TXXX(encoding=3, desc="dcterms:source", text=work.earlier_works))
    if work.licence.uri:
        frames.add(WCOP(url=work.licence.uri))
    frames.add(WOAF(url=work.url))
    _add_chapters(frames, tags.chapters)
    buffer = io.BytesIO(sound_of(content))
    frames.save(fileobj=buffer, v1=0)
    return buffer.getvalue()


def _add_chapters(frames: ID3, marks: tuple[Mark, ...]) -> None:
    """Each chapter, and the list that says in which order they come."""
    if not marks:
        return
    names = [f"c{number}" for number in range(1, len(marks) + 1)]
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    frames.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
    for name, mark in zip(names, marks, strict=True):
        said: list[TIT2 | WXXX] = [TIT2(encoding=3, text=mark.title)]
        if mark.link:
            said.append(WXXX(encoding=3, desc="", url=mark.link))
        frames.add(
            CHAP(
                element_id=name,
                start_time=mark.start,
                end_time=mark.end,
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=said,
            )
        )


def sound_of(content: bytes) -> bytes:
    """The sound alone, without the tags before it (ID3v2) and after it (APE, ID3v1)."""
    info = MPEGInfo(io.BytesIO(content))
    buffer = io.BytesIO(content[info.frame_offset :])
    id3.delete(buffer)
    buffer.seek(0)
    apev2.delete(buffer)
    return buffer.getvalue()


def _copyright_sentence(work: Work) -> str:
    """“ano Autor. Licensed to the public under URI”, as Creative Commons asks of TCOP."""
    holder = " ".join(part for part in (str(work.year or ""), work.author_names) if part)
    verb = "Marked with" if work.licence.is_public_domain else "Licensed to the public under"
    return f"{f'{holder}. ' if holder else ''}{verb} {work.licence.uri}"
