"""For whom a resource is, and how much it takes for granted: said once, told wherever it is read."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from knowledge.amb import path_of
from knowledge.models import GuidePage
from search.models import Entry
from tests.factories import editor, pages
from tests.knowledge.test_item_documents import jsonld_of

pytestmark = pytest.mark.django_db

WHOM: dict[str, Any] = {"intended_for": ["educacao", "gestao"], "level": "avancado"}


def shown(page: Any) -> dict[str, str]:
    """Words → address of what the page says under “Para quem é”; empty where it says nothing."""
    soup = BeautifulSoup(Client().get(page.get_url()).content, "html5lib")
    heading = soup.find("h2", string="Para quem é")
    return {a.text: a["href"] for a in heading.parent.select("a")} if heading else {}


@pytest.mark.parametrize("make", [pages.guide, pages.trail, pages.show, pages.episode])
def test_the_page_says_for_whom_it_is_and_leads_to_others_like_it(make: Any) -> None:
    assert shown(make(**WHOM)) == {
        "Gestores e chefias": "/busca/?publico=gestao",
        "Professores e equipes de escola": "/busca/?publico=educacao",
        "avançado": "/busca/?nivel=avancado",
    }
    assert shown(make()) == {}


def test_the_json_ld_says_it_in_the_words_of_schema_org() -> None:
    data = jsonld_of(pages.guide(**WHOM))
    assert [each["educationalRole"] for each in data["audience"]] == [
        "Gestores e chefias",
        "Professores e equipes de escola",
    ]
    assert {each["@type"] for each in data["audience"]} == {"EducationalAudience"}
    assert data["educationalLevel"] == "Avançado"
    assert {"audience", "educationalLevel"}.isdisjoint(jsonld_of(pages.guide()))


def test_catalogues_are_told_the_roles_they_know() -> None:
    page = pages.guide(intended_for=["educacao", "compras", "orcamento"], level="basico")
    data = json.loads(Client().get(path_of(page)).content)
    roles = "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/"
    assert data["audience"] == [{"id": f"{roles}professional"}, {"id": f"{roles}teacher"}]
    assert "educationalLevel" not in data


def test_the_search_knows_it_and_tells_other_programs() -> None:
    page = pages.guide(**WHOM)
    values = Entry.objects.get(pk=page.pk).facet_values
    assert list(values["publico"]) == ["gestao", "educacao"]
    assert values["nivel"] == {"avancado": "Avançado"}
    silent = pages.guide()
    answer = Client().get("/api/v2/search/").json()
    told = {item["id"].split("/")[-2]: item for item in answer["items"]}
    assert told[str(page.pk)]["level"] == {"slug": "avancado", "name": "Avançado"}
    assert [each["slug"] for each in told[str(page.pk)]["audience"]] == ["gestao", "educacao"]
    assert (told[str(silent.pk)]["level"], told[str(silent.pk)]["audience"]) == (None, [])
    assert answer["facets"]["publico"]["values"][0] | {"url": ""} == {
        "value": "gestao",
        "label": "Gestores e chefias",
        "count": 1,
        "is_chosen": False,
        "url": "",
    }


def test_curators_choose_several_and_one(curator_client: Client) -> None:
    page = pages.guide()
    editor.edit(curator_client, page, intended_for=["saude", "controle"], level="basico")
    page = GuidePage.objects.get(pk=page.pk)
    assert (page.intended_for, page.level) == (["controle", "saude"], "basico")
    editor.edit(curator_client, page)  # the form as it stands
    assert GuidePage.objects.get(pk=page.pk).intended_for == ["controle", "saude"]
    editor.edit(curator_client, page, intended_for=[], level="")
    page = GuidePage.objects.get(pk=page.pk)
    assert (page.intended_for, page.level, shown(page)) == ([], "", {})


def test_what_is_offered_no_more_is_told_no_more_and_goes_with_the_next_saving() -> None:
    page = pages.guide()
    GuidePage.objects.filter(pk=page.pk).update(intended_for=["datilografia", "saude"])
    page = GuidePage.objects.get(pk=page.pk)
    assert list(shown(page)) == ["Equipes de saúde"]
    pages.publish(page)
    assert GuidePage.objects.get(pk=page.pk).intended_for == ["saude"]
    assert list(Entry.objects.get(pk=page.pk).facet_values["publico"]) == ["saude"]
