"""The waveform of a recording: how loud each piece of it is, and the drawing that players show.

Plain Python, without Django.
"""

import array
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

RATE = 8000  # samples a second from which it is made
_PIECES = 120
_EVERY = 4  # of the samples, one in so many is looked at
_TO_A_BAR = 2  # pieces: a page holds the drawing, which should weigh little
_PITCH, _HALF = 5, 8  # units of the drawing: from bar to bar, and the most above the middle


@dataclass(frozen=True)
class Wave:
    """An SVG path of upright bars, `width` units wide and 16 high, to be stroked."""

    path: str
    width: int


def peaks_of(pcm: Path) -> list[int]:
    """How loud each of so many equal pieces is on average, the loudest being 100; the samples are
    16 bits each. (The loudest sample of each would be a wall: speech reaches it every second.)"""
    whole = pcm.stat().st_size // 2
    step = max(1, -(-whole // _PIECES))
    found = []
    with pcm.open("rb") as file:
        while block := file.read(2 * step):
            samples = array.array("h", block[: len(block) // 2 * 2])[::_EVERY]
            found.append(sum(map(abs, samples)) / max(1, len(samples)))
    highest = max(found, default=0) or 1
    return [round(100 * each / highest) for each in found]


def draw(peaks: list[int]) -> Wave | None:
    """The drawing; None where nothing is known."""
    if not peaks:
        return None
    bars = [peaks[at : at + _TO_A_BAR] for at in range(0, len(peaks), _TO_A_BAR)]
    loud = [sum(bar) / len(bar) for bar in bars]
    heights = [max(1, round(each * _HALF / (max(loud) or 1))) for each in loud]
    parts = [f"M{_PITCH // 2} {_HALF - heights[0]}v{2 * heights[0]}"]
    # From the foot of a bar to the head of the next: short, as it stands in every page.
    parts += [f"m{_PITCH}-{before + height}v{2 * height}" for before, height in pairwise(heights)]
    return Wave("".join(parts), _PITCH * len(heights))
