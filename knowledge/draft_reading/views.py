"""The draft as its invited reader sees it, its files, and the form for comments."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.draft_reading import addresses, services
from knowledge.draft_reading.forms import CommentForm, is_sealed, keep_nonce, new_seal, seal_of
from knowledge.draft_reading.notices import name_of_inviter
from knowledge.models import DraftInvitation, ResourcePage

_UNSEALED = (
    "Não deu para conferir que o formulário veio desta página. "
    "Permita cookies deste site e envie de novo: seu texto está aqui."
)
_TOO_MANY = "Este link já enviou 30 comentários hoje. Envie o próximo amanhã: seu texto está aqui."


@csrf_exempt  # the form is sealed in a way of its own: see forms
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, token: str) -> HttpResponseBase:
    """/rascunho/<token>/: the latest draft, and what its reader has to say of it.

    A page that is out meanwhile is read at its public address. A link that opens nothing (wrong,
    expired, revoked, of a deleted page) is the same 404 whatever the reason.
    """
    invitation = services.find(token)
    draft = services.draft_of(invitation) if invitation else None
    if invitation is None or draft is None:
        return unavailable(request)
    reading = Reading(invitation, draft, token)
    if request.method == "POST":
        return _private(request, _comment(request, reading))
    if services.is_out(invitation.page):
        return _private(request, redirect(invitation.page.specific.path_for_readers))
    services.note_use(invitation)
    return _private(request, _show(request, reading))


@require_safe
def file(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """A file of the draft, below the address of the draft."""
    invitation = services.find(token)
    draft = services.draft_of(invitation) if invitation else None
    if draft is None:
        return unavailable(request)
    try:
        return _private(request, addresses.serve_file(request, draft, path))
    except Http404:
        return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponseBase:
    """What every link that opens nothing answers."""
    return _private(
        request, render(request, "knowledge/draft_reading/unavailable.html", status=404)
    )


def _private(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """For one reader: kept by no cache, found by no engine, told to no other site."""
    request.is_personal = True  # type: ignore[attr-defined]
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


# --- reading and commenting -----------------------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    """A draft, and the link by which it is read."""

    invitation: DraftInvitation
    draft: ResourcePage
    token: str

    @property
    def path(self) -> str:
        return reverse("draft", args=[self.token])


def _show(
    request: HttpRequest, reading: Reading, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    """The public page of the draft, with a banner above and the comments below."""
    request.is_personal = True  # type: ignore[attr-defined]
    invitation, draft = reading.invitation, reading.draft
    response = draft.serve(request)
    context: dict[str, Any] = response.context_data or {}
    if form is None:
        form = CommentForm(sections_of(context), initial={"name": invitation.name})
    nonce, seal = "", seal_of(request, invitation)
    if not seal:
        nonce, seal = new_seal(invitation)
    context["draft_reading"] = {
        "invitation": invitation,
        "inviter": name_of_inviter(invitation),
        "saved_at": draft.latest_revision_created_at,
        "comments": list(invitation.comments.all()),
        "form": form,
        "kept_days": services.KEPT_DAYS,
        "seal": seal,
        "sent": request.method == "GET" and request.GET.get("enviado") == "1",
    }
    response.context_data = context
    response.render()
    html = addresses.through(response.content.decode(), reading.path, draft)
    response.content = html.encode()
    response.status_code = status
    if nonce:
        keep_nonce(response, nonce, reading.path, secure=settings.SESSION_COOKIE_SECURE)
    return response


def sections_of(context: dict[str, Any]) -> list[tuple[str, str]]:
    """(anchor, title) of the parts that the page lists."""
    return [(item["anchor"], str(item["title"])) for item in context.get("contents", [])]


def _comment(request: HttpRequest, reading: Reading) -> HttpResponse:
    sections = sections_of(reading.draft.get_context(request))
    form = CommentForm(sections, request.POST)
    if not form.is_valid():
        return _show(request, reading, form, status=400)
    if not is_sealed(request, reading.invitation):
        form.add_error(None, _UNSEALED)
        return _show(request, reading, form, status=403)
    said = form.cleaned_data
    try:
        services.add_comment(
            invitation=reading.invitation,
            name=said["name"],
            text=said["text"],
            anchor=said["section"],
            section=dict(sections).get(said["section"], ""),
        )
    except services.TooManyComments:
        form.add_error(None, _TOO_MANY)
        return _show(request, reading, form, status=429)
    return redirect(f"{reading.path}?enviado=1#comentarios")
