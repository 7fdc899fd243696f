"""What a single value of a feed must look like."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

# Type of an enclosure → the ends that its address may have.
ENCLOSURES = {
    "audio/mpeg": (".mp3",),
    "audio/x-m4a": (".m4a",),
    "audio/m4a": (".m4a",),
    "audio/mp4": (".m4a", ".mp4"),
    "video/mp4": (".mp4",),
    "video/x-m4v": (".m4v",),
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_POINT = re.compile(r"geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:[,;].*)?")
_RFC_2822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UT|UTC|EST|EDT|CST|CDT|MST|MDT|PST|PDT|Z)"
)


def is_absolute(url: str) -> bool:
    """Whether an address can be opened from anywhere."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_ascii(url: str) -> bool:
    return url.isascii() and not re.search(r"[\s<>\"]", url)


def end_of(url: str) -> str:
    """The extension with which the path of an address ends, in lower case: “.mp3”."""
    try:
        return PurePosixPath(urlsplit(url).path).suffix.lower()
    except ValueError:
        return ""


def is_language(code: str) -> bool:
    return bool(_LANGUAGE.fullmatch(code))


def is_point(uri: str) -> bool:
    """Whether this is a geo URI (RFC 5870) of a point on Earth."""
    match = _POINT.fullmatch(uri)
    return match is not None and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180


def is_mail(text: str) -> bool:
    return bool(_MAIL.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether a text is an integer from 1."""
    return text.isascii() and text.isdigit() and int(text) >= 1


def moment_of(text: str) -> datetime | None:
    """An RFC 2822 date with its zone; None for anything else."""
    if not _RFC_2822.fullmatch(text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
