"""The list of tags in the CMS."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from knowledge.tags.uses import unused, uses_of_tags
from search.models import Entry
from tests.factories import editor, files, pages
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/taggit/tag/"
UNUSED = "/admin/etiquetas/sem-uso/"


@pytest.fixture
def tags() -> dict[str, Tag]:
    """One that a published page has, one of a draft alone, one of a picture, one of nothing."""
    page = pages.guide()
    page.tags.add("publicada")
    pages.publish(page)
    draft = pages.guide()
    draft.tags.add("rascunho")
    draft.save_revision()
    files.image(ready=False).tags.add("imagem")
    Tag.objects.create(name="sobra")
    return {tag.name: tag for tag in Tag.objects.all()}


def test_uses_are_counted_in_pages_drafts_and_files(tags: dict[str, Tag]) -> None:
    uses = uses_of_tags()
    assert {name: str(uses.get(tag.pk, "")) for name, tag in tags.items()} == {
        "publicada": "1 página",
        "rascunho": "1 página",
        "imagem": "1 arquivo",
        "sobra": "",
    }
    assert unused(tags.values()) == [tags["sobra"]]


def test_the_list_shows_them(tags: dict[str, Tag], curator_client: Client) -> None:
    soup = BeautifulSoup(curator_client.get(LIST).content, "html5lib")
    rows = {
        row.select_one(".title-wrapper").get_text(strip=True): row.select("td")[-1].get_text(
            strip=True
        )
        for row in soup.select("table tbody tr")
    }
    assert rows == {
        "imagem": "1 arquivo",
        "publicada": "1 página",
        "rascunho": "1 página",
        "sobra": "sem uso",
    }


def test_a_list_of_many_costs_what_one_of_few_costs(
    tags: dict[str, Tag], curator_client: Client
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert curator_client.get(LIST).status_code == 200
        return len(queries)

    cost()
    few = cost()
    page = pages.guide()
    page.tags.add(*(f"etiqueta {number}" for number in range(30)))
    pages.publish(page)
    assert cost() == few


def test_a_renamed_tag_is_found_under_its_new_name(
    tags: dict[str, Tag], curator_client: Client
) -> None:
    answer = curator_client.post(
        f"{LIST}edit/{tags['publicada'].pk}/", {"name": "  nova  escrita "}
    )
    assert answer.status_code == 302
    entry = Entry.objects.get(facets__name="etiqueta")
    assert entry.facets.get(name="etiqueta").value == "nova escrita"
    assert entry.url in Client().get("/busca/?q=escrita").content.decode()
    assert "nova escrita" in Client().get(entry.url).content.decode()


@pytest.mark.parametrize("name", ["rascunho", "RASCUNHO", " Rascunho "])
def test_a_name_that_another_tag_has_leads_to_merging(
    name: str, tags: dict[str, Tag], curator_client: Client
) -> None:
    url = f"{LIST}edit/{tags['publicada'].pk}/"
    answer = curator_client.post(url, {"name": name})
    assert answer.status_code == 200
    assert "Já existe a etiqueta “rascunho”." in answer.content.decode()


def test_other_capitals_are_another_writing_of_the_same(
    tags: dict[str, Tag], curator_client: Client
) -> None:
    curator_client.post(f"{LIST}edit/{tags['publicada'].pk}/", {"name": "Publicada"})
    assert anew(tags["publicada"]).name == "Publicada"


@pytest.mark.parametrize("way", ["one", "bulk"])
@pytest.mark.parametrize(
    ("name", "goes"),
    [("publicada", False), ("rascunho", False), ("imagem", False), ("sobra", True)],
)
def test_only_what_nothing_has_is_deleted(
    way: str, name: str, goes: bool, tags: dict[str, Tag], curator_client: Client
) -> None:
    pk = tags[name].pk
    if way == "one":
        curator_client.post(f"{LIST}delete/{pk}/")
    else:
        curator_client.post(f"/admin/bulk/taggit/tag/delete/?id={pk}", {})
    assert Tag.objects.filter(pk=pk).exists() is not goes
    if not goes:
        [told] = editor.messages_in(curator_client)
        assert f"Em uso, não se apaga: “{name}”." in told


def test_unused_tags_are_shown_and_deleted_together(
    tags: dict[str, Tag], curator_client: Client
) -> None:
    assert UNUSED in curator_client.get(LIST).content.decode()
    soup = BeautifulSoup(curator_client.get(UNUSED).content, "html5lib")
    offered = {box["value"] for box in soup.select("[name=etiqueta]")}
    assert offered == {str(tags["sobra"].pk)}
    sent = [*offered, str(tags["imagem"].pk), "abc", "9" * 50]
    answer = curator_client.post(UNUSED, {"etiqueta": sent}, follow=True)
    assert "1 etiqueta a menos." in answer.content.decode()
    assert set(Tag.objects.values_list("name", flat=True)) == set(tags) - {"sobra"}


def test_authors_neither_see_nor_delete_tags(tags: dict[str, Tag], author_client: Client) -> None:
    for address in (LIST, UNUSED):
        assert author_client.get(address).status_code in (302, 403)
    author_client.post(UNUSED, {"etiqueta": tags["sobra"].pk})
    assert Tag.objects.filter(name="sobra").exists()
