"""Lines over time, drawn as inline SVG: pure functions from numbers to text.

A chart is drawn twice, wide and narrow, and the style sheet shows one of the two. Series are told
apart by dash and marker before colour, their names and last values stand on the lines, and the
description says the trend in words. Nothing is styled in place: the policy of public pages
forbids it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from knowledge.numbers import format_number

_LETTER = 8.2  # mean width of a letter at the size of the chart's text, in units of the drawing
_YEAR_FIRST = re.compile(r"(\d{4})(?:[./-](\d{1,2}))?")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{4})")
_LINE = 19  # height of a line of text


@dataclass(frozen=True)
class Series:
    """One line: its name, and a value for each label of the chart, or None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Chart:
    """What is drawn: at most two series over the same labels. `places` are decimals shown."""

    title: str
    description: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    places: int = 0


@dataclass(frozen=True)
class _Format:
    """One of the two drawings: its size and class."""

    suffix: str
    css: str
    width: int
    height: int
    gap: int  # least distance between two labels below the axis


_WIDE = _Format("l", "wide-only", 760, 380, 14)
_NARROW = _Format("e", "narrow-only", 330, 330, 10)


def draw(chart: Chart, name: str) -> SafeString:
    """The chart, wide and narrow. `name` begins the ids of its parts and is unique in a page."""
    return mark_safe("".join(_Drawing(chart, name, kind).svg() for kind in (_WIDE, _NARROW)))  # noqa: S308


def ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """Round values, at most six, from `low` or below to `high` or above; zero is always there."""
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    span = high - low
    power = Decimal(10) ** floor(log10(span / 5))
    steps = (power * factor for factor in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5)))
    step = next((step for step in steps if span / step <= 5), power * 10)
    first, last = floor(low / step), ceil(high / step)
    return [(step * number).normalize() for number in range(first, max(last, first + 1) + 1)]


def places_in_time(labels: Sequence[str]) -> list[float]:
    """Where each label stands between the first (0) and the last (1): by time where all are years,
    months (“03/2024”) or parts of years (“2024.1”) in order, and else at equal distances."""
    steps = max(1, len(labels) - 1)
    evenly = [number / steps for number in range(len(labels))]
    read = [_moment(label) for label in labels]
    parts = max((part for _, part in filter(None, read)), default=0)
    has_months = any("/" in label or "-" in label for label in labels)
    in_a_year = 12 if has_months else next((n for n in (1, 2, 4, 12) if parts <= n), 0)
    if None in read or parts > in_a_year:
        return evenly
    times = [year + max(0, part - 1) / in_a_year for year, part in filter(None, read)]
    if times != sorted(set(times)) or len(times) < 2:
        return evenly
    return [(time - times[0]) / (times[-1] - times[0]) for time in times]


def _moment(label: str) -> tuple[int, int] | None:
    """The year of a label, and the number of its month or part, 0 where it names a whole year."""
    if match := _YEAR_FIRST.fullmatch(label.strip()):
        return int(match[1]), int(match[2] or 0)
    if match := _MONTH_FIRST.fullmatch(label.strip()):
        return int(match[2]), int(match[1])
    return None


