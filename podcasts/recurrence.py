"""How often a show comes out: a rule of RFC 5545 (§3.3.10), said in words, and its next dates."""

import re
from datetime import UTC, datetime
from typing import Any

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError

_PART = re.compile(r"[A-Z]+=[A-Z0-9,+-]+")
_EVERY = {
    "DAILY": ("todo dia", "dias"),
    "WEEKLY": ("toda semana", "semanas"),
    "MONTHLY": ("todo mês", "meses"),
    "YEARLY": ("todo ano", "anos"),
}
_DAYS = {
    "MO": "segunda-feira",
    "TU": "terça-feira",
    "WE": "quarta-feira",
    "TH": "quinta-feira",
    "FR": "sexta-feira",
    "SA": "sábado",
    "SU": "domingo",
}
_MALE = ("SA", "SU")
_ORDER = {
    1: ("primeira", "primeiro"),
    2: ("segunda", "segundo"),
    3: ("terceira", "terceiro"),
    4: ("quarta", "quarto"),
    5: ("quinta", "quinto"),
    -1: ("última", "último"),
}
_WRONG = (
    "Escreva a frequência como FREQ=MONTHLY;BYDAY=1TU (toda primeira terça-feira do mês) ou "
    "FREQ=WEEKLY;BYDAY=MO (toda segunda-feira)."
)


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule by name. Raises ValidationError, with a sentence."""
    parts = rule.split(";")
    if not all(map(_PART.fullmatch, parts)):
        raise ValidationError(_WRONG)
    named = dict(part.split("=", 1) for part in parts)
    if named.get("FREQ") not in _EVERY or len(named) != len(parts):
        raise ValidationError(_WRONG)
    return named


def check_rule(rule: str) -> None:
    """Refuse what is no rule that a show can keep. Raises ValidationError."""
    named = parts_of(rule)
    if {"COUNT", "UNTIL"} & set(named):
        raise ValidationError(
            "A frequência não tem fim: tire COUNT e UNTIL. Quando o programa acabar, marque "
            "“programa encerrado”."
        )
    if next_after(rule, datetime(2026, 1, 1, tzinfo=UTC)) is None:
        raise ValidationError(_WRONG)


def next_after(rule: str, moment: datetime) -> datetime | None:
    """The first date of the rule after `moment`, counted from it; None if there is none."""
    try:
        found: Any = rrulestr(rule, dtstart=moment).after(moment)
    except (ValueError, KeyError, TypeError) as error:
        raise ValidationError(_WRONG) from error
    return found


def between(rule: str, first: datetime, begin: datetime, end: datetime) -> list[datetime]:
    """The dates of a rule, counted from `first`, from `begin` until before `end`."""
    found: Any = rrulestr(rule, dtstart=first)
    return [moment for moment in found.between(begin, end, inc=True) if moment < end]


def in_words(rule: str) -> str:
    """“todo mês, na primeira terça-feira”; only how often, where the days are no simple list."""
    try:
        named = parts_of(rule)
    except ValidationError:
        return ""
    every, many = _EVERY[named["FREQ"]]
    interval = int(named.get("INTERVAL", "1"))
    said = every if interval == 1 else f"a cada {interval} {many}"
    days = [_day_in_words(day) for day in named.get("BYDAY", "").split(",") if day]
    if days and all(days):
        said += f", {' e '.join(days)}"
    elif named.get("BYMONTHDAY", "").isdigit():
        said += f", no dia {named['BYMONTHDAY']}"
    return said


def _day_in_words(text: str) -> str:
    day, which = text[-2:], text[:-2]
    if day not in _DAYS:
        return ""
    is_male = day in _MALE
    the = "no" if is_male else "na"
    if not which:
        return f"{the} {_DAYS[day]}"
    order = _ORDER.get(int(which) if which.lstrip("+-").isdigit() else 0)
    return f"{the} {order[is_male]} {_DAYS[day]}" if order else ""
