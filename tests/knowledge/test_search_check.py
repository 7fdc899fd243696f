"""What the search holds of the library: all of it, as it is, and put right where it is not."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client

from knowledge.index_check import check, mend, write_outdated
from knowledge.models import GuidePage, ResourceIndexPage
from search.indexes import term_index
from search.inspection import Inspection
from search.models import SHAPE, Entry, EntryFacet
from tests.factories import pages
from tests.factories.library import library

pytestmark = pytest.mark.django_db


def drifts() -> dict[int, tuple[str, ...]]:
    return {drift.page_id: drift.what for drift in check(Inspection())}


def facets_of(page: Any) -> dict[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = Entry.objects.get(pk=page.pk).facet_values
    return values


def said_by(*arguments: str) -> str:
    out = StringIO()
    call_command("search_check", *arguments, stdout=out)
    return out.getvalue()


def test_a_library_that_nobody_touched_by_hand_is_whole() -> None:
    library()
    assert drifts() == {}
    assert "em dia" in said_by()


def test_facets_of_a_resource_say_who_when_in_which_language_and_how_long() -> None:
    guide = pages.guide(authors=("Ana Souza",), themes=("saude",))
    values = facets_of(guide)
    assert list(values["autor"].values()) == ["Ana Souza"]
    assert values["lingua"] == {"pt-BR": "Português"}
    assert values["ano"] == {str(guide.first_published_at.year): str(guide.first_published_at.year)}
    assert values["duracao"] == {"curto": "Até 5 minutos"}
    assert "audiencia" not in values


def test_a_case_is_found_by_its_municipality_and_state() -> None:
    case = pages.case()
    values = facets_of(case)
    assert len(values["uf"]) == len(values["municipio"]) == 1


def _entry_gone(page: Any) -> None:
    Entry.objects.filter(pk=page.pk).delete()


def _index_gone(page: Any) -> None:
    term_index().remove(page.pk)


def _title_wrong(page: Any) -> None:
    Entry.objects.filter(pk=page.pk).update(title="Outro")


def _facet_gone(page: Any) -> None:
    EntryFacet.objects.filter(entry=page.pk, name="tema").delete()


def _opened(page: Any) -> None:
    EntryFacet.objects.filter(entry=page.pk, name="audiencia").update(value="group:77")


def _no_longer_live(page: Any) -> None:
    GuidePage.objects.filter(pk=page.pk).update(live=False)


DRIFTS: list[tuple[Callable[[Any], None], str]] = [
    (_entry_gone, "entry"),
    (_index_gone, "index"),
    (_title_wrong, "title"),
    (_facet_gone, "facets"),
    (_opened, "facets"),
    (_no_longer_live, "left over"),
]


@pytest.mark.parametrize(
    ("break_it", "what"), DRIFTS, ids=[each.__name__.strip("_") for each, _ in DRIFTS]
)
def test_what_differs_is_listed_and_put_right(break_it: Callable[[Any], None], what: str) -> None:
    guide = pages.guide(title="Vacinação em dia", themes=("saude",))
    pages.guide(title="Outro guia")
    break_it(guide)
    assert what in drifts()[guide.pk]
    assert len(drifts()) == 1
    with pytest.raises(CommandError):
        said_by()
    assert "1 itens corrigidos" in said_by("--mend")
    assert drifts() == {}


def test_terms_without_an_entry_are_left_over() -> None:
    term_index().write(999_999, [["x"], [], [], []])
    assert drifts() == {999_999: ("left over",)}
    mend(next(check(Inspection())))
    assert drifts() == {}


def test_entries_of_an_earlier_version_are_written_again_by_the_clock() -> None:
    guide = pages.guide(title="Vacinação em dia", themes=("saude",))
    Entry.objects.filter(pk=guide.pk).update(shape=0, facet_values={}, acronyms="")
    assert write_outdated() == 1
    assert Entry.objects.get(pk=guide.pk).shape == SHAPE
    assert drifts() == {}
    assert write_outdated() == 0


# --- what changes elsewhere ----------------------------------------------------------------------


def _author_renamed(guide: GuidePage) -> None:
    person = guide.people.get().person
    person.name = "Jacira Tupinambá"
    person.save()


def _theme_renamed(guide: GuidePage) -> None:
    theme = guide.resource_themes.get().theme
    theme.name = "Saúde de todos"
    theme.save()


def _theme_moved(guide: GuidePage) -> None:
    theme = guide.resource_themes.get().theme
    theme.slug = "saude-de-todos"
    theme.save()


def _licence_changed(guide: GuidePage) -> None:
    guide.licence = pages.BY_NC
    pages.publish(guide)


def _moved(guide: GuidePage) -> None:
    index = ResourceIndexPage.objects.get()
    other = index.get_parent().add_child(
        instance=ResourceIndexPage(title="Outro", slug="outro-acervo", introduction="x")
    )
    guide.move(other, pos="last-child")


def _slug_changed(guide: GuidePage) -> None:
    guide.slug = "outro-endereco"
    pages.publish(guide)


def _index_slug_changed(guide: GuidePage) -> None:
    index = ResourceIndexPage.objects.get()
    index.slug = "biblioteca"
    index.save_revision().publish()


def _restricted(guide: GuidePage) -> None:
    pages.restrict(guide)


def _unpublished(guide: GuidePage) -> None:
    guide.unpublish()


def _deleted(guide: GuidePage) -> None:
    guide.delete()


CHANGES = [
    *(_author_renamed, _theme_renamed, _theme_moved, _licence_changed, _moved, _slug_changed),
    *(_index_slug_changed, _restricted, _unpublished, _deleted),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_what_changes_elsewhere_reaches_the_search(
    change: Callable[[Any], None], django_capture_on_commit_callbacks: Any
) -> None:
    guide = pages.guide(title="Vacinação", themes=("saude",), authors=("Jacira",))
    before = Entry.objects.filter(pk=guide.pk).values().get()
    audience = set(EntryFacet.objects.filter(entry=guide.pk, name="audiencia").values_list("value"))
    with django_capture_on_commit_callbacks(execute=True):
        change(GuidePage.objects.get(pk=guide.pk))
    after = Entry.objects.filter(pk=guide.pk).values().first()
    facets = EntryFacet.objects.filter(entry=guide.pk, name="audiencia")
    assert after != before or set(facets.values_list("value")) != audience
    assert drifts() == {}


# --- the second of a recording -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["episode", "interview"])
def test_a_word_that_was_said_leads_to_its_line_on_the_page(kind: str) -> None:
    made = library()
    page = getattr(made, kind)
    segments = Entry.objects.get(pk=page.pk).segments
    assert segments
    soup = BeautifulSoup(Client().get(page.get_url()).content, "html5lib")
    for milliseconds, anchor, text in segments:
        line = soup.find(id=anchor)
        assert line is not None, anchor
        assert round(float(str(line["data-at"])) * 1000) == pytest.approx(milliseconds, abs=10)
        assert text in line.get_text()


def test_a_row_of_the_search_page_offers_to_listen_from_there() -> None:
    page = pages.episode()
    soup = BeautifulSoup(Client().get("/busca/?q=fornecedor+empenhada").content, "html5lib")
    link = soup.select_one(".row a.btn")
    assert link is not None
    assert str(link["href"]).startswith(f"{page.get_url()}#t")
    assert link.get_text().startswith("Ouvir a partir de ")
