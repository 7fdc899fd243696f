"""Measuring and encoding videos with the system's ffmpeg, which may be missing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from files import ffmpeg
from files.footage import Footage, check_duration, check_sides
from files.inspection import UnfitFile

# The shorter side of each size in pixels → quality (lower is better) and sound in kbit/s.
SIZES = {720: (23, 128), 360: (26, 96)}
_MISSING = (
    "Falta o ffmpeg neste servidor, e sem ele nenhum vídeo é preparado. Peça a quem cuida do "
    "servidor: apt-get install ffmpeg. O vídeo está guardado e entra na fila sozinho."
)
_UNREADABLE = "O vídeo está danificado e não abre. Exporte em MP4 e envie de novo."
# Nothing of the original's tags, chapters or of the encoder's name goes into a copy.
_BARE = ["-map_metadata", "-1", "-map_metadata:s:v", "-1", "-map_metadata:s:a", "-1"]
_BARE += ["-map_chapters", "-1", "-dn", "-sn"]
_BARE += ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
_H264 = ["-c:v", "libx264", "-preset", "medium", "-profile:v", "high", "-pix_fmt", "yuv420p"]


def missing_part() -> str:
    """What the server lacks to prepare videos, in words for a curator; "" if it lacks nothing."""
    return "" if ffmpeg.is_installed() else _MISSING


def measure(path: Path, form: str) -> Footage:
    """What the video at `path` is, as it is shown. Raises UnfitFile or PartMissing."""
    told = ffmpeg.probe(path, form, _MISSING)
    streams = told.get("streams", [])
    picture = next((s for s in streams if s["codec_type"] == "video"), None)
    sound = next((s for s in streams if s["codec_type"] == "audio"), None)
    if picture is None or not picture.get("width") or not picture.get("codec_name"):
        raise UnfitFile(_UNREADABLE)
    width, height = _as_shown(picture)
    check_sides(width, height)
    seconds = float(told["format"].get("duration") or picture.get("duration") or 0)
    if seconds:
        check_duration(round(1000 * seconds))
    return Footage(
        form,
        round(1000 * seconds),
        width,
        height,
        picture.get("codec_name", ""),
        sound.get("codec_name", "") if sound else "",
    )


def _as_shown(picture: dict[str, Any]) -> tuple[int, int]:
    """Width and height with pixels made square and the turn of the camera made."""
    width, height = picture["width"], picture["height"]
    across, _, down = picture.get("sample_aspect_ratio", "1:1").partition(":")
    if across.isdigit() and down.isdigit() and int(across) and int(down):
        width = round(width * int(across) / int(down))
    turns = [side["rotation"] for side in picture.get("side_data_list", []) if "rotation" in side]
    return (height, width) if turns and round(turns[0] / 90) % 2 else (width, height)


def fit(width: int, height: int, side: int) -> tuple[int, int]:
    """The largest size whose shorter side is at most `side`: never larger than it was, and even,
    as H.264 asks."""
    scale = min(1, side / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def wanted_sizes(footage: Footage) -> list[int]:
    """The sizes that differ from each other: a small video has one."""
    large, small = (fit(footage.width, footage.height, side) for side in SIZES)
    return list(SIZES) if large != small else [min(SIZES)]


def encode(
    path: Path, footage: Footage, targets: dict[int, Path], tell: Callable[[int], None]
) -> None:
    """Make an MP4 for each size in `targets`, the original read once. `tell` hears the percentage
    done, again and again; an error that it raises ends the work.

    Raises UnfitFile, PartMissing, ffmpeg.EncodingFailed.
    """
    command = [*ffmpeg.command("ffmpeg", _MISSING), "-nostdin", "-v", "error", "-y"]
    command += ["-progress", "pipe:1", *ffmpeg.ONLY_THIS_FILE]
    command += ["-f", footage.form, "-i", str(path)]
    for side, target in targets.items():
        quality, sound = SIZES[side]
        width, height = fit(footage.width, footage.height, side)
        command += ["-map", "0:v:0", "-map", "0:a:0?", *_BARE]
        command += [*_H264, "-crf", str(quality), "-vf", f"scale={width}:{height},setsar=1"]
        command += ["-fpsmax", "60", "-c:a", "aac", "-b:a", f"{sound}k", "-ac", "2"]
        command += ["-movflags", "+faststart", "-f", "mp4", str(target)]
    _run(command, lambda ms: tell(_percentage(ms, footage.milliseconds)))


def _percentage(done: int, whole: int) -> int:
    return min(99, 100 * done // whole) if whole else 0


def take_frame(path: Path, footage: Footage, target: Path) -> None:
    """A PNG of the picture after a tenth of the video."""
    width, height = fit(footage.width, footage.height, 720)
    at = footage.milliseconds / 10_000
    command = [*ffmpeg.command("ffmpeg", _MISSING), "-nostdin", "-v", "error", "-y"]
    command += ffmpeg.ONLY_THIS_FILE
    command += ["-ss", f"{at:.3f}", "-f", footage.form, "-i", str(path), "-frames:v", "1"]
    command += ["-vf", f"scale={width}:{height},setsar=1", "-f", "image2", "-c:v", "png"]
    _run([*command, "-progress", "pipe:1", str(target)], lambda _: None)
    if not target.exists():
        raise UnfitFile(_UNREADABLE)


def _run(command: list[str], tell: Callable[[int], None]) -> None:
    try:
        ffmpeg.run(command, tell)
    except ffmpeg.Unreadable:
        raise UnfitFile(_UNREADABLE) from None
