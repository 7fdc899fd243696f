"""The AMB document of an item: the rules of the profile, and who may read it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from knowledge.amb import path_of
from knowledge.models import ResourceSource
from licensing.values import BY, CC0, OPEN_LICENCES, Licence
from tests.factories import pages
from tests.knowledge.situations import anew
from tests.knowledge.test_addresses import renamed

pytestmark = pytest.mark.django_db

KINDS: dict[str, Callable[..., Any]] = {
    "guide": pages.guide,
    "article": pages.article,
    "booklet": pages.booklet,
    "trail": pages.trail,
    "show": pages.show,
    "episode": pages.episode,
}
every_kind = pytest.mark.parametrize("kind", KINDS)
BASE = settings.PUBLIC_URL
AGENT = {"type", "name"}


def document(page: Any) -> dict[str, Any]:
    answer = Client().get(path_of(page))
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


@every_kind
def test_the_page_of_an_item_leads_to_its_document(kind: str) -> None:
    page = KINDS[kind]()
    tree = html.fromstring(Client().get(page.get_url()).content)
    [address] = tree.xpath('//link[@rel="alternate"][@type="application/ld+json"]/@href')
    assert address == f"{page.get_url().rstrip('/')}.amb.json"
    assert Client().get(address).headers["Content-Type"] == "application/ld+json"


@every_kind
def test_the_document_keeps_the_rules_of_the_profile(kind: str) -> None:
    page = KINDS[kind](title="Plano diretor", authors=("Ana Reis",))
    data = document(page)
    assert data["@context"] == ["https://w3id.org/kim/amb/context.jsonld", {"@language": "pt"}]
    assert data["id"] == f"{BASE}{page.get_url()}"
    assert data["name"] == "Plano diretor"
    assert isinstance(data["type"], list)
    assert "LearningResource" in data["type"]
    assert data["inLanguage"] == ["pt"]
    assert "about" not in data
    [kind_of_resource] = data["learningResourceType"]
    assert re.fullmatch(r"https://w3id\.org/kim/hcrt/[a-z_]+", kind_of_resource["id"])
    assert kind_of_resource["id"] != "https://w3id.org/kim/hcrt/other"
    assert data["creator"] == [{"type": "Person", "name": "Ana Reis"}]
    assert all(set(agent) == AGENT for agent in data["publisher"])
    assert data["conditionsOfAccess"] == {"id": "http://w3id.org/kim/conditionsOfAccess/no_login"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["datePublished"])
    for file in data.get("encoding", []):
        assert file["contentUrl"].startswith(BASE)
        assert re.fullmatch(r"\d+", file["contentSize"])
        assert re.fullmatch(r"[0-9a-f]{64}", file["sha256"])


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_the_licence_is_its_canonical_address(licence: Licence) -> None:
    assert document(pages.guide(licence=licence))["license"] == {"id": licence.uri}


def test_bodies_and_cities_are_organizations() -> None:
    page = pages.guide()
    person = page.facts().people[0].person
    type(person).objects.filter(pk=person.pk).update(nature="municipality")
    assert [agent["type"] for agent in document(page)["creator"]] == ["Organization"]


@pytest.mark.parametrize("kind", ["booklet", "episode"])
def test_the_files_are_those_that_are_served(kind: str) -> None:
    [file] = document(KINDS[kind]())["encoding"]
    answer = Client().get(file["contentUrl"].removeprefix(BASE))
    assert answer.headers["Content-Type"] == file["encodingFormat"]
    assert answer.headers["Content-Length"] == file["contentSize"]
    assert answer.headers["ETag"].strip('"') == file["sha256"][:32]


def test_an_episode_says_how_long_it_is() -> None:
    page = pages.episode()
    data = document(page)
    assert data["duration"] == f"PT{page.audio.seconds}S"
    assert [whole["id"] for whole in data["isPartOf"]] == [f"{BASE}{page.show.get_url()}"]
    assert [part["id"] for part in document(page.show)["hasPart"]] == [data["id"]]


def test_a_trail_and_its_steps_name_each_other() -> None:
    open_guide, closed = pages.guide(title="Aberto"), pages.guide()
    trail = pages.trail(open_guide, closed)
    pages.restrict(closed)
    data = document(trail)
    assert data["hasPart"] == [
        {"id": f"{BASE}{open_guide.get_url()}", "type": "LearningResource", "name": "Aberto"}
    ]
    assert [whole["id"] for whole in document(open_guide)["isPartOf"]] == [data["id"]]
    pages.restrict(trail)
    assert "isPartOf" not in document(open_guide)


def test_an_adaptation_names_its_source() -> None:
    original = pages.guide(licence=CC0, title="Orçamento")
    page = pages.guide(live=False, licence=BY)
    page.sources.add(ResourceSource(resource=original, use="adaptacao", modifications="cortado"))
    assert document(pages.publish(page))["isBasedOn"] == [
        {
            "id": f"{BASE}/r/{original.pk}/",
            "type": "CreativeWork",
            "name": "Orçamento",
            "license": {"id": CC0.uri},
        }
    ]


def test_anybody_may_fetch_it_and_asks_again_cheaply() -> None:
    address = path_of(pages.guide())
    answer = Client().get(address)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    again = Client().get(address, headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_who_may_not_see_the_page_learns_nothing_even_with_its_tag(curator_client: Client) -> None:
    page = pages.guide()
    tag = Client().get(path_of(page)).headers["ETag"]
    pages.restrict(page)
    answer = Client().get(path_of(page), headers={"if-none-match": tag})
    assert answer.status_code == 302
    assert "no-store" in answer.headers["Cache-Control"]
    data = json.loads(curator_client.get(path_of(page)).content)
    assert data["conditionsOfAccess"] == {"id": "http://w3id.org/kim/conditionsOfAccess/login"}


def test_a_renamed_page_takes_its_document_along(django_capture_on_commit_callbacks: Any) -> None:
    page = pages.guide()
    old = path_of(page)
    page = renamed(page, "outro-nome", lambda: django_capture_on_commit_callbacks(execute=True))
    answer = Client().get(old)
    assert answer.status_code == 301
    assert answer.headers["Location"] == path_of(page)


def test_the_document_of_an_alias_is_about_its_source() -> None:
    page = pages.guide()
    alias = anew(page.create_alias(update_slug="atalho"))
    assert path_of(alias) == path_of(page)


def test_pages_that_are_no_items_have_none() -> None:
    assert Client().get("/acervo.amb.json").status_code == 404
    assert Client().get("/sobre.amb.json").status_code == 404
