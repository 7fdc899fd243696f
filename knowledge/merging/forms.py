"""Choosing the one that stays."""

from typing import Any

from django import forms
from wagtail.snippets.widgets import AdminSnippetChooser

from knowledge.merging.kinds import Mergeable


class KeptForm(forms.Form):
    """Which of all the others stays."""

    def __init__(self, kind: Mergeable, old: Any, data: Any = None) -> None:
        chosen = (data or {}).get("fica", "")
        # The chooser of the CMS looks up whatever it is given, numbers or not.
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 18
        super().__init__({"fica": chosen if is_number else ""} if data is not None else None)
        self.fields["fica"] = forms.ModelChoiceField(
            kind.model._default_manager.exclude(pk=old.pk),
            label=kind.which_stays,
            help_text=f"“{old}” sai, e tudo o que é dele passa para quem você escolher.",
            widget=AdminSnippetChooser(kind.model, icon="tag"),
            error_messages={
                "required": "Escolha quem fica.",
                "invalid_choice": "Escolha outro: este não existe mais ou é o mesmo que sai.",
            },
        )
