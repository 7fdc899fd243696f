"""Curators who write at once: on the database that the settings name, with real commits."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from files.models import Art
from knowledge.models import GuidePage, Person, Theme, Withdrawal
from tests.conftest import signed_in
from tests.factories import pages, people
from tests.knowledge.doors import bulk_delete
from tests.together import together
from trails.models import TrailPage

pytestmark = pytest.mark.django_db
ROUNDS = 4


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In the place of pytest-django's own, for this file: rows are committed, so that other
    connections see them, and what was made is deleted afterwards."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            for kind in (TrailPage, GuidePage):
                for page in kind.objects.all():
                    page.delete()
            for model in (Person, Theme, Withdrawal, Art, DBTaskResult):
                model._default_manager.all().delete()
            get_user_model().objects.all().delete()


def test_pages_of_two_places_are_deleted_while_others_are_added_there() -> None:
    pairs = []
    for _ in range(ROUNDS):
        guide = pages.guide()
        pairs.append((guide, pages.trail(guide)))
    curators = [signed_in(people.user("Curadores")) for _ in range(2)]

    def deleting(which: int) -> Callable[[], None]:
        def work() -> None:
            for pair in pairs[which::2]:
                answer = bulk_delete(*pair, client=curators[which]).answer
                assert answer.status_code == 302

        return work

    def adding() -> None:
        for _ in range(ROUNDS):
            pages.trail(pages.guide())

    together(deleting(0), deleting(1), adding)
    assert Page.find_problems() == ([], [], [], [], [])
    assert TrailPage.objects.count() == GuidePage.objects.count() == ROUNDS
