"""Rights in ODT and DOCX files, and what tells of their writers out of them.

ODT: `meta.xml` with user-defined properties (ODF 1.3 part 3, §4.3). DOCX: core and custom
properties (ECMA-376 part 2, §11; part 1, §22.3). Core properties know no `rights`, and Word refuses
what they do not know: the statement is their description.
"""

import io
import re
import zipfile
from typing import Any

from lxml import etree

from files.inspection import UnfitFile
from files.metadata.xmp import write_image_rights
from files.office import W, parse, unpack
from licensing.attribution import Work, attribution_text, copyright_notice

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that ZIP knows: the same bytes each time
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_CONFIG = "urn:oasis:names:tc:opendocument:xmlns:config:1.0"
_DC = "http://purl.org/dc/elements/1.1/"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # user-defined properties
_SERVER_NOTES = "http://schemas.microsoft.com/office/2006/metadata/"
_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments\w*)\.xml")


def properties_of(work: Work) -> dict[str, str]:
    """The rights as named properties, with the names that pictures and PDFs carry them under."""
    properties = {
        "dc:rights": copyright_notice(work),
        "xmpRights:UsageTerms": attribution_text(work),
        "cc:license": work.licence.uri,
        "cc:attributionName": work.author_names,
        "cc:attributionURL": work.url,
        "dc:source": work.url,
        "dcterms:source": work.earlier_works,
    }
    return {name: value for name, value in properties.items() if value}


def write_odt_rights(content: bytes, work: Work | None) -> bytes:
    """The ODT with the rights of `work` as its only metadata, the same bytes for the same input."""
    parts = unpack(content)
    parts["meta.xml"] = _odt_meta(work)
    _declare_in_manifest(parts)
    name = work.author_names if work else ""
    for part in ("content.xml", "styles.xml"):
        if part in parts:
            parts[part] = _without_commentators(parts[part], name)
    if "settings.xml" in parts:
        parts["settings.xml"] = _without_printer(parts["settings.xml"])
    return _packed(_with_bare_pictures(parts), first="mimetype")


def write_docx_rights(content: bytes, work: Work | None) -> bytes:
    """The DOCX with the rights of `work` as its only metadata, the same bytes for the same input."""
    parts = unpack(content)
    parts["docProps/core.xml"] = _core(work)
    parts["docProps/app.xml"] = _xml(
        etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={None: _EXTENDED})
    )
    parts["docProps/custom.xml"] = _custom(work)
    _relate_properties(parts)
    name = work.author_names if work else ""
    for part in list(parts):
        if _STORIES.fullmatch(part):
            parts[part] = _without_authors(parts[part], name)
        elif part == "word/people.xml" or (
            part.startswith("customXml/item") and _SERVER_NOTES.encode() in parts[part][:2000]
        ):
            parts[part] = _emptied(parts[part])
    return _packed(_with_bare_pictures(parts), first="[Content_Types].xml")


# --- ODT ----------------------------------------------------------------------------------------


def _odt_meta(work: Work | None) -> bytes:
    root = etree.Element(
        f"{{{_OFFICE}}}document-meta", nsmap={"office": _OFFICE, "meta": _META, "dc": _DC}
    )
    root.set(f"{{{_OFFICE}}}version", "1.3")
    meta = etree.SubElement(root, f"{{{_OFFICE}}}meta")
    if work is not None:
        _add(meta, f"{{{_DC}}}title", work.title)
        if work.author_names:
            _add(meta, f"{{{_META}}}initial-creator", work.author_names)
            _add(meta, f"{{{_DC}}}creator", work.author_names)
        _add(meta, f"{{{_DC}}}description", attribution_text(work))
        for name, value in properties_of(work).items():
            element = _add(meta, f"{{{_META}}}user-defined", value)
            element.set(f"{{{_META}}}name", name)
    return _xml(root)


def _declare_in_manifest(parts: dict[str, bytes]) -> None:
    """An ODT that had no metadata does not list them yet."""
    root = parse(parts["META-INF/manifest.xml"])
    space = etree.QName(root).namespace
    listed = {item.get(f"{{{space}}}full-path") for item in root}
    if "meta.xml" not in listed:
        entry = etree.SubElement(root, f"{{{space}}}file-entry")
        entry.set(f"{{{space}}}full-path", "meta.xml")
        entry.set(f"{{{space}}}media-type", "text/xml")
        parts["META-INF/manifest.xml"] = _xml(root)


