"""Another host, on this machine, from which a show is brought."""

from functools import partial
from ipaddress import ip_address
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from outbound.addresses import IPAddress, is_public
from outbound.fetch import fetch
from podcasts.importing.runs import Report, import_show
from tests.factories import files
from tests.outbound.servers import Server, says

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:psc="http://podlove.org/simple-chapters"><channel>
<title>Fala, Servidora</title>
<description>Conversas de corredor que viram política pública.</description>
<language>pt_BR</language>
<itunes:author>Escola de Governo</itunes:author>
<itunes:owner><itunes:email>fala@escola.example</itunes:email></itunes:owner>
<itunes:category text="Education"><itunes:category text="Courses"/></itunes:category>
<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
<podcast:medium>course</podcast:medium>
<podcast:updateFrequency rrule="FREQ=MONTHLY;BYDAY=1TU">todo mês</podcast:updateFrequency>
<podcast:person role="host">Ana Lúcia Reis</podcast:person>
"""
LICENCE = '<podcast:license url="https://creativecommons.org/licenses/by/4.0/">cc-by-4.0</podcast:license>'
SLUGS = ("empenho-nao-e-pagamento", "a-agenda-era-o-problema", "lista-de-espera-se-publica")


def item(number: int = 1, extra: str = "", **fields: Any) -> str:
    """An item with audio, transcript and chapters at `{base}`; a field of None is left out."""
    slug = SLUGS[(number - 1) % 3]
    fields = {
        "title": f"Episódio {number}",
        "guid": f"https://antigo.example/?p={number}",
        "pubDate": f"Tue, {number:02} Sep 2026 11:00:00 -0300",
        "description": f"O resumo do episódio {number}.",
        "itunes:episode": str(number),
        "itunes:season": "2",
        "audio": f"{{base}}/{slug}.mp3",
        "length": str(len(files.mp3_bytes(slug))),
        "transcript": f"{{base}}/{slug}.vtt",
    } | fields
    audio, length, transcript = (fields.pop(name) for name in ("audio", "length", "transcript"))
    texts = "".join(
        f"<{name}>{escape(value)}</{name}>" for name, value in fields.items() if value is not None
    )
    if transcript:
        texts += f'<podcast:transcript url={quoteattr(transcript)} type="text/vtt"/>'
    if audio:
        texts += f'<enclosure url={quoteattr(audio)} length="{length}" type="audio/mpeg"/>'
    return f"<item>{texts}{extra}</item>"


def feed(*items: str, extra: str = LICENCE, head: str = HEAD) -> str:
    return f"{head}{extra}{''.join(items)}</channel></rss>"


class Host:
    """A host with its feed at /feed.xml, and the audio and transcripts of the demo library."""

    def __init__(self, server: Server) -> None:
        self.server = server
        for slug in SLUGS:
            server.pages[f"/{slug}.mp3"] = says(files.mp3_bytes(slug), Content_Type="audio/mpeg")
            server.pages[f"/{slug}.vtt"] = says(files.vtt_text(slug).encode())

    def puts(self, path: str, text: str) -> None:
        """Serve a text, with the host's address in the place of `{base}`."""
        self.server.pages[path] = says(text.replace("{base}", self.server.base).encode())

    @property
    def fetch(self) -> Any:
        """The door, open for this host as well."""

        def reaches(address: IPAddress) -> bool:
            return address == ip_address("127.0.0.1") or is_public(address)

        return partial(fetch, ports={self.server.port, 80, 443}, may_reach=reaches)

    def brings(self, path: str = "/feed.xml", **options: Any) -> Report:
        named = path if path.startswith("/tmp") else f"{self.server.base}{path}"  # noqa: S108
        return import_show(named, fetch=self.fetch, **options)

    def asked(self, end: str) -> int:
        """How often something with this end has been asked for."""
        return sum(path.endswith(end) for path, _ in self.server.asked)
