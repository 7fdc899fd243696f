"""Editable documents: ODT (ODF 1.3) and DOCX (ECMA-376), judged and read by their content.

Both are ZIP archives of XML parts. Whatever could run, fetch something from elsewhere, or tell
what its writer did not mean to tell, is refused with a sentence that says what to do.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from files.inspection import UnfitFile, clean_text

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 40 * 1024 * 1024
MAX_PARTS = 3000
MAX_TEXT = 2_000_000  # characters
ODT_TYPE = "application/vnd.oasis.opendocument.text"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCX_MAIN = f"{DOCX_TYPE}.main+xml"
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE compound file: an old .doc, or a locked DOCX
_LOCKED = "EncryptedPackage".encode("utf-16-le")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SCRIPT = "{urn:oasis:names:tc:opendocument:xmlns:script:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_FETCHING = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|\\\\|\.\./)", re.IGNORECASE)
_CHANGES = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))

_MACROS = (
    "O documento tem macros. Salve uma cópia sem macros, em ODT ou DOCX comum, e envie de novo."
)
_OBJECT = (
    "O documento tem um objeto embutido, como uma planilha ou um gráfico que se abre. "
    "Troque por uma tabela ou por uma imagem e envie de novo."
)
_LINKED = (
    "O documento busca um modelo, uma imagem ou um texto em outro lugar. Guarde tudo dentro do "
    "arquivo, salve e envie de novo."
)
_TRACKED = (
    "O documento guarda alterações controladas, com o nome de quem mexeu. Aceite ou recuse "
    "todas, salve e envie de novo."
)
_PASSWORD = "O documento pede senha. Salve uma cópia sem senha e envie de novo."
_SIGNED = (
    "O documento tem assinatura digital, que deixaria de valer na cópia publicada. Envie sem ela."
)
_DAMAGED = "O documento está danificado e não abre. Salve de novo e envie."


def sniff(content: bytes) -> str:
    """“odt” or “docx” by what the archive says it is; empty for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").strip().decode("ascii", "replace")
                return "odt" if kind == ODT_TYPE else ""
            return "docx" if {"[Content_Types].xml", "word/document.xml"} <= names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error):
        return ""


def check_editable(file: IO[bytes], wanted: str) -> None:
    """Refuse whatever is not a whole `wanted` (“odt” or “docx”) that one may safely hand on."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if not size:
        raise UnfitFile(f"O arquivo está vazio. Envie o {wanted.upper()} de novo.")
    if size > MAX_BYTES:
        raise UnfitFile("O documento passa de 30 MB. Diminua as imagens dele e envie de novo.")
    content = file.read()
    file.seek(0)
    read_editable(content, wanted)


def read_editable(content: bytes, wanted: str) -> str:
    """The text of an ODT or DOCX, at most MAX_TEXT characters. Raises UnfitFile."""
    _check_outside(content, wanted)
    parts = unpack(content)
    text = _read_odt(parts) if wanted == "odt" else _read_docx(parts)
    return clean_text(text)[:MAX_TEXT].strip()


def _check_outside(content: bytes, wanted: str) -> None:
    """What can be told without opening the archive."""
    name = wanted.upper()
    if content.startswith(_CFB):
        if _LOCKED in content:
            raise UnfitFile(_PASSWORD)
        raise UnfitFile(
            f"Este arquivo é um documento antigo do Word (.doc), não um {name}. Abra, use "
            f"“Salvar como”, escolha {name} e envie."
        )
    if b"%PDF-" in content[:1024]:
        raise UnfitFile(
            f"Este arquivo é um PDF, embora o nome diga {name}. Envie o {name} de que ele foi "
            "feito, ou troque o final do nome por .pdf."
        )
    if not content.startswith(b"PK"):
        raise UnfitFile(
            f"Este arquivo não é um {name}, embora o nome diga que é. Abra no editor de textos, "
            f"use “Salvar como”, escolha {name} e envie."
        )


def unpack(content: bytes) -> dict[str, bytes]:
    """The parts of an archive by name, in their order, within limits. Raises UnfitFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            items = archive.infolist()
            _check_limits(items)
            return {item.filename: archive.read(item) for item in items if not item.is_dir()}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, zlib.error, ValueError):
        raise UnfitFile(_DAMAGED) from None


def _check_limits(items: list[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked; an entry never gives more than its header promises."""
    names = [item.filename for item in items]
    if any(item.flag_bits & 1 for item in items):
        raise UnfitFile(_PASSWORD)
    if len(set(names)) != len(names) or any(
        name.startswith(("/", "\\")) or ".." in name.split("/") for name in names
    ):
        raise UnfitFile(_DAMAGED)
    is_xml = [item for item in items if item.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(items) > MAX_PARTS
        or sum(item.file_size for item in items) > MAX_UNPACKED
        or any(item.file_size > MAX_XML for item in is_xml)
    ):
        raise UnfitFile(
            "O documento é grande demais por dentro. Diminua as imagens, salve de novo e envie."
        )


def parse(content: bytes) -> Any:
    """The root of an XML part. Entities and document types are refused: neither format has any."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnfitFile(_DAMAGED) from None
    if root.getroottree().docinfo.doctype:
        raise UnfitFile(_DAMAGED)
    return root


def _part(parts: dict[str, bytes], name: str) -> Any:
    if name not in parts:
        raise UnfitFile(_DAMAGED)
    return parse(parts[name])


# --- ODT ----------------------------------------------------------------------------------------


def _read_odt(parts: dict[str, bytes]) -> str:
    kind = parts.get("mimetype", b"").strip().decode("ascii", "replace")
    if kind != ODT_TYPE:
        raise UnfitFile(
            "Este arquivo não é um texto ODT, embora o nome diga que é. Abra no LibreOffice, use "
            "“Salvar como”, escolha “Documento de texto ODF (.odt)” e envie."
        )
    manifest = _part(parts, "META-INF/manifest.xml")
    if manifest.find(f".//{_MANIFEST}encryption-data") is not None:
        raise UnfitFile(_PASSWORD)
    if "META-INF/documentsignatures.xml" in parts or "META-INF/macrosignatures.xml" in parts:
        raise UnfitFile(_SIGNED)
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) for name in parts):
        raise UnfitFile(_MACROS)
    roots = [_part(parts, "content.xml")]
    roots += [parse(parts[name]) for name in ("styles.xml",) if name in parts]
    for root in roots:
        for element in root.iter(etree.Element):
            _check_odt_element(element)
    body = roots[0].find(f".//{_OFFICE}text")
    return "\n".join(_odt_paragraphs(body)) if body is not None else ""


