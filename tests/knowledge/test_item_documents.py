"""The page of an item as machines read it: one licence, whole JSON-LD, absolute addresses."""

import json
from collections.abc import Callable
from typing import Any

import extruct
import pytest
from django.test import Client
from lxml import html

from knowledge.models import Publisher
from licensing.values import BY, BY_NC, CC0, OPEN_LICENCES, PDM, Licence
from tests.factories import files, library, pages
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db

LICENSE = "http://www.w3.org/1999/xhtml/vocab#license"
BASE = "http://rede.test"
KINDS: dict[str, Callable[..., Any]] = {
    "guide": pages.guide,
    "article": pages.article,
    "booklet": pages.booklet,
    "trail": pages.trail,
    "show": pages.show,
    "episode": pages.episode,
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def extracted(answer: Any, url: str) -> dict[str, Any]:
    text = answer.content.decode()
    return extruct.extract(
        text, base_url=f"{BASE}{url}", syntaxes=["rdfa", "json-ld", "microdata"], uniform=False
    )


def licences_of(answer: Any, url: str) -> dict[str, list[str]]:
    """Every licence that the document names, by the way in which it does."""
    tree, found = html.fromstring(answer.content), extracted(answer, url)
    return {
        "rdfa": [each["@id"] for node in found["rdfa"] for each in node.get(LICENSE, [])],
        "json-ld": [node["license"] for node in found["json-ld"]],
        "link": tree.xpath('//head/link[@rel="license"]/@href'),
        "a": tree.xpath('//a[contains(concat(" ", @rel, " "), " license ")]/@href'),
        "header": [part.split(">")[0].lstrip("<") for part in _license_links(answer)],
    }


def _license_links(answer: Any) -> list[str]:
    parts = answer.headers["Link"].split(", ")
    return [part.strip() for part in parts if 'rel="license"' in part]


def jsonld_of(page: Any) -> dict[str, Any]:
    url = page.get_url()
    [data] = extracted(Client().get(url), url)["json-ld"]
    return data


@every_kind
def test_an_item_names_one_licence_in_every_way(kind: str) -> None:
    page = KINDS[kind]()
    found = licences_of(Client().get(page.get_url()), page.get_url())
    assert set(found) == {way for way, uris in found.items() if uris == [BY_NC.uri]}


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_every_licence_is_named_by_its_canonical_address(licence: Licence) -> None:
    page = pages.guide(licence=licence)
    answer = Client().get(page.get_url())
    found = licences_of(answer, page.get_url())
    assert {uri for uris in found.values() for uri in uris} == {licence.uri}
    phrase = "marcado com" if licence in (CC0, PDM) else "licença"
    credit = html.fromstring(answer.content).get_element_by_id("credito").text_content()
    assert f"{phrase} {licence.short_name}" in credit


def test_the_licence_of_a_quoted_picture_is_not_that_of_the_page() -> None:
    page = pages.guide(body=library.body_with(files.image(licence=BY)))
    answer = Client().get(page.get_url())
    assert BY.deed_uri() in answer.content.decode()
    found = licences_of(answer, page.get_url())
    assert {uri for uris in found.values() for uri in uris} == {BY_NC.uri}


def test_a_step_names_the_licence_of_its_material_not_of_its_trail() -> None:
    trail = pages.trail(pages.guide(licence=BY), licence=BY_NC)
    url = trail.steps.first().url_in(trail)
    found = licences_of(Client().get(url), url)
    assert {uri for uris in found.values() for uri in uris} == {BY.uri}


@pytest.mark.parametrize("path", ["/", "/acervo/", "/temas/", "/licencas/", "/sobre/", "/busca/"])
def test_pages_that_are_no_item_name_no_licence(path: str) -> None:
    pages.guide()
    answer = Client().get(path)
    assert not html.fromstring(answer.content).xpath('//*[contains(@rel, "license")]')
    assert "license" not in answer.headers.get("Link", "")


@every_kind
def test_the_rdfa_credits_title_author_and_source(kind: str) -> None:
    page = KINDS[kind](title="Plano diretor", authors=("Ana Reis", "Davi Nogueira"))
    url = f"{BASE}{page.get_url()}"
    found = extracted(Client().get(page.get_url()), page.get_url())["rdfa"]
    [node] = [each for each in found if each["@id"] == url]
    cc = "http://creativecommons.org/ns#"
    assert node["http://purl.org/dc/terms/title"] == [{"@value": "Plano diretor"}]
    assert node[f"{cc}attributionName"] == [{"@value": "Ana Reis e Davi Nogueira"}]
    assert node[f"{cc}attributionURL"] == [{"@id": url}]


@every_kind
def test_the_json_ld_has_all_the_licensing_terms(kind: str) -> None:
    page = KINDS[kind](title="Plano diretor", authors=("Ana Reis",))
    data, url = jsonld_of(page), f"{BASE}{page.get_url()}"
    assert "LearningResource" in data["@type"]
    assert data["@id"] == data["url"] == data["acquireLicensePage"] == url
    assert data["license"] == BY_NC.uri
    assert data["usageInfo"] == "https://creativecommons.org/licenses/by-nc/4.0/deed.pt-br"
    year = page.first_published_at.year
    assert data["copyrightNotice"] == f"© {year} Ana Reis"
    assert data["creditText"].startswith(f'"Plano diretor" © {year}, de Ana Reis')
    assert url in data["creditText"]
    assert BY_NC.uri in data["creditText"]
    assert data["identifier"] == f"{BASE}/r/{page.pk}/"
    assert data["author"][0]["name"] == "Ana Reis"
    assert data["datePublished"] == page.first_published_at.isoformat()


@every_kind
def test_every_address_in_the_json_ld_is_absolute_and_answers(kind: str) -> None:
    page = KINDS[kind]()
    found: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)
        elif isinstance(value, str):
            assert not value.startswith("/"), value
            if value.startswith(BASE):
                found.append(value.removeprefix(BASE))

    collect(jsonld_of(page))
    for address in set(found):
        assert Client().get(address).status_code in (200, 302), address
    assert page.card.url in found


