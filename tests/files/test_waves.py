"""The drawing of a recording: how loud each piece is, in one short path."""

import array
import re
from pathlib import Path

import pytest

from files.waves import RATE, draw, peaks_of

BARS = re.compile(r"[Mm](\d+)[ -](\d+)v(\d+)")


def samples(folder: Path, *loudness: int) -> Path:
    """A second of each loudness, as raw sound."""
    path = folder / "som.pcm"
    seconds = (array.array("h", [each, -each] * (RATE // 2)) for each in loudness)
    path.write_bytes(b"".join(second.tobytes() for second in seconds))
    return path


def test_each_piece_is_as_high_as_it_is_loud(tmp_path: Path) -> None:
    peaks = peaks_of(samples(tmp_path, 20_000, 0, 10_000))
    assert len(peaks) == 120
    assert [peaks[at] for at in (20, 60, 100)] == [100, 0, 50]


def test_one_loud_moment_does_not_make_a_loud_piece(tmp_path: Path) -> None:
    path = samples(tmp_path, 10_000, 10_000)
    content = bytearray(path.read_bytes())
    content[:2] = array.array("h", [32_000]).tobytes()
    path.write_bytes(bytes(content))
    assert min(peaks_of(path)) > 90


@pytest.mark.parametrize("loudness", [(), (0,)], ids=["nothing", "silence"])
def test_what_cannot_be_heard_is_no_division_by_nothing(
    loudness: tuple[int, ...], tmp_path: Path
) -> None:
    assert set(peaks_of(samples(tmp_path, *loudness))) <= {0}


def test_the_bars_stand_side_by_side_around_the_middle() -> None:
    wave = draw([100, 60, 50, 30, 0, 0])
    assert wave is not None
    at, foot, middle, found = 0, 0, [], []
    for across, up, height in BARS.findall(wave.path):
        at += int(across)
        top = int(up) if not found else foot - int(up)
        foot = top + int(height)
        middle.append((top + foot) / 2)
        found.append((at, int(height)))
    assert found == [(2, 16), (7, 8), (12, 2)]
    assert middle == [8, 8, 8]
    assert wave.width == 15


def test_nothing_is_drawn_of_what_nobody_measured() -> None:
    assert draw([]) is None
