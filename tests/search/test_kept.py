"""What a process keeps for a while: read by one, and nobody waits for what is there already."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from search.kept import KeptAwhile

PATIENCE = 30


def test_what_was_read_is_kept() -> None:
    numbers = iter(range(9))
    kept = KeptAwhile(lambda: next(numbers), 1000)
    assert [kept.current(), kept.current()] == [0, 0]
    kept.forget()
    assert kept.current() == 1


def test_while_one_reads_again_others_have_what_was_kept() -> None:
    begun, may_end, numbers = Event(), Event(), iter(range(9))

    def read() -> int:
        number = next(numbers)
        if number:
            begun.set()
            assert may_end.wait(PATIENCE)
        return number

    kept = KeptAwhile(read, -1)
    assert kept.current() == 0
    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(kept.current)
        assert begun.wait(PATIENCE)
        assert kept.current() == 0
        may_end.set()
        assert reader.result(PATIENCE) == 1


def test_those_who_wait_for_the_first_reading_share_it() -> None:
    begun, may_end, numbers = Event(), Event(), iter(range(9))

    def read() -> int:
        begun.set()
        assert may_end.wait(PATIENCE)
        return next(numbers)

    kept = KeptAwhile(read, 1000)
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(kept.current) for _ in range(3)]
        assert begun.wait(PATIENCE)
        may_end.set()
        assert [reader.result(PATIENCE) for reader in readers] == [0, 0, 0]
