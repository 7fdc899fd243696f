"""Parts that a work shows whole beside its own words: a picture, a file, a recording.

Plain Python, without Django. A part that is credited beside the work keeps its own licence, be it
stricter; that is lawful and blocks nothing. But the licence of the work does not cover it, and
whoever copies the work has to be told so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from licensing.adapting import adapting
from licensing.gate import Lack
from licensing.values import Duty, Licence, Permission

_WITHHELD = {
    Permission.SHARE: "copiar sem autorização",
    Permission.COMMERCIAL_USE: "usar para fins comerciais",
    Permission.ADAPT: "publicar versão modificada",
}
_ASKED = {
    Duty.ATTRIBUTE: "dizer quem fez",
    Duty.SHARE_ALIKE: "dar a mesma licença à versão nova",
}


@dataclass(frozen=True)
class Part:
    """A part as it is credited. `what` names it (“A imagem”); `field` is where it was chosen.

    One `credited_beside` names its maker where it is shown. `adaptation` says what was changed in
    whose work, if it adapts one.
    """

    what: str
    title: str
    creator: str
    licence: Licence
    field: str = ""
    credited_beside: bool = False
    adaptation: str = ""

    @property
    def kind(self) -> str:
        """“Imagem”, for a list."""
        return self.what.split()[-1].capitalize()


def with_own_terms(licence: Licence, names: str, parts: Iterable[Part]) -> list[Part]:
    """The parts of which the page of a work under `licence` by `names` has to say more: those under
    another licence, and those whose makers nothing else on the page credits."""
    return [
        part
        for part in parts
        if part.licence != licence
        or (
            not part.credited_beside
            and (part.adaptation or (part.creator and part.creator not in names))
        )
    ]


def misleading(licence: Licence, part: Part) -> str:
    """What to tell the curator of a work under `licence` that promises more than `part` allows;
    "" where it does not."""
    withheld = [
        text
        for key, text in _WITHHELD.items()
        if key in licence.permits and key not in part.licence.permits
    ]
    asked = [
        text
        for key, text in _ASKED.items()
        if key in part.licence.requires and key not in licence.requires
    ]
    if not withheld and not asked:
        return ""
    named = f"{part.what} “{part.title}”"
    if not part.licence.is_open:
        return (
            f"{named} tem todos os direitos reservados, e a página promete {licence}. "
            "Quem copiar terá de pedir outra autorização. A página avisa."
        )
    reasons = [f"não deixa {_joined(withheld, 'nem')}"] if withheld else []
    reasons += [f"pede para {_joined(asked, 'e')}"] if asked else []
    return (
        f"{named} é {part.licence}, que {' e '.join(reasons)}. A página promete mais: {licence}. "
        "Ela avisa quem copia. Se puder, troque por algo mais aberto."
    )


def cropping(part: Part) -> str:
    """What to tell of a part that is shown cropped, which its licence may not allow; or ""."""
    if not part.licence.is_open or Permission.ADAPT in part.licence.permits:
        return ""
    return (
        f"{part.what} “{part.title}” aparece cortada em quadrado, e a {part.licence} não deixa "
        "publicar versão modificada. Use uma que já seja quadrada, ou deixe a capa desenhada."
    )


def lacks_of_recording(licence: Licence | None, recording: Licence | None) -> list[Lack]:
    """What an episode lacks that publishes a copy of a recording under its own `licence`: the
    recording has to carry that one, or let others give it."""
    if licence is None or recording is None or licence == recording:
        return []
    answer = adapting([recording])
    if answer.allows(licence):
        return []
    sentence = (
        f"A gravação diz “{recording}” e o áudio sairia com {licence}, o que ela não deixa. "
        "Deixe a mesma licença nos dois."
    )
    return [Lack("recording-licence", sentence, "licence")]


def _joined(words: list[str], last: str) -> str:
    return f" {last} ".join(words)
