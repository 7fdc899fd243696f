"""What a feed says of its show and of each episode, read without opening anything else."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from lxml import etree

from licensing.values import Licence
from podcasts import categories, recurrence
from podcasts.checker.reading import all_at, text_at, text_of
from podcasts.guids import podcast_guid
from podcasts.importing.paging import LyingFeed, guid_of
from podcasts.importing.values import (
    language_of,
    licence_of,
    line,
    notes_as_blocks,
    role_of,
    summary_of,
    words_of,
)
from podcasts.moments import clock_of

PSC = "http://podlove.org/simple-chapters"
_TRANSCRIPTS = ("text/vtt", "application/json", "application/x-subrip", "application/srt")
_MAX_GUID = 500
_MOST_CHAPTERS = 200
_TITLE = 255


class NoEpisode(ValueError):
    """An item that is no episode, and why: “não tem áudio”."""


@dataclass(frozen=True)
class Credit:
    """Somebody who made a show or an episode, by name, with a role of the library."""

    name: str
    role: str


@dataclass(frozen=True)
class Terms:
    """The licence that is stated, or what to say where none can be taken."""

    licence: Licence | None
    problem: str


@dataclass(frozen=True)
class FoundShow:
    """The channel of a feed."""

    guid: UUID | None
    title: str
    summary: str
    notes: list[tuple[str, str]]
    author: str
    owner_email: str
    category: str
    language: str
    is_explicit: bool
    is_locked: bool
    medium: str
    recurrence: str
    is_finished: bool
    art: str
    terms: Terms
    people: list[Credit]
    seasons: dict[int, str]
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FoundChapter:
    """A chapter: its beginning as it is written here (“01:05”), its name, the address of what it is
    about, and that of its picture."""

    start: str
    title: str
    link: str
    picture: str


@dataclass(frozen=True)
class FoundEpisode:
    """An item of a feed. Addresses are as they stand there; `chapters` are those inside the feed,
    `chapters_url` those beside it."""

    guid: str
    title: str
    summary: str
    notes: list[tuple[str, str]]
    published_at: datetime | None
    episode_type: str
    season: int | None
    number: int | None
    audio: str
    audio_type: str
    audio_bytes: int | None
    art: str
    chapters: list[FoundChapter]
    chapters_url: str
    transcripts: list[str]
    terms: Terms
    people: list[Credit]
    date_problem: str = ""


# --- the channel ----------------------------------------------------------------------------------


def read_show(channel: etree._Element, items: list[etree._Element], address: str) -> FoundShow:
    """The show of a feed. Raises LyingFeed for one without a name."""
    title = line(text_at(channel, "title"), _TITLE)
    if not title:
        raise LyingFeed("O feed não diz como o podcast se chama.")
    problems: list[str] = []
    said = _described(channel)
    language = language_of(text_at(channel, "language"))
    if not language:
        problems.append("A língua do feed não é uma das daqui; ficou português.")
    return FoundShow(
        guid=_guid(channel, address),
        title=title,
        summary=summary_of(words_of(said)),
        notes=notes_as_blocks(said) if len(words_of(said)) > 300 else [],
        author=line(text_at(channel, "itunes:author"), 150),
        owner_email=_mail(channel),
        category=_category(channel, problems),
        language=language or "pt-BR",
        is_explicit=_is_explicit(channel),
        is_locked=is_locked(channel),
        medium="course" if text_at(channel, "podcast:medium") == "course" else "podcast",
        recurrence=_recurrence(channel, problems),
        is_finished=text_at(channel, "itunes:complete").lower() == "yes"
        or any(
            each.get("complete") == "true" for each in all_at(channel, "podcast:updateFrequency")
        ),
        art=_art(channel),
        terms=_terms(channel),
        people=_people(channel),
        seasons=_seasons(items),
        problems=problems,
    )


def is_locked(channel: etree._Element) -> bool:
    """Whether the owner asks other hosts not to import the show."""
    return text_at(channel, "podcast:locked").lower() == "yes"


def _guid(channel: etree._Element, address: str) -> UUID | None:
    """The number of the show: as stated, else as its address gives it."""
    try:
        return UUID(text_at(channel, "podcast:guid"))
    except ValueError:
        return podcast_guid(address) if address else None


def _mail(channel: etree._Element) -> str:
    said = text_at(channel, "itunes:owner/itunes:email")
    try:
        validate_email(said)
    except ValidationError:
        return ""
    return said[:254]


def _category(channel: etree._Element, problems: list[str]) -> str:
    known = {value for value, _ in categories.choices()}
    for top in all_at(channel, "itunes:category"):
        names = [top.get("text") or ""]
        below = all_at(top, "itunes:category")
        tries = [f"{names[0]} > {below[0].get('text')}"] if below else []
        for name in [*tries, *names]:
            if name in known:
                return name
    problems.append("A categoria do feed não é uma das da Apple; ficou Government.")
    return "Government"


def _recurrence(channel: etree._Element, problems: list[str]) -> str:
    for element in all_at(channel, "podcast:updateFrequency"):
        rule = (element.get("rrule") or "").strip()
        if rule:
            try:
                recurrence.check_rule(rule)
            except ValidationError:
                problems.append(f"A frequência “{rule[:60]}” ficou de fora: escreva no CMS.")
                return ""
            return rule[:100]
    return ""


def _seasons(items: list[etree._Element]) -> dict[int, str]:
    names: dict[int, str] = {}
    for item in items:
        for element in all_at(item, "podcast:season"):
            number, name = _number(text_of(element)), line(element.get("name") or "", 128)
            if number and name:
                names.setdefault(number, name)
    return dict(sorted(names.items()))


# --- an item --------------------------------------------------------------------------------------


def read_episode(item: etree._Element, show: FoundShow) -> FoundEpisode:
    """An episode. Raises NoEpisode for an item that is none, or has no usable name."""
    guid, title = guid_of(item), line(text_at(item, "title"), _TITLE)
    enclosure = item.find("enclosure")
    if enclosure is None or not (enclosure.get("url") or "").strip():
        raise NoEpisode("não tem áudio")
    if len(guid) > _MAX_GUID:
        raise NoEpisode(f"o guid passa de {_MAX_GUID} letras")
    published_at, date_problem = _date(item)
    said, content = _described(item), text_at(item, "content:encoded")
    notes = content or (said if len(words_of(said)) > 300 else "")
    length = (enclosure.get("length") or "").strip()
    return FoundEpisode(
        guid=guid,
        title=title or guid[:60],
        summary=summary_of(words_of(said or content)),
        notes=notes_as_blocks(notes),
        published_at=published_at,
        episode_type=_type(item),
        season=_number(text_at(item, "itunes:season") or text_at(item, "podcast:season")),
        number=_number(text_at(item, "itunes:episode") or text_at(item, "podcast:episode")),
        audio=(enclosure.get("url") or "").strip(),
        audio_type=(enclosure.get("type") or "").strip().lower(),
        audio_bytes=int(length) if length.isascii() and length.isdigit() else None,
        art=_art(item),
        chapters=_simple_chapters(item),
        chapters_url=_chapters_url(item),
        transcripts=_transcripts(item),
        terms=_terms_of_item(item, show),
        people=_people(item) or show.people,
        date_problem=date_problem,
    )


def _described(parent: etree._Element) -> str:
    return (
        text_at(parent, "description")
        or text_at(parent, "itunes:summary")
        or text_at(parent, "itunes:subtitle")
    )


def _date(item: etree._Element) -> tuple[datetime | None, str]:
    """When an episode came out, or why that cannot be taken over."""
    try:
        found = parsedate_to_datetime(text_at(item, "pubDate"))
    except (TypeError, ValueError):
        return None, "O feed não diz quando ele saiu. Confira a data e publique."
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone.get_default_timezone())
    if found > timezone.now():
        return None, "A data dele é futura. Marque no CMS quando ele sai."
    return found, ""


def _type(item: etree._Element) -> str:
    said = text_at(item, "itunes:episodeType").lower()
    return said if said in ("full", "trailer", "bonus") else "full"


def _number(said: str) -> int | None:
    said = said.strip()
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    return number or None


def _simple_chapters(item: etree._Element) -> list[FoundChapter]:
    """Podlove Simple Chapters 1.2: inside the feed."""
    rows = []
    for element in item.iterfind(f"{{{PSC}}}chapters/{{{PSC}}}chapter"):
        hours = (element.get("start") or "").strip().split(".")[0].split(":")
        if not all(part.isdigit() and len(part) < 5 for part in hours) or len(hours) > 3:
            continue
        seconds = 0
        for part in hours:
            seconds = seconds * 60 + int(part)
        told = (element.get(name) or "" for name in ("title", "href", "image"))
        rows.append((float(seconds), *told))
    return chapters_of(rows)


def chapters_of(rows: list[tuple[Any, ...]]) -> list[FoundChapter]:
    """Chapters (seconds, title, link, picture) as they are written here: in order, to the second, one
    at each."""
    found: dict[int, FoundChapter] = {}
    for start, title, *addresses in sorted(rows, key=lambda row: row[0])[:_MOST_CHAPTERS]:
        name = line(title, 120)
        if not name or not 0 <= start < 100 * 3600:
            continue
        link, picture = map(_web_address, addresses)
        found.setdefault(int(start), FoundChapter(clock_of(start), name, link, picture))
    return list(found.values())


def _web_address(said: str) -> str:
    said = said.strip()
    return said if said.startswith(("http://", "https://")) and len(said) <= 500 else ""


def _chapters_url(item: etree._Element) -> str:
    for element in all_at(item, "podcast:chapters"):
        return (element.get("url") or "").strip()
    return ""


def _transcripts(item: etree._Element) -> list[str]:
    """Addresses of transcripts with times, the best form first."""
    found = []
    for element in all_at(item, "podcast:transcript"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        url = (element.get("url") or "").strip()
        if url and kind in _TRANSCRIPTS:
            found.append((_TRANSCRIPTS.index(kind), url))
    return [url for _, url in sorted(found, key=lambda each: each[0])]


def _is_explicit(channel: etree._Element) -> bool:
    return text_at(channel, "itunes:explicit").lower() in ("true", "yes", "explicit")


def _art(parent: etree._Element) -> str:
    for element in all_at(parent, "itunes:image"):
        if href := (element.get("href") or "").strip():
            return str(href)
    return text_at(parent, "image/url")


def _terms(channel: etree._Element) -> Terms:
    licence, problem = licence_of(channel)
    missing = "O feed não diz a licença. Escolha uma, se for sua ou com autorização de quem fez."
    return Terms(licence, problem or ("" if licence else missing))


def _terms_of_item(item: etree._Element, show: FoundShow) -> Terms:
    """An item's own licence, else that of its show."""
    licence, problem = licence_of(item)
    return Terms(licence, problem) if licence or problem else show.terms


def _people(parent: etree._Element) -> list[Credit]:
    """Those who are named, each with a role once; else the author, if there is one."""
    found = [
        Credit(name, role_of(element))
        for element in all_at(parent, "podcast:person")
        if (name := line(text_of(element), 120))
    ]
    author = line(text_at(parent, "itunes:author"), 120)
    if not found and author:
        found = [Credit(author, "autoria")]
    return list(dict.fromkeys(found))
