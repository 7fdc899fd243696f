"""What a network shows of an address that somebody pastes."""

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import html

from tests.factories import pages
from tests.factories.library import library

pytestmark = pytest.mark.django_db
BASE = "http://rede.test"


def graph_of(path: str) -> dict[str, str]:
    tree = html.fromstring(Client().get(path).content)
    found = tree.xpath('//head/meta[starts-with(@property, "og:") or @name="twitter:card"]')
    names = [item.get("property") or item.get("name") for item in found]
    assert len(names) == len(set(names)), path
    return {name: item.get("content") for name, item in zip(names, found, strict=True)}


def is_a_picture(address: str) -> bool:
    path = address.removeprefix(BASE)
    if path.startswith("/static/"):
        return finders.find(path.removeprefix("/static/")) is not None
    return Client().get(path).headers["Content-Type"] == "image/png"


def check(path: str) -> dict[str, str]:
    graph = graph_of(path)
    for name in ("title", "description", "type", "url", "image", "locale", "site_name"):
        assert graph[f"og:{name}"].strip(), (path, name)
    assert graph["og:url"].startswith(BASE)
    assert graph["og:image"].startswith(BASE)
    assert is_a_picture(graph["og:image"])
    assert graph["twitter:card"] == "summary_large_image"
    return graph


def test_every_item_has_a_card_of_its_own() -> None:
    world = library()
    for page in world.items:
        graph = check(page.get_url())
        assert graph["og:title"] == page.title
        assert graph["og:url"] == f"{BASE}{page.get_url()}"


def test_a_step_shows_its_material() -> None:
    trail = pages.trail(pages.guide(title="Empenho"))
    assert check(trail.steps.first().url_in(trail))["og:title"] == "Empenho"


PLACES = ["/", "/acervo/", "/temas/", "/temas/financas/", "/pessoas/", "/licencas/", "/trilhas/"]


@pytest.mark.parametrize("path", [*PLACES, "/podcasts/", "/sobre/"])
def test_other_pages_have_the_card_of_the_house(path: str) -> None:
    pages.guide()
    assert check(path)["og:url"] == f"{BASE}{path}"


def test_a_person_is_called_by_name() -> None:
    person: Any = pages.guide(authors=("Ana Reis",)).facts().people[0].person
    assert check(person.get_absolute_url())["og:title"] == "Ana Reis"


@pytest.mark.parametrize("path", ["/nao-existe/", "/busca/?q=x", "/conta/entrar/"])
def test_what_is_not_to_be_passed_on_has_no_card(path: str) -> None:
    assert graph_of(path) == {}
