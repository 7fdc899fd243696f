"""How much of a question an answer has to meet, whichever engine gives it."""

from itertools import combinations

import pytest

from search import hits, indexes, rings
from search.engines import Hit, SearchEngine, SearchRequest
from search.highlight import Marks
from search.models import Entry
from search.query import MAX_NEEDED, understand
from search.rings import ENOUGH, PLENTY, Choice, enough
from tests.factories import entries
from tests.search.asking import ask

pytestmark = pytest.mark.django_db

FIVE = "feira barraca praça cedo domingo"


@pytest.mark.parametrize(
    ("text", "held", "beside", "choice"),
    [
        ("feira", {1: 0}, 0, Choice(1, is_relaxed=True)),
        ("feira", {1: 0}, 1, Choice(1)),
        ("feira praça", {2: 1}, 0, Choice(2)),
        ("feira praça", {2: 0}, 0, Choice(0, is_relaxed=True)),
        ("feira praça", {2: 0}, 1, Choice(2)),
        ("feira praça cedo", {3: ENOUGH, 2: 40}, 0, Choice(3)),
        ("feira praça cedo", {3: ENOUGH}, 0, Choice(3)),
        ("feira praça cedo", {3: ENOUGH - 1, 2: 11}, 0, Choice(2)),
        ("feira praça cedo", {3: ENOUGH - 1, 2: 11}, 1, Choice(3)),
        ("feira praça cedo", {3: 0, 2: ENOUGH - 1}, 0, Choice(0, is_relaxed=True)),
        ("feira praça cedo", {3: 0, 2: ENOUGH}, 0, Choice(2, is_relaxed=True)),
        (FIVE, {5: PLENTY}, 0, Choice(5)),
        (FIVE, {5: PLENTY - 1, 4: PLENTY, 3: PLENTY}, 0, Choice(4)),
        (FIVE, {5: PLENTY - 1, 4: PLENTY - 1, 3: PLENTY}, 0, Choice(3)),
        (FIVE, {5: 0, 4: 0, 3: 1}, 0, Choice(3)),
        (FIVE, {5: 0, 4: 0, 3: 0}, 0, Choice(0, is_relaxed=True)),
    ],
)
def test_the_narrowest_that_fills_a_page_is_enough(
    text: str, held: dict[int, int], beside: int, choice: Choice
) -> None:
    assert enough(understand(text), held.__getitem__, beside) == choice


def test_a_page_of_what_meets_all_is_enough(engine: SearchEngine) -> None:
    for number in range(ENOUGH):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Outra feira", body="É na praça.")
    answer = ask(engine, "feira praça barraca")
    assert (answer.total, answer.met, answer.is_relaxed) == (ENOUGH, ENOUGH, False)


def test_less_than_a_page_goes_on_with_what_meets_half(engine: SearchEngine) -> None:
    for number in range(ENOUGH - 1):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Feira da praça")
    entries.entry(title="Uma barraca")
    answer = ask(engine, "feira praça barraca")
    assert answer.total == ENOUGH
    assert answer.hits[-1].entry.title == "Feira da praça"
    assert not answer.is_relaxed


@pytest.mark.parametrize("others", [0, ENOUGH])
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
    assert ask(engine, "feira praça").total == 1


def test_filters_do_not_change_what_is_enough(engine: SearchEngine) -> None:
    """Else a value would leave more than it was counted with."""
    for number in range(ENOUGH):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.", themes=["financas"])
    entries.entry(title="Feira da praça", themes=["saude"])
    assert ask(engine, "feira praça barraca", filters={"tema": "saude"}).total == 0


@pytest.mark.parametrize(("whole", "nearly", "shown"), [(20, 1, 20), (3, 17, 20), (3, 16, 20)])
def test_where_many_meet_more_what_meets_less_is_not_looked_at(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch, whole: int, nearly: int, shown: int
) -> None:
    """Of five things three are firm: five and four are asked for only where that leaves plenty."""
    monkeypatch.setattr(rings, "PLENTY", 20)
    for number in range(whole):
        entries.entry(title=f"Feira {number}", body="barraca praça cedo domingo")
    for number in range(nearly):
        entries.entry(title=f"Feira {number}", body="barraca praça cedo")
    entries.entry(title="Feira", body="barraca praça")
    assert ask(engine, FIVE).total == shown


def test_what_is_asked_again_is_not_read(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To mark the words in twelve long texts takes longer than to find them."""
    for number in range(ENOUGH - 1):
        entries.entry(title=f"Feira {number}", body="Na praça há uma barraca.")
    entries.entry(title="Feira da praça")
    read: list[str] = []

    def noted(entry: Entry, _: Marks) -> Hit:
        read.append(entry.title)
        return Hit(entry, "", "")

    monkeypatch.setattr(hits, "_hit", noted)
    answer = ask(engine, "feira praça barraca")
    assert read == []
    assert len(answer.hits) == len(read) == ENOUGH


@pytest.mark.parametrize(("ring", "met"), [(3, 1), (2, 2), (1, 3), (0, 3)])
def test_every_ring_holds_the_one_before_it(engine: SearchEngine, ring: int, met: int) -> None:
    for body in ("barraca praça", "praça", ""):
        entries.entry(title=f"Feira {body}", body=body)
    request = SearchRequest(frozenset({"public"}), "feira praça barraca", order="titulo", ring=ring)
    assert engine.search(request).met == met


def test_a_ring_holds_what_meets_so_many_of_the_things_whichever() -> None:
    things = FIVE.split()
    for size in range(len(things) + 1):
        for some in combinations(things, size):
            entries.entry(title="Aviso", body=" ".join(some))
    request = SearchRequest(frozenset({"public"}), FIVE)
    index = indexes.term_index()
    held = [index.holding(request, ring, most=100) for ring in range(1, 6)]
    assert held == [31, 26, 16, 6, 1]
    assert index.holding(request, 2, most=12) == 12


def test_of_a_long_question_the_first_things_have_to_be_met(engine: SearchEngine) -> None:
    words = [f"palavra{chr(97 + at)}" for at in range(MAX_NEEDED + 2)]
    entries.entry(title="Aviso", body=" ".join(words[:MAX_NEEDED]))
    entries.entry(title="Aviso", body=" ".join(words))
    entries.entry(title="Aviso", body=" ".join(words[MAX_NEEDED:]))
    answer = ask(engine, " ".join(words))
    assert (answer.total, answer.is_relaxed) == (2, False)


def test_what_may_not_be_read_is_in_no_ring(engine: SearchEngine) -> None:
    for _ in range(ENOUGH):
        entries.entry(title="Feira na praça, barraca", audience=frozenset({"turma"}))
        entries.entry(title="Feira na praça", body="barraca zebra")
    entries.entry(title="Feira na praça")
    answer = ask(engine, "feira praça barraca -zebra")
    assert (answer.total, answer.is_relaxed) == (1, True)


def test_what_is_shown_beside_counts_for_every_ring(engine: SearchEngine) -> None:
    entries.entry(title="Feira")
    asked = SearchRequest(frozenset({"public"}), "feira praça")
    assert engine.search(asked).met == 1
    assert engine.search(SearchRequest(asked.keys, asked.text, beside=1)).met == 0
