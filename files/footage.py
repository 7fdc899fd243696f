"""Judging videos as they come in, and the ready-made ones that need no encoding."""

from dataclasses import dataclass
from typing import IO

from files.containers import Container, CutShort, NotAVideo, read_container, size_of
from files.inspection import UnfitFile

MAX_VIDEO_BYTES = 2 * 1024**3
MAX_VIDEO_HOURS = 4
MAX_SIDE = 8192  # px
_CUT = "O vídeo está incompleto: o arquivo acaba antes do fim. Exporte de novo e envie."


@dataclass(frozen=True)
class Footage:
    """What a video is, measured: size in pixels as it is shown, and whether it has sound."""

    form: str
    milliseconds: int
    width: int
    height: int
    video_codec: str
    audio_codec: str


def check_video(file: IO[bytes]) -> None:
    """Refuse whatever is not a whole MP4, QuickTime or WebM video of at most 2 GB and 4 hours."""
    size = size_of(file)
    if not size:
        raise UnfitFile("O arquivo está vazio. Envie o vídeo de novo.")
    if size > MAX_VIDEO_BYTES:
        raise UnfitFile("O vídeo passa de 2 GB. Exporte em 720p ou 1080p e envie de novo.")
    film = _container(file)
    picture = film.first("video")
    if picture is None and film.first("audio"):
        raise UnfitFile(
            "O arquivo só tem som, sem imagem. Se for uma conversa gravada, envie o MP3 em Gravações."
        )
    if picture is None:
        raise UnfitFile("O arquivo não tem nenhuma imagem. Exporte o vídeo em MP4 e envie.")
    if film.milliseconds:  # a recording made while it was sent says no duration
        check_duration(film.milliseconds)
    check_sides(picture.width, picture.height)


def check_duration(milliseconds: int) -> None:
    """Refuse a video shorter than a second or longer than four hours."""
    if milliseconds < 1000:
        raise UnfitFile("O vídeo dura menos de 1 segundo. Confira o arquivo e envie de novo.")
    if milliseconds > MAX_VIDEO_HOURS * 3_600_000:
        raise UnfitFile("O vídeo passa de 4 horas. Divida em partes e envie cada uma.")


def check_sides(width: int, height: int) -> None:
    """Refuse pictures that no screen shows."""
    if max(width, height) > MAX_SIDE:
        raise UnfitFile(
            "A imagem do vídeo tem pixels demais (o limite é 8.192 de lado). "
            "Exporte em 1080p e envie de novo."
        )


def check_ready_made(file: IO[bytes], side: int) -> Footage:
    """Refuse whatever could not have been made here for the size `side`: MP4 with H.264 and AAC
    or no sound, index first, the shorter side at most `side` pixels, and no further track, where
    cameras write the place."""
    check_video(file)
    film = _container(file)
    picture, sound = film.first("video"), film.first("audio")
    kinds = [track.kind for track in film.tracks]
    if film.form != "mov" or picture is None or picture.codec not in ("avc1", "avc3"):
        raise UnfitFile(f"O vídeo de {side}p precisa ser MP4 com H.264.")
    if (sound and sound.codec != "mp4a") or len(kinds) != len({"video", "audio"} & set(kinds)):
        raise UnfitFile(f"O vídeo de {side}p só pode ter uma imagem e um som em AAC.")
    if not film.starts_fast:
        raise UnfitFile(f"O vídeo de {side}p precisa do índice no começo (faststart).")
    if not film.milliseconds:
        raise UnfitFile(f"O vídeo de {side}p não diz quanto dura.")
    if not 0 < min(picture.width, picture.height) <= side:
        raise UnfitFile(f"O vídeo de {side}p é maior do que {side} pixels.")
    return Footage(
        film.form,
        film.milliseconds,
        picture.width,
        picture.height,
        "h264",
        "aac" if sound else "",
    )


def _container(file: IO[bytes]) -> Container:
    try:
        return read_container(file)
    except NotAVideo:
        raise UnfitFile(
            "Este arquivo não é um vídeo MP4, MOV ou WebM. Exporte o vídeo em MP4 e envie de novo."
        ) from None
    except CutShort:
        raise UnfitFile(_CUT) from None
