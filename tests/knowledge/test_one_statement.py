"""One statement of attribution, wherever a work is met: page, JSON-LD, picture, PDF, sound."""

import io
import json
from typing import Any

import pikepdf
import pyexiv2
import pytest
from django.conf import settings
from django.test import Client
from lxml import html
from mutagen.id3 import ID3

from licensing.attribution import attribution_text
from licensing.values import OPEN_LICENCES, Licence
from tests.factories import files, pages

pytestmark = pytest.mark.django_db

every_licence = pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)


def body_of(address: str) -> bytes:
    answer: Any = Client().get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@every_licence
def test_the_page_and_its_json_ld_say_the_same(licence: Licence) -> None:
    page = pages.guide(licence=licence, authors=("Ana Reis", "Davi Nogueira"))
    tree = html.fromstring(body_of(page.get_url()))
    statement = attribution_text(page.as_work())
    assert tree.xpath('//button[@data-copy="credito"]/@data-text') == [statement]
    [script] = tree.xpath('//script[@type="application/ld+json"]/text()')
    assert json.loads(script)["creditText"] == statement


@every_licence
def test_the_copies_of_a_picture_carry_its_statement(licence: Licence) -> None:
    image = files.image(licence=licence)
    pages.guide(cover_image=image)
    statement = attribution_text(image.as_work(f"{settings.PUBLIC_URL}/"))
    for size in ("quadro", "m", "cartao", "inteira"):
        with pyexiv2.ImageData(body_of(image.address(size))) as picture:
            terms = picture.read_xmp()["Xmp.xmpRights.UsageTerms"]
        assert list(terms.values()) == [statement]


@every_licence
def test_the_copy_of_a_pdf_carries_its_statement(licence: Licence) -> None:
    page = pages.booklet(licence=licence)
    document = page.document
    statement = attribution_text(document.as_work(f"{settings.PUBLIC_URL}{document.url}"))
    with (
        pikepdf.open(io.BytesIO(body_of(document.url))) as pdf,
        pdf.open_metadata() as metadata,
    ):
        assert metadata["xmpRights:UsageTerms"] == statement


def test_a_recording_carries_the_sentence_of_its_own_format() -> None:
    """ID3 has frames for the licence (WCOP) and for one sentence about it (TCOP)."""
    page = pages.episode(authors=("Ana Reis",))
    tags = ID3(io.BytesIO(body_of(page.audio_path)))
    year, uri = page.first_published_at.year, page.licence.uri
    assert tags["TCOP"].text == [f"{year} Ana Reis. Licensed to the public under {uri}"]
    assert tags.getall("WCOP")[0].url == uri
