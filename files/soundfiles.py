"""Recordings from outside: what they are is told by their content, on a server without ffmpeg too.

WAV (RIFF, RF64), FLAC (RFC 9639), Ogg (RFC 3533), M4A (ISO/IEC 14496-12), MP3.
"""

import struct
from typing import IO

from files.containers import CutShort, NotAVideo, read_container, size_of
from files.inspection import UnfitFile, check_mp3

MAX_BYTES = 1024**3
_UNTOLD = (0, 0xFFFFFFFF)  # the length of a WAV that was written while it was recorded
_TAIL = 70_000  # bytes; the last page of an Ogg file is in them
_CUT = "A gravação está incompleta: o arquivo acaba antes do som. Exporte de novo e envie."
_A_VIDEO = (
    "Este arquivo é um vídeo. Exporte só o som, em MP3 ou WAV, e envie de novo. Ou envie o vídeo "
    "em Vídeos."
)


def check_recording(file: IO[bytes]) -> str:
    """Refuse whatever is not a recording of at most 1 GB. Returns what it is, as ffmpeg calls it:
    “mp3”, “wav”, “flac”, “ogg” or “mov”. Leaves the file at its beginning."""
    size = size_of(file)
    file.seek(0)
    if not size:
        raise UnfitFile("O arquivo está vazio. Envie a gravação de novo.")
    if size > MAX_BYTES:
        raise UnfitFile(
            "A gravação passa de 1 GB. Exporte em FLAC ou MP3, que são menores, e envie."
        )
    try:
        return _form_of(file, size)
    finally:
        file.seek(0)


def _form_of(file: IO[bytes], size: int) -> str:
    head = file.read(12)
    if head[:4] in (b"RIFF", b"RF64"):
        if head[8:12] == b"AVI ":
            raise UnfitFile(_A_VIDEO)
        if head[8:12] == b"WAVE":
            _check_wav(file, size)
            return "wav"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"OggS":
        _check_ogg(file, size)
        return "ogg"
    return _form_of_film(file) or _mp3(file)


def _mp3(file: IO[bytes]) -> str:
    check_mp3(file)
    return "mp3"


def _check_wav(file: IO[bytes], size: int) -> None:
    """The sound as long as its header says."""
    place = 12
    for _ in range(1000):
        file.seek(place)
        head = file.read(8)
        if len(head) < 8:
            break
        name, length = struct.unpack("<4sI", head)
        if name == b"data":
            if length not in _UNTOLD and place + 8 + length > size + 1:
                raise UnfitFile(_CUT)
            return
        place += 8 + length + length % 2
    raise UnfitFile(_CUT)


def _check_ogg(file: IO[bytes], size: int) -> None:
    """Sound alone, and the page that says that it is the last (RFC 3533, section 6)."""
    file.seek(0)
    if b"\x80theora" in file.read(4096):
        raise UnfitFile(_A_VIDEO)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    last = tail.rfind(b"OggS")
    if last < 0 or len(tail) < last + 27 or not tail[last + 5] & 4:
        raise UnfitFile(_CUT)


def _form_of_film(file: IO[bytes]) -> str:
    """“mov” for an M4A, "" for what is no film at all."""
    try:
        film = read_container(file)
    except NotAVideo:
        return ""
    except CutShort:
        raise UnfitFile(_CUT) from None
    if film.first("video"):
        raise UnfitFile(_A_VIDEO)
    if film.form != "mov" or not film.first("audio"):
        raise UnfitFile(
            "Aqui não entra este tipo de arquivo. Exporte em MP3 ou WAV e envie de novo."
        )
    return "mov"
