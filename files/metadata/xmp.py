"""XMP in pictures, and everything else out of them.

Properties: Dublin Core, XMP Rights Management and ccREL (https://wiki.creativecommons.org/wiki/XMP).
"""

import threading

import pyexiv2

from licensing.attribution import Work, attribution_text, copyright_notice

# JPEG markers (ITU-T T.81, table B.1): APP1 to APP13, APP15, and comments.
_TELLING = {*range(0xE1, 0xEE), 0xEF, 0xFE}
_START_OF_SCAN = 0xDA
_DEFAULT_LANGUAGE = 'lang="x-default"'
# Exiv2 keeps its XMP toolkit in one place for the whole process.
_exiv2 = threading.Lock()
with _exiv2:
    pyexiv2.registerNs("http://creativecommons.org/ns#", "cc")
    pyexiv2.registerNs("http://purl.org/dc/terms/", "dcterms")


def xmp_of(work: Work) -> dict[str, object]:
    """The XMP properties that say who made `work` and under which licence it may be used."""
    properties: dict[str, object] = {
        "Xmp.dc.title": {_DEFAULT_LANGUAGE: work.title},
        "Xmp.dc.rights": {_DEFAULT_LANGUAGE: copyright_notice(work)},
        "Xmp.xmpRights.Marked": "False" if work.licence.is_public_domain else "True",
        "Xmp.xmpRights.UsageTerms": {_DEFAULT_LANGUAGE: attribution_text(work)},
        "Xmp.cc.attributionURL": work.url,
    }
    if work.earlier_works:
        properties["Xmp.dcterms.source"] = work.earlier_works
    if work.authors:
        properties["Xmp.dc.creator"] = [author.name for author in work.authors]
        properties["Xmp.cc.attributionName"] = work.author_names
    if work.licence.uri:
        properties["Xmp.xmpRights.WebStatement"] = work.licence.uri
        properties["Xmp.cc.license"] = work.licence.uri
    return properties


def write_image_rights(content: bytes, work: Work | None) -> bytes:
    """A JPEG, PNG or WebP without what its camera and editors wrote into it (place and device
    above all), and with the rights of `work`. The picture itself is not compressed again."""
    with _exiv2:
        image = pyexiv2.ImageData(_bare(content))
        try:
            image.clear_exif()
            image.clear_iptc()
            image.clear_xmp()
            image.clear_comment()
            if work is not None:
                image.modify_xmp(xmp_of(work))
            return image.get_bytes()
        finally:
            image.close()


def _bare(content: bytes) -> bytes:
    """A JPEG without comments and without application segments but JFIF's, Adobe's and the colour
    profile; any other picture as it is.

    The EXIF of a WebP has no “Exif” before it (WebP container, “Metadata”). Handed on into a JPEG
    it is a segment that Exiv2 does not know, and would leave there.
    """
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, at = bytearray(content[:2]), 2
    while content[at + 1] != _START_OF_SCAN:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at:end]
        is_profile = segment[1] == 0xE2 and segment[4:].startswith(b"ICC_PROFILE")
        if segment[1] not in _TELLING or is_profile:
            kept += segment
        at = end
    return bytes(kept + content[at:])
