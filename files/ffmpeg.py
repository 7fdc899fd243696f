"""Running the system's ffmpeg and ffprobe, which may be missing, on one file at a time."""

import json
import os
import select
import shutil
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from files.inspection import PartMissing

STILL = 180  # seconds without a word after which ffmpeg is taken for stuck
_LONGEST = 12 * 3600  # seconds after which no work of one file is waited for
# No playlist, no address, no other file: only the one that was sent.
ONLY_THIS_FILE = ["-protocol_whitelist", "file"]
# How ffmpeg says that the file is to blame.
_UNREADABLE = ("Invalid data found", "moov atom not found")


class EncodingFailed(RuntimeError):
    """ffmpeg gave up, for a reason that may pass."""


class Unreadable(RuntimeError):
    """ffmpeg gave up because of what is in the file."""


def is_installed() -> bool:
    return bool(shutil.which("ffmpeg") and shutil.which("ffprobe"))


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


def command(name: str, missing: str) -> list[str]:
    """The command, told to go with whoever started it, and to let readers go first. Raises
    PartMissing with the sentence `missing`."""
    path = shutil.which(name)
    if path is None:
        raise PartMissing(missing)
    found = shutil.which("setpriv")
    leash = [found, "--pdeathsig", "KILL"] if found else []
    nice = shutil.which("nice")
    return [*leash, *([nice, "-n", "5"] if nice else []), path]


def probe(path: Path, form: str, missing: str) -> dict[str, Any]:
    """What ffprobe says of the file at `path`, which is opened as nothing but `form`."""
    asked = ["-v", "error", "-print_format", "json", "-show_format", "-show_streams"]
    line = [*command("ffprobe", missing), *asked, *ONLY_THIS_FILE, "-f", form, str(path)]
    answer = subprocess.run(line, capture_output=True, check=False, timeout=STILL)
    told: dict[str, Any] = json.loads(answer.stdout or b"{}")
    return told


def run(line: list[str], tell: Callable[[int], None]) -> list[str]:
    """Run ffmpeg, passing on how many milliseconds it has done, until it ends or falls silent.
    Returns the last things that it said. Raises EncodingFailed, Unreadable."""
    said: deque[str] = deque(maxlen=20)
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            for is_complaint, row in _lines(process):
                name, _, value = row.partition("=")
                if is_complaint:
                    said.append(row)
                elif name == "out_time_us" and value.isdigit():
                    tell(int(value) // 1000)
            code = process.wait(timeout=STILL)
        finally:
            process.kill()
    if code == 0:
        return list(said)
    told = "\n".join(said)
    if any(word in told for word in _UNREADABLE):
        raise Unreadable(told[-2000:])
    raise EncodingFailed(told[-2000:] or f"ffmpeg ended with {code}")


def _lines(process: "subprocess.Popen[bytes]") -> Iterator[tuple[bool, str]]:
    """Each whole line that ffmpeg writes, and whether it is a complaint."""
    assert process.stdout  # noqa: S101 (both are pipes)
    assert process.stderr  # noqa: S101
    complaints = process.stderr.fileno()
    rest = {process.stdout.fileno(): b"", complaints: b""}
    ends = list(rest)
    deadline = time.monotonic() + _LONGEST
    while ends:
        ready, _, _ = select.select(ends, [], [], STILL)
        if not ready or time.monotonic() > deadline:
            raise EncodingFailed("ffmpeg is stuck")
        for end in ready:
            block = os.read(end, 65536)
            if not block:
                ends.remove(end)
            *lines, rest[end] = (rest[end] + block).split(b"\n")
            for line in lines:
                yield end == complaints, line.decode(errors="replace").strip()
