"""How a work is cited: ABNT NBR 6023:2018, BibTeX, RIS.

Pure functions over plain facts. Names are cited as in Brazil: the last surname leads, “da” and its
like stay behind with the first names, “Filho” and its like go along with the surname, a body is
written whole.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

MONTHS = (
    *("jan.", "fev.", "mar.", "abr.", "maio", "jun."),
    *("jul.", "ago.", "set.", "out.", "nov.", "dez."),
)
_OF_KIN = {"filho", "filha", "neto", "neta", "bisneto", "sobrinho", "sobrinha", "júnior", "junior"}
_OF_KIN |= {"jr", "jr.", "segundo", "terceiro"}
_ARTICLES = {"o", "a", "os", "as", "um", "uma", "uns", "umas"}
# schema.org type → (medium as ABNT names it, type of RIS)
_MEDIA = {
    "PodcastEpisode": ("Podcast", "SOUND"),
    "PodcastSeries": ("Podcast", "SOUND"),
    "VideoObject": ("1 vídeo", "VIDEO"),
    "Dataset": ("Base de dados", "DATA"),
}
_AUTHORS_NAMED = 3  # with more, the first and “et al.”


@dataclass(frozen=True)
class Creator:
    """Somebody who made a work. `cited_as` is given where the rule for surnames does not hold."""

    name: str
    is_body: bool = False
    is_organiser: bool = False
    cited_as: str = ""

    @property
    def parts(self) -> tuple[str, str]:
        """Surname and the rest; a body has no rest."""
        if self.cited_as:
            family, _, given = self.cited_as.partition(",")
            return family.strip(), given.strip()
        return (_one_line(self.name), "") if self.is_body else surname_first(self.name)


@dataclass(frozen=True)
class CitedWork:
    """What citing a work takes. `url` is absolute and permanent."""

    title: str
    creators: tuple[Creator, ...]
    publisher: str
    url: str
    published_on: date | None = None
    schema_type: str = ""
    language: str = "pt-BR"
    summary: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def medium(self) -> str:
        """“Podcast”, “1 vídeo”; nothing for a text."""
        return _MEDIA.get(self.schema_type, ("", ""))[0]


def surname_first(name: str) -> tuple[str, str]:
    """“João da Silva Filho” → (“Silva Filho”, “João da”)."""
    words = _one_line(name).split()
    if len(words) < 2:
        return " ".join(words), ""
    cut = len(words) - 1
    if words[cut].lower() in _OF_KIN and len(words) > 2:
        cut -= 1
    return " ".join(words[cut:]), " ".join(words[:cut])


# --- ABNT -----------------------------------------------------------------------------------------


def abnt(work: CitedWork) -> list[tuple[str, str]]:
    """The reference as (style, text) pieces; the style is “”, “title”, “foreign” or “accessed”: the
    place of the day of access, which only the reader knows."""
    pieces = [*(_abnt_recording(work) if work.medium else _abnt_text(work))]
    pieces.append(("", f" [S. l.]: {_one_line(work.publisher)}, {_abnt_date(work)}."))
    if work.medium:
        pieces.append(("", f" {work.medium}."))
    pieces += [("", f" Disponível em: {work.url}. Acesso em: "), ("accessed", ""), ("", ".")]
    return pieces


def _abnt_text(work: CitedWork) -> Iterator[tuple[str, str]]:
    """Authors and title; what nobody signs is entered by its title."""
    if not work.creators:
        yield "", _closed(_entered(work.title))
        return
    yield from _abnt_authors(work.creators)
    title, colon, below = _one_line(work.title).partition(": ")
    closed = _closed(f"{title}{colon}{below}")
    yield "title", title
    yield "", closed.removeprefix(title)


def _abnt_recording(work: CitedWork) -> Iterator[tuple[str, str]]:
    """What is heard or seen is entered by its title; those who speak in it follow."""
    yield "", _closed(_entered(work.title))
    if work.creators:
        role = "[Locução de]:" if work.medium == "Podcast" else "Produção de"
        names = ", ".join(creator.name for creator in work.creators)
        yield "", f" {role} {_closed(names)}"


def _abnt_authors(creators: Sequence[Creator]) -> Iterator[tuple[str, str]]:
    named = creators if len(creators) <= _AUTHORS_NAMED else creators[:1]
    text = "; ".join(_abnt_name(creator) for creator in named)
    yield "", text
    if len(named) < len(creators):
        yield "", " "
        text = "et al."
        yield "foreign", text
    if all(creator.is_organiser for creator in creators):
        yield "", " (org.). "
    else:
        yield "", " " if text.endswith(".") else ". "


def _abnt_name(creator: Creator) -> str:
    family, given = creator.parts
    return f"{family.upper()}, {given}" if given else family.upper()


def _entered(title: str) -> str:
    """A title that stands for its author: its first word in capitals, an article with the next."""
    words = _one_line(title).split(" ")
    count = 2 if words[0].lower() in _ARTICLES and len(words) > 1 else 1
    return " ".join([*(word.upper() for word in words[:count]), *words[count:]])


def _abnt_date(work: CitedWork) -> str:
    day = work.published_on
    if day is None:
        return "[s. d.]"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if work.medium else str(day.year)


def abnt_text(work: CitedWork, accessed_on: date | None = None) -> str:
    """The reference as one line. Without the day of access, it ends at the address."""
    if accessed_on is None:
        text = "".join(text for style, text in abnt(work) if style != "accessed")
        return text.removesuffix(" Acesso em: .")
    day = f"{accessed_on.day} {MONTHS[accessed_on.month - 1]} {accessed_on.year}"
    return "".join(day if style == "accessed" else text for style, text in abnt(work))


def abnt_html(work: CitedWork) -> str:
    """The reference as HTML, everything escaped. The day of access is a marked gap that a script
    fills; on paper and without script it is there to be written."""
    tags = {"title": "<b>{}</b>", "foreign": "<i>{}</i>", "": "{}"}
    return "".join(
        "<span data-today>[dia do acesso]</span>"
        if style == "accessed"
        else tags[style].format(escape(text))
        for style, text in abnt(work)
    )


# --- BibTeX ---------------------------------------------------------------------------------------

# An escaped brace still counts when BibTeX looks for the end of a value; these do not.
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)


def bibtex(work: CitedWork) -> str:
    """The work as a BibTeX entry. The title keeps its capitals; a body is one name."""
    fields = {
        "title": f"{{{_bibtex(work.title)}}}",
        "author": " and ".join(map(_bibtex_name, work.creators)),
        "publisher": _bibtex(work.publisher),
        "year": str(work.published_on.year) if work.published_on else "",
        "month": str(work.published_on.month) if work.published_on else "",
        "howpublished": _bibtex(work.medium or "Página na internet"),
        "url": _plain_url(work.url),
        "language": _bibtex(work.language),
        "note": _bibtex(work.licence),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{_key(work)},\n{''.join(lines)}}}\n"


def _bibtex(text: str) -> str:
    return _one_line(text).translate(_BIBTEX)


def _bibtex_name(creator: Creator) -> str:
    family, given = creator.parts
    if not given:
        return f"{{{_bibtex(family)}}}"
    return f"{_held(_bibtex(family))}, {_held(_bibtex(given))}"


def _held(name: str) -> str:
    """A comma or an “and” within a name, kept from being read as BibTeX's own."""
    return f"{{{name}}}" if "," in name or re.search(r"\band\b", name, re.IGNORECASE) else name