def _without_commentators(content: bytes, name: str) -> bytes:
    """Comments stay, under the name that is credited and without their time."""
    root = parse(content)
    notes = list(root.iter(f"{{{_OFFICE}}}annotation"))
    if not notes:
        return content
    for note in notes:
        for child in list(note):
            if child.tag == f"{{{_DC}}}creator":
                child.text = name
            elif child.tag in (f"{{{_DC}}}date", f"{{{_META}}}creator-initials"):
                note.remove(child)
    return _xml(root)


def _without_printer(content: bytes) -> bytes:
    root = parse(content)
    for item in root.iter(f"{{{_CONFIG}}}config-item"):
        if item.get(f"{{{_CONFIG}}}name", "").startswith("Printer"):
            item.text = ""
    return _xml(root)


# --- DOCX ---------------------------------------------------------------------------------------


def _core(work: Work | None) -> bytes:
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    if work is not None:
        _add(root, f"{{{_DC}}}title", work.title)
        if work.author_names:
            _add(root, f"{{{_DC}}}creator", work.author_names)
        _add(root, f"{{{_DC}}}description", attribution_text(work))
    return _xml(root)


def _custom(work: Work | None) -> bytes:
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES})
    for number, (name, value) in enumerate(properties_of(work).items() if work else (), 2):
        item = etree.SubElement(root, f"{{{_CUSTOM}}}property")
        item.set("fmtid", _FORMAT_ID)
        item.set("pid", str(number))
        item.set("name", name)
        _add(item, f"{{{_VALUES}}}lpwstr", value)
    return _xml(root)


_WANTED = {
    "docProps/core.xml": (
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "application/vnd.openxmlformats-package.core-properties+xml",
    ),
    "docProps/app.xml": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    ),
    "docProps/custom.xml": (_CUSTOM_RELATION, _CUSTOM_TYPE),
}


def _relate_properties(parts: dict[str, bytes]) -> None:
    """The package must name its properties and say what they are; the small picture of an earlier
    state goes."""
    relations = parse(parts["_rels/.rels"])
    for item in list(relations):
        kind = item.get("Type", "")
        if kind.endswith("/thumbnail") or any(kind == wanted for wanted, _ in _WANTED.values()):
            target = item.get("Target", "").lstrip("/")
            relations.remove(item)
            if target not in _WANTED:
                parts.pop(target, None)
    for number, (target, (kind, _)) in enumerate(_WANTED.items()):
        item = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship")
        item.set("Id", f"rIdDireitos{number}")
        item.set("Type", kind)
        item.set("Target", target)
    parts["_rels/.rels"] = _xml(relations)
    types = parse(parts["[Content_Types].xml"])
    names = {f"/{name}" for name in parts}
    for item in list(types.iter(f"{{{_TYPES}}}Override")):
        part = item.get("PartName", "")
        if part.lstrip("/") in _WANTED or part not in names:
            types.remove(item)
    for target, (_, kind) in _WANTED.items():
        item = etree.SubElement(types, f"{{{_TYPES}}}Override")
        item.set("PartName", f"/{target}")
        item.set("ContentType", kind)
    parts["[Content_Types].xml"] = _xml(types)


def _without_authors(content: bytes, name: str) -> bytes:
    """Comments stay, under the name that is credited and without their time."""
    root = parse(content)
    marked = [element for element in root.iter(etree.Element) if element.get(f"{W}author")]
    if not marked:
        return content
    for element in marked:
        element.set(f"{W}author", name)
        for attribute in ("initials", "date"):
            element.attrib.pop(f"{W}{attribute}", None)
    return _xml(root)


# --- both ---------------------------------------------------------------------------------------


def _add(parent: Any, tag: str, text: str) -> Any:
    element = etree.SubElement(parent, tag)
    element.text = text
    return element


def _emptied(content: bytes) -> bytes:
    """The root of an XML part, with nothing in it."""
    root = parse(content)
    return _xml(etree.Element(root.tag, nsmap=root.nsmap))


def _xml(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with_bare_pictures(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Pictures inside without place and device, as those of the library are."""
    for name, part in parts.items():
        if name.lower().endswith(_PICTURES):
            try:
                parts[name] = write_image_rights(part, None)
            except (RuntimeError, ValueError, IndexError):
                raise UnfitFile(
                    "Uma imagem do documento está danificada. Troque a imagem e envie de novo."
                ) from None
    return parts


def _packed(parts: dict[str, bytes], first: str) -> bytes:
    """An archive that depends on its parts alone. `mimetype` comes first and is not compressed
    (ODF 1.3 part 2, §3.3)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: name != first):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            is_stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name], compresslevel=6)
    return buffer.getvalue()
