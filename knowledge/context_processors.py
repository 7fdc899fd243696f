"""What every page knows of the institution behind it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.audience import is_editor
from knowledge.models import Publisher


def publisher(request: HttpRequest) -> dict[str, Any]:
    """`publisher` (one query, when it is used), the public address, and whether an editor reads."""
    return {
        "publisher": SimpleLazyObject(lambda: Publisher.load(request_or_site=request)),
        "public_url": settings.PUBLIC_URL,
        "is_editor": SimpleLazyObject(lambda: is_editor(request)),
    }
