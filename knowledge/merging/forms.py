"""Choosing the one that stays."""

from typing import Any

from django import forms

from knowledge.merging.kinds import Mergeable


class KeptField(forms.ModelChoiceField):
    """All the others by name, each with its address: what was entered twice may be called alike."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.slug})"


class KeptForm(forms.Form):
    """Which of all the others stays."""

    def __init__(self, kind: Mergeable, old: Any, data: Any = None) -> None:
        chosen = (data or {}).get("fica", "")
        # A number that no database has would be an error there, not a choice that is not offered.
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 18
        super().__init__({"fica": chosen if is_number else ""} if data is not None else None)
        self.fields["fica"] = KeptField(
            kind.model._default_manager.exclude(pk=old.pk).order_by("name", "pk"),
            label=kind.which_stays,
            help_text=f"“{old}” ({old.slug}) sai. Tudo o que é dele passa para quem você escolher.",
            error_messages={
                "required": "Escolha quem fica.",
                "invalid_choice": "Escolha outro: este não existe mais ou é o mesmo que sai.",
            },
        )
