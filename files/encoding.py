"""Measuring and encoding videos with the system's ffmpeg, which may be missing."""

import json
import os
import select
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from files.footage import Footage, check_duration, check_sides
from files.inspection import PartMissing, UnfitFile

# The shorter side of each size in pixels → quality (lower is better) and sound in kbit/s.
SIZES = {720: (23, 128), 360: (26, 96)}
_STILL = 180  # seconds without a word after which ffmpeg is taken for stuck
_MISSING = (
    "Falta o ffmpeg neste servidor, e sem ele nenhum vídeo é preparado. Peça a quem cuida do "
    "servidor: apt-get install ffmpeg. O vídeo está guardado e entra na fila sozinho."
)
_UNREADABLE = "O vídeo está danificado e não abre. Exporte em MP4 e envie de novo."
# No playlist, no address, no other file: only the one that was sent.
_ONLY_THIS_FILE = ["-protocol_whitelist", "file"]
# Nothing of the original's tags, chapters or of the encoder's name goes into a copy.
_BARE = ["-map_metadata", "-1", "-map_metadata:s:v", "-1", "-map_metadata:s:a", "-1"]
_BARE += ["-map_chapters", "-1", "-dn", "-sn"]
_BARE += ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
_H264 = ["-c:v", "libx264", "-preset", "medium", "-profile:v", "high", "-pix_fmt", "yuv420p"]


class EncodingFailed(RuntimeError):
    """ffmpeg gave up, for a reason that may pass."""


def missing_part() -> str:
    """What the server lacks to prepare videos, in words for a curator; "" if it lacks nothing."""
    return "" if shutil.which("ffmpeg") and shutil.which("ffprobe") else _MISSING


@contextmanager
def workplace(name: str) -> Iterator[Path]:
    """A folder for what is being made, gone afterwards; so is what a killed worker left in one of
    the same name."""
    base = Path(settings.DATA_DIR) / "encoding"
    base.mkdir(parents=True, exist_ok=True)
    for left in base.glob(f"{name}-*"):
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=f"{name}-", dir=base, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _command(name: str) -> list[str]:
    """The command, told to go with whoever started it, and to let readers go first."""
    path = shutil.which(name)
    if path is None:
        raise PartMissing(_MISSING)
    found = shutil.which("setpriv")
    leash = [found, "--pdeathsig", "KILL"] if found else []
    nice = shutil.which("nice")
    return [*leash, *([nice, "-n", "5"] if nice else []), path]


def measure(path: Path, form: str) -> Footage:
    """What the video at `path` is, as it is shown. Raises UnfitFile or PartMissing."""
    asked = ["-v", "error", "-print_format", "json", "-show_format", "-show_streams"]
    command = [*_command("ffprobe"), *asked, *_ONLY_THIS_FILE, "-f", form, str(path)]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=_STILL)
    told = json.loads(answer.stdout or b"{}")
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

    Raises UnfitFile, PartMissing, EncodingFailed.
    """
    command = [*_command("ffmpeg"), "-nostdin", "-v", "error", "-y", "-progress", "pipe:1"]
    command += [*_ONLY_THIS_FILE, "-f", footage.form, "-i", str(path)]
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
    command = [*_command("ffmpeg"), "-nostdin", "-v", "error", "-y", *_ONLY_THIS_FILE]
    command += ["-ss", f"{at:.3f}", "-f", footage.form, "-i", str(path), "-frames:v", "1"]
    command += ["-vf", f"scale={width}:{height},setsar=1", "-f", "image2", "-c:v", "png"]
    _run([*command, "-progress", "pipe:1", str(target)], lambda _: None)
    if not target.exists():
        raise UnfitFile(_UNREADABLE)


def _run(command: list[str], tell: Callable[[int], None]) -> None:
    """Run ffmpeg, passing on how many milliseconds it has done, until it ends or falls silent."""
    said: deque[str] = deque(maxlen=20)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            for is_complaint, line in _lines(process):
                name, _, value = line.partition("=")
                if is_complaint:
                    said.append(line)
                elif name == "out_time_us" and value.isdigit():
                    tell(int(value) // 1000)
            code = process.wait(timeout=_STILL)
        finally:
            process.kill()
    if code == 0:
        return
    told = "\n".join(said)
    if "Invalid data found" in told or "moov atom not found" in told:
        raise UnfitFile(_UNREADABLE)
    raise EncodingFailed(told[-2000:] or f"ffmpeg ended with {code}")


def _lines(process: "subprocess.Popen[bytes]") -> Iterator[tuple[bool, str]]:
    """Each whole line that ffmpeg writes, and whether it is a complaint."""
    assert process.stdout  # noqa: S101 (both are pipes)
    assert process.stderr  # noqa: S101
    complaints = process.stderr.fileno()
    rest = {process.stdout.fileno(): b"", complaints: b""}
    ends = list(rest)
    while ends:
        ready, _, _ = select.select(ends, [], [], _STILL)
        if not ready:
            raise EncodingFailed("ffmpeg is stuck")
        for end in ready:
            block = os.read(end, 65536)
            if not block:
                ends.remove(end)
            *lines, rest[end] = (rest[end] + block).split(b"\n")
            for line in lines:
                yield end == complaints, line.decode(errors="replace").strip()
