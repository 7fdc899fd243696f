"""Numbers as people in Brazil type and read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbers import (
    UnreadableNumber,
    format_number,
    in_short,
    parse_number,
    places_of,
    size_in_words,
    type_number,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("81", "81"),
        ("1.204", "1204"),
        ("1204", "1204"),
        ("49,1", "49.1"),
        ("1.234.567,89", "1234567.89"),
        (" -3,5 ", "-3.5"),
        ("−3", "-3"),
        ("0,0", "0.0"),
    ],
)
def test_a_number_is_read_as_it_is_typed(typed: str, number: str) -> None:
    assert str(parse_number(typed)) == number


@pytest.mark.parametrize("typed", ["", "abc", "12 dias", "1,2,3", "1.2.3", "R$ 41", "NaN", "1e9"])
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UnreadableNumber, match=r"Exemplos: 81 ou 1\.204 ou 49,1"):
        parse_number(typed)


def test_a_point_before_the_decimals_is_not_guessed_at() -> None:
    with pytest.raises(UnreadableNumber, match="vírgula antes dos decimais: 49,1"):
        parse_number("49.1")


def test_a_number_that_no_chart_could_show_is_refused() -> None:
    with pytest.raises(UnreadableNumber, match="grande demais"):
        parse_number("9" * 13)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_shown_can_be_typed_again(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number
    assert parse_number(type_number(number)) == number


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        ("1204.5", None, "1.204,5"),
        ("4.0", 1, "4,0"),
        ("81", 1, "81,0"),
        ("-3", None, "−3"),
        ("1234567", None, "1.234.567"),
    ],
)
def test_a_number_is_shown_with_comma_and_points(
    number: str, places: int | None, shown: str
) -> None:
    assert format_number(Decimal(number), places) == shown


def test_places_are_those_that_were_written() -> None:
    assert [places_of(Decimal(text)) for text in ("4", "4.0", "4.25", "1E3")] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        (812, "812"),
        (9_999, "9.999"),
        (48_200, "48 mil"),
        (203_023, "203 mil"),
        (1_400_000, "1,4 milhão"),
        (2_428_678, "2,4 milhões"),
    ],
)
def test_a_population_is_said_in_short(people: int, shown: str) -> None:
    assert in_short(people) == shown


def test_sizes_of_files_are_said_in_decimal_units() -> None:
    assert [size_in_words(size) for size in (10, 88_000, 1_240_000)] == ["1 KB", "88 KB", "1,2 MB"]
