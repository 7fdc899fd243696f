"""XMP in MP4 files, and what cameras wrote out of them.

The packet lies in a `uuid` box of its own (XMP Specification Part 3, §1.1.5, ISO/IEC 14496-12
§11.1), after everything else, so that no place inside the file moves.
"""

import struct
from pathlib import Path
from typing import IO
from uuid import UUID
from xml.etree import ElementTree

from files.containers import Box, boxes, size_of
from files.inspection import clean_text
from licensing.attribution import Work, attribution_text, copyright_notice

XMP_BOX = UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes
# Boxes in which cameras and editors write place, device, comments.
_TELLING = {b"udta", b"meta", b"uuid"}
_INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "cc": "http://creativecommons.org/ns#",
    "dcterms": "http://purl.org/dc/terms/",
}
for _prefix, _uri in _NAMES.items():
    ElementTree.register_namespace(_prefix, _uri)


def xmp_packet(work: Work) -> bytes:
    """The XMP packet that says of `work` what pictures say of theirs (`files.metadata.xmp`)."""
    root = ElementTree.Element(_named("x:xmpmeta"))
    about = ElementTree.SubElement(
        ElementTree.SubElement(root, _named("rdf:RDF")),
        _named("rdf:Description"),
        {_named("rdf:about"): ""},
    )
    _add(about, "dc:title", work.title, "Alt")
    _add(about, "dc:rights", copyright_notice(work), "Alt")
    _add(about, "xmpRights:Marked", "False" if work.licence.is_public_domain else "True")
    _add(about, "xmpRights:UsageTerms", attribution_text(work), "Alt")
    _add(about, "cc:attributionURL", work.url)
    if work.earlier_works:
        _add(about, "dcterms:source", work.earlier_works)
    if work.authors:
        _add(about, "dc:creator", [author.name for author in work.authors], "Seq")
        _add(about, "cc:attributionName", work.author_names)
    if work.licence.uri:
        _add(about, "xmpRights:WebStatement", work.licence.uri)
        _add(about, "cc:license", work.licence.uri)
    text = ElementTree.tostring(root, encoding="unicode")
    begin = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    return f'{begin}{text}<?xpacket end="r"?>'.encode()


def _named(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _add(
    about: ElementTree.Element, name: str, value: str | list[str], container: str = ""
) -> None:
    item = ElementTree.SubElement(about, _named(name))
    if not container:
        item.text = clean_text(str(value))
        return
    inside = ElementTree.SubElement(item, _named(f"rdf:{container}"))
    for text in [value] if isinstance(value, str) else value:
        language = {_LANGUAGE: "x-default"} if container == "Alt" else {}
        ElementTree.SubElement(inside, _named("rdf:li"), language).text = clean_text(text)


def write_mp4_rights(path: Path, work: Work | None) -> None:
    """Change the MP4 at `path`: without what its camera and editors wrote into it, and with the
    rights of `work`. Pictures and sound stay, bit by bit, where they were."""
    with path.open("r+b") as file:
        top = list(boxes(file, 0, size_of(file)))
        while top and top[-1].kind in (b"uuid", b"free", b"skip"):
            file.truncate(top.pop().start)  # ours, of another time
        file.truncate(top[-1].end)
        _give_length(file, top[-1])
        for box in top:
            _blank(file, box)
        if work is not None:
            packet = xmp_packet(work)
            file.seek(0, 2)
            file.write(struct.pack(">I4s", 24 + len(packet), b"uuid") + XMP_BOX + packet)


def read_mp4_xmp(path: Path) -> bytes:
    """The XMP packet in the MP4 at `path`, or b""."""
    with path.open("rb") as file:
        for box in boxes(file, 0, size_of(file)):
            file.seek(box.content)
            if box.kind == b"uuid" and file.read(16) == XMP_BOX:
                return file.read(box.size - box.header - 16)
    return b""


def _give_length(file: IO[bytes], last: Box) -> None:
    """A last box that “goes on to the end of the file” says how long it is, before another comes."""
    file.seek(last.start)
    said = struct.unpack(">I", file.read(4))[0]
    if said == 0:
        if last.size >= 2**32:
            raise ValueError("A box too long for the length that it has room for.")
        file.seek(last.start)
        file.write(struct.pack(">I", last.size))


def _blank(file: IO[bytes], box: Box) -> None:
    """Turn what tells into free space of the same length: offsets in the file stay true."""
    if box.kind in _TELLING:
        file.seek(box.start + 4)
        file.write(b"free")
        file.seek(box.content)
        left = box.size - box.header
        while left > 0:
            left -= file.write(bytes(min(left, 1024 * 1024)))
    elif box.kind in _INSIDE:
        for inner in list(boxes(file, box.content, box.end)):
            _blank(file, inner)
