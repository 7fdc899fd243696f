"""Reading the XML of a feed that may come from anybody."""

from collections.abc import Iterator

from lxml import etree

from podcasts.checker.findings import Finding, error
from podcasts.feed_extension import CREATIVE_COMMONS, DCTERMS, ITUNES, PODCAST

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
SPACES = {
    "atom": ATOM,
    "content": CONTENT,
    "creativeCommons": CREATIVE_COMMONS,
    "dcterms": DCTERMS,
    "itunes": ITUNES,
    "podcast": PODCAST,
}
MAX_BYTES = 5 * 1024 * 1024
# The way the namespace was written before it had an address of its own.
_FORMER_PODCAST = "podcast-namespace/blob/main/docs/1.0.md"


def parse(content: bytes) -> tuple[etree._Element | None, list[Finding]]:
    """The channel, and what the document itself has wrong. Nothing outside of it is ever opened."""
    findings = []
    if len(content) > MAX_BYTES:
        sentence = (
            "O feed passa de 5 MB. Divida em páginas (RFC 5005): muitos aplicativos desistem."
        )
        findings.append(error("too-long", sentence))
    if not content.strip():
        return None, [error("not-xml", "O arquivo está vazio.")]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        sentence = f"Não dá para ler como XML: {str(problem)[:120]}. Corrija o documento."
        return None, [*findings, error("not-xml", sentence)]
    document = root.getroottree().docinfo
    if document.internalDTD is not None or document.doctype:
        sentence = "Tire o DOCTYPE e as entidades: aplicativos recusam, por segurança."
        findings.append(error("doctype", sentence))
    if (document.encoding or "UTF-8").upper() not in ("UTF-8", "UTF8", "ASCII", "US-ASCII"):
        findings.append(error("encoding", f"Escreva o feed em UTF-8, não em {document.encoding}."))
    findings += _check_spaces(root)
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        sentence = "Isto não é RSS 2.0: a raiz é <rss version=“2.0”> com um só <channel>."
        return None, [*findings, error("not-rss", sentence)]
    return channels[0], findings


def _check_spaces(root: etree._Element) -> Iterator[Finding]:
    """A namespace that differs by a letter is another one, and its elements are not seen."""
    known = {_plain(uri): uri for uri in SPACES.values()}
    used = {uri for element in root.iter(etree.Element) for uri in element.nsmap.values()}
    for uri in sorted(used - set(SPACES.values())):
        meant = known.get(_plain(uri)) or (PODCAST if _FORMER_PODCAST in uri else None)
        if meant:
            sentence = f"O namespace “{uri}” não é o que os aplicativos conhecem. Use “{meant}”."
            yield error("namespace", sentence)


def _plain(uri: str) -> str:
    return uri.lower().split("://", 1)[-1].rstrip("/")


def all_at(parent: etree._Element, path: str) -> list[etree._Element]:
    """The children at a path as “itunes:image”."""
    found: list[etree._Element] = parent.findall(path, SPACES)
    return found


def text_of(element: etree._Element) -> str:
    return element.text or ""


def text_at(parent: etree._Element, path: str) -> str:
    """The text of the first child at a path, without its edges; "" where there is none."""
    found = parent.find(path, SPACES)
    return text_of(found).strip() if found is not None else ""
