"""Plain links by which a page is passed on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html

from knowledge.sharing import ways_to_share
from tests.factories import pages

TITLE = "Quem paga? 50% & “depois” #1"
ADDRESS = "https://rede.example/r/12/"


def test_title_and_address_arrive_whole() -> None:
    for way in ways_to_share(TITLE, ADDRESS):
        told = " ".join(
            value for values in parse_qs(urlsplit(way.url).query).values() for value in values
        )
        assert ADDRESS in told, way.name
        if way.name not in ("LinkedIn", "Facebook"):  # these read the title from the page
            assert TITLE in told, way.name


def test_no_link_holds_a_character_that_breaks_an_address() -> None:
    for way in ways_to_share("<b>\"x\"</b>\n'y'", ADDRESS):
        assert not set(way.url) & set("<>\"' \n"), way.name


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["guide", "booklet", "trail", "episode", "show"])
def test_an_item_offers_links_but_loads_nothing_from_elsewhere(kind: str) -> None:
    page = getattr(pages, kind)()
    tree = html.fromstring(Client().get(page.get_url()).content)
    links = tree.xpath('//*[@class="share"]/a')
    assert [link.text for link in links][:2] == ["WhatsApp", "E-mail"]
    assert {link.get("rel") for link in links} == {"noopener nofollow"}
    assert all(f"%2Fr%2F{page.pk}%2F" in link.get("href") for link in links)
    [button] = tree.xpath("//button[@data-share]")
    assert button.get("hidden") is not None
    for loaded in tree.xpath("//script/@src | //img/@src | //iframe/@src"):
        assert loaded.startswith("/")
