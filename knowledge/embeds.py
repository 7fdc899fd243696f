"""Videos that lie elsewhere: the few places they may come from, and nothing until a click.

A page names the place and what it learns of the reader; a script makes the frame when the reader
asks for it. The policy of that page alone allows that one host in a frame.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

# PeerTube servers of which pages may show videos. Each is a place of its own.
PEERTUBE = ("framatube.org", "peertube.lhc.net.br", "peertube.tv", "tilvids.com")
_YOUTUBE = {"youtube.com", "m.youtube.com", "youtube-nocookie.com"}
_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
_PEERTUBE_ID = re.compile(r"[\w-]{6,60}", re.ASCII)
_DIGITS = re.compile(r"\d{5,15}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{6,40}")


class UnknownPlace(ValueError):
    """An address from which no video can be shown. Says which can, in Portuguese."""


@dataclass(frozen=True)
class Embed:
    """A video elsewhere: who has it, where people watch it, and what the frame shows."""

    place: str
    with_article: str
    watch_url: str
    frame_url: str

    @property
    def origin(self) -> str:
        """Scheme and host of the frame, for the policy of the page."""
        parts = urlsplit(self.frame_url)
        return f"{parts.scheme}://{parts.netloc}"


def read_embed(address: str) -> Embed:
    """The video at an address as people copy it. Raises UnknownPlace."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        host, port = "", None
    found = None
    if host and port is None and parts.scheme in ("http", "https") and not parts.username:
        steps = [step for step in parts.path.split("/") if step]
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if host in _YOUTUBE or host == "youtu.be":
            found = _youtube(host, steps, query)
        elif host in ("vimeo.com", "player.vimeo.com"):
            found = _vimeo(steps, query)
        elif host in PEERTUBE:
            found = _peertube(host, steps)
    if found is None:
        raise UnknownPlace(
            "Este endereço não é de um vídeo que dê para mostrar aqui. Cole o endereço de um vídeo "
            f"do YouTube, do Vimeo ou de {', '.join(PEERTUBE[:-1])} ou {PEERTUBE[-1]}; ou envie o "
            "arquivo."
        )
    return found


def _youtube(host: str, steps: list[str], query: dict[str, str]) -> Embed | None:
    match steps:
        case [name] if host == "youtu.be":
            pass
        case ["watch"]:
            name = query.get("v", "")
        case ["embed" | "shorts" | "live" | "v", name]:
            pass
        case _:
            return None
    if not _YOUTUBE_ID.fullmatch(name):
        return None
    return Embed(
        "YouTube",
        "o YouTube",
        f"https://www.youtube.com/watch?v={name}",
        f"https://www.youtube-nocookie.com/embed/{name}",
    )


def _vimeo(steps: list[str], query: dict[str, str]) -> Embed | None:
    if steps[:1] == ["video"]:
        steps = steps[1:]
    if not steps or len(steps) > 2 or not _DIGITS.fullmatch(steps[0]):
        return None
    # A video that is in no list opens only with its hash.
    key = steps[1] if len(steps) == 2 else query.get("h", "")
    if key and not _HASH.fullmatch(key):
        return None
    return Embed(
        "Vimeo",
        "o Vimeo",
        f"https://vimeo.com/{steps[0]}{f'/{key}' if key else ''}",
        f"https://player.vimeo.com/video/{steps[0]}?dnt=1{f'&h={key}' if key else ''}",
    )


def _peertube(host: str, steps: list[str]) -> Embed | None:
    match steps:
        case ["w", name] | ["videos", "watch" | "embed", name]:
            if _PEERTUBE_ID.fullmatch(name):
                return Embed(
                    host,
                    f"o site {host}",
                    f"https://{host}/w/{name}",
                    f"https://{host}/videos/embed/{name}",
                )
    return None
