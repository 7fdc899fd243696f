"""Published copies carry their rights and nothing of the camera; originals are not touched."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pyexiv2
import pytest
from django.core.files.storage import storages
from django.test import Client
from PIL import Image as PillowImage
from PIL import ImageCms

from files.metadata.xmp import write_image_rights
from files.models import Document, Image
from licensing.attribution import Author, Work
from licensing.values import BY, CC0, PDM, RESERVED, Licence
from tests.factories import files
from tests.files.samples import encoded

KINDS = pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
SECRET = "Segredo da camara"
CREDIT = (
    '"Ponte & <nova>" © 2026, de Silva, João (https://origem.test/foto), '
    "disponível em https://origem.test/foto, "
    "licença CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)."
)
RIGHTS: dict[str, Any] = {
    "title": "Ponte & <nova>",
    "creator": "Silva, João",
    "licence": BY,
    "year": 2026,
    "source_url": "https://origem.test/foto",
}


def telling_picture(kind: str) -> bytes:
    """A picture that gives away in every way it can where and with what it was taken."""
    with pyexiv2.ImageData(files.picture_bytes(kind=kind, gps=kind != "WEBP")) as picture:
        picture.modify_exif(
            {
                "Exif.Image.Make": SECRET,
                "Exif.Photo.BodySerialNumber": SECRET,
                "Exif.GPSInfo.GPSLatitude": "8/1 3/1 14/1",
                "Exif.GPSInfo.GPSLatitudeRef": "S",
            }
        )
        picture.modify_xmp(
            {"Xmp.exif.GPSLatitude": "8,3.23S", "Xmp.dc.creator": [SECRET], "Xmp.aux.Lens": SECRET}
        )
        if kind == "JPEG":
            picture.modify_iptc({"Iptc.Application2.Byline": [SECRET]})
            picture.modify_comment(SECRET)
        return bytes(picture.get_bytes())


def sizes_of(image: Image) -> dict[str, bytes]:
    """Every published size of a picture, by name, and what Wagtail shows in the CMS."""
    storage = storages["published"]
    sizes = {name: storage.open(size["file"]).read() for name, size in image.sizes.items()}
    for rendition in image.renditions.all():
        sizes[rendition.filter_spec] = storage.open(rendition.file.name).read()
    return sizes


def xmp(content: bytes) -> dict[str, Any]:
    with pyexiv2.ImageData(content) as picture:
        return dict(picture.read_xmp())


def copy_of(document: Document) -> bytes:
    return bytes(storages["published"].open(document.copy).read())


# --- pictures -----------------------------------------------------------------------------------


@pytest.mark.django_db
@KINDS
def test_every_size_of_a_picture_carries_its_rights(kind: str) -> None:
    image = files.image(content=telling_picture(kind), **RIGHTS)
    sizes = sizes_of(image)
    assert len(sizes) == 7 + 5
    for name, content in sizes.items():
        assert xmp(content) == {
            "Xmp.dc.title": {'lang="x-default"': "Ponte & <nova>"},
            "Xmp.dc.creator": ["Silva, João"],
            "Xmp.dc.rights": {'lang="x-default"': "© 2026 Silva, João"},
            "Xmp.xmpRights.Marked": "True",
            "Xmp.xmpRights.WebStatement": "https://creativecommons.org/licenses/by/4.0/",
            "Xmp.xmpRights.UsageTerms": {'lang="x-default"': CREDIT},
            "Xmp.cc.license": "https://creativecommons.org/licenses/by/4.0/",
            "Xmp.cc.attributionName": "Silva, João",
            "Xmp.cc.attributionURL": "https://origem.test/foto",
        }, name


@pytest.mark.django_db
@KINDS
@pytest.mark.parametrize("licence", [BY, None], ids=str)
def test_no_size_tells_of_the_camera_or_the_place(kind: str, licence: Licence | None) -> None:
    original = telling_picture(kind)
    assert SECRET.encode() in original
    sizes = sizes_of(files.image(content=original, licence=licence))
    assert len(sizes) == 7 + 5
    for name, content in sizes.items():
        assert SECRET.encode() not in content, name
        assert b"GPS" not in content, name
        with PillowImage.open(io.BytesIO(content)) as picture:
            assert not picture.getexif(), name
        with pyexiv2.ImageData(content) as data:
            assert not data.read_exif(), name
            assert not data.read_iptc(), name
            assert not data.read_comment(), name


@pytest.mark.django_db
@KINDS
def test_the_original_of_a_picture_is_not_touched(kind: str) -> None:
    content = telling_picture(kind)
    image = files.image(content=content)
    assert storages["default"].open(image.file.name).read() == content


@pytest.mark.django_db
def test_originals_and_copies_lie_apart_and_neither_has_an_address_of_its_own() -> None:
    image = files.image()
    originals, published = (Path(storages[name].location) for name in ("default", "published"))
    assert not originals.is_relative_to(published)
    assert not published.is_relative_to(originals)
    for storage, name in (("default", image.file.name), ("published", image.sizes["m"]["file"])):
        assert Client().get(storages[storage].url(name)).status_code == 404


@pytest.mark.parametrize(
    ("licence", "marked", "statement", "rights"),
    [
        (CC0, "False", CC0.uri, "Marcado com CC0 1.0"),
        (PDM, "False", PDM.uri, "Marcado com Domínio Público"),
        (RESERVED, "True", None, "© 2026 Ana"),
    ],
    ids=str,
)
def test_public_domain_is_unmarked_and_reserved_rights_name_no_licence(
    licence: Licence, marked: str, statement: str | None, rights: str
) -> None:
    work = Work("X", (Author("Ana"),), licence, "https://rede.test/", 2026)
    found = xmp(write_image_rights(files.picture_bytes(), work))
    assert found["Xmp.xmpRights.Marked"] == marked
    assert found.get("Xmp.xmpRights.WebStatement") == statement
    assert found.get("Xmp.cc.license") == statement
    assert found["Xmp.dc.rights"] == {'lang="x-default"': rights}


@KINDS
def test_the_picture_itself_is_not_compressed_again(kind: str) -> None:
    content = files.picture_bytes(kind=kind)
    work = Work("X", (Author("Ana"),), BY, "https://rede.test/", 2026)
    marked = write_image_rights(content, work)
    assert marked != content
    with (
        PillowImage.open(io.BytesIO(content)) as before,
        PillowImage.open(io.BytesIO(marked)) as after,
    ):
        assert before.tobytes() == after.tobytes()


def test_the_colours_of_the_picture_stay_as_they_were_meant() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = PillowImage.new("RGB", (30, 20), "teal")
    content = encoded(picture, "JPEG", icc_profile=profile, comment=SECRET)
    assert SECRET.encode() in content
    bare = write_image_rights(content, None)
    assert SECRET.encode() not in bare
    with PillowImage.open(io.BytesIO(bare)) as after:
        assert after.info["icc_profile"] == profile


@pytest.mark.django_db
def test_a_photograph_taken_sideways_stands_upright_in_every_size() -> None:
    exif = PillowImage.Exif()
    exif[0x0112] = 6  # turn by 90° to the right to see it upright
    sideways = PillowImage.new("RGB", (900, 300), "navy")
    image = files.image(content=encoded(sideways, "JPEG", exif=exif))
    assert image.is_current
    for name, content in sizes_of(image).items():
        with PillowImage.open(io.BytesIO(content)) as picture:
            if not name.startswith(("fill", "mini", "quadro", "cartao")):
                assert picture.height > picture.width, name
            assert not picture.getexif(), name


# --- documents ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_copy_of_a_pdf_carries_its_rights() -> None:
    document = files.document(**RIGHTS)
    with pikepdf.open(io.BytesIO(copy_of(document))) as pdf:
        assert len(pdf.pages) == 2
        assert str(pdf.docinfo["/Title"]) == "Ponte & <nova>"
        found = pdf.open_metadata()
        assert found["dc:title"] == "Ponte & <nova>"
        assert found["dc:creator"] == ["Silva, João"]
        assert found["dc:rights"] == "© 2026 Silva, João"
        assert found["xmpRights:Marked"] == "True"
        assert found["xmpRights:WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
        assert found["xmpRights:UsageTerms"] == CREDIT
        assert found["cc:license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert found["cc:attributionName"] == "Silva, João"
        assert found["cc:attributionURL"] == "https://origem.test/foto"


@pytest.mark.django_db
def test_a_pdf_made_here_names_its_own_public_address() -> None:
    document = files.document()
    with pikepdf.open(io.BytesIO(copy_of(document))) as pdf:
        assert pdf.open_metadata()["cc:attributionURL"] == f"http://rede.test{document.url}"


@pytest.mark.django_db
def test_the_original_of_a_pdf_is_not_touched() -> None:
    content = files.pdf_bytes(3)
    document = files.document(content=content)
    assert storages["default"].open(document.file.name).read() == content
    assert copy_of(document) != content


# --- read by another program --------------------------------------------------------------------


def exiftool(path: Path) -> dict[str, Any]:
    command = ["exiftool", "-json", "-G1", "-a", "-struct", str(path)]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
    return dict(json.loads(answer.stdout)[0])


@pytest.mark.real_parts
@pytest.mark.django_db
@KINDS
def test_exiftool_reads_the_rights_and_no_place_in_pictures(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "original"
    source.write_bytes(telling_picture(kind))
    assert any("GPS" in tag for tag in exiftool(source))
    for name, content in sizes_of(files.image(content=source.read_bytes(), **RIGHTS)).items():
        path = tmp_path / "copia"
        path.write_bytes(content)
        _assert_rights(exiftool(path), name)


@pytest.mark.real_parts
@pytest.mark.django_db
def test_exiftool_reads_the_rights_in_documents(tmp_path: Path) -> None:
    path = tmp_path / "copia.pdf"
    path.write_bytes(copy_of(files.document(**RIGHTS)))
    _assert_rights(exiftool(path), "pdf")


def _assert_rights(tags: dict[str, Any], name: str) -> None:
    assert "ExifTool:Warning" not in tags, name
    assert tags["XMP-dc:Title"] == "Ponte & <nova>", name
    assert tags["XMP-dc:Creator"] == ["Silva, João"], name
    assert tags["XMP-dc:Rights"] == "© 2026 Silva, João", name
    assert tags["XMP-xmpRights:Marked"] is True, name
    assert tags["XMP-xmpRights:WebStatement"] == BY.uri, name
    assert tags["XMP-xmpRights:UsageTerms"] == CREDIT, name
    assert tags["XMP-cc:License"] == BY.uri, name
    assert tags["XMP-cc:AttributionName"] == "Silva, João", name
    assert tags["XMP-cc:AttributionURL"] == "https://origem.test/foto", name
    groups = {tag.split(":")[0] for tag in tags}
    assert not groups & {"GPS", "IFD0", "ExifIFD", "IPTC", "XMP-exif", "XMP-aux", "MakerNotes"}, (
        name
    )
    assert SECRET not in json.dumps(tags), name
