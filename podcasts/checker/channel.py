"""The rules for a channel."""

import uuid
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from lxml import etree

from podcasts import recurrence
from podcasts.categories import CATEGORIES
from podcasts.checker import parts
from podcasts.checker.findings import Finding, advice, error
from podcasts.checker.reading import all_at, text_at, text_of
from podcasts.checker.values import (
    ENCLOSURES,
    end_of,
    is_language,
    is_mail,
    is_number,
    moment_of,
)
from podcasts.taxonomy import MEDIA

_ONCE = (
    "title",
    "link",
    "description",
    "language",
    "lastBuildDate",
    "itunes:image",
    "itunes:author",
    "itunes:explicit",
    "itunes:type",
    "itunes:new-feed-url",
    "podcast:guid",
    "podcast:locked",
    "podcast:medium",
    "podcast:updateFrequency",
    "podcast:location",
    "podcast:podroll",
)
_REQUIRED = {
    "title": "o nome do programa",
    "description": "a descrição do programa",
    "link": "o endereço da página do programa",
    "language": "a língua, como pt-br",
    "itunes:category": "a categoria da lista da Apple",
    "itunes:explicit": "se há conteúdo explícito (true ou false)",
    "itunes:image": "a arte do programa",
}
_RECOMMENDED = {
    "podcast:locked": "se outros podem importar o programa (yes ou no)",
    "podcast:guid": "o número do programa, que o segue a todo lugar",
    "itunes:author": "quem faz o programa",
    "podcast:license": "a licença: sem ela, ninguém sabe o que pode fazer",
    "podcast:updateFrequency": "de quanto em quanto tempo sai",
}


def check_channel(channel: etree._Element) -> Iterator[Finding]:
    """Everything that can be said of a channel without opening what it points at."""
    for path, what in _REQUIRED.items():
        if parts.missing(channel, path):
            yield error(f"no-{path.split(':')[-1]}", f"Falta <{path}>: {what}.")
    for path, what in _RECOMMENDED.items():
        if parts.missing(channel, path):
            yield advice(f"no-{path.split(':')[-1]}", f"Diga em <{path}> {what}.")
    yield from parts.check_once(channel, _ONCE)
    yield from parts.check_texts(channel)
    yield from parts.check_addresses(channel)
    yield from parts.check_explicit(channel)
    yield from parts.check_yes(channel, ("itunes:block", "itunes:complete"))
    yield from parts.check_people(channel)
    yield from parts.check_places(channel)
    yield from parts.check_licence(channel)
    yield from _check_self(channel)
    yield from _check_values(channel)
    yield from _check_categories(channel)
    yield from _check_frequency(channel)
    yield from _check_trailers(channel)
    yield from _check_support(channel)
    yield from _check_podroll(channel)
    yield from _check_dates(channel)


def _check_self(channel: etree._Element) -> Iterator[Finding]:
    own = [link for link in all_at(channel, "atom:link") if link.get("rel") == "self"]
    if not own:
        yield error("no-self", "Falta <atom:link rel=“self”>: o endereço do próprio feed.")
    if len(own) > 1:
        yield error("repeated", "Há mais de um <atom:link rel=“self”>. Deixe um só.")
    for link in own:
        if link.get("type") != "application/rss+xml":
            yield error("self-type", "Diga em <atom:link> type=“application/rss+xml”.")
        if not link.get("href"):
            yield error("no-self", "<atom:link rel=“self”> não diz o endereço do feed.")


