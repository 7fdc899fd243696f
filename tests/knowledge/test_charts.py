"""Charts: well-formed, readable without colour, and within their drawing."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from knowledge.charts import Chart, Series, draw, places_in_time, ticks

VALUES = st.decimals(min_value=-(10**6), max_value=10**6, places=1)
SVG = "{http://www.w3.org/2000/svg}"


def chart(*values: Any, other: tuple[Any, ...] = (), **fields: Any) -> Chart:
    series = [Series("Sobral", tuple(map(_decimal, values)))]
    if other:
        series.append(Series("Municípios vizinhos", tuple(map(_decimal, other))))
    words = {"title": "Espera", "description": "De 214 para 81.", "unit": "dias", "places": 0}
    labels = tuple(str(2020 + number) for number in range(len(values)))
    return Chart(labels=labels, series=tuple(series), **words | fields)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def drawings(drawn: str) -> list[Any]:
    return list(etree.fromstring(f"<div xmlns='http://www.w3.org/2000/svg'>{drawn}</div>"))


def texts(svg: Any) -> list[str]:
    return [element.text for element in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("81", "214", ["0", "5E+1", "1E+2", "1.5E+2", "2E+2", "2.5E+2"]),
        ("4.0", "9.6", ["0", "2", "4", "6", "8", "1E+1"]),
        ("0", "0", ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ("-3", "2", ["-3", "-2", "-1", "0", "1", "2"]),
    ],
)
def test_the_scale_is_round_and_has_a_zero(low: str, high: str, expected: list[str]) -> None:
    assert ticks(Decimal(low), Decimal(high)) == [Decimal(text) for text in expected]


@given(VALUES, VALUES)
def test_every_value_lies_on_the_scale(one: Decimal, two: Decimal) -> None:
    low, high = sorted([one, two])
    scale = ticks(low, high)
    assert scale[0] <= low
    assert scale[-1] >= high
    assert Decimal(0) in scale
    assert 2 <= len(scale) <= 8


def test_it_is_drawn_wide_and_narrow_with_a_name_and_a_description() -> None:
    wide, narrow = drawings(draw(chart(214, 109, 81), "g1"))
    assert (wide.get("class"), narrow.get("class")) == ("chart wide-only", "chart narrow-only")
    for svg in (wide, narrow):
        assert svg.get("role") == "img"
        named = [svg.find(f"*[@id='{part}']") for part in svg.get("aria-labelledby").split()]
        assert [element.text for element in named] == ["Espera", "De 214 para 81."]


def test_ids_are_unique_and_nothing_is_styled_in_place() -> None:
    drawn = draw(chart(1, 2), "g1") + draw(chart(1, 2), "g2")
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids)) == 8
    assert "style" not in drawn


def test_the_last_value_stands_on_the_line_with_its_unit() -> None:
    wide, _ = drawings(draw(chart("8.5", "9.6", places=1), "g1"))
    assert "9,6 dias" in texts(wide)
    assert "8,5" in texts(wide)


def test_percentages_keep_their_sign() -> None:
    wide, _ = drawings(draw(chart(38, 2, unit="% das inscrições"), "g1"))
    assert "2%" in texts(wide)


def test_two_lines_differ_in_dash_and_marker_and_are_named() -> None:
    wide, _ = drawings(draw(chart(214, 109, 81, other=(190, None, 207)), "g1"))
    assert [line.get("class") for line in wide.iter(f"{SVG}polyline")] == ["l2", "l1"]
    assert len(list(wide.iter(f"{SVG}circle"))) == 3
    assert len([path for path in wide.iter(f"{SVG}path") if path.get("class") == "p2"]) == 2
    assert {"Sobral", "Municípios vizinhos"} <= set(texts(wide))


def test_last_values_that_are_close_do_not_cover_each_other() -> None:
    wide, _ = drawings(draw(chart(10, 50, other=(20, 51)), "g1"))
    heights = [
        int(element.get("y"))
        for element in wide.iter(f"{SVG}text")
        if element.text in ("50 dias", "51")
    ]
    assert abs(heights[0] - heights[1]) >= 19


def test_names_from_people_are_escaped() -> None:
    drawn = draw(chart(1, 2, title="<script>", description='"a" & b'), "g1")
    assert "<script>" not in drawn
    assert drawings(drawn)[0].find(f"{SVG}title").text == "<script>"


@settings(max_examples=60)
@given(st.lists(VALUES, min_size=2, max_size=8))
def test_everything_stands_within_the_drawing(values: list[Decimal]) -> None:
    for svg in drawings(draw(chart(*values, places=1), "g1")):
        width, height = map(int, svg.get("viewBox").split()[2:])
        for element in svg.iter(f"{SVG}text"):
            x, y = int(element.get("x")), int(element.get("y"))
            assert 0 <= y <= height
            length = len(element.text) * 8.2
            start = {"end": x - length, "middle": x - length / 2}.get(
                element.get("text-anchor", ""), x
            )
            assert start >= -1
            assert start + length <= width + 1
        for circle in svg.iter(f"{SVG}circle"):
            assert 0 < int(circle.get("cx")) < width
            assert 0 < int(circle.get("cy")) < height


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        (("2005", "2007", "2015"), [0, 0.2, 1]),
        (("2022.1", "2022.2", "2023.1"), [0, 0.5, 1]),
        (("01/2024", "07/2024", "01/2025"), [0, 0.5, 1]),
        (("2024-01", "2024-04", "2025-01"), [0, 0.25, 1]),
        (("Antes", "Durante", "Depois"), [0, 0.5, 1]),
        (("2024", "2023", "2025"), [0, 0.5, 1]),
        (("2023", "2023", "2025"), [0, 0.5, 1]),
        (("2023", "2023.99", "2025"), [0, 0.5, 1]),
    ],
)
def test_years_stand_as_far_apart_as_they_are(labels: tuple[str, ...], places: list[float]) -> None:
    assert places_in_time(labels) == pytest.approx(places)


def test_long_labels_that_do_not_fit_are_left_out_but_never_the_last() -> None:
    made = chart(*range(1, 9))
    labels = tuple(f"Segundo semestre de {2016 + number}" for number in range(8))
    _, narrow = drawings(draw(Chart(**{**made.__dict__, "labels": labels}), "g1"))
    shown = [text for text in texts(narrow) if text.startswith("Segundo")]
    assert shown == [labels[-1]]
