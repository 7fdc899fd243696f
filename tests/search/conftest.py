"""The engines that the contract holds for."""

from collections.abc import Callable

import pytest

from search import services
from search.embedded import EmbeddedEngine
from search.engines import SearchEngine

ENGINES: list[Callable[[], SearchEngine]] = [EmbeddedEngine]


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SearchEngine:
    """The engine under test, which is also the one that is written to."""
    made: SearchEngine = request.param()
    monkeypatch.setattr(services, "engine", lambda: made)
    return made
