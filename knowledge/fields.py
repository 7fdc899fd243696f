"""Form and model fields for what a case of a city says of itself."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse_lazy
from django.utils.text import capfirst

from knowledge.municipalities import UnknownMunicipality, municipality, read_municipality

_STORED = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
_TYPED = re.compile(r"(0?[1-9]|1[0-2])\s*[/-]\s*(\d{4})")
_MONTHS = ("jan.", "fev.", "mar.", "abr.", "maio", "jun.", "jul.", "ago.", "set.", "out.", "nov.")


class MunicipalityWidget(forms.TextInput):
    """A text field; with script, municipalities are offered while one types."""

    def __init__(self) -> None:
        super().__init__(
            {
                "data-municipalities": reverse_lazy("municipalities"),
                "autocomplete": "off",
                "placeholder": "Sobral (CE)",
            }
        )

    class Media:
        js = ("js/municipio.js",)


class MunicipalityFormField(forms.CharField):
    """Takes a name with its state, or a code, and gives the code."""

    widget = MunicipalityWidget

    def prepare_value(self, value: Any) -> Any:
        found = municipality(value) if isinstance(value, str) else None
        return str(found) if found else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "")
        try:
            return read_municipality(typed).code if typed else ""
        except UnknownMunicipality as error:
            raise ValidationError(str(error)) from error


class MunicipalityField(models.CharField):  # type: ignore[type-arg]
    """A municipality of Brazil, stored by its seven-digit code of IBGE; empty for none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_length": 7, "blank": True})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return MunicipalityFormField(
            label=capfirst(kwargs.get("label", self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=False,
        )


def read_period(text: str) -> str:
    """“2024”, “03/2024” or “2024-03” as it is stored: a year, or a year and its month.

    Raises ValueError, with a sentence.
    """
    typed = text.strip()
    if _STORED.fullmatch(typed):
        return typed
    if match := _TYPED.fullmatch(typed):
        return f"{match[2]}-{int(match[1]):02}"
    raise ValueError("Escreva o ano, como 2024, ou o mês e o ano, como 03/2024.")


def show_period(stored: str) -> str:
    """A stored year or month as people read it: “2024”, “mar. 2024”."""
    match = _STORED.fullmatch(stored)
    if match is None or match[2] is None:
        return stored
    return f"{(*_MONTHS, 'dez.')[int(match[2]) - 1]} {match[1]}"


class PeriodFormField(forms.CharField):
    """Takes a year, or a month and a year."""

    def prepare_value(self, value: Any) -> Any:
        match = _STORED.fullmatch(value) if isinstance(value, str) else None
        return f"{match[2]}/{match[1]}" if match and match[2] else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "")
        try:
            return read_period(typed) if typed else ""
        except ValueError as error:
            raise ValidationError(str(error)) from error


class PeriodField(models.CharField):  # type: ignore[type-arg]
    """A year (“2024”) or a month of one (“2024-03”), as in ISO 8601; empty for none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_length": 7, "blank": True})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return PeriodFormField(
            label=capfirst(kwargs.get("label", self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=False,
        )
