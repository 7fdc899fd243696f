"""Numbers as Brazilians write them: a comma before the decimals, points between the thousands."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+\-−]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?")
_ENGLISH = re.compile(r"[+\-−]?\d+\.\d+")
_MAX = Decimal(10) ** 12


class UnreadableNumber(ValueError):
    """Something that is not a number, and how to write it."""


def parse_number(text: str) -> Decimal:
    """“1.204,5” as a number. Raises UnreadableNumber, with a sentence."""
    typed = "".join(text.split())
    if not _NUMBER.fullmatch(typed):
        if _ENGLISH.fullmatch(typed):
            meant = typed.replace(".", ",")
            raise UnreadableNumber(f"Escreva com vírgula antes dos decimais: {meant}")
        raise UnreadableNumber("Escreva só o número, sem a unidade. Exemplos: 81 ou 1.204 ou 49,1.")
    number = Decimal(typed.replace(".", "").replace(",", ".").replace("−", "-"))
    if abs(number) >= _MAX:
        raise UnreadableNumber("O número é grande demais. Use uma unidade maior, como milhões.")
    return number


def places_of(number: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_number(number: Decimal | int, places: int | None = None) -> str:
    """A number as it is read: “1.204,5”, “−3”. With `places`, always that many decimals."""
    number = Decimal(number)
    shown = f"{abs(number):,.{places_of(number) if places is None else places}f}"
    shown = shown.replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"−{shown}" if number < 0 else shown


def type_number(number: Decimal) -> str:
    """A number as somebody would type it, and as a spreadsheet in Portuguese reads it."""
    return f"{number:f}".replace(".", ",")


def size_in_words(size: int) -> str:
    """“88 KB”, “1,2 MB”: decimal units, one decimal from a megabyte on."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def in_short(number: int) -> str:
    """“48 mil”, “2,4 milhões”, “812”: a count of people, for a line of facts."""
    if number < 10_000:
        return format_number(number)
    if number < 1_000_000:
        return f"{format_number(round(number / 1000))} mil"
    millions = Decimal(number) / 1_000_000
    return f"{format_number(millions, 1)} {'milhões' if number >= 2_000_000 else 'milhão'}"
