"""The keys by which a reader is known to everything that can be closed.

A page, a file or a search entry carries the keys of those who may read it; a reader carries the
keys below; whoever shares one may read.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.http import HttpRequest

PUBLIC = "public"
SIGNED_IN = "signed-in"
ANYBODY = frozenset({PUBLIC})


def group_key(group_id: int) -> str:
    """The key of the members of one group."""
    return f"group:{group_id}"


def keys_of(user: Any) -> frozenset[str]:
    """The keys of `user`. One query, kept on the user; a superuser belongs to every group."""
    if not user.is_authenticated or not user.is_active:
        return ANYBODY
    keys = getattr(user, "_audience_keys", None)
    if keys is None:
        groups = Group.objects.all() if user.is_superuser else user.groups.all()
        keys = ANYBODY | {SIGNED_IN} | {group_key(pk) for pk in groups.values_list("pk", flat=True)}
        user._audience_keys = keys
    return keys


def has_session(request: HttpRequest) -> bool:
    """Whether the browser sent a session at all; asking does not open one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def reader_keys(request: HttpRequest) -> frozenset[str]:
    """The keys of whoever sent `request`. A stranger costs no query and opens no session."""
    return keys_of(request.user) if has_session(request) else ANYBODY


def is_editor(request: HttpRequest) -> bool:
    """Whether the request comes from somebody with access to the CMS."""
    user = getattr(request, "user", None)
    return has_session(request) and user is not None and user.has_perm("wagtailadmin.access_admin")
