"""Where merging is met in the CMS: in the lists, on the page of each, in the log, in old forms."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override, registry
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.views.snippets import EditView

from knowledge.merging.apply import MERGED
from knowledge.merging.kinds import mergeable_of
from knowledge.merging.views import merge_url, merge_view
from knowledge.models import Person, Theme

_GONE = {
    Person: "Esta pessoa ou órgão não existe mais: foi apagado ou juntado a outro. Escolha de novo.",
    Theme: "Este tema não existe mais: foi apagado ou juntado a outro. Escolha de novo.",
}


def merge_button(instance: Any, user: Any) -> Iterator[Button]:
    """“Juntar…”, for those who may."""
    kind = mergeable_of(instance)
    if kind is not None and kind.may_be_merged_by(user):
        yield Button("Juntar a outro…", url=merge_url(instance), icon_name="resubmit", priority=30)


class MergeableEditView(EditView):
    """The form of something that may be merged."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *merge_button(self.object, self.request.user)]


def _in_lists(instance: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return merge_button(instance, user)


def _urls() -> list[URLPattern]:
    return [path("juntar/<slug:kind>/<int:pk>/", merge_view, name="merge")]


def _log_actions(actions: Any) -> None:
    @actions.register_action(MERGED)
    class MergeFormatter(LogFormatter):
        label = "Juntar"

        def format_message(self, entry: Any) -> str:
            data = entry.data
            return f"Juntou “{data.get('merged', '')}” a este; páginas: {data.get('pages', 0)}"


def tell_what_is_gone() -> None:
    """A form that was open while somebody merged sends what no longer exists: say so plainly. Called
    once the choosers are registered, which it keeps."""
    for model, sentence in _GONE.items():
        override = dict(registry.values_by_fk_related_model.get(model) or {})
        override |= {"error_messages": {"invalid_choice": sentence}}
        register_form_field_override(models.ForeignKey, to=model, override=override)


def register() -> None:
    """Everything the CMS has to know of merging."""
    hooks.register("register_snippet_listing_buttons", _in_lists)
    hooks.register("register_admin_urls", _urls)
    hooks.register("register_log_actions", _log_actions)
