"""All the documents of a feed: most have one, long archives several (RFC 5005, §§3–4).

Raises LyingFeed, with a sentence, for whatever no honest host sends.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree

from podcasts.checker.reading import all_at, parse, text_at
from podcasts.importing.opening import FEED_BYTES, Opener, Unopened

MAX_PAGES = 200
MAX_ITEMS = 5_000
_FATAL = ("not-xml", "not-rss", "doctype")
_OLDER = ("next", "prev-archive")


class LyingFeed(ValueError):
    """A feed that cannot be taken at its word, and why, in plain Portuguese."""


@dataclass(frozen=True)
class Pages:
    """A feed: its channel, as its first document has it, and the items of all documents, each once,
    as they stand there. `address` is "" for a file that does not say where it came from."""

    address: str
    channel: etree._Element
    items: list[etree._Element]


def read_pages(named: str, opener: Opener) -> Pages:
    """The feed at an address or in a file, with its older documents."""
    is_address = named.startswith(("http://", "https://"))
    content = _open(named, opener) if is_address else _read_file(named)
    channel = _channel(content)
    address = named if is_address else _own_address(channel)
    pages, seen = [channel], {_plain(address), *({_plain(_own_address(channel))} - {""})}
    items: dict[str, etree._Element] = {}
    _collect(channel, items)
    base, digests = address, {_digest(content)}
    while older := _older(pages[-1], base):
        if _plain(older) in seen:
            raise LyingFeed(
                f"O feed anda em círculo: {older[:100]} aparece duas vezes entre as páginas dele. "
                "Peça ao serviço de onde ele vem que corrija."
            )
        if len(pages) >= MAX_PAGES:
            raise LyingFeed(f"O feed tem mais de {MAX_PAGES} páginas. Não dá para trazer tudo.")
        seen.add(_plain(older))
        content = _open(older, opener)
        if _digest(content) in digests:
            raise LyingFeed(
                f"O feed anda em círculo: {older[:100]} é igual a uma página que já veio. "
                "Peça ao serviço de onde ele vem que corrija."
            )
        digests.add(_digest(content))
        page = _channel(content)
        _check_same(channel, page, older)
        _collect(page, items)
        pages.append(page)
        base = older
    return Pages(address, channel, list(items.values()))


def guid_of(item: etree._Element) -> str:
    """What apps know an item by: its guid, else the address of its file."""
    guid = text_at(item, "guid")
    if guid:
        return guid
    enclosure = item.find("enclosure")
    return (enclosure.get("url") or "").strip() if enclosure is not None else ""


def _open(url: str, opener: Opener) -> bytes:
    try:
        return opener.read(url, FEED_BYTES)
    except Unopened as error:
        raise LyingFeed(f"Não deu para abrir {url[:100]}: {error}.") from error


def _read_file(named: str) -> bytes:
    try:
        with Path(named).open("rb") as file:
            content = file.read(FEED_BYTES + 1)
    except (OSError, ValueError) as error:
        raise LyingFeed(f"Não dá para ler o arquivo {named}.") from error
    if len(content) > FEED_BYTES:
        raise LyingFeed(f"O arquivo {named} passa de {FEED_BYTES // (1024 * 1024)} MB.")
    return content


def _channel(content: bytes) -> etree._Element:
    channel, findings = parse(content)
    for finding in findings:
        if finding.code in _FATAL:
            raise LyingFeed(finding.message)
    if channel is None:
        raise LyingFeed("Isto não é um feed de podcast. Confira o endereço.")
    return channel


def _older(channel: etree._Element, base: str) -> str:
    for link in all_at(channel, "atom:link"):
        if link.get("rel") in _OLDER and link.get("href"):
            older = urljoin(base, (link.get("href") or "").strip())
            if not older.startswith(("http://", "https://")):
                raise LyingFeed(f"A página seguinte do feed não tem endereço: “{older[:100]}”.")
            return older
    return ""


def _own_address(channel: etree._Element) -> str:
    links = all_at(channel, "atom:link")
    return next(
        ((link.get("href") or "").strip() for link in links if link.get("rel") == "self"), ""
    )


def _plain(url: str) -> str:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _check_same(channel: etree._Element, page: etree._Element, older: str) -> None:
    guids = {text_at(each, "podcast:guid").lower() for each in (channel, page)} - {""}
    if len(guids) > 1:
        raise LyingFeed(
            f"A página {older[:100]} é de outro podcast: o podcast:guid é diferente. "
            "Peça ao serviço de onde ele vem que corrija."
        )


def _collect(channel: etree._Element, items: dict[str, etree._Element]) -> None:
    """Add the items of a document. One that moved from page to page meanwhile comes twice, the
    same; two that share a name and not a title are a lie."""
    for item in all_at(channel, "item"):
        guid = guid_of(item)
        other = items.get(guid) if guid else None
        if other is not None and text_at(other, "title") != text_at(item, "title"):
            raise LyingFeed(
                f"Dois episódios têm o mesmo guid, “{guid[:60]}”: “{text_at(other, 'title')[:60]}” "
                f"e “{text_at(item, 'title')[:60]}”. Os aplicativos mostrariam só um."
            )
        items.setdefault(guid or f"\0{len(items)}", item)
        if len(items) > MAX_ITEMS:
            raise LyingFeed(f"O feed tem mais de {MAX_ITEMS:,} episódios.".replace(",", "."))
