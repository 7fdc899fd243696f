"""The library in the CMS."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from knowledge.draft_reading import admin as draft_reading
from knowledge.merging import admin as merging
from knowledge.models import HeldPublication, Person, Theme, Withdrawal
from knowledge.publishing import doors
from knowledge.reading import PageLinks
from knowledge.tags import admin as tags

hooks.register("before_copy_page", doors.before_copy_page)
hooks.register("before_convert_alias_page", doors.before_convert_alias_page)
hooks.register("after_convert_alias_page", doors.after_convert_alias_page)
hooks.register("register_bulk_action", doors.GatedPublishBulkAction, order=200)


@hooks.register("register_rich_text_features", order=200)
def link_in_one_query(features: Any) -> None:
    features.register_link_type(PageLinks)


class ThemeViewSet(SnippetViewSet):
    model = Theme
    edit_view_class = merging.MergeableEditView
    icon = "folder-open-inverse"
    list_display = ("name", "slug", "module", "order")
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("introduction"),
        FieldPanel("module"),
        FieldPanel("order"),
    ]


class PersonViewSet(SnippetViewSet):
    model = Person
    edit_view_class = merging.MergeableEditView
    icon = "group"
    list_display = ("name", "nature", "slug")
    search_fields = ("name",)
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("nature"),
        FieldPanel("about"),
        FieldPanel("website"),
    ]


class WithdrawalViewSet(SnippetViewSet):
    model = Withdrawal
    icon = "bin"
    list_display = ("title", "path", "withdrawn_at")
    inspect_view_enabled = False


class LibraryGroup(SnippetViewSetGroup):
    """One menu for what pages of the library refer to."""

    items = (ThemeViewSet, PersonViewSet, tags.TagViewSet, WithdrawalViewSet)
    menu_icon = "folder-open-inverse"
    menu_label = "Acervo"
    menu_name = "acervo"
    menu_order = 150


register_snippet(LibraryGroup)
merging.register()
merging.tell_what_is_gone()
tags.register()
draft_reading.register()


class HeldPublicationsPanel(Component):
    """On the first page of the CMS: what should be out by now, and why it is not."""

    order = 90

    def render_html(self, parent_context: Any = None) -> SafeString | str:
        user = parent_context["request"].user
        held = [
            item
            for item in HeldPublication.objects.select_related("page")
            if item.page.permissions_for_user(user).can_edit()
        ]
        if not held:
            return ""
        items = format_html_join(
            "",
            '<li><a href="{}">{}</a>: {} {}</li>',
            (
                (
                    reverse("wagtailadmin_pages:edit", args=[item.page_id]),
                    item.page.get_admin_display_title(),
                    "espera." if item.is_waiting else "voltou a rascunho.",
                    " ".join(item.reasons),
                )
                for item in held[:10]
            ),
        )
        return format_html(
            '<section class="w-panel"><h2 class="w-panel__heading">Não saíram na hora marcada</h2>'
            "<ul>{}</ul></section>",
            items,
        )


@hooks.register("construct_homepage_panels")
def show_held_publications(request: Any, panels: list[Any]) -> None:
    panels.append(HeldPublicationsPanel())