class _Drawing:
    """A chart in one of its two formats, and where everything in it stands."""

    def __init__(self, chart: Chart, name: str, kind: _Format) -> None:
        self.chart, self.kind, self.id = chart, kind, f"{name}-{kind.suffix}"
        self.places = places_in_time(chart.labels)
        values = [v for series in chart.series for v in series.values if v is not None]
        self.ticks = ticks(min(values), max(values))
        places = max((-int(tick.as_tuple().exponent) for tick in self.ticks), default=0)
        self.tick_texts = [format_number(tick, max(0, places)) for tick in self.ticks]
        self.left = 18 + max(len(text) for text in self.tick_texts) * _LETTER
        self.right = kind.width - 26 - max(len(text) for text in self._end_texts()) * _LETTER
        self.top, self.bottom = 44.0, float(kind.height - 52)

    def _end_texts(self) -> list[str]:
        """What stands at the end of each line: its last value, of the first with a short unit."""
        texts = []
        for number, series in enumerate(self.chart.series):
            last = next(v for v in reversed(series.values) if v is not None)
            text = format_number(last, self.chart.places)
            unit = self.chart.unit
            if number == 0 and unit.startswith("%"):
                text += "%"
            elif number == 0 and len(unit) <= 7:
                text += f" {unit}"
            texts.append(text)
        return texts

    def x(self, place: int) -> float:
        start, end = self.left + 16, self.right - 14
        return start + (end - start) * self.places[place]

    def y(self, value: Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (self.bottom - self.top) * float((value - low) / (high - low))

    def points(self, series: Series) -> list[tuple[float, float]]:
        return [(self.x(n), self.y(v)) for n, v in enumerate(series.values) if v is not None]

    def svg(self) -> str:
        chart, kind = self.chart, self.kind
        parts = [*self._grid(), *self._lines(), *self._names(), *self._ends(), *self._labels()]
        return (
            f'<svg viewBox="0 0 {kind.width} {kind.height}" class="chart {kind.css}" role="img" '
            f'aria-labelledby="{self.id}t {self.id}d">'
            f'<title id="{self.id}t">{escape(chart.title)}</title>'
            f'<desc id="{self.id}d">{escape(chart.description)}</desc>{"".join(parts)}</svg>'
        )

    def _grid(self) -> Iterator[str]:
        for tick, text in zip(self.ticks, self.tick_texts, strict=True):
            height = round(self.y(tick))
            css = "ax" if tick == 0 else "g"
            yield f'<path class="{css}" d="M{self.left:.0f} {height}H{self.right:.0f}"/>'
            yield _text(self.left - 8, height + 5, text, "soft", "end")

    def _lines(self) -> Iterator[str]:
        drawn = list(enumerate(self.chart.series, 1))
        for number, series in reversed(drawn):
            path = " ".join(f"{x:.0f},{y:.0f}" for x, y in self.points(series))
            yield f'<polyline class="l{number}" points="{path}"/>'
        for number, series in reversed(drawn):
            for x, y in self.points(series):
                if number == 1:
                    yield f'<circle class="p1" cx="{x:.0f}" cy="{y:.0f}" r="6"/>'
                else:
                    yield f'<path class="p{number}" d="M{x - 5:.0f} {y - 5:.0f}h10v10h-10z"/>'

    def _names(self) -> Iterator[str]:
        """The names of two lines, over the higher one and under the lower one, near their ends."""
        if len(self.chart.series) < 2:
            yield from self._first_value()
            return
        order = sorted((1, 2), key=lambda number: self.points(self.chart.series[number - 1])[-1][1])
        for number in (1, 2):
            series = self.chart.series[number - 1]
            width = len(series.name) * _LETTER
            heights = self._heights(self.points(series), self.x(len(self.chart.labels) - 1) - width)
            is_higher = order[0] == number
            y = min(heights) - 14 if is_higher else max(heights) + 26
            y = min(max(y, 20), self.bottom - 8)
            x = self.points(series)[-1][0]
            yield _text(x, y, series.name, f"n{number}", "end")

    def _first_value(self) -> Iterator[str]:
        series = self.chart.series[0]
        (x, y), (_, following) = self.points(series)[:2]
        value = next(v for v in series.values if v is not None)
        height = y - 14 if following >= y or y + 26 > self.bottom else y + 26
        yield _text(x, max(height, 16), format_number(value, self.chart.places), "b", "middle")

    @staticmethod
    def _heights(points: Sequence[tuple[float, float]], start: float) -> list[float]:
        """Where a line is from `start` on: at its points, and where it enters."""
        found = [y for x, y in points if x >= start]
        for (x1, y1), (x2, y2) in pairwise(points):
            if x1 < start < x2:
                found.append(y1 + (y2 - y1) * (start - x1) / (x2 - x1))
        return found or [points[-1][1]]

    def _ends(self) -> Iterator[str]:
        """The last values, kept apart when the lines end close together."""
        ends = [self.points(series)[-1] for series in self.chart.series]
        heights = [y for _, y in ends]
        if len(heights) == 2 and abs(heights[0] - heights[1]) < _LINE:
            middle = sum(heights) / 2
            upper = 0 if heights[0] <= heights[1] else 1
            heights[upper], heights[1 - upper] = middle - _LINE / 2, middle + _LINE / 2
        for (x, _), height, text in zip(ends, heights, self._end_texts(), strict=True):
            yield _text(x + 12, height + 5, text, "b")

    def _labels(self) -> Iterator[str]:
        """As many labels below the axis as fit; the last one always."""
        end = float("inf")
        for place in reversed(range(len(self.chart.labels))):
            label = self.chart.labels[place]
            half = len(label) * _LETTER / 2
            x = min(max(self.x(place), half + 4), self.kind.width - half - 4)
            if x + half + self.kind.gap <= end:
                yield _text(x, self.kind.height - 26, label, "soft", "middle")
                end = x - half


def _text(x: float, y: float, text: str, css: str, anchor: str = "") -> str:
    place = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{css}" x="{x:.0f}" y="{y:.0f}"{place}>{escape(text)}</text>'
