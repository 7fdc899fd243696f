"""Themes that the lines of these tests name."""

import pytest

from tests.factories import people


@pytest.fixture
def themes(db: None) -> None:
    for slug in ("planejamento-urbano", "saude"):
        people.theme(slug)
