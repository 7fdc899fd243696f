"""What can be done from the desk beside reading."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.utils import get_valid_next_url_from_request

from knowledge.desk.first_page import editable_by
from knowledge.links import check
from knowledge.models import ExternalLink, LinkUse


@require_admin_access
@require_POST
def check_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one link now, for somebody who may edit a page that has it, and say what came of it."""
    link = get_object_or_404(ExternalLink, pk=pk)
    pages = LinkUse.objects.filter(link=link).values("page_id")
    if not editable_by(request.user).filter(pk__in=pages).exists():
        raise PermissionDenied
    check([link])
    link.refresh_from_db()
    said = f"{link.url}: {link.get_state_display()}. {link.problem}".strip()
    told = messages.success if link.state == ExternalLink.State.GOOD else messages.warning
    told(request, said)
    return redirect(get_valid_next_url_from_request(request) or "desk_links")
