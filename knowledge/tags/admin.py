"""The list of tags in the CMS: counts, another name, merging, deleting what nobody uses."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods
from taggit.models import Tag
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from knowledge.merging.admin import MergeableEditView
from knowledge.tags.uses import Uses, unused, uses_of_tags

DELETE = "taggit.delete_tag"
_LIST = "wagtailsnippets_taggit_tag:list"


class TagForm(WagtailAdminModelForm):
    """A tag has one name, whatever the capitals."""

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        other = Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).first()
        if other is not None:
            raise forms.ValidationError(
                f"Já existe a etiqueta “{other}”. Para ficar com uma só, use “Juntar a outro…”."
            )
        return name


class TagIndexView(IndexView):
    """Every tag with its uses, which cost the same for one and for fifty."""

    def get_table(self, object_list: Any) -> Any:
        uses = uses_of_tags()
        tags = list(object_list)
        for tag in tags:
            tag.uses = uses.get(tag.pk, Uses())
        return super().get_table(tags)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perm(DELETE):
            url = reverse("delete_unused_tags")
            buttons.append(Button("Apagar as sem uso…", url=url, icon_name="bin", priority=40))
        return buttons


class TagViewSet(SnippetViewSet):
    """Tags in the menu."""

    model = Tag
    icon = "tag"
    menu_label = "Etiquetas"
    list_display = ("name", Column("uses", label="Onde está", accessor="uses"))
    list_per_page = 50
    search_fields = ("name",)
    ordering = ("name",)
    index_view_class = TagIndexView
    edit_view_class = MergeableEditView
    panels = [FieldPanel("name")]

    def get_form_class(self, for_update: bool = False) -> type:
        return forms.modelform_factory(Tag, form=TagForm, fields=["name"])


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def delete_unused_tags(request: HttpRequest) -> HttpResponse:
    """The tags that nothing has, and the button that deletes them."""
    if not request.user.has_perm(DELETE):
        raise PermissionDenied
    if request.method == "POST":
        with transaction.atomic():
            chosen = [
                pk for pk in request.POST.getlist("etiqueta") if pk.isdigit() and len(pk) < 18
            ]
            gone = unused(Tag.objects.select_for_update().filter(pk__in=chosen))
            for tag in gone:
                log(instance=tag, action="wagtail.delete", user=request.user)
                tag.delete()
        count = len(gone)
        messages.success(request, f"{count} etiqueta{'s' if count != 1 else ''} a menos.")
        return redirect(_LIST)
    context = {
        "tags": unused(Tag.objects.order_by("name")),
        "list_url": reverse(_LIST),
        "page_title": "Etiquetas sem uso",
        "header_title": "Etiquetas sem uso",
        "breadcrumbs_items": [
            {"url": reverse(_LIST), "label": "Etiquetas"},
            {"url": "", "label": "Sem uso"},
        ],
    }
    return TemplateResponse(request, "knowledge/tags/unused.html", context)


def keep_used_tags(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """A tag in use is merged, not deleted: pages would lose it without anybody noticing."""
    tags = [item for item in instances if isinstance(item, Tag)]
    used = set(tags) - set(unused(tags)) if tags else set()
    if not used:
        return None
    names = ", ".join(f"“{tag}”" for tag in sorted(used)[:5])
    messages.error(
        request, f"Em uso, não se apaga: {names}. Junte a outra, ou tire das páginas antes."
    )
    return redirect(_LIST)


def _urls() -> list[URLPattern]:
    return [path("etiquetas/sem-uso/", delete_unused_tags, name="delete_unused_tags")]


def register() -> None:
    """Everything the CMS has to know of tags, but for their place in the menu."""
    hooks.register("before_delete_snippet", keep_used_tags)
    hooks.register("register_admin_urls", _urls)
