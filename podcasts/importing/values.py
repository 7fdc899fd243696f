"""What feeds say in a word or two, in the words of this site."""

import re
from typing import Any

from django.utils.html import escape
from lxml import etree, html
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from files.inspection import clean_text
from knowledge.blocks.prose import FEATURES
from knowledge.models import Contribution
from knowledge.text import strip_html
from licensing.values import OPEN_LICENCES, Licence
from podcasts.checker.parts import plain_address
from podcasts.checker.reading import all_at, text_of

Role = Contribution.Role
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_HOSTS = ("host", "co-host", "guest host", "narrator", "announcer", "reporter")
_ROLES = {
    "guest": Role.GUEST,
    "voice actor": Role.GUEST,
    "translator": Role.TRANSLATOR,
    "editor": Role.REVIEWER,
    "fact checker": Role.REVIEWER,
    "cover art designer": Role.ILLUSTRATOR,
    "graphic designer": Role.ILLUSTRATOR,
    "author": Role.AUTHOR,
    "co-writer": Role.AUTHOR,
    "writer": Role.AUTHOR,
    "guest writer": Role.AUTHOR,
} | dict.fromkeys(_HOSTS, Role.HOST)
_LANGUAGES = {"pt": "pt-BR", "en": "en", "es": "es"}


def role_of(element: etree._Element) -> str:
    """The role of a <podcast:person> in the library; whoever has none of ours organised."""
    return _ROLES.get((element.get("role") or "host").strip().lower(), Role.ORGANISER)


def language_of(code: str) -> str:
    """A language of this site; "" for one that it does not have."""
    return _LANGUAGES.get(code.strip().lower().replace("_", "-").partition("-")[0], "")


def licence_of(parent: etree._Element) -> tuple[Licence | None, str]:
    """The licence that a channel or an item states, and what to say where none can be taken from it.
    ("" and None: nothing is stated)."""
    stated: dict[str, Licence | None] = {}
    for element in all_at(parent, "podcast:license"):
        name, url = text_of(element).strip(), (element.get("url") or "").strip()
        for said in filter(None, (name, url)):
            stated[said] = _by_name(said) or _by_address(said)
        if url and stated[url] is not None and name and stated[name] is None:
            del stated[name]  # CC BY-SA and CC0 are not in the list of the namespace
    for path in ("creativeCommons:license", "dcterms:license"):
        for element in all_at(parent, path):
            if said := text_of(element).strip():
                stated[said] = _by_address(said)
    found = {licence.identifier: licence for licence in stated.values() if licence}
    if not stated:
        return None, ""
    if len(found) > 1:
        names = " e ".join(sorted(licence.short_name for licence in found.values()))
        return None, f"O feed diz licenças diferentes ({names}). Escolha a licença no CMS."
    unknown = [said for said, licence in stated.items() if licence is None]
    if unknown:
        return None, f"O feed diz uma licença que este site não tem: “{unknown[0][:80]}”."
    return next(iter(found.values())), ""


def _by_name(said: str) -> Licence | None:
    return next((each for each in OPEN_LICENCES if each.identifier.lower() == said.lower()), None)


def _by_address(said: str) -> Licence | None:
    return next(
        (each for each in OPEN_LICENCES if plain_address(each.uri) == plain_address(said)), None
    )


# --- words -------------------------------------------------------------------------------------


def line(text: str, most: int) -> str:
    """Words in one line, at most so many letters."""
    return " ".join(clean_text(text).split())[:most].strip()


def words_of(markup: str) -> str:
    """The words of a description, which may be HTML."""
    return strip_html(clean_text(markup)) if "<" in markup else clean_text(markup).strip()


def summary_of(text: str, most: int = 300) -> str:
    """The first sentences that fit; of a sentence that does not, the first words."""
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    kept = ""
    for sentence in _SENTENCE.split(whole):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or f"{whole[: most - 1].rsplit(' ', 1)[0]}…"


def notes_as_blocks(markup: str) -> list[tuple[str, Any]]:
    """Notes of an episode as a body: paragraphs, lists, small titles and links, nothing else."""
    markup = clean_text(markup).strip()
    if not markup:
        return []
    if "<" not in markup:
        return [("text", _paragraphs(markup))]
    converter = ContentstateConverter(features=FEATURES)
    try:
        text = converter.to_database_format(converter.from_database_format(_plainer(markup)))
    except Exception:  # HTML that nobody understands; its words are left
        text = _paragraphs(strip_html(markup))
    return [("text", text)] if strip_html(text) else []


def _plainer(markup: str) -> str:
    """HTML without what is no text, and with titles of the one size that there is."""
    root = html.fromstring(f"<div>{markup}</div>")
    for element in root.xpath("//script|//style|//iframe|//object|//form|//img|//svg|//comment()"):
        element.drop_tree()
    for element in root.xpath("//h1|//h2|//h4|//h5|//h6"):
        element.tag = "h3"
    for link in root.xpath("//a"):
        href = (link.get("href") or "").strip()
        link.attrib.clear()
        if href.startswith(("http://", "https://", "mailto:")):
            link.set("href", href)
        else:
            link.drop_tag()
    return (root.text or "") + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n") if part.strip())
