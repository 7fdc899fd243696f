"""Imports while others work: on the database that the settings name, with commits that are real."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from files.models import Art
from knowledge.models import GuidePage, Person, ResourceIndexPage, Theme, Withdrawal
from knowledge.publishing.gate import prepare
from knowledge.publishing.schedule import publish_due
from sharing.importing import runs
from sharing.models import ImportedItem, ImportLine, ImportRun, Standing
from tests.factories import pages, people
from tests.sharing.importing import begin, csv_bytes, guide
from tests.together import together

pytestmark = pytest.mark.django_db
LINES = 8


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In the place of pytest-django's own, for this file: rows are committed, so that other
    connections see them, and what was made is deleted afterwards. (Its transactional tests empty
    every table, the skeleton of the site with them.)"""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            for page in GuidePage.objects.all():
                page.delete()
            for model in (ImportedItem, ImportRun, Person, Theme, Withdrawal, Art, DBTaskResult):
                model._default_manager.all().delete()
            get_user_model().objects.all().delete()


def lines(prefix: str) -> bytes:
    return csv_bytes(guide(codigo=f"{prefix}-{n}", pessoas=f"Ana {prefix}") for n in range(LINES))


def importing(content: bytes, run: ImportRun) -> Callable[[], None]:
    def work() -> None:
        assert runs.claim(run)
        runs.work(run, io.BytesIO(content), None)

    return work


def curating() -> None:
    """Somebody adds, publishes and changes pages in the same place."""
    for _ in range(LINES):
        page = pages.guide(title="Reunião de bairro", slug="", authors=("Helena Prado",))
        page.title = "Reunião de outro bairro"
        prepare(page)
        page.save_revision().publish()


def assert_a_whole_tree() -> None:
    index = ResourceIndexPage.objects.get()
    assert Page.find_problems() == ([], [], [], [], [])
    slugs = [page.slug for page in index.get_children()]
    assert len(slugs) == len(set(slugs)) == index.numchild


def test_imports_and_a_curator_add_pages_to_one_place_at_once() -> None:
    people.theme("financas")
    first, second = lines("A"), lines("B")
    one, two = begin(first), begin(second)
    together(importing(first, one), importing(second, two), curating)
    assert_a_whole_tree()
    whole = ImportLine.objects.filter(standing__in=[Standing.LIVE, Standing.WAITING])
    assert whole.count() == 2 * LINES
    # One whose address somebody else took meanwhile has to be drawn anew: it waits for the clock.
    publish_due()
    assert GuidePage.objects.filter(live=True).count() == 3 * LINES


def test_two_workers_on_one_run_write_each_line_once() -> None:
    content = lines("A")
    run = begin(content)
    other = ImportRun.objects.get(pk=run.pk)
    together(importing(content, run), importing(content, other))
    if runs.claim(run):  # whoever lost the claim stopped, perhaps just before the other began
        runs.work(run, io.BytesIO(content), None)
    numbers = list(ImportLine.objects.values_list("number", flat=True))
    assert numbers == list(range(2, LINES + 2))
    assert GuidePage.objects.count() == LINES
    assert_a_whole_tree()
