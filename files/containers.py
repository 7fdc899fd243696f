"""Video files from outside: MP4 and QuickTime (ISO/IEC 14496-12), WebM (RFC 8794, RFC 9559).

Plain Python: what a file is must be known before anything tries to play it, and on a server
without ffmpeg too. Only the structure is read, never the pictures.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

_MOST_INDEX = 128 * 1024 * 1024  # bytes of a moov that is read into memory
# What an MP4 or a QuickTime film begins with.
_FIRST_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT, _INFO, _TRACKS, _CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675


class NotAVideo(ValueError):
    """Neither MP4, nor QuickTime, nor WebM."""


class CutShort(ValueError):
    """A video file that ends before its own structure does."""


@dataclass
class Track:
    """One track: `kind` is “video”, “audio” or what the file says; size in pixels."""

    kind: str = ""
    codec: str = ""
    width: int = 0
    height: int = 0


@dataclass
class Container:
    """What a video file says of itself. `milliseconds` is 0 where it does not say."""

    form: str  # as ffmpeg calls it: “mov” or “matroska”
    milliseconds: int = 0
    tracks: list[Track] = field(default_factory=list)
    # Whether a player can begin before the whole file has come.
    starts_fast: bool = False

    def first(self, kind: str) -> Track | None:
        return next((track for track in self.tracks if track.kind == kind), None)


@dataclass(frozen=True)
class Box:
    """A box of an MP4: where it begins, how long its header is and the whole of it, in bytes."""

    kind: bytes
    start: int
    header: int
    size: int

    @property
    def content(self) -> int:
        return self.start + self.header

    @property
    def end(self) -> int:
        return self.start + self.size


def read_container(file: IO[bytes]) -> Container:
    """What the video in `file` says of itself. Raises NotAVideo or CutShort; leaves the file at
    its beginning."""
    file.seek(0)
    head = file.read(8)
    try:
        if head[:4] == _EBML:
            return _read_webm(file)
        if head[4:8] in _FIRST_BOXES:
            return _read_mp4(file)
    except (struct.error, IndexError, RecursionError, OverflowError) as error:
        raise NotAVideo from error
    finally:
        file.seek(0)
    raise NotAVideo


# --- MP4 ----------------------------------------------------------------------------------------


def boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """The boxes that lie side by side between two places of a file. Raises CutShort."""
    while end - start >= 8:
        file.seek(start)
        head = file.read(16)
        size, kind = struct.unpack(">I4s", head[:8])
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", head[8:16])[0], 16
        elif size == 0:
            size = end - start
        if size < header or start + size > end:
            raise CutShort
        yield Box(kind, start, header, size)
        start += size


def size_of(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def _read_mp4(file: IO[bytes]) -> Container:
    found = Container("mov")
    order = []
    for box in boxes(file, 0, size_of(file)):
        order.append(box.kind)
        if box.kind == b"moov":
            if box.size > _MOST_INDEX:
                raise NotAVideo
            _read_moov(file, box, found)
    if b"moov" not in order:
        raise CutShort
    media = next((kind for kind in order if kind in (b"mdat", b"moof")), None)
    found.starts_fast = media is None or order.index(b"moov") < order.index(media)
    return found


def _read_moov(file: IO[bytes], moov: Box, found: Container) -> None:
    for box in boxes(file, moov.content, moov.end):
        if box.kind == b"mvhd":
            scale, duration = _clock(file, box)
            found.milliseconds = round(1000 * duration / scale) if scale else 0
        elif box.kind == b"trak":
            track = Track()
            _read_trak(file, box, track)
            found.tracks.append(track)


def _clock(file: IO[bytes], box: Box) -> tuple[int, int]:
    """Time scale and duration in a movie header."""
    file.seek(box.content)
    content = file.read(min(box.size - box.header, 64))
    if content[0] == 1:
        scale, duration = struct.unpack(">IQ", content[20:32])
        return scale, 0 if duration == 2**64 - 1 else duration
    scale, duration = struct.unpack(">II", content[12:20])
    return scale, 0 if duration == 2**32 - 1 else duration


def _read_trak(file: IO[bytes], trak: Box, track: Track) -> None:
    for box in boxes(file, trak.content, trak.end):
        if box.kind in (b"mdia", b"minf", b"stbl"):
            _read_trak(file, box, track)
        elif box.kind == b"tkhd":
            file.seek(box.end - 8)
            track.width, track.height = (side >> 16 for side in struct.unpack(">II", file.read(8)))
        elif box.kind == b"hdlr" and trak.kind == b"mdia":
            file.seek(box.content + 8)
            kind = file.read(4)
            track.kind = {b"vide": "video", b"soun": "audio"}.get(kind, kind.decode("latin-1"))
        elif box.kind == b"stsd":
            file.seek(box.content + 12)
            track.codec = file.read(4).decode("latin-1")


# --- WebM ---------------------------------------------------------------------------------------


def _number(file: IO[bytes], keep_mark: bool) -> int | None:
    """A number of variable length (RFC 8794 §4); None for “unknown”."""
    first = file.read(1)
    if not first:
        raise CutShort
    length = 9 - first[0].bit_length()
    if length > 8:
        raise NotAVideo
    rest = file.read(length - 1)
    if len(rest) < length - 1:
        raise CutShort
    value = int.from_bytes(first + rest, "big")
    if keep_mark:
        return value
    value &= (1 << 7 * length) - 1
    return None if value == (1 << 7 * length) - 1 else value


def _elements(file: IO[bytes], start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(id, where its content begins, where it ends) of the elements side by side."""
    while start < end:
        file.seek(start)
        name = _number(file, keep_mark=True) or 0
        size = _number(file, keep_mark=False)
        content = file.tell()
        stop = end if size is None else content + size
        if stop > end:
            raise CutShort
        yield name, content, stop
        start = stop


