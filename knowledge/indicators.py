"""Indicators: a number that was followed, before and after."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from knowledge.charts import Chart, Series
from knowledge.numbers import format_number, places_of, type_number

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_HEADS = ("Indicador", "Série", "Unidade", "Quando", "Valor", "Melhor", "Fonte")


@dataclass(frozen=True)
class Point:
    """A value at one time; `other` is of whom it is compared with, if it is known."""

    label: str
    value: Decimal
    other: Decimal | None = None


@dataclass(frozen=True)
class Indicator:
    """What was measured, in which unit and by whom. The first point is before, the last after."""

    name: str
    unit: str
    less_is_better: bool
    source: str
    points: tuple[Point, ...]
    other_name: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether there is a before and an after."""
        return len(self.points) > 1

    @property
    def places(self) -> int:
        """Decimals with which all of its values are shown."""
        others = [point.other for point in self.points if point.other is not None]
        return max(places_of(value) for value in [*(p.value for p in self.points), *others])

    @property
    def before(self) -> str:
        return self.show(self.points[0].value)

    @property
    def after(self) -> str:
        return self.show(self.points[-1].value)

    @property
    def last_label(self) -> str:
        return self.points[-1].label

    @property
    def is_compared(self) -> bool:
        return bool(self.other_name) and any(p.other is not None for p in self.points)

    @property
    def sign(self) -> str:
        """What stands directly behind a value: “%”, or nothing."""
        return "%" if self.unit.startswith("%") else ""

    @property
    def measure(self) -> str:
        """The unit as words beside a value: “dias”; “das inscrições” of “% das inscrições”,
        “pontos” of “pontos, de 0 a 10”."""
        return self.unit.removeprefix("%").split(",")[0].strip()

    def show(self, value: Decimal) -> str:
        return f"{format_number(value, self.places)}{self.sign}"

    def rows(self) -> list[tuple[str, str, str]]:
        """Label, value and the compared value, as they are read."""
        return [
            (p.label, self.show(p.value), "" if p.other is None else self.show(p.other))
            for p in self.points
        ]

    @property
    def trend(self) -> str:
        """The course in words, for those who do not see the line."""
        first, last = self.points[0], self.points[-1]
        measure = f" {self.measure}" if self.measure else ""
        course = (
            f"De {self.before}{measure} ({first.label}) para {self.after}{measure} ({last.label})"
        )
        sentences = [f"{course}: {self._change(first.value, last.value)}."]
        values = [point.value for point in self.points]
        if values not in (sorted(values), sorted(values, reverse=True)):
            high, low = max(self.points, key=_value), min(self.points, key=_value)
            sentences.append(
                f"No caminho, o maior valor foi {self.show(high.value)} ({high.label}) e o menor, "
                f"{self.show(low.value)} ({low.label})."
            )
        others = [point.other for point in self.points if point.other is not None]
        if self.is_compared:
            sentences.append(
                f"{self.other_name}: de {self.show(others[0])} para {self.show(others[-1])}."
            )
        sentences.append(f"Aqui, {self.direction}.")
        return " ".join(sentences)

    @property
    def direction(self) -> str:
        return "menor é melhor" if self.less_is_better else "maior é melhor"

    def _change(self, first: Decimal, last: Decimal) -> str:
        difference = abs(last - first)
        if not difference:
            return "ficou igual"
        verb = "caiu" if last < first else "subiu"
        if self.sign:
            unit = "ponto percentual" if difference == 1 else "pontos percentuais"
            return f"{verb} {format_number(difference, self.places)} {unit}"
        if first > 0:
            share = round(difference / first * 100)
            return f"{verb} {format_number(share)}%" if share else f"{verb} menos de 1%"
        return f"{verb} {format_number(difference, self.places)}"

    def chart(self, own_name: str = "") -> Chart:
        """The indicator as a chart. `own_name` is the name of its own line beside a compared one."""
        series = [Series(own_name or self.name, tuple(p.value for p in self.points))]
        if self.is_compared:
            series.append(Series(self.other_name, tuple(p.other for p in self.points)))
        return Chart(
            title=f"{self.name} ({self.unit})",
            description=self.trend,
            unit=self.unit,
            labels=tuple(point.label for point in self.points),
            series=tuple(series),
            places=self.places,
        )

    def words(self) -> str:
        """Everything there is to read, for search."""
        rows = [f"{label}: {value}" for label, value, _ in self.rows()]
        return "\n".join([f"{self.name} ({self.unit})", *rows, self.other_name, self.source])


def _value(point: Point) -> Decimal:
    return point.value


def as_csv(indicators: Iterable[Indicator], own_name: str = "") -> bytes:
    """The numbers of indicators for a spreadsheet in Portuguese: UTF-8 with a mark, semicolons,
    decimal commas. What people wrote never becomes a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADS)
    for item in indicators:
        direction = "menor" if item.less_is_better else "maior"
        series = [(own_name or item.name, [(p.label, p.value) for p in item.points])]
        if item.is_compared:
            compared = [(p.label, p.other) for p in item.points if p.other is not None]
            series.append((item.other_name, compared))
        for name, points in series:
            for label, value in points:
                texts = [item.name, name, item.unit, label]
                number = type_number(value)
                last = [direction, item.source]
                writer.writerow([*map(_inert, texts), number, *map(_inert, last)])
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def _inert(text: str) -> str:
    """A cell that a spreadsheet takes for text, whatever it begins with."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
