"""Licences as values: what each is called, where it is read, what it permits and asks.

Plain Python, without Django. Identifiers are SPDX's; addresses are the canonical ones of
Creative Commons, which end in a slash; Portuguese names follow the official translations.
"""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What the holder of a copy may do."""

    SHARE = "share"
    ADAPT = "adapt"
    COMMERCIAL_USE = "commercial-use"


class Duty(StrEnum):
    """What the holder of a copy must do in return."""

    ATTRIBUTE = "attribute"
    SHARE_ALIKE = "share-alike"


_PERMISSIONS = {
    Permission.SHARE: "copiar e distribuir, impresso ou digital",
    Permission.ADAPT: "adaptar, traduzir, cortar e misturar",
    Permission.COMMERCIAL_USE: "usar também para fins comerciais",
}
_DUTIES = {
    Duty.ATTRIBUTE: "diga quem fez, de onde veio e o que mudou",
    Duty.SHARE_ALIKE: "dê à sua versão esta mesma licença",
}
_PROHIBITIONS = {
    Permission.SHARE: "copiar ou distribuir sem autorização",
    Permission.ADAPT: "publicar uma versão modificada",
    Permission.COMMERCIAL_USE: "usar para fins comerciais",
}


@dataclass(frozen=True)
class Licence:
    """One licence, compared and stored by its SPDX identifier."""

    identifier: str
    short_name: str
    name: str
    uri: str
    symbols: tuple[str, ...]
    permits: frozenset[Permission]
    requires: frozenset[Duty]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_public_domain(self) -> bool:
        """True for CC0 and the Public Domain Mark: no copyright is claimed."""
        return "zero" in self.symbols or "pd" in self.symbols

    @property
    def is_open(self) -> bool:
        """True when anyone may at least copy the work without asking."""
        return Permission.SHARE in self.permits

    @property
    def is_noncommercial(self) -> bool:
        """True when commercial use is withheld (the NC licences)."""
        return self.is_open and Permission.COMMERCIAL_USE not in self.permits

    @property
    def in_short(self) -> str:
        """What tells it from the others, in a few words for a list of choices."""
        if self.is_public_domain:
            return "sem condição nenhuma"
        if not self.is_open:
            return "usado com autorização"
        words = ["com crédito"]
        if Permission.COMMERCIAL_USE not in self.permits:
            words.append("sem fins comerciais")
        if Permission.ADAPT not in self.permits:
            words.append("sem modificar")
        if Duty.SHARE_ALIKE in self.requires:
            words.append("mesma licença na versão nova")
        return ", ".join(words)

    def deed_uri(self, language: str = "pt-br") -> str:
        """Address of the summary for people, in `language` (a Creative Commons code)."""
        return f"{self.uri}deed.{language}" if self.uri else ""

    @property
    def can(self) -> list[str]:
        """What may be done, in plain Portuguese, each beginning with a verb."""
        return [text for key, text in _PERMISSIONS.items() if key in self.permits]

    @property
    def must(self) -> list[str]:
        """What is asked in return, in plain Portuguese, as orders."""
        return [text for key, text in _DUTIES.items() if key in self.requires]

    @property
    def cannot(self) -> list[str]:
        """What is withheld, in plain Portuguese, each beginning with a verb."""
        return [text for key, text in _PROHIBITIONS.items() if key not in self.permits]


_EVERYTHING = frozenset(Permission)
_SHARE_AND_ADAPT = frozenset({Permission.SHARE, Permission.ADAPT})
_SHARE_AND_SELL = frozenset({Permission.SHARE, Permission.COMMERCIAL_USE})
_SHARE = frozenset({Permission.SHARE})
_CREDIT = frozenset({Duty.ATTRIBUTE})
_CREDIT_ALIKE = frozenset({Duty.ATTRIBUTE, Duty.SHARE_ALIKE})


def _cc(code: str, name: str, permits: frozenset[Permission], requires: frozenset[Duty]) -> Licence:
    return Licence(
        identifier=f"CC-{code.upper()}-4.0",
        short_name=f"CC {code.upper()} 4.0",
        name=f"Creative Commons {name} 4.0 Internacional",
        uri=f"https://creativecommons.org/licenses/{code}/4.0/",
        symbols=tuple(code.split("-")),
        permits=permits,
        requires=requires,
    )


CC0 = Licence(
    "CC0-1.0",
    "CC0 1.0",
    "Creative Commons CC0 1.0 Dedicação ao Domínio Público",
    "https://creativecommons.org/publicdomain/zero/1.0/",
    ("zero",),
    _EVERYTHING,
    frozenset(),
)
PDM = Licence(
    "CC-PDM-1.0",
    "Domínio Público",
    "Creative Commons Marca de Domínio Público 1.0",
    "https://creativecommons.org/publicdomain/mark/1.0/",
    ("pd",),
    _EVERYTHING,
    frozenset(),
)
BY = _cc("by", "Atribuição", _EVERYTHING, _CREDIT)
BY_SA = _cc("by-sa", "Atribuição-CompartilhaIgual", _EVERYTHING, _CREDIT_ALIKE)
BY_NC = _cc("by-nc", "Atribuição-NãoComercial", _SHARE_AND_ADAPT, _CREDIT)
BY_NC_SA = _cc(
    "by-nc-sa", "Atribuição-NãoComercial-CompartilhaIgual", _SHARE_AND_ADAPT, _CREDIT_ALIKE
)
BY_ND = _cc("by-nd", "Atribuição-SemDerivações", _SHARE_AND_SELL, _CREDIT)
BY_NC_ND = _cc("by-nc-nd", "Atribuição-NãoComercial-SemDerivações", _SHARE, _CREDIT)

# Third parties' material quoted with permission. An item itself is never published under it.
RESERVED = Licence(
    "LicenseRef-Todos-Os-Direitos-Reservados",
    "Todos os direitos reservados",
    "Todos os direitos reservados, usado com autorização",
    "",
    (),
    frozenset(),
    frozenset({Duty.ATTRIBUTE}),
)

HOUSE = BY_NC
OPEN_LICENCES = (BY_NC, BY, BY_SA, BY_NC_SA, BY_ND, BY_NC_ND, CC0, PDM)
ALL_LICENCES = (*OPEN_LICENCES, RESERVED)
_BY_IDENTIFIER = {licence.identifier: licence for licence in ALL_LICENCES}


def licence(identifier: str) -> Licence:
    """The licence called `identifier` (SPDX). Raises KeyError for any other name."""
    return _BY_IDENTIFIER[identifier]
