"""What the answer to a request for audio leaves behind: one line in a file, without waiting for a
database or for another process.

A line says which episode, which bytes, and a name for the listener that holds for one day: a hash
of address and program with a secret of that day. Neither address nor program is written anywhere,
and the secret is thrown away with the day, so that nobody can find out later who it was.
"""

import hashlib
import hmac
import os
import re
import secrets
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from ipaddress import IPv6Address, ip_network
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from outbound.addresses import address_of, is_public

OPEN = "aberto"  # the file that is being written
# Words in the names of programs that are no listeners. Source: what IAB Podcast Measurement 2.2
# asks to leave out; names as they are seen in the wild.
_NO_LISTENERS = re.compile(
    r"bot|crawl|spider|slurp|curl|wget|scrapy|scan|headless|phantomjs|lighthouse|preview"
    r"|python-|urllib|go-http-client|libwww|httpclient|axios|node-fetch"
    r"|facebookexternalhit|monitor|uptime|pingdom|feedfetcher|podcastindex|validator|checker"
    r"|archive\.org|redeaberta/",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """Which bytes of which episode somebody asked for, and on which day (UTC)."""

    day: date
    episode: uuid.UUID
    listener: str
    first: int
    last: int


def folder() -> Path:
    """Where the lines are, beside the other data."""
    return Path(settings.DATA_DIR) / "audicao"


def note(request: HttpRequest, episode: uuid.UUID, first: int, last: int) -> None:
    """Write down that bytes `first` to `last` were asked for, if it was a listener who asked. Never
    raises for a disk that does not take it: the audio matters more."""
    agent = request.headers.get("User-Agent", "")
    if request.method != "GET" or not is_listener(agent) or _is_ahead_of_time(request):
        return
    if (first, last) == (0, 1):  # a probe whether ranges are understood
        return
    today = datetime.now(UTC).date()
    with suppress(OSError):
        listener = _name_of(_prefix(request), agent, today)
        _append(f"{today:%Y-%m-%d} {episode.hex} {listener} {first} {last}\n")


def is_listener(agent: str) -> bool:
    """Whether a program that calls itself so may have somebody who listens."""
    return bool(agent.strip()) and not _NO_LISTENERS.search(agent)


def _is_ahead_of_time(request: HttpRequest) -> bool:
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


def _prefix(request: HttpRequest) -> str:
    """Where the request came from, an IPv6 address without the half that names a device. What a
    proxy of our own says is believed: one that has no public address."""
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        is_ours = not is_public(address_of(peer))
    except ValueError:  # a socket of this machine
        is_ours = True
    try:
        address = address_of(forwarded if is_ours and forwarded else peer)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def _name_of(prefix: str, agent: str, day: date) -> str:
    secret = _secret_of(day)
    return hmac.new(secret, f"{prefix}|{agent}".encode(), hashlib.sha256).hexdigest()[:32]


def _secret_of(day: date) -> bytes:
    """The secret of a day, the same for all processes; whoever needs it first makes it."""
    path = folder() / f"segredo-{day:%Y-%m-%d}"
    with suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        with suppress(FileExistsError):
            os.link(made, path)
    finally:
        made.unlink()
    return path.read_bytes()


def _append(line: str) -> None:
    """One write of one short line: other processes write before it or after it, never into it."""
    descriptor = os.open(folder() / OPEN, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


# --- for the clock ------------------------------------------------------------------------------


def closed_files() -> list[Path]:
    """The files that were closed at an earlier round, the oldest first; and close the open one.

    A process may have opened it a moment before and still write: so it is read a round later.
    """
    here = folder()
    found = sorted(here.glob("fechado-*")) if here.is_dir() else []
    with suppress(FileNotFoundError):
        (here / OPEN).rename(here / f"fechado-{datetime.now(UTC):%Y%m%d%H%M%S%f}")
    return found


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of a file; one that a full disk cut off is left out."""
    with path.open(encoding="ascii", errors="replace") as file:
        for text in file:
            with suppress(ValueError):
                day, episode, listener, first, last = text.split()
                yield Line(
                    date.fromisoformat(day), uuid.UUID(episode), listener, int(first), int(last)
                )


def forget_secrets(before: date) -> None:
    """Throw the secrets of the days before away."""
    for path in folder().glob("segredo-*"):
        if path.name < f"segredo-{before:%Y-%m-%d}":
            path.unlink(missing_ok=True)
