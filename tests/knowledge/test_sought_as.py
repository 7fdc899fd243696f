"""The words by which people look for a material: search reads them, and nobody else sees them."""

import pytest
from django.test import Client

from tests.factories import pages

pytestmark = pytest.mark.django_db

LINES = "tropecei no passeio\r\n\r\nburaco <b>na frente</b> de casa"


def titles(client: Client, query: str) -> list[str]:
    found = client.get("/api/v2/search/", {"q": query}).json()
    return [item["title"] for item in found["items"]]


@pytest.mark.parametrize("query", ["tropecei passeio", "buracos na frente das casas"])
def test_a_material_is_found_in_the_words_of_those_who_look_for_it(
    client: Client, query: str
) -> None:
    pages.guide(title="Manutenção de calçadas")
    pages.guide(title="Calçada segura", sought_as=LINES)
    assert titles(client, query) == ["Calçada segura"]


def test_they_are_not_shown(client: Client) -> None:
    page = pages.guide(title="Calçada segura", sought_as=LINES)
    shown = [
        client.get(address).content.decode()
        for address in (page.url, "/busca/?q=tropecei", "/api/v2/search/?q=tropecei", "/acervo/")
    ]
    assert "Calçada segura" in shown[1]
    # The words of the query stand in its field; what else was written stands nowhere.
    assert not any("na frente" in each for each in shown)


def test_they_count_from_the_next_publication_on(client: Client) -> None:
    page = pages.guide(title="Calçada segura")
    page.sought_as = LINES
    revision = page.save_revision()
    assert titles(client, "tropecei") == []
    revision.publish()
    assert titles(client, "tropecei") == ["Calçada segura"]


def test_a_closed_material_is_not_found_by_them(client: Client) -> None:
    page = pages.guide(title="Calçada segura", sought_as=LINES)
    page.unpublish()
    assert titles(client, "tropecei") == []
