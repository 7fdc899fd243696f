"""The shows as a list that podcast apps import (OPML 2.0, “subscription lists”)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from lxml import etree

from files.inspection import clean_text

if TYPE_CHECKING:
    from podcasts.models import ShowPage


def write_opml(title: str, shows: "Iterable[ShowPage]") -> bytes:
    """The list, with absolute addresses."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = clean_text(title)
    body = etree.SubElement(root, "body")
    for show in shows:
        name = clean_text(show.title)
        etree.SubElement(
            body,
            "outline",
            type="rss",
            text=name,
            title=name,
            description=clean_text(show.summary),
            xmlUrl=f"{settings.PUBLIC_URL}{show.feed_path}",
            htmlUrl=f"{settings.PUBLIC_URL}{show.get_url()}",
        )
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
