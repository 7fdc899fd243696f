"""Accounts in the CMS."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from accounts.models import User


@hooks.register("before_create_user")
@hooks.register("before_edit_user")
def only_superusers_touch_superusers(request: HttpRequest, user: User | None = None) -> None:
    """Whoever manages accounts gives roles, but neither makes a superuser nor takes one over."""
    if request.user.is_superuser:
        return
    if (user is not None and user.is_superuser) or request.POST.get("is_superuser"):
        raise PermissionDenied