def _read_webm(file: IO[bytes]) -> Container:
    found = Container("matroska", starts_fast=True)
    whole = size_of(file)
    for name, start, stop in _elements(file, 0, whole):
        if name == 0x1A45DFA3 and b"webm" not in _bytes(file, start, min(stop, start + 512)):
            raise NotAVideo
        if name == _SEGMENT:
            _read_segment(file, start, stop, found)
    if not found.tracks:
        raise CutShort
    return found


def _read_segment(file: IO[bytes], start: int, stop: int, found: Container) -> None:
    for name, first, last in _elements(file, start, stop):
        if name == _CLUSTER:
            return  # what is said about the film comes before the film
        if name == _INFO:
            found.milliseconds = _webm_duration(file, first, last)
        elif name == _TRACKS:
            for inner, begin, end in _elements(file, first, last):
                if inner == 0xAE:
                    found.tracks.append(_webm_track(file, begin, end))


def _webm_duration(file: IO[bytes], start: int, stop: int) -> int:
    scale, ticks = 1_000_000, 0.0
    for name, first, last in _elements(file, start, stop):
        content = _bytes(file, first, last)
        if name == 0x2AD7B1:
            scale = int.from_bytes(content, "big")
        elif name == 0x4489:
            ticks = struct.unpack(">d" if len(content) == 8 else ">f", content)[0]
    return round(ticks * scale / 1_000_000)


def _webm_track(file: IO[bytes], start: int, stop: int) -> Track:
    track = Track()
    for name, first, last in _elements(file, start, stop):
        if name == 0x83:
            kinds = {1: "video", 2: "audio"}
            track.kind = kinds.get(int.from_bytes(_bytes(file, first, last), "big"), "other")
        elif name == 0x86:
            track.codec = _bytes(file, first, last).decode("latin-1")
        elif name == 0xE0:
            for inner, begin, end in _elements(file, first, last):
                if inner == 0xB0:
                    track.width = int.from_bytes(_bytes(file, begin, end), "big")
                elif inner == 0xBA:
                    track.height = int.from_bytes(_bytes(file, begin, end), "big")
    return track


def _bytes(file: IO[bytes], start: int, stop: int) -> bytes:
    file.seek(start)
    return file.read(min(stop - start, 4096))
