"""Invented pages, to measure search with: the same for everybody, and gone without a trace."""

import hashlib
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from search.engines import SearchEngine
from search.entries import EntryDocument
from search.inspection import Inspection
from search.models import Entry, EntryFacet
from search.scale import words
from search.scale.corpus import invented
from tests.factories import entries
from tests.search.asking import ask, found


def seed_scale(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_scale", *arguments, stdout=out)
    return out.getvalue()


def documents(count: int, **how: str) -> list[EntryDocument]:
    return [page.document for page in invented(count, **how)]


def test_the_same_seed_gives_the_same_bytes() -> None:
    digest = hashlib.sha256(repr(documents(60)).encode()).hexdigest()
    assert digest == hashlib.sha256(repr(documents(60)).encode()).hexdigest()
    assert documents(60) == documents(90)[:60]
    assert documents(60) != documents(60, seed="another")


def test_the_first_page_is_what_it_has_always_been() -> None:
    """Nothing of it hangs on the process, the platform or the day."""
    [first] = documents(1)
    assert (first.title, first.kind, len(first.body)) == (
        "O que perguntar antes de mudar a horta pedagógica e RAPS em 2015",
        "guia",
        7422,
    )


def test_lengths_repetitions_and_accents_are_as_promised() -> None:
    made = documents(1500)
    sizes = sorted(len(each.body.split()) for each in made)
    assert 270 < sizes[len(sizes) // 2] < 340
    assert sizes[0] < 100
    assert sizes[-40] > 1000
    recordings = [each for each in made if each.segments]
    assert 15 < len(recordings) < 50
    assert all(4900 < len(each.body.split()) < 5200 for each in recordings)
    assert 45 < sum("(edição de" in each.title for each in made) < 110
    assert 20 < sum(not re.search("[áâãçéêíóôõú]", each.body) for each in made) < 80


def test_titles_name_only_what_the_demo_library_is_not_about() -> None:
    assert not set(words.ABOUT) & set(words.IN_PASSING)
    for each in documents(300):
        assert not set(re.findall(r"\w+", each.title)) & set(words.IN_PASSING)


def test_it_refuses_to_fill_a_library_unasked(db: None) -> None:
    with pytest.raises(CommandError, match="só para medir"):
        seed_scale("--documents", "3")
    assert not Entry.objects.exists()


def test_invented_pages_are_found_listed_and_no_page_of_the_site(
    db: None, engine: SearchEngine
) -> None:
    seed_scale("--documents", "30", "--measuring-library")
    for document in documents(30):
        if "public" in document.audience:
            assert document.title in found(engine, document.title)
    entry = Entry.objects.get(url="/medida/0000001/")
    assert Inspection().what_differs(next(invented(1)).entry_of(entry.pk)) == []
    assert not Page.objects.filter(search_entry__url__startswith="/medida/", live=True).exists()
    with pytest.raises(CommandError, match="Já há"):
        seed_scale("--documents", "3", "--measuring-library")


def test_they_are_removed_and_nothing_else_is(db: None, engine: SearchEngine) -> None:
    kept = entries.entry(title="Um guia que fica")
    pages = set(Page.objects.values_list("pk", flat=True))
    seed_scale("--documents", "20", "--measuring-library")
    assert "20 páginas" in seed_scale("--remove")
    assert set(Page.objects.values_list("pk", flat=True)) == pages
    assert list(Entry.objects.values_list("pk", flat=True)) == [kept.pk]
    assert set(EntryFacet.objects.values_list("entry_id", flat=True)) == {kept.pk}
    assert engine.held() == {kept.pk}
    assert ask(engine, "medir").total == 0
    assert Page.find_problems() == ([], [], [], [], [])