@every_kind
def test_links_of_the_head_are_absolute_and_answer(kind: str) -> None:
    page = KINDS[kind]()
    tree = html.fromstring(Client().get(page.get_url()).content)
    [canonical] = tree.xpath('//link[@rel="canonical"]/@href')
    assert canonical == f"{BASE}{page.get_url()}"
    assert tree.xpath('//meta[@property="og:url"]/@content') == [canonical]
    [card] = tree.xpath('//meta[@property="og:image"]/@content')
    assert Client().get(card.removeprefix(BASE)).headers["Content-Type"] == "image/png"


def test_the_publisher_is_the_one_of_the_settings() -> None:
    Publisher.objects.update(name="Escola de Governo")
    assert jsonld_of(pages.guide())["publisher"]["name"] == "Escola de Governo"


def test_words_that_look_like_an_address_stay_words() -> None:
    page = pages.guide(title="/etc: o que é", summary="/dev/null não é um arquivo.")
    data = jsonld_of(page)
    assert data["name"] == "/etc: o que é"
    assert data["description"] == "/dev/null não é um arquivo."


def test_a_public_domain_item_claims_no_copyright() -> None:
    data = jsonld_of(pages.guide(licence=CC0))
    assert "©" not in data["copyrightNotice"]
    assert "copyrightYear" not in data


def test_a_closed_item_shows_its_licence_to_those_who_may_read_it(curator_client: Client) -> None:
    page = pages.guide()
    pages.restrict(page)
    answer = curator_client.get(page.get_url())
    assert {uri for uris in licences_of(answer, page.get_url()).values() for uri in uris} == {
        BY_NC.uri
    }


def test_the_json_ld_of_an_alias_is_that_of_its_source() -> None:
    page = pages.guide()
    alias = anew(page.create_alias(update_slug="atalho"))
    data = jsonld_of(alias)
    assert data["@id"] == f"{BASE}{page.get_url()}"
    assert data["identifier"] == f"{BASE}/r/{page.pk}/"


def test_the_json_ld_is_one_inert_script() -> None:
    tree = html.fromstring(Client().get(pages.guide().get_url()).content)
    [script] = tree.xpath('//script[@type="application/ld+json"]')
    assert json.loads(script.text)["@context"] == "https://schema.org"
