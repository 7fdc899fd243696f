"""What a process remembers of questions."""

import pytest

from search import recent
from search.recent import Recent


def test_only_what_is_not_usual_is_kept() -> None:
    kept = Recent[int]()
    kept.keep("a", 2, usual=1)
    assert (kept.get("a", usual=1), kept.get("b", usual=1)) == (2, 1)
    kept.keep("a", 1, usual=1)
    assert kept.get("a", usual=3) == 3


def test_the_last_questions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_MOST", 2)
    kept = Recent[int]()
    for question in ("a", "b", "a", "c"):
        kept.keep(question, 2, usual=1)
    assert [kept.get(each, usual=1) for each in ("a", "b", "c")] == [2, 1, 2]
