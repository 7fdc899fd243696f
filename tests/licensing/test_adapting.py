"""Which licences a work made of others may carry: the table of Creative Commons, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.adapting import FAMILIES, adapting, collecting, pairs
from licensing.values import (
    ALL_LICENCES,
    BY,
    BY_NC,
    BY_NC_ND,
    BY_NC_SA,
    BY_ND,
    BY_SA,
    CC0,
    OPEN_LICENCES,
    PDM,
    RESERVED,
    Licence,
    Permission,
)

# What a cell holds: the default first, in the words of the table.
ANY = set(OPEN_LICENCES)
FROM_BY = (BY, {BY, BY_SA, BY_NC, BY_NC_SA, BY_ND, BY_NC_ND})
FROM_NC = (BY_NC, {BY_NC, BY_NC_SA, BY_NC_ND})
SA = (BY_SA, {BY_SA})
NC_SA = (BY_NC_SA, {BY_NC_SA})
NONE = (None, set())
Cell = tuple[Licence | None, set[Licence]]

FREE = (PDM, CC0)
NO_DERIVATIVES = (BY_ND, BY_NC_ND)
TABLE: list[tuple[tuple[Licence, ...], tuple[Licence, ...], Cell]] = [
    (FREE, FREE, (BY_NC, ANY)),
    (FREE, (BY,), FROM_BY),
    (FREE, (BY_SA,), SA),
    (FREE, (BY_NC,), FROM_NC),
    (FREE, (BY_NC_SA,), NC_SA),
    (FREE, NO_DERIVATIVES, NONE),
    ((BY,), (BY,), FROM_BY),
    ((BY,), (BY_SA,), SA),
    ((BY,), (BY_NC,), FROM_NC),
    ((BY,), (BY_NC_SA,), NC_SA),
    ((BY,), NO_DERIVATIVES, NONE),
    ((BY_SA,), (BY_SA,), SA),
    ((BY_SA,), (BY_NC,), NONE),
    ((BY_SA,), (BY_NC_SA,), NONE),
    ((BY_SA,), NO_DERIVATIVES, NONE),
    ((BY_NC,), (BY_NC,), FROM_NC),
    ((BY_NC,), (BY_NC_SA,), NC_SA),
    ((BY_NC,), NO_DERIVATIVES, NONE),
    ((BY_NC_SA,), (BY_NC_SA,), NC_SA),
    ((BY_NC_SA,), NO_DERIVATIVES, NONE),
    (NO_DERIVATIVES, NO_DERIVATIVES, NONE),
]
CELLS = [(row, column, cell) for rows, columns, cell in TABLE for row in rows for column in columns]
NONCOMMERCIAL = {BY_NC, BY_NC_SA, BY_NC_ND}

licences = st.sampled_from(ALL_LICENCES)
sets = st.lists(licences, max_size=6)


def _name(value: object) -> str:
    return str(value) if isinstance(value, Licence) else "cell"


@pytest.mark.parametrize(("row", "column", "cell"), CELLS, ids=_name)
def test_two_sources_give_what_the_table_says(row: Licence, column: Licence, cell: Cell) -> None:
    for sources in ([row, column], [column, row]):
        answer = adapting(sources)
        assert (answer.default, set(answer.licences)) == cell


def test_the_table_has_every_pair() -> None:
    pairs = {frozenset({row, column}) for row, column, _ in CELLS}
    assert pairs == {frozenset({a, b}) for a in OPEN_LICENCES for b in OPEN_LICENCES}


def test_what_is_all_ones_own_may_carry_anything() -> None:
    assert adapting([]).is_any
    assert collecting([]).is_any


def test_the_house_licence_cannot_absorb_wikipedia() -> None:
    """The trap: BY-NC text with BY-SA text. The sentence names both."""
    answer = adapting([BY_NC, BY_SA])
    assert answer.licences == ()
    assert "CC BY-NC 4.0" in answer.reason
    assert "CC BY-SA 4.0" in answer.reason


def test_all_rights_reserved_are_not_adapted() -> None:
    assert adapting([RESERVED]).licences == ()
    assert "autorização" in adapting([BY, RESERVED]).reason


@given(sets)
def test_an_adaptation_of_many_may_carry_what_one_of_each_may(sources: list[Licence]) -> None:
    alone = [set(adapting([one]).licences) for one in sources]
    assert set(adapting(sources).licences) == ANY.intersection(*alone)


@given(sets, st.data())
def test_what_many_sources_allow_some_of_them_allow(
    sources: list[Licence], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(sources), unique=True)) if sources else []
    assert set(adapting(sources).licences) <= set(adapting(kept).licences)
    assert set(collecting(sources).licences) <= set(collecting(kept).licences)


@given(sets, st.sampled_from([BY_ND, BY_NC_ND, RESERVED]))
def test_what_forbids_changes_is_never_adapted(sources: list[Licence], locked: Licence) -> None:
    answer = adapting([*sources, locked])
    assert answer.licences == ()
    assert answer.default is None


@given(sets, st.randoms())
def test_order_and_repetition_do_not_matter(sources: list[Licence], chance: object) -> None:
    other = [*sources, *sources[:2]]
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert adapting(other) == adapting(sources)
    assert collecting(other) == collecting(sources)


@given(sets)
def test_an_adaptation_never_asks_less_than_a_source(sources: list[Licence]) -> None:
    for result in adapting(sources).licences:
        for source in sources:
            assert source.requires <= result.requires
            if Permission.COMMERCIAL_USE not in source.permits:
                assert Permission.COMMERCIAL_USE not in result.permits


@given(sets)
def test_the_default_is_one_of_those_allowed(sources: list[Licence]) -> None:
    answer = adapting(sources)
    assert (answer.default is None) == (not answer.licences)
    assert answer.default is None or answer.allows(answer.default)


@given(sets)
def test_a_collection_with_noncommercial_parts_is_noncommercial(parts: list[Licence]) -> None:
    allowed = set(collecting(parts).licences)
    assert allowed == (NONCOMMERCIAL if NONCOMMERCIAL & set(parts) else ANY)


@pytest.mark.parametrize("part", [BY_ND, BY_NC_ND], ids=str)
def test_a_collection_may_hold_what_may_not_be_changed(part: Licence) -> None:
    assert collecting([BY_SA, part]).licences


@given(sets)
def test_every_answer_is_given_a_reason_in_short_sentences(given_: list[Licence]) -> None:
    for answer in (adapting(given_), collecting(given_)):
        sentences = [words for words in answer.reason.split(". ") if words]
        assert sentences
        assert all(len(sentence.split()) <= 25 for sentence in sentences)


def test_the_table_for_people_is_the_same_table() -> None:
    shown = pairs()
    assert len(shown) == len(FAMILIES) * (len(FAMILIES) + 1) // 2
    for pair in shown:
        expected = adapting([pair.one.licences[0], pair.other.licences[-1]])
        assert set(pair.answer.licences) == set(expected.licences)
