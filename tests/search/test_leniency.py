"""How much of a question an answer has to meet, whichever engine gives it."""

import pytest

from search import leniency
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from search.query import Ring
from tests.factories import entries
from tests.search.asking import ask

pytestmark = pytest.mark.django_db


def rings(engine: SearchEngine, text: str) -> list[str]:
    """What is asked of an engine until it has answered: the rings, in order; “*” for other words."""
    asked: list[str] = []

    def noted(request: SearchRequest) -> SearchAnswer:
        asked.append(request.ring.value + ("" if request.text == text else "*"))
        return engine.search(request)

    leniency.answer(SearchRequest(frozenset({"public"}), text), noted)
    return asked


def test_a_page_of_what_meets_all_is_enough(engine: SearchEngine) -> None:
    for number in range(leniency.ENOUGH):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Outra feira", body="É na praça.")
    answer = ask(engine, "feira praça barraca")
    assert (answer.total, answer.met, answer.is_relaxed) == (leniency.ENOUGH,) * 2 + (False,)
    assert rings(engine, "feira praça barraca") == ["firm"]


def test_less_than_a_page_goes_on_with_what_meets_half(engine: SearchEngine) -> None:
    for number in range(leniency.ENOUGH - 1):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Feira da praça")
    entries.entry(title="Uma barraca")
    answer = ask(engine, "feira praça barraca")
    assert answer.total == leniency.ENOUGH
    assert answer.hits[-1].entry.title == "Feira da praça"
    assert not answer.is_relaxed
    assert rings(engine, "feira praça barraca") == ["firm", "half"]


@pytest.mark.parametrize("others", [0, leniency.ENOUGH])
def test_what_meets_half_is_enough_if_it_fills_a_page(engine: SearchEngine, others: int) -> None:
    for number in range(others):
        entries.entry(title=f"Feira {number}", body="É na praça.")
    entries.entry(title="Uma barraca")
    answer = ask(engine, "feira praça barraca")
    assert answer.is_relaxed
    assert ("Uma barraca" in [hit.entry.title for hit in answer.hits]) is not bool(others)


def test_two_things_are_met_whole_however_few_they_are(engine: SearchEngine) -> None:
    entries.entry(title="Feira da praça")
    entries.entry(title="Feira")
    assert rings(engine, "feira praça") == ["firm"]


def test_who_mistypes_is_understood_before_a_part_is_shown(engine: SearchEngine) -> None:
    entries.entry(title="Feira da praça")
    entries.entry(title="Praça")
    assert rings(engine, "feirra praça") == ["firm", "firm*"]
    answer = ask(engine, "feirra praça")
    assert (answer.read_as, answer.total) == ("feira praça", 1)


def test_where_other_words_find_no_more_a_part_of_those_typed_is_shown(
    engine: SearchEngine,
) -> None:
    entries.entry(title="Feira")
    entries.entry(title="Praça")
    assert rings(engine, "feirra praça") == ["firm", "firm*", "part"]
    answer = ask(engine, "feirra praça")
    assert [hit.entry.title for hit in answer.hits] == ["Praça"]
    assert (answer.is_relaxed, answer.read_as) == (True, "")


def test_filters_do_not_change_what_is_enough(engine: SearchEngine) -> None:
    """Else a value would leave more than it was counted with."""
    for number in range(leniency.ENOUGH):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.", themes=["financas"])
    entries.entry(title="Feira da praça", themes=["saude"])
    assert ask(engine, "feira praça barraca", filters={"tema": "saude"}).total == 0


@pytest.mark.parametrize("ring", Ring)
def test_every_ring_holds_the_one_before_it(engine: SearchEngine, ring: Ring) -> None:
    for body in ("barraca praça", "praça", ""):
        entries.entry(title=f"Feira {body}", body=body)
    found = engine.search(
        SearchRequest(frozenset({"public"}), "feira praça barraca", order="titulo", ring=ring)
    )
    assert found.met == {Ring.FIRM: 1, Ring.HALF: 2, Ring.PART: 3}[ring]
