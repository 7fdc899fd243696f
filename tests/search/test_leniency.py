"""How much of a question an answer has to meet, whichever engine gives it."""

import pytest

from search import hits, indexes, leniency
from search.engines import Hit, SearchAnswer, SearchEngine, SearchRequest
from search.highlight import Marks
from search.models import Entry
from tests.factories import entries
from tests.search.asking import ask

pytestmark = pytest.mark.django_db


def rings(engine: SearchEngine, text: str) -> list[str]:
    """What is asked of an engine until it has answered: of how many things how many, in order; “*” for
    other words."""
    asked: list[str] = []

    def noted(request: SearchRequest) -> SearchAnswer:
        things = f"{request.least}/{len(request.query.strong)}"
        asked.append(things + ("" if request.text == text else "*"))
        return engine.search(request)

    leniency.answer(SearchRequest(frozenset({"public"}), text), noted)
    return asked


def test_a_page_of_what_meets_all_is_enough(engine: SearchEngine) -> None:
    for number in range(leniency.ENOUGH):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Outra feira", body="É na praça.")
    answer = ask(engine, "feira praça barraca")
    assert (answer.total, answer.met, answer.is_relaxed) == (leniency.ENOUGH,) * 2 + (False,)
    assert rings(engine, "feira praça barraca") == ["3/3"]


def test_less_than_a_page_goes_on_with_what_meets_half(engine: SearchEngine) -> None:
    for number in range(leniency.ENOUGH - 1):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Feira da praça")
    entries.entry(title="Uma barraca")
    answer = ask(engine, "feira praça barraca")
    assert answer.total == leniency.ENOUGH
    assert answer.hits[-1].entry.title == "Feira da praça"
    assert not answer.is_relaxed
    assert rings(engine, "feira praça barraca") == ["3/3", "2/3"]


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
    assert rings(engine, "feira praça") == ["2/2"]


def test_who_mistypes_is_understood_before_a_part_is_shown(engine: SearchEngine) -> None:
    entries.entry(title="Feira da praça")
    entries.entry(title="Praça")
    assert rings(engine, "feirra praça") == ["2/2", "2/2*"]
    answer = ask(engine, "feirra praça")
    assert (answer.read_as, answer.total) == ("feira praça", 1)


def test_where_other_words_find_no_more_a_part_of_those_typed_is_shown(
    engine: SearchEngine,
) -> None:
    entries.entry(title="Feira")
    entries.entry(title="Praça")
    assert rings(engine, "feirra praça") == ["2/2", "2/2*", "0/2"]
    answer = ask(engine, "feirra praça")
    assert [hit.entry.title for hit in answer.hits] == ["Praça"]
    assert (answer.is_relaxed, answer.read_as) == (True, "")


def test_filters_do_not_change_what_is_enough(engine: SearchEngine) -> None:
    """Else a value would leave more than it was counted with."""
    for number in range(leniency.ENOUGH):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.", themes=["financas"])
    entries.entry(title="Feira da praça", themes=["saude"])
    assert ask(engine, "feira praça barraca", filters={"tema": "saude"}).total == 0


@pytest.mark.parametrize(
    ("whole", "nearly", "asked"),
    [(20, 0, ["5/5"]), (3, 17, ["5/5", "4/5"]), (3, 16, ["5/5", "3/5"])],
)
def test_where_many_meet_more_what_meets_less_is_not_looked_at(
    engine: SearchEngine,
    monkeypatch: pytest.MonkeyPatch,
    whole: int,
    nearly: int,
    asked: list[str],
) -> None:
    """Of five things three are firm: five and four are asked for only where that leaves plenty."""
    for module in (leniency, indexes):
        monkeypatch.setattr(module, "PLENTY", 20)
    for number in range(whole):
        entries.entry(title=f"Feira {number}", body="barraca praça cedo domingo")
    for number in range(nearly):
        entries.entry(title=f"Feira {number}", body="barraca praça cedo")
    entries.entry(title="Feira", body="barraca praça")
    text = "feira barraca praça cedo domingo"
    assert rings(engine, text) == asked
    left_out = 0 if asked[-1] == "3/5" else 1
    assert ask(engine, text).total == whole + nearly + 1 - left_out


def test_what_is_mistyped_among_many_words_is_understood(engine: SearchEngine) -> None:
    entries.entry(title="Feira, barraca, praça")
    text = "feirra barracca praçça cedo domingo"
    assert rings(engine, text) == ["5/5", "5/5*", "3/5*"]
    answer = ask(engine, text)
    assert (answer.read_as, answer.is_relaxed) == ("feira barraca praça cedo domingo", False)


def test_what_is_asked_again_is_not_read(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To mark the words in twelve long texts takes longer than to find them."""
    for number in range(leniency.ENOUGH - 1):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Feira da praça")
    read: list[str] = []

    def noted(entry: Entry, _: Marks) -> Hit:
        read.append(entry.title)
        return Hit(entry, "", "")

    monkeypatch.setattr(hits, "_hit", noted)
    answer = ask(engine, "feira praça barraca")
    assert read == []
    assert len(answer.hits) == len(read) == leniency.ENOUGH


@pytest.mark.parametrize(("ring", "met"), [(3, 1), (2, 2), (1, 3), (0, 3)])
def test_every_ring_holds_the_one_before_it(engine: SearchEngine, ring: int, met: int) -> None:
    for body in ("barraca praça", "praça", ""):
        entries.entry(title=f"Feira {body}", body=body)
    request = SearchRequest(frozenset({"public"}), "feira praça barraca", order="titulo", ring=ring)
    assert engine.search(request).met == met


@pytest.mark.parametrize("enough", [2, 3])
def test_wider_rings_are_counted_where_one_is_not_enough(engine: SearchEngine, enough: int) -> None:
    for body in ("barraca praça", "praça barraca", "praça", ""):
        entries.entry(title=f"Feira {body}", body=body)
    text = "feira praça barraca"
    request = SearchRequest(frozenset({"public"}), text, ring=3, wider=(2, 1), enough=enough)
    found = engine.search(request)
    assert found.met == 2
    if enough == 2:
        assert len(found.hits) == 2
    else:
        assert found.wider == {2: 3, 1: 4}


def test_what_may_not_be_read_is_in_no_ring(engine: SearchEngine) -> None:
    entries.entry(title="Feira na praça", audience=frozenset({"turma"}))
    entries.entry(title="Feira na praça", body="barraca zebra")
    request = SearchRequest(
        frozenset({"public"}), "feira praça barraca -zebra", ring=3, wider=(2, 1), enough=12
    )
    assert engine.search(request).wider == {2: 0, 1: 0}
