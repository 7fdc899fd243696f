"""One statement of attribution, wherever a work is met: page, JSON-LD, and inside every file."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZipFile

import pikepdf
import pyexiv2
import pytest
from django.conf import settings
from django.test import Client
from lxml import etree, html
from mutagen.id3 import ID3

from files.metadata.mp4 import _NAMES, read_mp4_xmp
from files.metadata.office import _META
from files.models import Video
from knowledge.models import ResourceSource
from licensing.attribution import Author, Work, attribution_text
from licensing.values import BY, BY_SA, OPEN_LICENCES, Licence
from podcasts.models import EpisodeAudio
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


# --- what each kind of file says inside -----------------------------------------------------------


def said_by_picture(content: bytes) -> tuple[str, str]:
    """The statement, and the earlier works that are named."""
    with pyexiv2.ImageData(content) as picture:
        xmp = picture.read_xmp()
    [statement] = xmp["Xmp.xmpRights.UsageTerms"].values()
    return statement, xmp.get("Xmp.dcterms.source", "")


def said_by_pdf(content: bytes) -> tuple[str, str]:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        return metadata["xmpRights:UsageTerms"], metadata.get("dcterms:source", "")


def said_by_mp3(content: bytes) -> tuple[str, str]:
    tags = ID3(io.BytesIO(content))
    return tags["USER:por"].text, "".join(map(str, tags.getall("TXXX:dcterms:source")))


def said_by_mp4(content: bytes) -> tuple[str, str]:
    with NamedTemporaryFile(suffix=".mp4") as file:
        file.write(content)
        file.flush()
        packet = etree.fromstring(read_mp4_xmp(Path(file.name)))
    [terms] = packet.iter(f"{{{_NAMES['xmpRights']}}}UsageTerms")
    source = packet.iter(f"{{{_NAMES['dcterms']}}}source")
    return "".join(terms.itertext()), "".join(item.text or "" for item in source)


def said_by_odt(content: bytes) -> tuple[str, str]:
    meta = etree.fromstring(ZipFile(io.BytesIO(content)).read("meta.xml"))
    own = {
        item.get(f"{{{_META}}}name"): item.text for item in meta.iter(f"{{{_META}}}user-defined")
    }
    return own["xmpRights:UsageTerms"], own.get("dcterms:source", "")


def said_by_docx(content: bytes) -> tuple[str, str]:
    custom = etree.fromstring(ZipFile(io.BytesIO(content)).read("docProps/custom.xml"))
    own = {item.get("name"): "".join(item.itertext()) for item in custom}
    return own["xmpRights:UsageTerms"], own.get("dcterms:source", "")


@dataclass(frozen=True)
class Published:
    """A page of one kind, the file that it publishes, and how that is read."""

    make: Callable[..., Any]
    file: Callable[[Any], Any]
    address: Callable[[Any], str]
    read: Callable[[bytes], tuple[str, str]]

    def work_of(self, page: Any) -> Work:
        """The work that the file is."""
        file = self.file(page)
        if isinstance(file, EpisodeAudio):
            # It names people without their addresses, and the one address that never changes.
            work = page.as_work()
            authors = tuple(Author(author.name) for author in work.authors)
            return replace(work, authors=authors, url=f"{settings.PUBLIC_URL}/r/{page.pk}/")
        address = file.address(720) if isinstance(file, Video) else file.url
        return file.as_work(f"{settings.PUBLIC_URL}{address}")

    def said(self, page: Any) -> tuple[str, str]:
        return self.read(body_of(self.address(page)))


def _fresh(file: Any) -> Any:
    return type(file).objects.get(pk=file.pk)


_FILES = {
    "PDF": Published(
        pages.booklet, lambda p: _fresh(p.document), lambda p: p.document.url, said_by_pdf
    ),
    "ODT": Published(
        pages.editable_document, lambda p: _fresh(p.odt), lambda p: p.odt.url, said_by_odt
    ),
    "DOCX": Published(
        pages.editable_document, lambda p: _fresh(p.docx), lambda p: p.docx.url, said_by_docx
    ),
    "MP4": Published(
        pages.video, lambda p: _fresh(p.video), lambda p: p.video.address(720), said_by_mp4
    ),
    "small MP4": Published(
        pages.video, lambda p: _fresh(p.video), lambda p: p.video.address(360), said_by_mp4
    ),
    "poster": Published(
        pages.video, lambda p: _fresh(p.video), lambda p: p.video.address("poster"), said_by_picture
    ),
    "MP3": Published(pages.episode, lambda p: p.audio, lambda p: p.audio_path, said_by_mp3),
}
every_file = pytest.mark.parametrize("kind", _FILES)


@every_file
def test_every_published_file_carries_the_statement_of_its_work(kind: str) -> None:
    published = _FILES[kind]
    page = published.make()
    assert published.said(page) == (attribution_text(published.work_of(page)), "")


@every_file
def test_a_file_says_on_what_its_page_is_based(kind: str, run_jobs: Callable[[], None]) -> None:
    published = _FILES[kind]
    page = published.make(live=False)
    page.sources.add(
        ResourceSource(
            title="Presupuesto",
            authors="Eva Sol; Juan Luz",
            licence=BY,
            url="https://outra.test/obra",
            modifications="exemplos trocados",
        )
    )
    page = pages.publish(page)
    run_jobs()
    page = type(page).objects.get(pk=page.pk)
    statement, source = published.said(page)
    assert statement == attribution_text(published.work_of(page))
    assert statement.endswith(
        " Modificações: exemplos trocados."
        f' Baseado em "Presupuesto", de Eva Sol e Juan Luz, CC BY 4.0 ({BY.uri}).'
    )
    assert source == "Presupuesto (https://outra.test/obra)"
    page.sources.set([])
    page = pages.publish(page)
    run_jobs()
    assert published.said(type(page).objects.get(pk=page.pk)) == (
        attribution_text(published.work_of(type(page).objects.get(pk=page.pk))),
        "",
    )


def test_a_recording_in_a_text_carries_the_statement_of_the_recording() -> None:
    recording = files.recording(licence=BY_SA)
    pages.guide(body=[*pages.BODY, pages.audio_block(recording)])
    work = recording.as_work(f"{settings.PUBLIC_URL}{recording.url}")
    assert said_by_mp3(body_of(recording.url)) == (attribution_text(work), "")


def test_a_file_of_a_case_keeps_the_statement_of_the_file() -> None:
    document = files.document(licence=BY_SA)
    pages.case(files_to_reuse=[document])
    work = document.as_work(f"{settings.PUBLIC_URL}{document.url}")
    assert said_by_pdf(body_of(document.url)) == (attribution_text(work), "")


def test_a_recording_carries_the_sentence_of_its_own_format() -> None:
    """ID3 has frames for the licence (WCOP) and for one sentence about it (TCOP)."""
    page = pages.episode(authors=("Ana Reis",))
    tags = ID3(io.BytesIO(body_of(page.audio_path)))
    year, uri = page.first_published_at.year, page.licence.uri
    assert tags["TCOP"].text == [f"{year} Ana Reis. Licensed to the public under {uri}"]
    assert tags.getall("WCOP")[0].url == uri
