"""How a work is credited: title, author, source, licence (TASL).

Plain Python, without Django. The text is the one a partner pastes; the HTML carries RDFa with the
vocabularies of Creative Commons (ccREL) and Dublin Core; the terms go into schema.org JSON-LD;
the same facts are written into the published files.
"""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from licensing.values import Licence

_NO_TITLE = "Esta obra"


@dataclass(frozen=True)
class Author:
    """Somebody to be credited, with an address of theirs if there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """An earlier work on which another is based."""

    title: str
    authors: tuple[str, ...]
    licence: Licence
    url: str = ""


@dataclass(frozen=True)
class Work:
    """What an attribution needs to know. Addresses are absolute; `year` is of publication."""

    title: str
    authors: tuple[Author, ...]
    licence: Licence
    url: str = ""
    year: int | None = None
    modifications: tuple[str, ...] = field(default=())
    based_on: tuple[Source, ...] = field(default=())

    @property
    def author_names(self) -> str:
        """“Autora e Autor”, or an empty string when nobody wishes to be credited."""
        return join_names([author.name for author in self.authors])

    @property
    def earlier_works(self) -> str:
        """The earlier works, each with its address, for the field of a file that names sources; ""
        for a work that is based on none."""
        named = [_with_url(source.title or "Outra obra", source.url) for source in self.based_on]
        return "; ".join(named)


def names_in(typed: str) -> tuple[str, ...]:
    """Names as forms take them, with semicolons between them."""
    return tuple(name.strip() for name in typed.split(";") if name.strip())


def join_names(names: list[str]) -> str:
    """Names as Portuguese lists them: “A, B e C”."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} e {names[-1]}"


def _licence_phrase(licence: Licence) -> str:
    """How the licence is introduced: public-domain items are marked, never licensed."""
    if licence.is_public_domain:
        return "marcado com"
    return "licença" if licence.uri else ""


def _licence_text(licence: Licence) -> str:
    words = [
        _licence_phrase(licence),
        licence.short_name,
        f"({licence.uri})" if licence.uri else "",
    ]
    return " ".join(word for word in words if word)


def _with_url(text: str, url: str) -> str:
    return f"{text} ({url})" if url else text


def _opening(work: Work) -> str:
    title = f'"{work.title}"' if work.title else _NO_TITLE
    if not work.year:
        return title
    return f"{title}, {work.year}" if work.licence.is_public_domain else f"{title} © {work.year}"


def closing(work: Work) -> str:
    """Modifications and earlier works, each a sentence with a space before it; "" without any."""
    sentences = []
    if work.modifications:
        sentences.append(f"Modificações: {'; '.join(work.modifications)}.")
    for source in work.based_on:
        parts = [f'Baseado em "{source.title}"' if source.title else "Baseado em outra obra"]
        if source.authors:
            parts.append(f"de {join_names(list(source.authors))}")
        parts.append(_with_url(source.licence.short_name, source.licence.uri))
        sentences.append(f"{', '.join(parts)}.")
    return "".join(f" {sentence}" for sentence in sentences)


def attribution_text(work: Work) -> str:
    """The credit as one line of plain text, ready to paste."""
    parts = [_opening(work)]
    if work.authors:
        names = [_with_url(author.name, author.url) for author in work.authors]
        parts.append(f"de {join_names(names)}")
    if work.url:
        parts.append(f"disponível em {work.url}")
    parts.append(_licence_text(work.licence))
    return f"{', '.join(parts)}.{closing(work)}"


def attribution_html(work: Work) -> str:
    """The credit as HTML with RDFa about `work.url`: everything escaped, one rel="license"."""
    title = f'<span property="dct:title">{escape(work.title)}</span>' if work.title else _NO_TITLE
    if work.title:
        title = f"&quot;{title}&quot;"
    if work.year:
        title += f", {work.year}" if work.licence.is_public_domain else f" © {work.year}"
    parts = [title]
    if work.authors:
        parts.append(f"de {_authors_html(work)}")
    if work.url:
        url = escape(work.url)
        parts.append(f'disponível em <a rel="cc:attributionURL" href="{url}">{url}</a>')
    phrase = _licence_phrase(work.licence)
    name = f'<span class="nb">{escape(work.licence.short_name)}</span>'
    if work.licence.uri:
        name = f'<a rel="license" href="{escape(work.licence.uri)}">{name}</a>'
    parts.append(f"{phrase} {name}".strip())
    return (
        f'<span about="{escape(work.url)}" prefix="cc: http://creativecommons.org/ns# '
        f'dct: http://purl.org/dc/terms/">{", ".join(parts)}.{escape(closing(work))}</span>'
    )


def _authors_html(work: Work) -> str:
    """All names are one literal about the work; their links carry no `rel`, which would move it."""
    names = [
        f'<a href="{escape(author.url)}">{escape(author.name)}</a>'
        if author.url
        else escape(author.name)
        for author in work.authors
    ]
    return f'<span property="cc:attributionName">{join_names(names)}</span>'


def copyright_notice(work: Work) -> str:
    """“© ano Autor”, or the public-domain mark's own words."""
    if work.licence.is_public_domain:
        return f"Marcado com {work.licence.short_name}"
    words = ["©", str(work.year) if work.year else "", work.author_names]
    return " ".join(word for word in words if word)


def schema_terms(work: Work) -> dict[str, Any]:
    """The licensing properties of schema.org's CreativeWork for this work."""
    terms: dict[str, Any] = {
        "creditText": attribution_text(work),
        "copyrightNotice": copyright_notice(work),
    }
    if work.year and not work.licence.is_public_domain:
        terms["copyrightYear"] = work.year
    if work.licence.uri:
        terms |= {
            "license": work.licence.uri,
            "usageInfo": work.licence.deed_uri(),
            "acquireLicensePage": work.url,
        }
    if work.based_on:
        terms["isBasedOn"] = [
            {"@type": "CreativeWork", "name": source.title or "Outra obra"}
            | ({"license": source.licence.uri} if source.licence.uri else {})
            | ({"url": source.url} if source.url else {})
            for source in work.based_on
        ]
    return terms


def link_header(licence: Licence) -> str:
    """The value of the HTTP header `Link` that names the licence (RFC 8288, relation `license`)."""
    return f'<{licence.uri}>; rel="license"'
