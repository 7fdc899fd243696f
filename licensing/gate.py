"""What a work lacks before it may be published, as pure functions over plain facts."""

from dataclasses import dataclass
from typing import Protocol

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
