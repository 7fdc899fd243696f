"""The rows of a resource in the editor: who made it, its themes."""

from typing import Any

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class RowFormSet(BaseChildFormSet):
    """A row that went while the form was open (two that said the same were merged) is a new row,
    not an error that nobody can see."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._take_lost_rows_for_new()

    def _take_lost_rows_for_new(self) -> None:
        known = {str(row.pk) for row in self.get_queryset()}
        names = [f"{self.add_prefix(i)}-id" for i in range(self.initial_form_count())]
        lost = [name for name in names if self.data.get(name) and self.data[name] not in known]
        if lost:
            self.data = self.data.copy()
            for name in lost:
                self.data[name] = ""


class RowsPanel(InlinePanel):
    """Rows of which some may go while somebody writes."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = RowFormSet
        return options
