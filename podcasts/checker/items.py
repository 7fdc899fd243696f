"""The rules for an item, and for all of them together."""

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone
from lxml import etree

from podcasts import chapters, transcripts
from podcasts.checker import parts
from podcasts.checker.findings import Finding, advice, error, said_of
from podcasts.checker.reading import all_at, text_at, text_of
from podcasts.checker.values import ENCLOSURES, end_of, is_ascii, is_number, moment_of

_ONCE = (
    "title",
    "link",
    "guid",
    "description",
    "pubDate",
    "enclosure",
    "itunes:duration",
    "itunes:image",
    "itunes:explicit",
    "itunes:season",
    "itunes:episode",
    "itunes:episodeType",
    "podcast:season",
    "podcast:episode",
    "podcast:chapters",
    "podcast:location",
)
_RECOMMENDED = {
    "pubDate": "a data em que saiu",
    "description": "um resumo",
    "itunes:duration": "a duração em segundos",
    "itunes:image": "a arte",
    "itunes:explicit": "se há conteúdo explícito (true ou false)",
    "podcast:transcript": "onde está a transcrição: sem ela, quem não ouve fica de fora",
    "podcast:license": "a licença deste episódio",
    "link": "o endereço da página do episódio",
}
_TRANSCRIPTS = frozenset([*transcripts.TYPES.values(), "application/srt", "text/srt", "text/plain"])
_HOST = ("host", "co-host", "guest host")


def check_items(channel: etree._Element) -> Iterator[Finding]:
    """Every item by itself, then what must be different in each."""
    items = all_at(channel, "item")
    if not items:
        yield advice("no-items", "O feed ainda não tem episódio.")
    has_hosts = any(_is_host(person) for person in all_at(channel, "podcast:person"))
    for number, item in enumerate(items, 1):
        name = text_at(item, "title")[:80] or f"nº {number}"
        yield from said_of(name, check_item(item, has_hosts=has_hosts))
    yield from _check_unique(items)


def check_item(item: etree._Element, *, has_hosts: bool = False) -> Iterator[Finding]:
    """Everything that can be said of an item alone. `has_hosts`: whether the channel names any."""
    if parts.missing(item, "title") and parts.missing(item, "itunes:title"):
        yield error("no-title", "Falta o título do episódio.")
    for path, what in _RECOMMENDED.items():
        if parts.missing(item, path):
            yield advice(f"no-item-{path.split(':')[-1]}", f"Diga em <{path}> {what}.")
    yield from parts.check_once(item, _ONCE)
    yield from parts.check_texts(item)
    yield from parts.check_addresses(item)
    yield from parts.check_explicit(item)
    yield from parts.check_yes(item, ("itunes:block",))
    yield from parts.check_people(item)
    yield from parts.check_places(item)
    yield from parts.check_licence(item)
    yield from _check_enclosure(item)
    yield from _check_guid(item)
    yield from _check_numbers(item)
    yield from _check_date(item)
    yield from _check_extras(item)
    people = all_at(item, "podcast:person")
    if has_hosts and people and not any(_is_host(person) for person in people):
        sentence = "As pessoas do episódio tomam o lugar das do programa: repita quem apresenta."
        yield advice("hosts", sentence)


def _is_host(person: etree._Element) -> bool:
    return person.get("role", "host").lower() in _HOST


def _check_enclosure(item: etree._Element) -> Iterator[Finding]:
    found = all_at(item, "enclosure")
    if not found:
        yield error("no-enclosure", "Falta <enclosure>: o arquivo do episódio.")
        return
    url, kind = found[0].get("url") or "", found[0].get("type") or ""
    length = found[0].get("length") or ""
    if not url:
        yield error("no-enclosure", "<enclosure> não diz o endereço do arquivo.")
    if not is_number(length):
        sentence = f"O tamanho do arquivo (length) é um número de bytes, não “{length[:20]}”."
        yield error("length-form", sentence)
    if kind not in ENCLOSURES:
        sentence = (
            f"O tipo “{kind[:30]}” não toca em todo aplicativo. Use audio/mpeg ou audio/x-m4a."
        )
        yield error("enclosure-type", sentence)
    elif url and end_of(url) not in ENCLOSURES[kind]:
        ends = " ou ".join(ENCLOSURES[kind])
        yield error("enclosure-end", f"O endereço de um arquivo {kind} acaba em {ends}.")


