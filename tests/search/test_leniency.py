"""What mistyped words are read as, whichever engine answers."""

import pytest

from search import leniency
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from tests.factories import entries
from tests.search.asking import ask

pytestmark = pytest.mark.django_db


def asked(engine: SearchEngine, text: str) -> list[str]:
    """The words of which an engine is asked until it has answered, in order."""
    found: list[str] = []

    def noted(request: SearchRequest) -> SearchAnswer:
        found.append(request.text)
        return engine.search(request)

    leniency.answer(SearchRequest(frozenset({"public"}), text), noted)
    return found


def test_who_mistypes_is_understood_before_a_part_is_shown(engine: SearchEngine) -> None:
    entries.entry(title="Feira da praça")
    entries.entry(title="Praça")
    answer = ask(engine, "feirra praça")
    assert (answer.read_as, answer.total) == ("feira praça", 1)


def test_an_engine_is_asked_once_for_what_was_meant(engine: SearchEngine) -> None:
    entries.entry(title="Feira da praça")
    assert asked(engine, "feirra praça") == ["feira praça"]
    assert asked(engine, "feira praça") == ["feira praça"]


def test_what_the_library_knows_meanwhile_is_taken_at_its_word(engine: SearchEngine) -> None:
    """It stands in a body, where no word is learned from."""
    entries.entry(title="Feira da praça")
    assert ask(engine, "feirra praça").read_as == "feira praça"
    entries.entry(title="Praça", body="Feirra")
    assert ask(engine, "feirra praça").read_as == ""
    assert asked(engine, "feirra praça") == ["feirra praça"]


def test_of_words_that_nothing_has_a_part_of_what_was_meant_is_shown(
    engine: SearchEngine,
) -> None:
    """Nothing meets all, however it is read: then what is mistyped is still read as it was meant."""
    entries.entry(title="Feira")
    entries.entry(title="Praça")
    assert asked(engine, "feirra praça") == ["feira praça", "feirra praça"]
    answer = ask(engine, "feirra praça")
    assert {hit.entry.title for hit in answer.hits} == {"Feira", "Praça"}
    assert (answer.is_relaxed, answer.read_as) == (True, "feira praça")


def test_of_words_that_something_has_a_part_of_what_was_typed_is_shown(
    engine: SearchEngine,
) -> None:
    entries.entry(title="Feira")
    entries.entry(title="Praça")
    entries.entry(title="Lugar", body="feirra")
    assert asked(engine, "feirra praça") == ["feirra praça"]
    answer = ask(engine, "feirra praça")
    assert {hit.entry.title for hit in answer.hits} == {"Lugar", "Praça"}
    assert (answer.is_relaxed, answer.read_as) == (True, "")


def test_where_what_was_meant_is_gone_a_part_of_it_is_shown(engine: SearchEngine) -> None:
    kept = entries.entry(title="Feira da praça")
    entries.entry(title="Praça")
    assert ask(engine, "feirra praça").read_as == "feira praça"
    engine.remove(kept.pk)
    kept.delete()
    answer = ask(engine, "feirra praça")
    assert [hit.entry.title for hit in answer.hits] == ["Praça"]
    assert answer.is_relaxed


def test_nothing_is_meant_that_finds_nothing(engine: SearchEngine) -> None:
    kept = entries.entry(title="Feira")
    assert ask(engine, "feirra").read_as == "feira"
    engine.remove(kept.pk)
    kept.delete()
    answer = ask(engine, "feirra")
    assert (answer.total, answer.read_as) == (0, "")


def test_what_is_mistyped_among_many_words_is_understood(engine: SearchEngine) -> None:
    entries.entry(title="Feira, barraca, praça")
    answer = ask(engine, "feirra barracca praçça cedo domingo")
    assert (answer.read_as, answer.is_relaxed) == ("feira barraca praça cedo domingo", False)


def test_what_others_may_read_makes_no_word_meant(engine: SearchEngine) -> None:
    """What was typed stands where the reader may not read: it is nothing to them."""
    entries.entry(title="Feira da praça")
    entries.entry(title="Turma", body="Feirra na praça", audience=frozenset({"turma"}))
    assert ask(engine, "feirra praça").read_as == "feira praça"
    keys = frozenset({"public", "turma"})
    assert ask(engine, "feirra praça", keys=keys).read_as == ""
    assert ask(engine, "feirra praça").read_as == "feira praça"
