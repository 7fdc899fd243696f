"""The library in the CMS."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from knowledge.desk import first_page, notes
from knowledge.desk.menus import addresses_of, menu_item
from knowledge.desk.reports import REPORTS
from knowledge.desk.views import check_link
from knowledge.draft_reading import admin as draft_reading
from knowledge.merging import admin as merging
from knowledge.models import Person, Theme, Withdrawal
from knowledge.municipalities import suggest
from knowledge.publishing import doors
from knowledge.publishing.log import log_actions
from knowledge.reading import PageLinks
from knowledge.tags import admin as tags
from knowledge.turn import take_turn_below_parents

hooks.register("register_log_actions", log_actions)
hooks.register("before_copy_page", doors.before_copy_page)
hooks.register("before_convert_alias_page", doors.before_convert_alias_page)
hooks.register("after_convert_alias_page", doors.after_convert_alias_page)
hooks.register("register_bulk_action", doors.GatedPublishBulkAction, order=200)


@hooks.register("before_bulk_action")
def queue(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Several pages at once take their turn before the first of them is written."""
    if action_type in ("delete", "move") and all(isinstance(each, Page) for each in objects):
        take_turn_below_parents(objects)


@require_safe
def municipalities(request: HttpRequest) -> JsonResponse:
    """The municipalities that begin as somebody types, for the editing form of a case."""
    found = suggest(request.GET.get("q", "")[:80])
    return JsonResponse({"municipalities": [str(item) for item in found]})


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("municipios/", municipalities, name="municipalities")]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def advise(request: HttpRequest, page: Page) -> None:
    """What would make a resource better, though nothing lacks."""
    for sentence in getattr(page, "advice", list)():
        messages.info(request, sentence)


@hooks.register("insert_global_admin_css")
def style_of_the_desk() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/mesa.css"))


@hooks.register("insert_global_admin_js")
def script_of_the_desk() -> SafeString:
    return format_html('<script defer src="{}"></script>', static("js/mesa.js"))


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
        FieldPanel("text"),
        FieldPanel("module"),
        FieldPanel("order"),
        InlinePanel("highlights", heading="Destaques", label="Material", max_num=4),
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
        FieldPanel("cited_as"),
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
notes.register()

hooks.register("construct_homepage_panels", first_page.arrange, order=10)


@hooks.register("register_admin_urls")
def addresses_of_the_desk() -> list[Any]:
    found = [address for report in REPORTS for address in addresses_of(report)]
    return [*found, path("links/<int:pk>/conferir/", check_link, name="desk_check_link")]


for _number, _report in enumerate(REPORTS):
    hooks.register("register_reports_menu_item", menu_item(_report, 100 + 10 * _number))
