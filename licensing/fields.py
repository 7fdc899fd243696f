"""The model field that holds a licence."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from licensing.values import ALL_LICENCES, OPEN_LICENCES, Licence, licence


class LicenceChoiceField(forms.TypedChoiceField):
    """A choice of licences whose value is a `Licence` or None."""

    def prepare_value(self, value: Any) -> Any:
        return value.identifier if isinstance(value, Licence) else value


class LicenceField(models.CharField):  # type: ignore[type-arg]
    """A `Licence` or None, stored by its SPDX identifier.

    With `reserved=True` the choice includes “all rights reserved”, for third parties' material.
    Nothing is chosen in advance: a licence is never guessed.
    """

    # What type checkers are told: a licence comes out, a licence or its identifier goes in.
    _pyi_private_get_type: Licence | None  # type: ignore[assignment]
    _pyi_private_set_type: Licence | str | None  # type: ignore[assignment]

    def __init__(self, *args: Any, reserved: bool = False, **kwargs: Any) -> None:
        self.reserved = reserved
        kwargs |= {"max_length": 50, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "default"):
            kwargs.pop(fixed, None)
        if self.reserved:
            kwargs["reserved"] = True
        return name, path, args, kwargs

    @property
    def licences(self) -> tuple[Licence, ...]:
        return ALL_LICENCES if self.reserved else OPEN_LICENCES

    def to_python(self, value: Any) -> Licence | None:
        if isinstance(value, Licence):
            return value
        if not value:
            return None
        try:
            return licence(str(value))
        except KeyError as error:
            raise ValidationError("Não conhecemos esta licença. Escolha uma da lista.") from error

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Licence | None:
        return self.to_python(value)

    def get_default(self) -> None:
        return None

    def get_prep_value(self, value: Any) -> str:
        chosen = self.to_python(value)
        return chosen.identifier if chosen else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def clean(self, value: Any, model_instance: models.Model | None) -> Licence | None:
        chosen = self.to_python(value)
        if chosen and chosen not in self.licences:
            raise ValidationError("Esta licença não serve aqui. Escolha uma da lista.")
        return chosen

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs.pop("choices_form_class", None)
        names = [(item.identifier, f"{item.short_name}: {item.in_short}") for item in self.licences]
        return LicenceChoiceField(
            label=capfirst(kwargs.get("label", self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            choices=[("", "Escolha uma licença"), *names],
            coerce=self.to_python,
            empty_value=None,
            required=False,
        )
