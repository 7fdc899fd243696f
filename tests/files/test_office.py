"""ODT and DOCX: what is refused and why, what is read, and what the published copy carries."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from lxml import etree

from files.models import Document
from licensing.values import BY_NC
from tests.factories import files, pages
from tests.factories.files import (
    archive,
    docx_bytes,
    docx_parts,
    odt_bytes,
    odt_parts,
    picture_bytes,
)
from tests.files.samples import TEXT, Sample, bad_office_documents

pytestmark = pytest.mark.django_db
DC = "{http://purl.org/dc/elements/1.1/}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def office(format: str, parts: dict[str, Any] | None = None, **fields: Any) -> Document:
    content = archive(parts) if parts else {"odt": odt_bytes, "docx": docx_bytes}[format]()
    words = {"title": "Portaria", "creator": "Helena Prado", "licence": BY_NC, "year": 2026}
    return files.document(content=content, name=f"m.{format}", **words | fields)


def copy_of(document: Document) -> zipfile.ZipFile:
    assert document.is_current, document.failure
    return zipfile.ZipFile(io.BytesIO(storages["published"].open(document.copy).read()))


# --- what comes in ------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", bad_office_documents(), ids=str)
def test_an_unfit_document_is_not_published_by_whoever_goes_past_the_form(sample: Sample) -> None:
    if sample.name.endswith((".docm", ".doc")):
        sample = Sample("texto.odt", TEXT)  # what is fit in itself is stopped by its name alone
    document = files.document(content=sample.content, name=sample.name)
    assert document.has_failed or document.format != sample.name.rsplit(".", 1)[-1]
    assert document.has_failed != bool(document.copy)


@pytest.mark.parametrize("format", ["odt", "docx"])
def test_the_words_are_read_for_search(format: str) -> None:
    text = office(format).text
    assert text.splitlines()[0] == "Título"
    assert "Portaria número ____" in text
    assert text.splitlines()[1].endswith("fim") or "fimlei" in text


@pytest.mark.parametrize("format", ["odt", "docx"])
def test_the_format_is_told_by_content_and_stands_in_the_address(format: str) -> None:
    content = {"odt": odt_bytes, "docx": docx_bytes}[format]()
    document = files.document(content=content, name="sem-extensao", title="Portaria")
    assert document.format == format
    assert document.url == f"/arquivos/{document.pk}/portaria.{format}"
    assert document.copy.endswith(f".{format}")


def test_a_document_on_a_live_page_keeps_its_format(curator_client: Client) -> None:
    page = pages.booklet()
    document = page.document
    url = f"/admin/documents/edit/{document.pk}/"
    upload = io.BytesIO(odt_bytes())
    upload.name = "novo.odt"
    fields = {"title": "Outro", "creator": "Eu", "licence": "CC-BY-NC-4.0", "file": upload}
    answer = curator_client.post(url, fields)
    assert "Envie outro PDF" in answer.content.decode()
    assert Document.objects.get(pk=document.pk).format == "pdf"


# --- what goes out ------------------------------------------------------------------------------


def test_an_odt_carries_its_rights_and_nothing_of_who_typed_it() -> None:
    document = office("odt")
    copy = copy_of(document)
    assert copy.namelist()[0] == "mimetype"
    assert copy.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
    meta = etree.fromstring(copy.read("meta.xml"))
    assert meta.findtext(f".//{DC}title") == "Portaria"
    assert meta.findtext(f".//{DC}creator") == "Helena Prado"
    own = {item.get(f"{META}name"): item.text for item in meta.iter(f"{META}user-defined")}
    assert own["cc:license"] == BY_NC.uri
    assert own["cc:attributionURL"] == f"http://rede.test{document.url}"
    assert "Helena Prado" in own["xmpRights:UsageTerms"]
    assert b"Maria da Silva" not in b"".join(map(copy.read, copy.namelist()))
    assert b'full-path="meta.xml"' in copy.read("META-INF/manifest.xml")


def test_a_docx_carries_its_rights_and_nothing_of_who_typed_it() -> None:
    document = office("docx")
    copy = copy_of(document)
    core = etree.fromstring(copy.read("docProps/core.xml"))
    assert core.findtext(f"{DC}title") == "Portaria"
    assert core.findtext(f"{DC}creator") == "Helena Prado"
    custom = etree.fromstring(copy.read("docProps/custom.xml"))
    own = {item.get("name"): item[0].text for item in custom}
    assert own["cc:license"] == BY_NC.uri
    assert own["dc:source"] == f"http://rede.test{document.url}"
    assert [item.get("pid") for item in custom] == [str(n) for n in range(2, len(custom) + 2)]
    everything = b"".join(map(copy.read, copy.namelist()))
    assert b"Maria da Silva" not in everything
    assert b"Prefeitura de Teste" not in everything
    targets = {
        item.get("Target"): item.get("Type") for item in etree.fromstring(copy.read("_rels/.rels"))
    }
    assert {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"} < set(targets)
    assert len(targets) == 4
    types = [
        item.get("PartName")
        for item in etree.fromstring(copy.read("[Content_Types].xml"))
        if item.get("PartName")
    ]
    assert sorted(types) == sorted(set(types))
    assert "/docProps/custom.xml" in types


@pytest.mark.parametrize("format", ["odt", "docx"])
def test_the_same_document_gives_the_same_bytes(format: str) -> None:
    first = office(format)
    Document.objects.filter(pk=first.pk).update(made="", state="waiting")
    Document.work_on(first.pk)
    again = Document.objects.get(pk=first.pk)
    assert (again.copy_sha256, again.copy) == (first.copy_sha256, first.copy)


@pytest.mark.parametrize("format", ["odt", "docx"])
def test_a_published_copy_can_be_sent_in_again(format: str) -> None:
    """What a partner city downloads it may bring back."""
    content = storages["published"].open(office(format).copy).read()
    again = files.document(content=content, name=f"m.{format}")
    assert again.is_current, again.failure
    assert "Portaria número" in again.text


@pytest.mark.parametrize(
    ("format", "place"), [("odt", "Pictures/foto.jpg"), ("docx", "word/media/foto.jpeg")]
)
def test_a_picture_inside_loses_place_and_device(format: str, place: str) -> None:
    content = picture_bytes(gps=True)
    assert b"Telefone 12" in content
    parts = {"odt": odt_parts, "docx": docx_parts}[format]()
    copy = copy_of(office(format, parts | {place: content}))
    assert b"Telefone 12" not in copy.read(place)


def test_comments_of_a_docx_stay_under_the_name_that_is_credited() -> None:
    comments = (
        f'<w:comments xmlns:w="{WORD}"><w:comment w:id="1" w:author="Maria da Silva" '
        'w:initials="MS" w:date="2026-01-01T10:00:00Z"><w:p><w:r><w:t>Troque aqui</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    copy = copy_of(office("docx", docx_parts() | {"word/comments.xml": comments}))
    kept = copy.read("word/comments.xml").decode()
    assert "Troque aqui" in kept
    assert 'w:author="Helena Prado"' in kept
    assert "Maria" not in kept
    assert "2026-01-01" not in kept


def test_comments_of_an_odt_stay_under_the_name_that_is_credited() -> None:
    parts = odt_parts(
        "<office:annotation><dc:creator>Maria da Silva</dc:creator><dc:date>2026-01-01</dc:date>"
        "<text:p>Troque aqui</text:p></office:annotation>"
    )
    document = office("odt", parts)
    kept = copy_of(document).read("content.xml").decode()
    assert "Troque aqui" in kept
    assert "Helena Prado" in kept
    assert "Maria" not in kept
    assert "2026-01-01" not in kept
    assert "Troque aqui" not in document.text


def test_a_printer_is_not_told_of() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns:config:1.0"
    setting = (
        f'<c:s xmlns:c="{space}"><c:config-item c:name="PrinterName">HP da sala 3</c:config-item>'
        "</c:s>"
    )
    copy = copy_of(office("odt", odt_parts() | {"settings.xml": setting}))
    assert b"HP da sala 3" not in copy.read("settings.xml")


# --- over HTTP ----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["odt", "docx"])
def test_it_is_saved_not_shown(client: Client, field: str) -> None:
    document = getattr(pages.editable_document(), field)
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == document.media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="{document.slug}.{field}"'
    )
    unchanged = client.get(document.url, headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304


def test_another_ending_leads_to_the_right_one(client: Client) -> None:
    document = pages.editable_document().odt
    answer = client.get(document.url.replace(".odt", ".pdf"))
    assert (answer.status_code, answer.headers["Location"]) == (301, document.url)
