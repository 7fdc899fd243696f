"""Mending what readers were told of a change: a slip in the sentence, not what was published."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from knowledge.models import Change, ResourcePage
from knowledge.models.changes import NOTE_CORRECTED


class NoteForm(forms.ModelForm):
    """The sentence of one change."""

    class Meta:
        model = Change
        fields = ("note",)
        widgets = {"note": forms.TextInput(attrs={"size": 80})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        field.label = "O que mudou"
        field.required = True
        field.error_messages["required"] = "Escreva a frase: ela já está na página."


def correct_note(change: Change, note: str, by: Any) -> bool:
    """Put `note` in the place of what was said, and write down who did; False where it is the same.
    The change keeps its date, and there is no new one."""
    with transaction.atomic():
        row = Change.objects.select_for_update().get(pk=change.pk)
        if row.note == note:
            return False
        data = {"from": row.note, "to": note}
        row.note = note
        row.save(update_fields=["note"])
        log(row.page, NOTE_CORRECTED, user=by, revision=row.revision, data=data)
    return True


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes that the page shows, each to be mended by whoever may publish the page."""
    page = get_object_or_404(ResourcePage, pk=pk)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    told = list(Change.objects.told().filter(page=page))
    sent = request.POST.get("change", "")
    asked = [_form(change, request, sent) for change in told]
    if request.method == "POST":
        form = next((form for form in asked if form.is_bound), None)
        if form is None:
            messages.warning(request, "Esta frase já não está na página.")
            return redirect("correct_notes", page.pk)
        if form.is_valid():
            before = next(change for change in told if change.pk == form.instance.pk)
            changed = correct_note(before, form.cleaned_data["note"], request.user)
            said = "Frase corrigida. A data é a mesma." if changed else "A frase já estava assim."
            messages.success(request, said)
            return redirect("correct_notes", page.pk)
    title = page.get_admin_display_title()
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    context = {
        "page": page,
        "forms": asked,
        "edit_url": edit_url,
        "page_title": f"O que mudou em “{title}”",
        "header_title": f"O que mudou em “{title}”",
        "header_icon": "history",
        "breadcrumbs_items": [
            {"url": edit_url, "label": title},
            {"url": "", "label": "O que mudou"},
        ],
    }
    return TemplateResponse(request, "knowledge/desk/notes.html", context)


def _form(change: Change, request: HttpRequest, sent: str) -> NoteForm:
    """The form of a change, filled in where it is the one that was sent."""
    prefix = f"n{change.pk}"
    return NoteForm(
        request.POST if sent == str(change.pk) else None, instance=change, prefix=prefix
    )


def _header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """“Corrigir o que mudou”, where the page tells of a change."""
    if page.permissions_for_user(user).can_publish() and Change.objects.told().filter(page=page.pk):
        url = reverse("correct_notes", args=[page.pk])
        yield Button("Corrigir o que mudou", url=url, icon_name="history", priority=65)


def register() -> None:
    hooks.register("register_page_header_buttons", _header_buttons)
    hooks.register("register_admin_urls", _urls)


def _urls() -> list[URLPattern]:
    return [path("mudancas/<int:pk>/", notes, name="correct_notes")]