def _check_values(channel: etree._Element) -> Iterator[Finding]:
    language = text_at(channel, "language")
    if language and not is_language(language):
        sentence = f"A língua “{language[:20]}” não está na forma pt-br: minúsculas e hífen."
        yield error("language", sentence)
    locked = text_at(channel, "podcast:locked")
    if locked and locked not in ("yes", "no"):
        yield error("locked", f"<podcast:locked> diz “{locked[:20]}”. Escreva yes ou no.")
    for element in all_at(channel, "podcast:locked"):
        owner = element.get("owner")
        if owner is not None and not is_mail(owner):
            yield error("owner", f"“{owner[:60]}” não é um e-mail.")
    guid = text_at(channel, "podcast:guid")
    if guid and not _is_uuid(guid):
        yield error("guid-form", f"<podcast:guid> “{guid[:50]}” não é um UUID.")
    medium = text_at(channel, "podcast:medium")
    if medium and medium not in MEDIA:
        yield error("medium", f"O meio “{medium[:30]}” não existe. Use podcast, ou course.")
    kind = text_at(channel, "itunes:type")
    if kind and kind not in ("episodic", "serial"):
        yield error("type", f"<itunes:type> diz “{kind[:20]}”. Escreva episodic ou serial.")
    mail = text_at(channel, "itunes:owner/itunes:email")
    if not mail:
        sentence = "Diga um e-mail em <itunes:owner>: serve para provar que o programa é seu."
        yield advice("no-owner", sentence)
    elif not is_mail(mail):
        yield error("owner", f"“{mail[:60]}” não é um e-mail.")
    for image in all_at(channel, "itunes:image"):
        url = image.get("href") or ""
        if url and end_of(url) not in (".jpg", ".jpeg", ".png"):
            yield error("image-end", "O endereço da arte acaba em .jpg ou .png.")


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _check_support(channel: etree._Element) -> Iterator[Finding]:
    for element in all_at(channel, "podcast:funding"):
        words = text_of(element).strip()
        if not element.get("url"):
            yield error("funding", "Diga em <podcast:funding> o endereço da página de apoio.")
        if not words or len(words) > 128:
            yield error("funding", "Diga em <podcast:funding> o que o botão diz, até 128 letras.")
    for element in all_at(channel, "podcast:txt"):
        if not text_of(element).strip():
            yield error("txt", "Há um <podcast:txt> vazio. Escreva o código, ou tire.")


def _check_podroll(channel: etree._Element) -> Iterator[Finding]:
    rolls = all_at(channel, "podcast:podroll")
    if any(not all_at(roll, "podcast:remoteItem") for roll in rolls):
        yield error("podroll", "Há um <podcast:podroll> sem programa. Ponha um, ou tire.")
    for element in all_at(channel, "podcast:podroll/podcast:remoteItem"):
        if not _is_uuid(element.get("feedGuid") or ""):
            sentence = "Cada programa de <podcast:podroll> tem feedGuid, o número dele (UUID)."
            yield error("podroll", sentence)


def _check_categories(channel: etree._Element) -> Iterator[Finding]:
    for category in all_at(channel, "itunes:category"):
        top = category.get("text") or ""
        if top not in CATEGORIES:
            sentence = f"A categoria “{top[:40]}” não é da lista da Apple. Maiúsculas contam."
            yield error("category", sentence)
            continue
        for below in all_at(category, "itunes:category"):
            name = below.get("text") or ""
            if name not in CATEGORIES[top]:
                yield error(
                    "category", f"“{name[:40]}” não fica abaixo de “{top}” na lista da Apple."
                )


def _check_frequency(channel: etree._Element) -> Iterator[Finding]:
    for element in all_at(channel, "podcast:updateFrequency"):
        rule = element.get("rrule")
        if rule is not None:
            try:
                recurrence.check_rule(rule)
            except ValidationError as problem:
                yield error("rrule", f"A frequência “{rule[:60]}” não dá. {problem.messages[0]}")
        if element.get("complete", "false") not in ("true", "false"):
            yield error("rrule", "Em <podcast:updateFrequency>, complete é true ou false.")
        if not text_of(element).strip():
            yield advice("frequency-words", "Diga em palavras de quanto em quanto tempo sai.")


def _check_trailers(channel: etree._Element) -> Iterator[Finding]:
    for trailer in all_at(channel, "podcast:trailer"):
        if not text_of(trailer).strip() or not trailer.get("url"):
            yield error("trailer", "Uma <podcast:trailer> precisa de título e de endereço.")
        if moment_of(trailer.get("pubdate") or "") is None:
            yield error("trailer", "A data da <podcast:trailer> não está na forma da RFC 2822.")
        if trailer.get("length") is not None and not is_number(trailer.get("length") or ""):
            yield error("trailer", "O tamanho da <podcast:trailer> é um número de bytes.")
        if trailer.get("season") is not None and not is_number(trailer.get("season") or ""):
            yield error("trailer", "A temporada da <podcast:trailer> é um número a partir de 1.")
        if trailer.get("type") is not None and trailer.get("type") not in ENCLOSURES:
            yield error("trailer", "O tipo da <podcast:trailer> não é de áudio ou vídeo conhecido.")


def _check_dates(channel: etree._Element) -> Iterator[Finding]:
    for path in ("lastBuildDate", "pubDate"):
        text = text_at(channel, path)
        if text and moment_of(text) is None:
            sentence = f"<{path}> “{text[:40]}” não está na forma da RFC 2822, com fuso."
            yield error("date", sentence)
