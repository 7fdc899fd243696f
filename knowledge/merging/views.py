"""Merging in the CMS: choose, see exactly what changes, confirm."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from knowledge.merging.apply import MergeRefused, merge
from knowledge.merging.forms import KeptForm
from knowledge.merging.kinds import MERGEABLE, Mergeable, mergeable_of
from knowledge.merging.plan import plan_merge
from knowledge.models.resources import PublicationRefused

_BEYOND = 2**63  # no database has such a number


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def merge_view(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Without `fica`, the question which one stays; with it, what would change; by POST, done."""
    mergeable = MERGEABLE.get(kind)
    if mergeable is None:
        raise Http404
    if not mergeable.may_be_merged_by(request.user):
        raise PermissionDenied
    old = mergeable.model._default_manager.filter(pk=pk).first() if pk < _BEYOND else None
    if old is None:
        messages.warning(request, "Este registro já não existe: foi juntado ou apagado antes.")
        return redirect(mergeable.list_name)
    data = request.POST if request.method == "POST" else request.GET
    form = KeptForm(mergeable, old, data if "fica" in data else None)
    if not form.is_valid():
        return _answer(request, mergeable, old, {"form": form})
    kept = form.cleaned_data["fica"]
    if request.method == "POST" and _merge(request, mergeable, old, kept):
        return redirect(mergeable.list_name)
    return _answer(request, mergeable, old, {"plan": plan_merge(mergeable, old, kept)})


def _merge(request: HttpRequest, kind: Mergeable, old: Any, kept: Any) -> bool:
    """Carry it out and say so; False, with the reason told, when nothing was changed."""
    name = str(old)
    try:
        merge(
            kind=kind,
            old=old,
            kept=kept,
            user=request.user,
            confirmed=request.POST.get("conferido", ""),
        )
    except MergeRefused as refused:
        messages.error(request, str(refused))
    except PublicationRefused as refused:
        messages.error(request, f"Nada mudou. {' '.join(refused.messages)} Tente em um minuto.")
    else:
        messages.success(request, f"“{name}” agora é “{kept}”. O endereço antigo leva ao novo.")
        return True
    return kind.model._default_manager.filter(pk__in=[old.pk, kept.pk]).count() < 2


def _answer(
    request: HttpRequest, kind: Mergeable, old: Any, context: dict[str, Any]
) -> HttpResponse:
    action = merge_url(old)
    list_url = reverse(kind.list_name)
    context |= {
        "kind": kind,
        "old": old,
        "action": action,
        "list_url": list_url,
        "header_title": f"Juntar “{old}”",
        "page_title": f"Juntar “{old}”",
        "header_icon": "resubmit",
        "breadcrumbs_items": [
            {"url": list_url, "label": str(kind.model._meta.verbose_name_plural).capitalize()},
            {"url": "", "label": f"Juntar “{old}”"},
        ],
    }
    return TemplateResponse(request, "knowledge/merging/merge.html", context)


def merge_url(instance: Any) -> str:
    """The address in the CMS where `instance` is merged into another."""
    kind = mergeable_of(instance)
    if kind is None:
        raise ValueError(f"{instance!r} não se junta a outro.")
    return reverse("merge", args=[kind.slug, instance.pk])
