"""Indicators: what is said of them, and their numbers for spreadsheets."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest

from knowledge.indicators import Indicator, Point, as_csv


def indicator(*values: Any, **fields: Any) -> Indicator:
    points = tuple(Point(str(2023 + n), Decimal(str(value))) for n, value in enumerate(values))
    words: dict[str, Any] = {
        "name": "Espera por vaga",
        "unit": "dias",
        "less_is_better": True,
        "source": "Secretaria",
    }
    return Indicator(points=points, **words | fields)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (indicator(214, 109, 81), "De 214 dias (2023) para 81 dias (2025): caiu 62%."),
        (indicator("4.0", "9.6", unit="pontos"), "De 4,0 pontos (2023) para 9,6 pontos (2024): "),
        (
            indicator(38, 2, unit="% das inscrições"),
            "De 38% das inscrições (2023) para 2% das inscrições (2024): caiu 36 pontos",
        ),
        (indicator(3, 2, unit="%"), "De 3% (2023) para 2% (2024): caiu 1 ponto percentual."),
        (indicator(5, 5), "ficou igual"),
        (indicator(0, 5), "De 0 dias (2023) para 5 dias (2024): subiu 5."),
        (indicator(100000, 100001), "subiu menos de 1%"),
        (indicator(5, 9, 7), "No caminho, o maior valor foi 9 (2024) e o menor, 5 (2023)."),
        (indicator(5, 4), "Aqui, menor é melhor."),
        (indicator(5, 4, less_is_better=False), "Aqui, maior é melhor."),
    ],
)
def test_the_trend_is_said_in_words(made: Indicator, sentence: str) -> None:
    assert sentence in made.trend


def test_a_steady_course_needs_no_highest_and_lowest() -> None:
    assert "No caminho" not in indicator(214, 109, 81).trend


def test_a_comparison_is_said_and_drawn_beside() -> None:
    points = (Point("2023", Decimal(214), Decimal(190)), Point("2024", Decimal(81), Decimal(207)))
    made = indicator(1, 2, other_name="Vizinhos")
    made = Indicator(**{**made.__dict__, "points": points})
    assert "Vizinhos: de 190 para 207." in made.trend
    assert [series.name for series in made.chart("Sobral").series] == ["Sobral", "Vizinhos"]
    assert rows_of(as_csv([made], "Sobral"))[3][:2] == ["Espera por vaga", "Vizinhos"]


def test_the_numbers_come_with_mark_semicolons_and_decimal_commas() -> None:
    content = as_csv([indicator("214.5", 81)], "Sobral")
    assert content.startswith(b"\xef\xbb\xbfIndicador;")
    assert rows_of(content)[1:] == [
        ["Espera por vaga", "Sobral", "dias", "2023", "214,5", "menor", "Secretaria"],
        ["Espera por vaga", "Sobral", "dias", "2024", "81", "menor", "Secretaria"],
    ]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", " ="])
def test_what_people_wrote_never_becomes_a_formula(begin: str) -> None:
    made = indicator(1, 2, name=f"{begin}cmd|' /C calc'!A0", source=f"{begin}1+1")
    for row in rows_of(as_csv([made]))[1:]:
        for cell in row:
            assert not cell.lstrip(" \t\r\n").startswith(("=", "+", "-", "@"))


def test_a_negative_number_stays_a_number() -> None:
    assert rows_of(as_csv([indicator("-3.5", 2)]))[1][4] == "-3,5"
