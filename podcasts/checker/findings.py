"""What a reading of a feed has to say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """Whether something must, or might, be put right."""

    ERROR = "erro"
    ADVICE = "conselho"


@dataclass(frozen=True)
class Finding:
    """One thing to put right. `code` names the rule; `item` is the title of the episode that it is
    about, "" for the show."""

    level: Level
    code: str
    message: str
    item: str = ""

    @property
    def place(self) -> str:
        return f"episódio “{self.item}”" if self.item else "programa"

    def __str__(self) -> str:
        return f"{self.level.upper()} ({self.code}) {self.place}: {self.message}"


def error(code: str, message: str) -> Finding:
    return Finding(Level.ERROR, code, message)


def advice(code: str, message: str) -> Finding:
    return Finding(Level.ADVICE, code, message)


def said_of(item: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with the episode that they are about."""
    for finding in findings:
        yield replace(finding, item=item)


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level == Level.ERROR]
