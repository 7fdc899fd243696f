"""The doors to “live” that have no form of their own: bulk, approval in a dialogue, copy, alias.

Each asks the gate before Wagtail acts. A refusal is an admin message, and everything stays as it
was.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.workflow import WorkflowAction
from wagtail.models import Page

from knowledge.models.lineage import licence_change
from knowledge.models.resources import ResourcePage
from knowledge.publishing.gate import draft_of, lacks_of, prepare, sentences
from licensing.gate import Lack


def _lacks_now(page: Page) -> list[Lack]:
    """What `page` lacks to go live at its time: what mends itself matters only if that is now."""
    go_live_at = page.go_live_at
    can_wait = bool(go_live_at and go_live_at > timezone.now())
    return [lack for lack in lacks_of(page) if not (lack.passing and can_wait)]


def tell_of_licences(request: HttpRequest, pages: list[Page]) -> None:
    """Tell which of the pages change the licence under which they were published."""
    for page in pages:
        if isinstance(page, ResourcePage) and (sentence := licence_change(page)):
            messages.warning(request, sentence)


def refuse_lacking(request: HttpRequest, pages: list[Page], advice: str = "") -> bool:
    """Tell what each of the pages lacks; True when any lacks something."""
    refused = False
    for page in pages:
        prepare(page)
        lacks = _lacks_now(page)
        if lacks:
            refused = True
            messages.error(request, f"{sentences(page, lacks)} {advice}".strip())
    return refused


class GatedPublishBulkAction(PublishBulkAction):
    """Publishing several pages at once: all of them, or, if any lacks something, none."""

    def prepare_action(self, objects: Any, objects_without_access: Any) -> HttpResponse | None:
        pages = [draft_of(page) for page in objects]
        if self.cleaned_form.cleaned_data["include_descendants"]:
            for page in objects:
                below = page.get_descendants().not_live()
                pages += [
                    draft_of(child)
                    for child in below
                    if child.permissions_for_user(self.request.user).can_publish()
                ]
        if refuse_lacking(self.request, pages):
            messages.warning(self.request, "Nada foi publicado. Complete o que falta e repita.")
            return redirect(self.next_url)
        tell_of_licences(self.request, pages)
        return None


@require_admin_access
def workflow_action(
    request: HttpRequest, page_id: int, action_name: str, task_state_id: int
) -> HttpResponseBase:
    """Approving from the dialogue of the reviewer, which has no fields of the page."""
    page = get_object_or_404(Page, pk=page_id)
    may_edit = page.permissions_for_user(request.user).can_edit()
    if request.method == "POST" and action_name == "approve" and may_edit:
        approved = [draft_of(page)]
        advice = "O material continua em revisão."
        if refuse_lacking(request, approved, advice):
            edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                done = {"step": "success", "redirect": edit_url}
                return render_modal_workflow(request, "", None, {}, json_data=done)
            return redirect(edit_url)
        tell_of_licences(request, approved)
    return WorkflowAction.as_view()(
        request, page_id=page_id, action_name=action_name, task_state_id=task_state_id
    )


def before_copy_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Copying with publication, and aliases, which go live with their source."""
    data = request.POST
    is_alias = bool(data.get("alias"))
    if request.method != "POST" or not (is_alias or data.get("publish_copies")):
        return None
    pages = list(_live_pages_to_copy(page, bool(data.get("copy_subpages"))))
    if not is_alias:
        for copied in pages:
            become = getattr(copied, "become_copy", None)
            if become:
                is_top = copied.pk == page.pk
                become(data.get("new_title"), data.get("new_slug")) if is_top else become()
    advice = "" if is_alias else "Copie sem publicar: o rascunho prepara o que falta."
    if refuse_lacking(request, pages, advice):
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _live_pages_to_copy(page: Page, with_descendants: bool) -> Iterator[Page]:
    for copied in page.get_descendants(inclusive=True) if with_descendants else [page]:
        if copied.live:
            yield copied.specific


def before_convert_alias_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An alias that becomes a page of its own needs what it had from its source until now."""
    become = getattr(page, "become_copy", None)
    if request.method != "POST" or become is None:
        return None
    source = page.alias_of
    become()
    advice = "Para ter outro material igual, copie a página sem publicar."
    if page.live and refuse_lacking(request, [page], advice):
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    page.alias_of = source  # Wagtail lets go of it
    return None


def after_convert_alias_page(request: HttpRequest, page: Page) -> None:
    """It is a work of its own now, and enters the library."""
    page.save()