def _check_guid(item: etree._Element) -> Iterator[Finding]:
    found = all_at(item, "guid")
    if not found or not text_of(found[0]).strip():
        yield error("no-guid", "Falta <guid>: o número do episódio, que nunca muda.")
        return
    if text_of(found[0]) != text_of(found[0]).strip():
        yield error("edges", "Tire os espaços do começo e do fim de <guid>.")
    if found[0].get("isPermaLink") != "false":
        yield error(
            "guid-permalink", "Escreva <guid isPermaLink=“false”>: o número não é endereço."
        )


def _check_numbers(item: etree._Element) -> Iterator[Finding]:
    for path in ("itunes:season", "itunes:episode", "podcast:season"):
        for element in all_at(item, path):
            if not is_number(text_of(element)):
                sentence = f"<{path}> é um número a partir de 1, não “{text_of(element)[:20]}”."
                yield error("number", sentence)
    for element in all_at(item, "podcast:episode"):
        if not text_of(element).replace(".", "", 1).isdigit():
            yield error("number", "<podcast:episode> é um número.")
    for name in ("season", "episode"):
        apple, open_one = text_at(item, f"itunes:{name}"), text_at(item, f"podcast:{name}")
        if apple and open_one and apple != open_one:
            sentence = f"<itunes:{name}> diz {apple[:9]}, e <podcast:{name}>, {open_one[:9]}."
            yield error("numbers-differ", f"{sentence} Escreva o mesmo nos dois.")
    for element in all_at(item, "podcast:season"):
        if len(element.get("name") or "") > 128:
            yield error("text-long", "O nome da temporada passa de 128 letras.")
    duration = text_at(item, "itunes:duration")
    if duration and not is_number(duration):
        sentence = f"A duração é um número de segundos, não “{duration[:20]}”."
        yield error("duration", sentence)
    kind = text_at(item, "itunes:episodeType")
    if kind and kind not in ("full", "trailer", "bonus"):
        sentence = f"<itunes:episodeType> diz “{kind[:20]}”. Escreva full, trailer ou bonus."
        yield error("episode-type", sentence)


def _check_date(item: etree._Element) -> Iterator[Finding]:
    text = text_at(item, "pubDate")
    if not text:
        return
    moment = moment_of(text)
    if moment is None:
        sentence = f"A data “{text[:40]}” não está na forma da RFC 2822, com fuso."
        yield error("date", f"{sentence} Por exemplo: Tue, 03 Nov 2026 11:00:00 +0000.")
    elif moment > timezone.now():
        yield advice("future", "A data é futura: há aplicativos que mostram o episódio já.")


def _check_extras(item: etree._Element) -> Iterator[Finding]:
    offered = all_at(item, "podcast:transcript")
    for element in offered:
        if not element.get("url"):
            yield error("transcript", "Uma <podcast:transcript> não diz onde está (url).")
        if element.get("type") not in _TRANSCRIPTS:
            sentence = (
                f"O tipo de transcrição “{(element.get('type') or '')[:40]}” não é conhecido."
            )
            yield error("transcript-type", f"{sentence} Use text/vtt.")
    if offered and offered[0].get("type") != "text/vtt":
        yield advice("transcript-first", "Ponha primeiro a transcrição em WebVTT, a mais lida.")
    for element in all_at(item, "podcast:chapters"):
        if not element.get("url") or element.get("type") != chapters.TYPE:
            yield error("chapters-type", f"<podcast:chapters> diz url e type=“{chapters.TYPE}”.")
    for element in all_at(item, "podcast:alternateEnclosure"):
        sources = [source.get("uri") or "" for source in all_at(element, "podcast:source")]
        if not element.get("type") or not sources or not all(map(is_ascii, sources)):
            sentence = "<podcast:alternateEnclosure> diz o tipo e ao menos uma <podcast:source>."
            yield error("alternate", sentence)
        length = element.get("length")
        if length is not None and not is_number(length):
            yield error(
                "alternate", "O tamanho de <podcast:alternateEnclosure> é um número de bytes."
            )


def _check_unique(items: list[etree._Element]) -> Iterator[Finding]:
    guids = Counter(text_at(item, "guid") for item in items)
    files = Counter(
        element.get("url") or "" for item in items for element in all_at(item, "enclosure")[:1]
    )
    for guid, count in guids.items():
        if guid and count > 1:
            yield error("guid-twice", f"{count} episódios têm o mesmo <guid>: {guid[:60]}.")
    for url, count in files.items():
        if url and count > 1:
            sentence = f"{count} episódios têm o mesmo arquivo: {url[:80]}. Cada um tem o seu."
            yield error("enclosure-twice", sentence)
