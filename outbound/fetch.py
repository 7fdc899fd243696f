"""Opening an address that a person typed: the only code that does.

Whoever types an address may try to reach what only this machine reaches (OWASP: server-side
request forgery). So the name is resolved here, every address it has is judged, and the connection
goes to the very address that was judged: a name that answers differently the second time gains
nothing. The same holds again at each redirect.
"""

import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import InvalidURL, MissingSchema, RequestException, SSLError, Timeout

from outbound.addresses import IPAddress, is_public
from outbound.pinned import PinnedAdapter, Watchdog
from outbound.resolving import NameNotFound, resolve

PORTS = frozenset({80, 443})
REDIRECTS = 5
SECONDS = 15.0  # for everything, redirects included
BYTES = 256 * 1024
_REDIRECTING = frozenset({301, 302, 303, 307, 308})
_UNWRITABLE = re.compile(r"[\x00-\x20\x7f\\]")
_LONGEST = 2_000  # characters of an address
_BLOCK = 64 * 1024


class Outcome(StrEnum):
    """How an attempt to open an address ended."""

    ANSWERED = "answered"
    NOT_AN_ADDRESS = "not-an-address"
    REFUSED = "refused"  # it leads where nobody outside may be sent
    UNKNOWN_NAME = "unknown-name"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"  # its certificate does not hold
    TOO_SLOW = "too-slow"
    TOO_MANY_REDIRECTS = "too-many-redirects"


@dataclass(frozen=True)
class Fetched:
    """What came of opening `asked`. Without an answer, `status` is 0.

    `body` holds at most as many bytes as were asked for, unless they went into a file; `size` says
    how many they are, `is_cut` that there was more, `length` how many bytes the answer announced
    (Content-Length), if it did.
    """

    asked: str
    outcome: Outcome
    url: str = ""  # where the answer came from, after redirects
    status: int = 0
    content_type: str = ""
    body: bytes = b""
    is_cut: bool = False
    length: int | None = None
    redirects: tuple[str, ...] = field(default=())
    size: int = 0

    @property
    def is_good(self) -> bool:
        return self.outcome == Outcome.ANSWERED and 200 <= self.status < 300


