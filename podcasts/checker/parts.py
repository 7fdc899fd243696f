"""What channel and item have in common: texts, addresses, people, licence."""

from collections.abc import Iterator

from lxml import etree

from licensing.values import ALL_LICENCES, Licence
from podcasts.checker.findings import Finding, advice, error
from podcasts.checker.reading import all_at, text_of
from podcasts.checker.values import is_absolute, is_ascii, is_point
from podcasts.taxonomy import ROLES

_TEXT = 255
_DESCRIPTION = 4000
_NAME = 128  # of people, places, buttons
_ADDRESSES = {
    "itunes:image": "href",
    "atom:link": "href",
    "podcast:transcript": "url",
    "podcast:chapters": "url",
    "podcast:trailer": "url",
    "podcast:license": "url",
    "podcast:funding": "url",
    "podcast:person": "href",
    "podcast:alternateEnclosure/podcast:source": "uri",
    "enclosure": "url",
    "source": "url",
}
_ADDRESSES_AS_TEXT = ("link", "comments", "docs", "itunes:new-feed-url", "creativeCommons:license")
_LINES = ("title", "itunes:author", "itunes:title", "itunes:subtitle", "link", "copyright")


def check_once(parent: etree._Element, paths: tuple[str, ...]) -> Iterator[Finding]:
    """What may stand only once."""
    for path in paths:
        if len(all_at(parent, path)) > 1:
            yield error("repeated", f"Há mais de um <{path}>. Deixe um só.")


def check_texts(parent: etree._Element) -> Iterator[Finding]:
    """Lengths and edges."""
    for path in _LINES:
        for element in all_at(parent, path):
            text = text_of(element)
            if len(text) > _TEXT and path != "link":
                yield error("text-long", f"<{path}> passa de 255 letras. Encurte.")
            if text != text.strip():
                yield error("edges", f"Tire os espaços do começo e do fim de <{path}>.")
    for element in all_at(parent, "description"):
        if len(text_of(element).encode()) > _DESCRIPTION:
            yield error(
                "description-long",
                "A descrição passa de 4.000 bytes. Encurte: o texto inteiro cabe em "
                "<content:encoded>.",
            )
        if text_of(element) != text_of(element).strip():
            yield error("edges", "Tire os espaços do começo e do fim de <description>.")


def check_addresses(parent: etree._Element) -> Iterator[Finding]:
    """Every address absolute, and written so that all apps open it."""
    found = [
        (path, element.get(name) or "")
        for path, name in _ADDRESSES.items()
        for element in all_at(parent, path)
        if element.get(name) is not None
    ]
    found += [
        (path, text_of(element).strip())
        for path in _ADDRESSES_AS_TEXT
        for element in all_at(parent, path)
    ]
    for path, url in found:
        if url and not is_absolute(url):
            sentence = (
                f"O endereço de <{path}> não está inteiro: “{url[:80]}”. Comece com https://."
            )
            yield error("relative-url", sentence)
        elif not is_ascii(url):
            sentence = f"O endereço de <{path}> tem letras com acento ou espaços: “{url[:80]}”."
            yield error("url-letters", f"{sentence} Escreva em ASCII (%C3%A7 para ç).")
        elif url.startswith("http://") and path in ("enclosure", "itunes:image"):
            yield advice("not-https", f"Sirva <{path}> por https://: há aplicativos que exigem.")


def check_yes(parent: etree._Element, paths: tuple[str, ...]) -> Iterator[Finding]:
    """Elements that say “yes” or are not there."""
    for path in paths:
        for element in all_at(parent, path):
            if text_of(element) != "yes":
                yield error("only-yes", f"<{path}> só pode dizer “yes”. Se não vale, tire.")


def check_explicit(parent: etree._Element) -> Iterator[Finding]:
    for element in all_at(parent, "itunes:explicit"):
        if text_of(element) not in ("true", "false"):
            sentence = f"<itunes:explicit> diz “{text_of(element)[:20]}”. Escreva true ou false."
            yield error("explicit-value", sentence)


def check_people(parent: etree._Element) -> Iterator[Finding]:
    """People, with roles and groups of the official taxonomy."""
    for element in all_at(parent, "podcast:person"):
        name = text_of(element).strip()
        role, group = element.get("role", "host").lower(), element.get("group", "cast").lower()
        if not name:
            yield error("person-name", "Há uma <podcast:person> sem nome.")
        if len(name) > _NAME:
            yield error("person-name", f"O nome “{name[:30]}…” passa de 128 letras.")
        if group not in ROLES:
            yield error("person-group", f"O grupo “{group[:40]}”, de {name}, não existe na lista.")
        elif role not in ROLES[group]:
            sentence = f"O papel “{role[:40]}”, de {name}, não existe no grupo “{group}”."
            yield error("person-role", sentence)


def check_places(parent: etree._Element) -> Iterator[Finding]:
    """Of what place it is: a name, and a point as a geo URI (RFC 5870)."""
    for element in all_at(parent, "podcast:location"):
        name = text_of(element).strip()
        if not name or len(name) > _NAME:
            yield error("location", "<podcast:location> diz o nome de um lugar, até 128 letras.")
        point = element.get("geo")
        if point is not None and not is_point(point):
            sentence = f"O ponto “{point[:40]}” de <podcast:location> não existe."
            yield error("location", f"{sentence} Escreva geo:latitude,longitude.")


def check_licence(parent: etree._Element) -> Iterator[Finding]:
    """The licence, by its identifier and by its address, which must be of the same one."""
    elements = all_at(parent, "podcast:license")
    if len(elements) > 1:
        yield error("repeated", "Há mais de um <podcast:license>. Deixe um só.")
    for element in elements:
        identifier, url = text_of(element).strip(), element.get("url") or ""
        if identifier != identifier.lower() or not identifier:
            sentence = (
                f"Escreva a licença com o código SPDX em minúsculas, não “{identifier[:40]}”."
            )
            yield error("licence-case", sentence)
        if not url:
            yield error("licence-url", "Diga na licença o endereço dela (atributo url).")
            continue
        named = _licence_named(identifier)
        if named is not None and named.uri and plain_address(url) != plain_address(named.uri):
            sentence = f"A licença diz “{identifier}”, mas o endereço é de outra: {url[:80]}."
            yield error("licence-mismatch", sentence)
    said = {text_of(other).strip() for other in all_at(parent, "creativeCommons:license")}
    said |= {text_of(other).strip() for other in all_at(parent, "dcterms:license")}
    stated = {element.get("url") or "" for element in elements} - {""}
    if (
        stated
        and said
        and {plain_address(url) for url in said} != {plain_address(url) for url in stated}
    ):
        sentence = (
            "Os elementos de licença dizem coisas diferentes. Escreva o mesmo endereço em todos."
        )
        yield error("licence-mismatch", sentence)


def _licence_named(identifier: str) -> Licence | None:
    return next(
        (each for each in ALL_LICENCES if each.identifier.lower() == identifier.lower()), None
    )


def plain_address(url: str) -> str:
    """The address of a licence without what differs between ways to write it."""
    plain = url.split("://", 1)[-1].lower()
    for tail in ("legalcode", "deed.pt_br", "deed.pt-br", "deed.en", "deed"):
        plain = plain.removesuffix(tail).rstrip(".")
    return plain.rstrip("/")


def missing(parent: etree._Element, path: str) -> bool:
    """Whether there is nothing at a path, neither a text nor an attribute."""
    found = all_at(parent, path)
    return not any(text_of(element).strip() or len(element.attrib) for element in found)
