"""What the CMS says of the preparation of a file, and the way to try it again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel
from wagtail.snippets.views.snippets import SnippetViewSet

from files import encoding, sound
from files.models import Preparable, Recording, Video


class StatePanel(Panel):
    """Where the preparation of a file stands, with a button to try again what failed."""

    def __init__(self, heading: str = "Preparo", **kwargs: Any) -> None:
        super().__init__(heading=heading, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "files/state_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) or bool(self._missing())

        def _missing(self) -> str:
            if isinstance(self.instance, Video):
                return encoding.missing_part()
            return sound.missing_part() if isinstance(self.instance, Recording) else ""

        @property
        def media(self) -> forms.Media:
            """What follows the work while it goes on."""
            return forms.Media(js=["js/preparo.js"])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            row: Preparable = self.instance
            context["row"] = row
            context["is_open"] = bool(row.pk) and not (row.is_current or row.has_failed)
            context["missing"] = "" if row.failure else self._missing()
            if row.pk and not row.is_current and row.state != Preparable.State.WORKING:
                name = f"wagtailsnippets_{row._meta.app_label}_{row._meta.model_name}:try_again"
                context["try_again_url"] = reverse(name, args=[row.pk])
            return context


class PreparableViewSet(SnippetViewSet):
    """Files that a job prepares, in the menu: each with its state."""

    def try_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin anew the preparation of one file."""
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        row = get_object_or_404(self.model, pk=pk)
        if row.try_again():
            messages.success(request, f"“{row}” voltou para a fila de preparo.")
        return redirect(self.get_url_name("edit"), pk)

    def get_urlpatterns(self) -> list[URLPattern]:
        again = require_POST(self.try_again)
        return [*super().get_urlpatterns(), path("try-again/<int:pk>/", again, name="try_again")]
