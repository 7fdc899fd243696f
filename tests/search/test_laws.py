"""Norms as texts name them, however they write it."""

import pytest

from search.laws import Law, references

LONG = "palavra " * 40


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("Instrução Normativa nº 65/2021", [Law("in", 65)]),
        ("INSTRUCAO NORMATIVA número 1.005", [Law("in", 1005)]),
        ("lei nº\n14.133, de 2021, e LC 101", [Law("lei", 14133), Law("lc", 101)]),
        (f"A lei {LONG} 14133 e a lei 8080 {LONG} lei 9394", [Law("lei", 8080), Law("lei", 9394)]),
        ("12345678 e a lei 9394", [Law("lei", 9394)]),
        ("em 2019, foram 3 casos", []),
        ("re\u017folucao 14.133", [Law("", 14133)]),  # a letter that only counts as an s
    ],
)
def test_norms_are_met_with_their_kind(text: str, laws: list[Law]) -> None:
    assert [each.law for each in references(text)] == laws


def test_a_norm_stands_where_it_is_written() -> None:
    text = f"{LONG}Conforme a Lei Complementar nº 101, de 2000, e {LONG}"
    [found] = references(text)
    assert text[found.start : found.end] == "Lei Complementar nº 101"
