"""Inviting readers to a draft in the CMS, and what they said."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button

from knowledge.draft_reading import notices, services
from knowledge.draft_reading.forms import InvitationForm
from knowledge.draft_reading.panels import comments_on
from knowledge.models import DraftComment, DraftInvitation, ResourcePage


def _page(request: HttpRequest, pk: int) -> ResourcePage:
    """The page, for somebody who may edit it."""
    page = get_object_or_404(ResourcePage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reads the draft of a page, what they said, and the form that invites one more. The link of
    a new invitation is shown once: nobody can look it up later."""
    page = _page(request, pk)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    link, invited = "", None
    if request.method == "POST" and form.is_valid():
        invited, token = services.invite(page=page, by=request.user, **form.cleaned_data)
        link = f"{settings.PUBLIC_URL}{reverse('draft', args=[token])}"
        _tell(request, invited, link)
        form = InvitationForm()
    title = page.get_admin_display_title()
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    context = {
        "page": page,
        "form": form,
        "kept_days": services.KEPT_DAYS,
        "link": link,
        "invited": invited,
        "invitations": page.draft_invitations.select_related("invited_by").annotate(
            said=Count("comments")
        ),
        "comments": comments_on(page.pk).order_by("resolved_at", "created_at"),
        "edit_url": edit_url,
        "page_title": f"Quem lê o rascunho de “{title}”",
        "header_title": f"Quem lê o rascunho de “{title}”",
        "header_icon": "view",
        "breadcrumbs_items": [
            {"url": edit_url, "label": title},
            {"url": "", "label": "Quem lê o rascunho"},
        ],
    }
    return TemplateResponse(request, "knowledge/draft_reading/readers.html", context)


def _tell(request: HttpRequest, invitation: DraftInvitation, link: str) -> None:
    if not invitation.email:
        messages.success(request, f"Convite de {invitation.name} pronto. Copie o link agora.")
    elif notices.send_link(invitation, link):
        messages.success(request, f"Enviamos o link para {invitation.email}.")
    else:
        messages.warning(
            request, f"Não deu para enviar a {invitation.email}. Copie o link e envie você."
        )


@require_admin_access
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link opens nothing any more."""
    invitation = get_object_or_404(DraftInvitation, pk=pk)
    page = _page(request, invitation.page_id)
    services.revoke(invitation)
    messages.success(request, f"O link de {invitation.name} não abre mais nada.")
    return redirect("draft_readers", page.pk)


@require_admin_access
@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment has been seen to."""
    comment = get_object_or_404(DraftComment.objects.select_related("invitation"), pk=pk)
    page = _page(request, comment.invitation.page_id)
    services.resolve(comment, request.user)
    messages.success(request, f"Comentário de {comment.name} resolvido.")
    return redirect("draft_readers", page.pk)


def _header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """“Convidar para ler o rascunho”, beside the title of the page."""
    if not isinstance(page.specific_deferred, ResourcePage) or page.alias_of_id:
        return
    if page.permissions_for_user(user).can_edit():
        url = reverse("draft_readers", args=[page.pk])
        yield Button("Convidar para ler o rascunho", url=url, icon_name="view", priority=60)


def _urls() -> list[URLPattern]:
    return [
        path("rascunho/<int:pk>/", readers, name="draft_readers"),
        path("rascunho/convite/<int:pk>/revogar/", revoke, name="revoke_draft_invitation"),
        path("rascunho/comentario/<int:pk>/resolver/", resolve, name="resolve_draft_comment"),
    ]


def register() -> None:
    """Everything the CMS has to know of readers of drafts, but for the panel."""
    hooks.register("register_page_header_buttons", _header_buttons)
    hooks.register("register_admin_urls", _urls)
