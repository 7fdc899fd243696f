"""The strict checker, asked about a show or an episode before it goes out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from licensing.gate import Lack
from podcasts.checker import Finding, Level, check, errors_in
from podcasts.checker.items import check_item
from podcasts.checker.reading import parse
from podcasts.models.feeds import BASE
from podcasts.rendering import render_alone, render_head

if TYPE_CHECKING:
    from podcasts.models import EpisodePage, ShowPage
    from podcasts.models.audio import EpisodeAudio

# Rule → the form field in which it is put right.
_FIELDS = {
    "no-title": "title",
    "text-long": "title",
    "no-description": "summary",
    "description-long": "summary",
    "no-image": "cover_image",
    "image-end": "cover_image",
    "category": "category",
    "owner": "owner_email",
    "rrule": "recurrence",
    "language": "language",
    "licence-case": "licence",
    "licence-url": "licence",
    "licence-mismatch": "licence",
    "person-name": "people",
    "person-role": "people",
    "person-group": "people",
    "number": "number",
    "length-form": "recording",
    "duration": "recording",
    "no-enclosure": "recording",
}
# Advice that a curator can follow, in words of the form.
_ADVICE = {
    "no-author": "Escreva a autoria do programa: é o nome que os aplicativos mostram.",
    "no-owner": "Escreva o e-mail do responsável: sem ele, os diretórios não provam que é seu.",
    "no-updateFrequency": "Diga quando o programa sai: quem assina sabe quando voltar.",
    "future": "A data de publicação é futura: há aplicativos que já mostram o episódio.",
}


def findings_of_show(show: "ShowPage") -> list[Finding]:
    """What apps would say of the channel of a show, as it stands in memory."""
    return check(_as_served(render_head(show)))


def findings_of_episode(episode: "EpisodePage", audio: "EpisodeAudio") -> list[Finding]:
    """What apps would say of an episode with this audio, as it stands in memory."""
    channel, findings = parse(_as_served(render_alone(episode, audio)))
    if channel is None:
        return findings
    return [*findings, *check_item(channel.find("item"))]


def _as_served(text: str) -> bytes:
    return text.replace(BASE, settings.PUBLIC_URL).encode()


def lacks_in(findings: Iterable[Finding]) -> list[Lack]:
    """The errors, each at its field."""
    return [
        Lack(f"feed-{finding.code}", finding.message, _FIELDS.get(finding.code, ""))
        for finding in errors_in(findings)
    ]


def advice_in(findings: Iterable[Finding]) -> list[str]:
    """The advice that can be followed in the form."""
    found = [each.code for each in findings if each.level == Level.ADVICE]
    return [sentence for code, sentence in _ADVICE.items() if code in found]
