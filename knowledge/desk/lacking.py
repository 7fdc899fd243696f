"""What a draft lacks before it may be published, told while somebody writes it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import Panel
from wagtail.models import Page

from knowledge.desk.advice import advice_on, grouped
from knowledge.publishing.gate import lacks_of
from licensing.gate import Lack


@dataclass(frozen=True)
class Told:
    """What the editor tells of a draft: what lacks, what is still being prepared, what could be
    better."""

    lacks: list[Lack]
    passing: list[Lack]
    advice: list[dict[str, Any]]
    advice_count: int


def told_of(page: Page, request: HttpRequest) -> Told:
    """What to tell of `page` as it stands in memory; reckoned once for a request."""
    kept: Told | None = getattr(request, "_told", None)
    if kept is None:
        lacks = lacks_of(page)
        advice = advice_on(page)
        kept = Told(
            lacks=[lack for lack in lacks if not lack.passing],
            # Drawings have no field; they are made in the moment of publishing.
            passing=[lack for lack in lacks if lack.passing and lack.field],
            advice=grouped(advice),
            advice_count=len(advice),
        )
        request._told = kept  # type: ignore[attr-defined]
    return kept


class LacksPanel(Panel):
    """At the head of the form: the list of what lacks, each a way to its field.

    It is drawn with the form, and once more whenever the draft saves itself
    (`templates/wagtailadmin/pages/edit_partials.html`).
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", "O que falta para publicar")
        kwargs.setdefault("icon", "list-ul")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/desk/lacks_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"told": told_of(self.instance, self.request)}
