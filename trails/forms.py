"""The steps of a trail in the editor."""

from typing import Any

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class StepFormSet(BaseChildFormSet):
    """Steps left without an address get theirs when the trail is saved; one that is given belongs to
    one step."""

    def validate_unique(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            slug = getattr(form, "cleaned_data", {}).get("slug")
            if not slug or form in self.deleted_forms:
                continue
            if slug in seen:
                form.add_error("slug", "Outra etapa já tem este endereço. Escolha outro.")
            seen.add(slug)


class StepsPanel(InlinePanel):
    """The steps, in order."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = StepFormSet
        return options
