"""Who reads, for rooms that must not know what an account is."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.audience import reader_keys


class AudienceMiddleware:
    """Gives each request its reader's keys as `request.audience`, looked up when they are used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.audience = SimpleLazyObject(lambda: reader_keys(request))  # type: ignore[attr-defined]
        return self.get_response(request)
