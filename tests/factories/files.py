"""Files: whole ones, made for a test or taken from the demo library, and ready by default."""

import io
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pikepdf
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image as PillowImage

from files.models import Document, Image, Recording, Video
from files.office import DOCX_TYPE, ODT_TYPE
from files.services import prepare_now
from licensing.values import BY

DEMO = Path(settings.BASE_DIR) / "fixtures" / "demo"
VIDEOS = Path(settings.BASE_DIR) / "tests" / "files" / "videos"
CAPTIONS = """WEBVTT

00:00.000 --> 00:00.900
O orçamento é de

00:00.900 --> 00:01.400
todas as pessoas.

00:01.400 --> 00:02.000
Acompanhe o abacaxi.
"""


def picture_bytes(
    width: int = 800, height: int = 600, kind: str = "JPEG", gps: bool = False
) -> bytes:
    """A picture of one colour; with `gps`, one that says where and with what it was taken."""
    picture = PillowImage.new("RGB", (width, height), (17, 89, 106))
    exif = picture.getexif()
    if gps:
        exif[0x010F] = "Fabricante"
        exif[0x0110] = "Telefone 12"
        exif.get_ifd(0x8825).update({1: "S", 2: (8.0, 3.0, 14.0), 3: "W", 4: (34.0, 52.0, 52.0)})
    buffer = io.BytesIO()
    picture.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def pdf_bytes(pages: int = 2) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(420, 595))
        pdf.save(buffer)
    return buffer.getvalue()


def archive(parts: dict[str, bytes | str]) -> bytes:
    """A ZIP of parts, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return buffer.getvalue()


def odt_parts(text: str = "Portaria número ____") -> dict[str, bytes | str]:
    """The parts of a small ODT, written by somebody with a name."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [
            ("office", "office"),
            ("text", "text"),
            ("meta", "meta"),
            ("draw", "drawing"),
            ("script", "script"),
        ]
    )
    spaces += (
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return {
        "mimetype": ODT_TYPE,
        "content.xml": f"<office:document-content {spaces}><office:body><office:text>"
        f'<text:h>Título</text:h><text:p>{text}<text:s text:c="2"/>fim'
        '<text:a xlink:href="https://www.planalto.gov.br/">lei</text:a></text:p>'
        "</office:text></office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {spaces}><office:meta><dc:creator>Maria da Silva"
        "</dc:creator><meta:generator>Editor</meta:generator></office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>",
    }


def odt_bytes(text: str = "Portaria número ____") -> bytes:
    return archive(odt_parts(text))


def docx_parts(text: str = "Portaria número ____") -> dict[str, bytes | str]:
    """The parts of a small DOCX, written by somebody with a name, in a company."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCX_TYPE}.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/relationships/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/relationships/extended-properties" '
        'Target="docProps/app.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>Título</w:t>'
        f"</w:r></w:p><w:p><w:r><w:t>{text}</w:t><w:tab/><w:t>fim</w:t></w:r></w:p></w:body>"
        "</w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/relationships/hyperlink" '
        'Target="https://www.planalto.gov.br/" TargetMode="External"/></Relationships>',
        "docProps/app.xml": f'<Properties xmlns="{office}/extended-properties">'
        "<Company>Prefeitura de Teste</Company></Properties>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties">'
        "<cp:lastModifiedBy>Maria da Silva</cp:lastModifiedBy></cp:coreProperties>",
    }


def docx_bytes(text: str = "Portaria número ____") -> bytes:
    return archive(docx_parts(text))


def mp3_bytes(slug: str = "empenho-nao-e-pagamento") -> bytes:
    return (DEMO / "podcasts" / f"{slug}.mp3").read_bytes()


def vtt_text(slug: str = "empenho-nao-e-pagamento") -> str:
    return (DEMO / "podcasts" / f"{slug}.vtt").read_text(encoding="utf-8")


def image(ready: bool = True, content: bytes | None = None, **fields: Any) -> Image:
    fields = {
        "title": "Ponte nova",
        "creator": "Davi Nogueira",
        "licence": BY,
        "year": 2026,
    } | fields
    made = Image(file=ContentFile(content or picture_bytes(), name="ponte.jpg"), **fields)
    return _saved(made, ready)


def document(
    ready: bool = True, content: bytes | None = None, name: str = "cartilha.pdf", **fields: Any
) -> Document:
    fields = {"title": "Cartilha", "creator": "Davi Nogueira", "licence": BY, "year": 2026} | fields
    made = Document(file=ContentFile(content or pdf_bytes(), name=name), **fields)
    return _saved(made, ready)


def recording(ready: bool = True, content: bytes | None = None, **fields: Any) -> Recording:
    """A finished recording, which needs no ffmpeg."""
    fields = {
        "is_finished": True,
        "title": "Conversa",
        "creator": "Ana Lúcia Reis",
        "licence": BY,
        "year": 2026,
    } | fields
    made = Recording(file=ContentFile(content or mp3_bytes(), name="conversa.mp3"), **fields)
    return _saved(made, ready)


def video_bytes(name: str = "pequeno.mp4") -> bytes:
    return (VIDEOS / name).read_bytes()


def video(ready: bool = True, content: bytes | None = None, **fields: Any) -> Video:
    """A video with ready-made sizes: two seconds, 96 × 54 pixels."""
    fields = {
        "title": "O orçamento em um minuto",
        "creator": "Ana Lúcia Reis",
        "licence": BY,
        "year": 2026,
        "captions": CAPTIONS,
    } | fields
    made = Video(file=ContentFile(content or video_bytes(), name="orcamento.mp4"), **fields)
    made.save()
    if ready:
        adopt(made)
    return made


def adopt(made: Video) -> None:
    """Give a saved video the ready-made sizes that need no ffmpeg."""
    with NamedTemporaryFile(suffix=".jpg") as poster:
        poster.write(picture_bytes(1280, 720))
        poster.flush()
        films = {720: VIDEOS / "pequeno.mp4", 360: VIDEOS / "menor.mp4"}
        made.adopt(films, poster=Path(poster.name))


def _saved(made: Any, ready: bool) -> Any:
    made.save()
    if ready:
        prepare_now(made)
    return made
