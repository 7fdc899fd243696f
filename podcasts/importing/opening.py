"""Opening what a feed points at: every address is somebody else's, and is not trusted."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from outbound.fetch import Fetched, Outcome

FEED_BYTES = 20 * 1024 * 1024  # of one document; apps give up at 5 MB, so this is generous
TEXT_BYTES = 4 * 1024 * 1024  # of a transcript, of chapters
PICTURE_BYTES = 20 * 1024 * 1024
TEXT_SECONDS = 60.0
FILE_SECONDS = 1800.0

# `outbound.fetch.fetch`, or the same for a server of a test.
Fetch = Callable[..., Fetched]
REASONS = {
    Outcome.NOT_AN_ADDRESS: "isto não é um endereço",
    Outcome.REFUSED: "o endereço leva para dentro de uma rede, e não pode ser aberto daqui",
    Outcome.UNKNOWN_NAME: "não há site com este nome",
    Outcome.UNREACHABLE: "o site não respondeu, ou parou antes do fim",
    Outcome.UNTRUSTED: "o certificado do site não vale",
    Outcome.TOO_SLOW: "o site demorou demais",
    Outcome.TOO_MANY_REDIRECTS: "o endereço redireciona vezes demais",
}


class Unopened(Exception):
    """An address that could not be opened, and why: “o site demorou demais”."""


class Opener:
    """Goes out through one door."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def read(self, url: str, most: int = TEXT_BYTES) -> bytes:
        """What is at an address, at most so many bytes. Raises Unopened."""
        fetched = self._fetch(url, max_bytes=most, seconds=TEXT_SECONDS)
        _judge(fetched, most)
        return fetched.body

    def save(self, url: str, most: int, folder: Path) -> Path:
        """What is at an address, in a new file of `folder`. Raises Unopened."""
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            fetched = self._download(url, most, file)
        _judge(fetched, most)
        if fetched.length is not None and fetched.length != fetched.size:
            raise Unopened(f"o site anunciou {fetched.length} bytes e mandou {fetched.size}")
        return Path(file.name)

    def _download(self, url: str, most: int, file: IO[Any]) -> Fetched:
        return self._fetch(url, max_bytes=most, seconds=FILE_SECONDS, into=file)


def _judge(fetched: Fetched, most: int) -> None:
    if fetched.outcome != Outcome.ANSWERED:
        raise Unopened(REASONS[fetched.outcome])
    if not fetched.is_good:
        raise Unopened(f"o site respondeu {fetched.status}")
    if fetched.is_cut:
        raise Unopened(f"passa de {most // (1024 * 1024)} MB")
