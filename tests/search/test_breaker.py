"""After some failures in a row nobody asks for a while; then one asks to see."""

from search.elastic.breaker import FAILURES, SECONDS, Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def blown() -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.allows()
        breaker.failed()
    return breaker, clock


def test_it_opens_after_failures_in_a_row_and_not_before() -> None:
    breaker, _ = blown()
    assert not breaker.allows()


def test_failures_between_which_something_went_well_are_not_in_a_row() -> None:
    breaker = Breaker(Clock())
    for _ in range(FAILURES * 3):
        breaker.failed()
        breaker.went_well()
    assert breaker.allows()


def test_after_the_pause_one_may_ask_and_the_others_wait() -> None:
    breaker, clock = blown()
    clock.now += SECONDS
    assert breaker.allows()
    assert not breaker.allows()
    breaker.went_well()
    assert breaker.allows()
    assert breaker.allows()


def test_who_asked_to_see_and_failed_begins_another_pause() -> None:
    breaker, clock = blown()
    clock.now += SECONDS
    assert breaker.allows()
    breaker.failed()
    clock.now += SECONDS - 0.1
    assert not breaker.allows()
    clock.now += 0.1
    assert breaker.allows()
