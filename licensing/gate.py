"""What a work lacks before it may be published, as pure functions over plain facts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from licensing.adapting import Answer, adapting, collecting
from licensing.values import Licence


@dataclass(frozen=True)
class Lack:
    """One thing missing: a stable code, a sentence that says what to do, and where.

    `field` is the form field it belongs to, if any. A `passing` lack mends itself in a while (a
    file is still being prepared): a scheduled page may wait for it.
    """

    code: str
    message: str
    field: str = ""
    passing: bool = False


class HasRights(Protocol):
    """Anything that carries rights of its own: an image, a document, a recording."""

    title: str
    creator: str
    licence: Licence | None
    permission: str
    withdrawn_on: date | None


def lacks_of_item(licence: Licence | None, has_credit: bool) -> list[Lack]:
    """What an item lacks in rights: an open licence of its own, and somebody to credit."""
    lacks = []
    if licence is None:
        lacks.append(Lack("licence", "Escolha a licença deste material.", "licence"))
    elif not licence.is_open:
        lacks.append(
            Lack(
                "licence-closed",
                f"“{licence}” não serve para um material da rede. Escolha uma licença aberta.",
                "licence",
            )
        )
    if not has_credit:
        lacks.append(
            Lack("credit", "Diga quem fez: acrescente ao menos uma pessoa ou equipe.", "people")
        )
    return lacks


def lacks_of_part(part: HasRights, what: str, field: str) -> list[Lack]:
    """What a quoted part lacks in rights. `what` names it: “A imagem”, “O arquivo”."""
    named = f"{what} “{part.title}”"
    lacks = []
    if part.withdrawn_on:
        sentence = f"{named} teve os direitos retirados. Tire do material ou ponha outra no lugar."
        lacks.append(Lack("part-withdrawn", sentence, field))
    if part.licence is None:
        lacks.append(
            Lack("part-licence", f"{named} está sem licença. Abra o arquivo e escolha uma.", field)
        )
    elif not part.licence.is_open and not part.permission:
        lacks.append(
            Lack(
                "part-permission",
                f"{named} tem todos os direitos reservados. Escreva no arquivo quem autorizou o uso.",
                field,
            )
        )
    if not part.creator:
        lacks.append(
            Lack("part-creator", f"{named} não diz quem fez. Preencha a autoria no arquivo.", field)
        )
    return lacks


@dataclass(frozen=True)
class UsedWork:
    """An earlier work that another adapts, or brings whole."""

    title: str
    licence: Licence | None
    is_adapted: bool
    modifications: tuple[str, ...] = ()


def lacks_of_sources(licence: Licence | None, used: Sequence[UsedWork]) -> list[Lack]:
    """What a work under `licence` lacks towards the earlier works that it uses."""
    lacks = [lack for work in used for lack in _lacks_of_source(work)]
    if licence is None or lacks:
        return lacks
    answer = adapting(work.licence for work in used if work.is_adapted and work.licence)
    if not answer.allows(licence):
        lacks.append(_wrong_licence("licence-sources", licence, answer))
    return lacks + lacks_of_collection(
        licence, [work.licence for work in used if not work.is_adapted and work.licence]
    )


def lacks_of_collection(licence: Licence | None, parts: Iterable[Licence]) -> list[Lack]:
    """What a collection under `licence` lacks towards the licences of what it keeps side by side."""
    answer = collecting(parts)
    if licence is None or not licence.is_open or answer.allows(licence):
        return []
    return [_wrong_licence("licence-collection", licence, answer)]


def _lacks_of_source(work: UsedWork) -> Iterator[Lack]:
    if not work.title:
        sentence = "Diga em que obra o material se baseia: escolha uma daqui ou escreva o título."
        yield Lack("source-title", sentence, "sources")
        return
    named = f"“{work.title}”"
    if work.licence is None:
        sentence = f"{named} está sem licença. Diga a licença da obra em que você se baseou."
        yield Lack("source-licence", sentence, "sources")
    elif not work.licence.is_open:
        sentence = f"{named} tem todos os direitos reservados. Peça uma licença aberta a quem fez."
        yield Lack("source-reserved", sentence, "sources")
    elif work.is_adapted and not adapting([work.licence]).licences:
        sentence = f"{named} não pode ser adaptada. {adapting([work.licence]).reason}"
        yield Lack("source-locked", sentence, "sources")
    if work.is_adapted and not work.modifications:
        yield Lack("source-modifications", f"Diga o que mudou em {named}.", "sources")


def _wrong_licence(code: str, licence: Licence, answer: Answer) -> Lack:
    sentence = f"{licence} não serve aqui. {answer.reason}"
    names = [str(item) for item in answer.licences]
    if names:
        listed = " ou ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        sentence = f"{sentence} Escolha {listed}."
    return Lack(code, sentence, "licence")
