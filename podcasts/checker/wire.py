"""What a feed points at: whether it is there, and is what the feed says."""

import io
import json
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from files.transcripts import Transcript, UnreadableTranscript
from podcasts import chapters
from podcasts.checker.findings import Finding, advice, error, said_of
from podcasts.checker.reading import all_at, parse, text_at
from podcasts.checker.values import end_of

SMALL = 4 * 1024 * 1024  # bytes of a picture, a transcript, chapters
_FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}


@dataclass(frozen=True)
class Answer:
    """What came of opening an address: `length` as it was announced, None if it was not; `body` at
    most as many bytes as were asked for."""

    status: int
    content_type: str = ""
    length: int | None = None
    body: bytes = b""

    @property
    def kind(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()


Get = Callable[[str, int], Answer]  # address, bytes wanted


def check_wire(content: bytes, get: Get, *, items: int | None = None) -> list[Finding]:
    """Open what a feed points at, of its first so many items (of all, without a number)."""
    channel, _ = parse(content)
    if channel is None:
        return []
    findings = []
    seen: set[str] = set()
    for image in all_at(channel, "itunes:image"):
        seen.add(image.get("href") or "")
        findings += list(_check_art(image.get("href") or "", get))
    for number, item in enumerate(all_at(channel, "item")[:items], 1):
        name = text_at(item, "title")[:80] or f"nº {number}"
        findings += said_of(name, _check_item(item, get, seen))
    return findings


def _check_item(item: etree._Element, get: Get, seen: set[str]) -> Iterator[Finding]:
    for enclosure in all_at(item, "enclosure")[:1]:
        yield from _check_file(enclosure, "url", get)
    for other in all_at(item, "podcast:alternateEnclosure"):
        for source in all_at(other, "podcast:source"):
            yield from _check_file(other, "uri", get, source)
    for image in all_at(item, "itunes:image"):
        url = image.get("href") or ""
        if url not in seen:
            seen.add(url)
            yield from _check_art(url, get)
    for transcript in all_at(item, "podcast:transcript"):
        yield from _check_transcript(transcript, get)
    for element in all_at(item, "podcast:chapters"):
        yield from _check_chapters(element.get("url") or "", get)


def _check_file(
    element: etree._Element, name: str, get: Get, place: etree._Element | None = None
) -> Iterator[Finding]:
    url = (element if place is None else place).get(name) or ""
    answer = get(url, 1)
    if answer.status != 200:
        yield error("file-missing", f"O arquivo não está em {url[:100]} ({_said(answer)}).")
        return
    length = element.get("length") or ""
    if answer.length is None:
        yield advice("file-length", "O servidor não diz o tamanho do arquivo (Content-Length).")
    elif length.isdigit() and int(length) != answer.length:
        sentence = f"O feed diz {length} bytes, e o arquivo tem {answer.length}."
        yield error("length-wrong", f"{sentence} Escreva o tamanho certo.")
    kind = element.get("type") or ""
    if answer.kind != kind.partition(";")[0].strip():
        yield error("type-wrong", f"O feed diz {kind}, e o servidor diz {answer.kind or 'nada'}.")


def _said(answer: Answer) -> str:
    return f"resposta {answer.status}" if answer.status else "sem resposta"


def _check_art(url: str, get: Get) -> Iterator[Finding]:
    from PIL import Image

    answer = get(url, SMALL)
    if answer.status != 200:
        yield error("image-missing", f"A arte não está em {url[:100]} ({_said(answer)}).")
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(answer.body))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        yield error("image-unreadable", "A arte não é uma imagem que se possa abrir.")
        return
    if picture.format not in _FORMATS:
        yield error("image-format", f"A arte está em {picture.format}. Use JPEG ou PNG.")
    elif end_of(url) not in _FORMATS[picture.format]:
        yield error("image-end", f"A arte é {picture.format}, mas o endereço não diz isso.")
    if picture.width != picture.height:
        size = f"{picture.width} × {picture.height}"
        yield error("image-square", f"A arte não é quadrada: tem {size} pixels.")
    if not 1400 <= max(picture.size) <= 3000 or min(picture.size) < 1400:
        yield error("image-size", "A arte tem de 1.400 a 3.000 pixels de lado.")
    if picture.mode not in ("RGB", "P", "L"):
        sentence = f"A arte está no modo de cor {picture.mode}. Salve em RGB, sem transparência."
        yield error("image-colour", sentence)


def _check_transcript(element: etree._Element, get: Get) -> Iterator[Finding]:
    url, kind = element.get("url") or "", element.get("type") or ""
    answer = get(url, SMALL)
    if answer.status != 200:
        sentence = f"A transcrição não está em {url[:100]} ({_said(answer)})."
        yield error("transcript-missing", sentence)
        return
    if answer.kind != kind:
        sentence = (
            f"O feed diz que a transcrição é {kind}, e o servidor diz {answer.kind or 'nada'}."
        )
        yield error("transcript-served", sentence)
    if kind == "text/vtt":
        try:
            Transcript.parse(answer.body.decode("utf-8", "replace"))
        except UnreadableTranscript as problem:
            yield error("transcript-unreadable", str(problem))


def _check_chapters(url: str, get: Get) -> Iterator[Finding]:
    answer = get(url, SMALL)
    if answer.status != 200:
        sentence = f"Os capítulos não estão em {url[:100]} ({_said(answer)})."
        yield error("chapters-missing", sentence)
        return
    if answer.kind != chapters.TYPE:
        sentence = f"Sirva os capítulos como {chapters.TYPE}, não como {answer.kind or 'nada'}."
        yield error("chapters-served", sentence)
    try:
        whole = json.loads(answer.body)
        starts = [float(row["startTime"]) for row in whole["chapters"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield error("chapters-unreadable", "Os capítulos não são o JSON que os aplicativos leem.")
        return
    if starts != sorted(starts) or len(set(starts)) < len(starts):
        yield error("chapters-order", "Os capítulos não estão na ordem em que se ouvem.")
