"""Which licences a work made of others may carry: adapting them, or keeping them side by side.

Plain Python, without Django. Source: Creative Commons FAQ, “Can I combine material under different
Creative Commons licenses in my work?”, with its chart for adapters.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from licensing.values import (
    BY,
    BY_NC,
    BY_NC_ND,
    BY_NC_SA,
    BY_ND,
    BY_SA,
    CC0,
    HOUSE,
    OPEN_LICENCES,
    PDM,
    RESERVED,
    Duty,
    Licence,
    Permission,
)

# What an adaptation of one work may carry, the default first. Of many works: what they share.
_ADAPTATIONS: dict[Licence, tuple[Licence, ...]] = {
    PDM: OPEN_LICENCES,
    CC0: OPEN_LICENCES,
    BY: (BY, BY_SA, BY_NC, BY_NC_SA, BY_ND, BY_NC_ND),
    BY_SA: (BY_SA,),
    BY_NC: (BY_NC, BY_NC_SA, BY_NC_ND),
    BY_NC_SA: (BY_NC_SA,),
    BY_ND: (),
    BY_NC_ND: (),
    RESERVED: (),
}
_NONCOMMERCIAL = (BY_NC, BY_NC_SA, BY_NC_ND)


@dataclass(frozen=True)
class Answer:
    """The licences that a work may carry, the default to offer first, and why, in sentences."""

    licences: tuple[Licence, ...]
    reason: str

    @property
    def default(self) -> Licence | None:
        return self.licences[0] if self.licences else None

    @property
    def others(self) -> tuple[Licence, ...]:
        """What may be chosen besides the default."""
        return self.licences[1:]

    @property
    def is_any(self) -> bool:
        """Whether the person may choose freely."""
        return set(self.licences) == set(OPEN_LICENCES)

    def allows(self, licence: Licence) -> bool:
        return licence in self.licences


def adapting(sources: Iterable[Licence]) -> Answer:
    """What one work made from `sources` (and from whatever is one's own) may carry.

    Without sources, or from the public domain alone, anything. What forbids adaptations cannot be
    adapted, not even with itself.
    """
    found = _in_order(sources)
    shared = [item for item in OPEN_LICENCES if all(item in _ADAPTATIONS[one] for one in found)]
    return Answer(_default_first(shared, found), _why_adapting(found))


def collecting(parts: Iterable[Licence]) -> Answer:
    """What a collection may carry that keeps `parts` whole, side by side, each under its own
    licence. Works that forbid adaptations may stand in it."""
    found = _in_order(parts)
    for licence in found:
        if licence.is_noncommercial:
            return Answer(
                _NONCOMMERCIAL,
                f"Há obra em {licence}, que não permite fins comerciais. "
                "A coletânea também não pode permitir.",
            )
    return Answer(
        OPEN_LICENCES,
        "Cada obra fica com a sua licença. A da coletânea vale para a ordem e para o que você "
        "escreveu.",
    )


def _in_order(licences: Iterable[Licence]) -> list[Licence]:
    """Each licence once, in the house's order, so that who came first changes nothing."""
    given = set(licences)
    return [licence for licence in _ADAPTATIONS if licence in given]


def _default_first(shared: list[Licence], sources: list[Licence]) -> tuple[Licence, ...]:
    """The default is the licence of the most demanding source; the house's, where none demands."""
    wanted = [_ADAPTATIONS[one][0] for one in sources if not one.is_public_domain and shared]
    default = next((item for item in reversed(wanted) if item in shared), HOUSE)
    return tuple(sorted(shared, key=lambda item: item != default))


def _why_adapting(sources: list[Licence]) -> str:
    locked = [one for one in sources if not one.is_open]
    if locked:
        return "Há fonte com todos os direitos reservados. Adaptar depende de autorização."
    for one in sources:
        if Permission.ADAPT not in one.permits:
            return f"A {one} não permite publicar versão modificada, nem junto com outra obra."
    if BY_SA in sources and BY_NC_SA in sources:
        return (
            f"A {BY_SA} e a {BY_NC_SA} pedem, cada uma, a mesma licença na versão nova. "
            "Uma obra não pode ter as duas."
        )
    if BY_SA in sources and BY_NC in sources:
        return (
            f"A {BY_SA} pede a mesma licença na versão nova, e ela permite fins comerciais. "
            f"A {BY_NC} não permite. As duas não cabem em um texto só."
        )
    for one in sources:
        if Duty.SHARE_ALIKE in one.requires:
            return f"A {one} pede que a versão nova tenha a mesma licença."
    if BY_NC in sources:
        return f"A {BY_NC} não permite fins comerciais. A versão nova também não pode permitir."
    if BY in sources:
        return f"A {BY} pede o crédito. A versão nova pode pedir mais, nunca menos."
    if sources:
        return "O domínio público não pede nada: você escolhe a licença."
    return "Tudo é seu: você escolhe a licença."


@dataclass(frozen=True)
class Family:
    """Licences that combine with others in the same way, as one row of a table for people."""

    name: str
    licences: tuple[Licence, ...]


FAMILIES = (
    Family("Domínio público ou CC0", (PDM, CC0)),
    Family(str(BY), (BY,)),
    Family(str(BY_SA), (BY_SA,)),
    Family(str(BY_NC), (BY_NC,)),
    Family(str(BY_NC_SA), (BY_NC_SA,)),
    Family("Sem derivações (ND)", (BY_ND, BY_NC_ND)),
)


@dataclass(frozen=True)
class Pair:
    """Two families, and what a work made of both may carry."""

    one: Family
    other: Family
    answer: Answer


def pairs() -> list[Pair]:
    """Every family with itself and with each that comes after it."""
    return [
        Pair(one, other, adapting([*one.licences, *other.licences]))
        for number, one in enumerate(FAMILIES)
        for other in FAMILIES[number:]
    ]