class _Ended(Exception):
    """The attempt ends here."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(outcome)


def fetch(
    url: str,
    *,
    max_bytes: int = BYTES,
    seconds: float = SECONDS,
    ports: Collection[int] = PORTS,
    may_reach: Callable[[IPAddress], bool] = is_public,
    into: IO[bytes] | None = None,
    form: Mapping[str, str] | None = None,
) -> Fetched:
    """Open `url` and read at most `max_bytes` within `seconds`. Never raises.

    What a good answer holds goes `into` a file, where one is given, block by block. A `form` is
    sent as POST; such a request follows no redirect. Sends no cookie, no credentials, and goes
    through no proxy. `ports` and `may_reach` are for tests, which have a server of their own on
    this machine.
    """
    deadline = time.monotonic() + seconds
    asked = _Asked(max_bytes, ports, may_reach, into, form)
    passed: list[str] = []
    current = url.strip()
    try:
        while True:
            answer = _open(current, deadline, asked)
            if answer.status not in _REDIRECTING or not answer.location or form is not None:
                return Fetched(
                    asked=url,
                    outcome=Outcome.ANSWERED,
                    url=current,
                    status=answer.status,
                    content_type=answer.content_type,
                    body=answer.body,
                    is_cut=answer.is_cut,
                    length=answer.length,
                    redirects=tuple(passed),
                    size=answer.size,
                )
            passed.append(current)
            if len(passed) > REDIRECTS:
                raise _Ended(Outcome.TOO_MANY_REDIRECTS)
            current = urljoin(current, answer.location)
    except _Ended as end:
        return Fetched(asked=url, outcome=end.outcome, url=current, redirects=tuple(passed))


@dataclass(frozen=True)
class _Asked:
    max_bytes: int
    ports: Collection[int]
    may_reach: Callable[[IPAddress], bool]
    into: IO[bytes] | None
    form: Mapping[str, str] | None


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str
    content_type: str
    body: bytes
    is_cut: bool
    length: int | None
    size: int


def _open(url: str, deadline: float, asked: _Asked) -> _Answer:
    """One request, without following anything."""
    host, port = _place_of(url, asked.ports)
    addresses = _judged(host, port, deadline, asked.may_reach)
    left = _left(deadline)
    with requests.Session() as session, Watchdog(left) as watchdog:
        session.trust_env = False
        session.headers.clear()
        adapter = PinnedAdapter(str(addresses[0]), watchdog)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        try:
            with session.request(
                "GET" if asked.form is None else "POST",
                url,
                data=asked.form,
                headers=_headers(),
                timeout=(min(left, 5.0), left),
                allow_redirects=False,
                stream=True,
            ) as response:
                is_good = 200 <= response.status_code < 300
                body, size, is_cut = _read(
                    response.raw, asked.max_bytes, asked.into if is_good else None
                )
                if watchdog.has_barked:  # the end that was read is the line going dead
                    raise _Ended(Outcome.TOO_SLOW)
                return _Answer(
                    status=response.status_code,
                    location=response.headers.get("Location", ""),
                    content_type=response.headers.get("Content-Type", ""),
                    body=body,
                    is_cut=is_cut,
                    length=_announced(response.headers.get("Content-Length", "")),
                    size=size,
                )
        except _Ended:
            raise
        except (InvalidURL, MissingSchema, UnicodeError) as error:
            raise _Ended(Outcome.NOT_AN_ADDRESS) from error
        except Exception as error:
            raise _Ended(_reason(error, watchdog)) from error


def _read(raw: Any, max_bytes: int, into: IO[bytes] | None) -> tuple[bytes, int, bool]:
    """The body, or nothing if it went `into` a file; how many bytes it has; whether there is more.
    An answer that ends before its length raises."""
    if into is None:
        body = raw.read(max_bytes + 1, decode_content=False) or b""
        return body[:max_bytes], min(len(body), max_bytes), len(body) > max_bytes
    size = 0
    while block := raw.read(min(_BLOCK, max_bytes + 1 - size), decode_content=False):
        size += len(block)
        if size > max_bytes:
            return b"", size, True
        into.write(block)
    return b"", size, False


def _announced(header: str) -> int | None:
    return int(header) if header.isascii() and header.isdigit() and len(header) < 16 else None


def _reason(error: Exception, watchdog: Watchdog) -> Outcome:
    if watchdog.has_barked or isinstance(error, Timeout):
        return Outcome.TOO_SLOW
    if isinstance(error, SSLError):
        return Outcome.UNTRUSTED
    if isinstance(error, RequestsConnectionError | RequestException):
        return Outcome.UNREACHABLE
    return Outcome.UNREACHABLE


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"RedeAberta/1.0 (+{settings.PUBLIC_URL}/)",
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language": "pt-BR,pt;q=0.9,en;q=0.5",
        # As it comes: what is compressed might not stay small.
        "Accept-Encoding": "identity",
    }


def _place_of(url: str, ports: Collection[int]) -> tuple[str, int]:
    """Host and port of an address. Raises _Ended for what is no plain web address."""
    if _UNWRITABLE.search(url) or len(url) > _LONGEST:
        raise _Ended(Outcome.NOT_AN_ADDRESS)
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise _Ended(Outcome.NOT_AN_ADDRESS) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Ended(Outcome.NOT_AN_ADDRESS)
    if parts.username is not None or parts.password is not None or port not in ports:
        raise _Ended(Outcome.REFUSED)
    return parts.hostname, port


def _judged(
    host: str, port: int, deadline: float, may_reach: Callable[[IPAddress], bool]
) -> list[IPAddress]:
    """The addresses of a name. One that may not be reached condemns them all."""
    try:
        addresses = resolve(host, port, _left(deadline))
    except NameNotFound as error:
        raise _Ended(Outcome.UNKNOWN_NAME) from error
    except TimeoutError as error:
        raise _Ended(Outcome.TOO_SLOW) from error
    if not all(map(may_reach, addresses)):
        raise _Ended(Outcome.REFUSED)
    return addresses


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _Ended(Outcome.TOO_SLOW)
    return left
