"""A partner city takes a material away: what it may do, the credit, the address, the files."""

import io
import json
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pyexiv2
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from lxml import html
from mutagen.mp3 import MP3

from knowledge.models import BookletPage
from licensing.attribution import attribution_text
from licensing.values import BY, BY_NC, BY_NC_SA, BY_ND, CC0, OPEN_LICENCES, Licence
from tests.factories import files, library, pages
from tests.journeys.curating import post
from tests.journeys.walking import Walk, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def booklet() -> BookletPage:
    document = files.document(title="Cartilha do fiscal", licence=BY_NC_SA)
    return pages.booklet(
        title='Fiscal de contrato: o "dia 1" & depois',
        slug="fiscal",
        licence=BY_NC_SA,
        document=document,
        authors=("Marlene Assis", "Davi Nogueira"),
    )


# --- what is permitted ---------------------------------------------------------------------------


ALL_SENTENCES = {
    sentence
    for licence in OPEN_LICENCES
    for sentence in [*licence.can, *licence.must, *licence.cannot]
}


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_the_page_says_what_its_licence_allows_asks_and_forbids(
    client: Client, licence: Licence
) -> None:
    walk = Walk(client, pages.article(licence=licence).get_url())
    said = {
        words(part.select_one("h3")): [words(item) for item in part.select("li")]
        for part in walk.page.select(".reuse__body > div:not(.reuse__wide)")
        if part.select_one("h3")
    }
    listed = [words(item) for item in walk.page.select(".reuse__body > div li")]
    assert said["Você pode"] == licence.can
    for sentence in licence.must + licence.cannot:
        assert sentence in listed
    for sentence in ALL_SENTENCES - set(licence.can + licence.must + licence.cannot):
        assert sentence not in listed


def test_the_licence_explained_is_the_one_of_the_page(client: Client, booklet: BookletPage) -> None:
    walk = Walk(client, booklet.get_url())
    target = urlsplit(str(walk.link("Em palavras simples")["href"]))
    section = walk.follow("Em palavras simples").page.find(id=target.fragment)
    assert words(section) == BY_NC_SA.short_name


@pytest.mark.parametrize("licence", [BY_NC, BY_NC_SA, BY_ND, CC0], ids=str)
def test_one_licence_is_told_in_page_data_and_header(client: Client, licence: Licence) -> None:
    walk = Walk(client, pages.article(licence=licence).get_url())
    tree = html.fromstring(walk.answer.content)
    assert set(tree.xpath("//*[contains(concat(' ', @rel, ' '), ' license ')]/@href")) == {
        licence.uri
    }
    data = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["license"] == licence.uri
    assert walk.answer.headers["Link"] == f'<{licence.uri}>; rel="license"'
    assert licence.short_name in words(walk.page.select_one(".head .meta"))


# --- the credit and the address ------------------------------------------------------------------


def test_the_credit_to_paste_is_the_attribution_of_the_work(
    client: Client, booklet: BookletPage
) -> None:
    walk = Walk(client, booklet.get_url())
    button = walk.page.select_one("[data-copy=credito]")
    assert button is not None
    assert button["data-text"] == attribution_text(booklet.as_work())


def test_the_credit_shown_reads_as_the_credit_to_paste_without_its_addresses(
    client: Client, booklet: BookletPage
) -> None:
    shown = words(Walk(client, booklet.get_url()).page.select_one("#credito"))
    for part in (
        booklet.title,
        "Marlene Assis e Davi Nogueira",
        f"http://rede.test{booklet.get_url()}",
        BY_NC_SA.short_name,
    ):
        assert part in shown


def test_the_address_that_does_not_change_leads_to_the_page(
    client: Client, booklet: BookletPage
) -> None:
    walk = Walk(client, booklet.get_url())
    told = words(walk.page.select_one("#permanente"))
    assert told == f"http://rede.test/r/{booklet.pk}/"
    booklet.slug = "fiscal-de-contrato"
    pages.publish(booklet)
    assert walk.go(urlsplit(told).path).path == "/acervo/fiscal-de-contrato/"


# --- the files -----------------------------------------------------------------------------------


def body_of(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_the_pdf_says_the_licence_of_its_page(client: Client, booklet: BookletPage) -> None:
    walk = Walk(client, booklet.get_url())
    answer = client.get(str(walk.link("PDF para imprimir")["href"]))
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(body_of(answer))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["cc:license"] == BY_NC_SA.uri
        assert metadata["xmpRights:WebStatement"] == BY_NC_SA.uri


def test_the_mp3_says_the_licence_of_its_page(client: Client) -> None:
    episode = pages.episode(licence=BY_NC_SA)
    walk = Walk(client, episode.get_url())
    answer = client.get(str(walk.link("Áudio em MP3")["href"]))
    frames = MP3(io.BytesIO(body_of(answer))).tags
    assert frames is not None
    assert [frame.url for frame in frames.getall("WCOP")] == [BY_NC_SA.uri]
    assert BY_NC_SA.uri in str(frames["TCOP"])


def test_a_picture_says_its_own_licence_inside_and_beside_it(client: Client) -> None:
    image = files.image(licence=BY, creator="Davi Nogueira")
    guide = pages.guide(body=library.body_with(image), licence=BY_NC_SA)
    walk = Walk(client, guide.get_url())
    figure = walk.page.select_one("figure")
    assert figure is not None
    credit = figure.select_one(".credit")
    assert words(credit) == "Davi Nogueira, 2026. CC BY 4.0."
    for address in addresses_of_pictures(figure):
        with pyexiv2.ImageData(body_of(client.get(address))) as picture:
            xmp = picture.read_xmp()
        assert xmp["Xmp.cc.license"] == BY.uri
        assert xmp["Xmp.xmpRights.WebStatement"] == BY.uri
        assert xmp["Xmp.dc.creator"] == ["Davi Nogueira"]


def addresses_of_pictures(figure: BeautifulSoup | Any) -> set[str]:
    """Every address under which the figure offers its picture."""
    offered = {str(image["src"]) for image in figure.select("img")}
    for element in figure.select("[srcset]"):
        offered |= {part.split()[0] for part in str(element["srcset"]).split(",")}
    assert offered
    return offered


def test_a_booklet_whose_pdf_says_another_licence_is_not_published(curator_client: Client) -> None:
    document = files.document(licence=BY)
    draft = pages.booklet(live=False, licence=BY_NC, document=document)
    answer = post(curator_client, draft, "publish")
    assert answer.context["form"].errors["licence"] == [
        "O PDF diz CC BY 4.0 e a página diz CC BY-NC 4.0. Deixe a mesma licença nos dois."
    ]
    assert not BookletPage.objects.get().live
