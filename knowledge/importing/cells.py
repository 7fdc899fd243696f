"""The cells of one line, read with a sentence for whatever cannot be read."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone

from files.inspection import clean_text

T = TypeVar("T")
MAX_NUMBER = 1_000_000_000
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?")
_YES = {"sim", "s", "yes", "true", "verdadeiro", "1", "x"}
_NO = {"nao", "n", "no", "false", "falso", "0", ""}


def plain(text: str) -> str:
    """A word as people type it: no accents, no capitals, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


class Cells:
    """What one line says, column by column.

    A method that cannot read a cell adds a sentence to `refusals` and returns nothing, so that
    whoever wrote the line is told of everything at once.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = {name: clean_text(value).strip() for name, value in values.items()}
        self.refusals: list[str] = []

    def __contains__(self, name: str) -> bool:
        """Whether the file has this column at all. One it has not changes nothing."""
        return name in self.values

    def refuse(self, sentence: str) -> None:
        if sentence not in self.refusals:
            self.refusals.append(sentence)

    def text(self, name: str, limit: int) -> str:
        """The cell as it stands, at most `limit` characters."""
        value = self.values.get(name, "")
        if len(value) > limit:
            self.refuse(f"Encurte “{name}”: tem {len(value)} caracteres e cabem {limit}.")
        return value

    def line(self, name: str, limit: int) -> str:
        """The cell as one line."""
        return " ".join(self.text(name, limit).split())

    def items(self, name: str, limit: int = 100) -> list[str]:
        """The cell as a list, separated by semicolons; each item once, each at most `limit`."""
        found = [" ".join(item.split()) for item in self.values.get(name, "").split(";")]
        for item in found:
            if len(item) > limit:
                self.refuse(f"Encurte “{item[:30]}…”, em “{name}”: cabem {limit} caracteres.")
        return list(dict.fromkeys(item for item in found if item))

    def choice(self, name: str, choices: Mapping[str, T], what: str) -> T | None:
        """The value that goes with the word in the cell; accents and capitals do not matter."""
        typed = self.values.get(name, "")
        return self.choose(typed, choices, what) if typed else None

    def choose(self, typed: str, choices: Mapping[str, T], what: str) -> T | None:
        known = {_key(word): value for word, value in choices.items()}
        if _key(typed) in known:
            return known[_key(typed)]
        self.refuse(f"Não há {what} “{typed[:60]}”. Use {_listed(choices)}.")
        return None

    def rows(self, name: str, least: int, most: int) -> list[list[str]]:
        """The cell as one row a line, of `least` to `most` parts separated by bars."""
        found = []
        for line in self.values.get(name, "").split("\n"):
            parts = [" ".join(part.split()) for part in line.split("|")]
            if not any(parts):
                continue
            if least <= len(parts) <= most:
                found.append(parts)
            else:
                self.refuse(f"Em “{name}”, separe as partes com |: está “{line.strip()[:60]}”.")
        return found

    def number(self, name: str, most: int = MAX_NUMBER) -> int | None:
        """A whole number, with or without points between thousands."""
        typed = self.values.get(name, "")
        if not typed:
            return None
        digits = re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", typed)
        if re.fullmatch(r"\d{1,10}", digits, re.ASCII) and int(digits) <= most:
            return int(digits)
        self.refuse(f"Escreva “{name}” só com algarismos, até {most}: está “{typed[:40]}”.")
        return None

    def year(self, name: str) -> int | None:
        """A year that has begun, none before 1900."""
        typed, this_year = self.values.get(name, ""), timezone.localdate().year
        if not typed:
            return None
        if re.fullmatch(r"\d{4}", typed, re.ASCII) and 1900 <= int(typed) <= this_year:
            return int(typed)
        self.refuse(f"Escreva “{name}” como um ano de 1900 a {this_year}: está “{typed[:40]}”.")
        return None

    def past_day(self, name: str) -> date | None:
        """A date that is not to come."""
        found = self.day(name)
        if found and found > timezone.localdate():
            self.refuse(f"Em “{name}” está {found:%d/%m/%Y}, que ainda não chegou.")
            return None
        return found

    def day(self, name: str) -> date | None:
        """A date: 31/12/2026 or 2026-12-31."""
        found = self.moment(name)
        return timezone.localdate(found) if found else None

    def moment(self, name: str) -> datetime | None:
        """A date, with a time or at midnight, in the zone of the site."""
        typed = self.values.get(name, "")
        if not typed:
            return None
        try:
            return timezone.make_aware(_naive(typed))
        except (ValueError, OverflowError):
            self.refuse(f"Escreva “{name}” como 31/12/2026: está “{typed[:40]}”.")
            return None

    def answer(self, name: str) -> bool | None:
        """“sim” or “não”; None for anything else."""
        typed = plain(self.values.get(name, ""))
        return True if typed in _YES else False if typed in _NO else None


def _key(word: str) -> str:
    """“CC-BY 4.0” is “cc by 4.0”."""
    return plain(word.replace("-", " ").replace("_", " "))


def _naive(typed: str) -> datetime:
    """A date as people or spreadsheets write it. Raises ValueError."""
    if match := _DAY.fullmatch(typed):
        day, month, year = match[1], match[2], match[3]
    elif match := _ISO.fullmatch(typed):
        year, month, day = match[1], match[2], match[3]
    else:
        raise ValueError(typed)
    when = datetime(int(year), int(month), int(day), int(match[4] or 0), int(match[5] or 0))
    if not 1900 <= when.year <= 2200:
        raise ValueError(typed)
    return when


def _listed(words: Iterable[str]) -> str:
    shown = list(words)
    more = f" e mais {len(shown) - 12}" if len(shown) > 12 else ""
    return ", ".join(shown[:12]) + more if shown else "um que já exista"