def _check_odt_element(element: Any) -> None:
    tag = element.tag
    if tag.startswith(_SCRIPT) or tag in (f"{_DRAW}applet", f"{_DRAW}plugin"):
        raise UnfitFile(_MACROS)
    if tag in (f"{_DRAW}object", f"{_DRAW}object-ole"):
        raise UnfitFile(_OBJECT)
    if tag == f"{_TEXT}tracked-changes" and len(element):
        raise UnfitFile(_TRACKED)
    if tag in (f"{_OFFICE}dde-source", f"{_TEXT}dde-connection-decl"):
        raise UnfitFile(_LINKED)
    is_link = tag in (f"{_TEXT}a", f"{_DRAW}a")
    if not is_link and _ELSEWHERE.match(element.get(_HREF, "")):
        raise UnfitFile(_LINKED)


def _odt_paragraphs(body: Any) -> Iterator[str]:
    for element in body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if next(element.iterancestors(f"{_OFFICE}annotation"), None) is None:
            yield "".join(_odt_words(element))


def _odt_words(element: Any) -> Iterator[str]:
    """The words of a paragraph, its own tail excluded; of notes within, only once."""
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        match child.tag:
            case t if t == f"{_TEXT}s":
                yield " " * min(int(child.get(f"{_TEXT}c", "1") or 1), 100)
            case t if t in (f"{_TEXT}tab", f"{_TEXT}line-break"):
                yield " "
            case t if t in (f"{_TEXT}p", f"{_TEXT}h", f"{_OFFICE}annotation", f"{_TEXT}note"):
                pass  # paragraphs of their own
            case _:
                yield from _odt_words(child)
        yield child.tail or ""


# --- DOCX ---------------------------------------------------------------------------------------


def _read_docx(parts: dict[str, bytes]) -> str:
    types = _part(parts, "[Content_Types].xml")
    declared = {
        item.get("PartName", ""): item.get("ContentType", "")
        for item in types.iter(f"{_CONTENT_TYPES}Override")
    }
    main = declared.get("/word/document.xml", "")
    names = {name.lower() for name in parts}
    if "macroenabled" in main.lower() or any("vbaproject" in name for name in names):
        raise UnfitFile(_MACROS)
    if main != _DOCX_MAIN:
        raise UnfitFile(
            "Este arquivo não é um texto DOCX, embora o nome diga que é. Abra no editor, use "
            "“Salvar como”, escolha “Documento do Word (.docx)” e envie."
        )
    if any(name.startswith(("word/embeddings/", "word/activex/")) for name in names):
        raise UnfitFile(_OBJECT)
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise UnfitFile(_SIGNED)
    for name, part in parts.items():
        if name.endswith(".rels"):
            for relation in parse(part).iter(_RELATION):
                _check_relation(relation)
    document = _part(parts, "word/document.xml")
    if document.tag != f"{W}document":
        raise UnfitFile(
            "Este DOCX foi salvo no modo estrito. Use “Salvar como”, escolha “Documento do Word "
            "(.docx)” comum e envie."
        )
    stories = [document, *(parse(parts[name]) for name in sorted(parts) if _is_story(name))]
    for root in stories:
        for element in root.iter(etree.Element):
            _check_docx_element(element)
    return "\n".join("".join(_docx_words(paragraph)) for paragraph in document.iter(f"{W}p"))


def _is_story(name: str) -> bool:
    return bool(re.fullmatch(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml", name))


def _check_relation(relation: Any) -> None:
    kind = relation.get("Type", "").rsplit("/", 1)[-1].lower()
    if kind in ("olobject", "oleobject", "package", "control"):
        raise UnfitFile(_OBJECT)
    if kind in ("vbaproject", "wordvbadata", "attachedtoolbars"):
        raise UnfitFile(_MACROS)
    if kind in ("afchunk", "subdocument"):
        raise UnfitFile(_LINKED)
    if relation.get("TargetMode") == "External" and kind != "hyperlink":
        raise UnfitFile(_LINKED)


def _check_docx_element(element: Any) -> None:
    if element.tag in _CHANGES or element.tag.endswith("PrChange"):
        raise UnfitFile(_TRACKED)
    if element.tag == f"{W}instrText" and _FETCHING.search(element.text or ""):
        raise UnfitFile(_LINKED)
    if element.tag == f"{W}fldSimple" and _FETCHING.search(element.get(f"{W}instr", "")):
        raise UnfitFile(_LINKED)


def _docx_words(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if next(element.iterancestors(f"{W}p")) is paragraph:
            yield (element.text or "") if element.tag == f"{W}t" else " "