def _key(work: CitedWork) -> str:
    """Surname, year and the end of the permanent address: letters and digits alone."""
    family = work.creators[0].parts[0] if work.creators else work.publisher
    year = str(work.published_on.year) if work.published_on else ""
    return f"{_letters(family) or 'obra'}{year}{_letters(work.url.rstrip('/').rsplit('/', 1)[-1])}"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


# --- RIS ------------------------------------------------------------------------------------------


def ris(work: CitedWork) -> str:
    """The work as a RIS record: CRLF, two blanks before each hyphen."""
    day = work.published_on
    rows = [
        ("TY", _MEDIA.get(work.schema_type, ("", "ELEC"))[1]),
        *(("AU", ", ".join(part for part in creator.parts if part)) for creator in work.creators),
        ("TI", work.title),
        ("PY", str(day.year) if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("PB", work.publisher),
        ("UR", _plain_url(work.url)),
        ("LA", work.language),
        ("AB", work.summary),
        *(("KW", word) for word in work.keywords),
        ("N1", work.licence),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in rows if _one_line(value)]
    return "\r\n".join([*lines, "ER  - ", ""])


# --- text -----------------------------------------------------------------------------------------


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _closed(text: str) -> str:
    """On one line, closed by a full stop unless it closes itself."""
    text = _one_line(text)
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _plain_url(url: str) -> str:
    return re.sub(r"[\s{}]", "", url)
