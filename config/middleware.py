"""The contract of public documents: the same bytes for everybody, and a validator for them."""

import gzip
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from accounts.audience import is_editor
from files.storage import digest_of
from knowledge.visibility import sees_more_than_strangers

_PRIVATE_PLACES = ("/admin/", "/conta/")
_TEXT_TYPES = (
    "text/",
    "image/svg+xml",
    "application/xml",
    "application/atom+xml",
    "application/json",
    "application/ld+json",
)
_MIN_COMPRESSED = 600  # bytes; below, compressing costs more than it saves


def is_personal(request: HttpRequest) -> bool:
    """Whether the answer to `request` depends on who asks: the CMS, the account, a restricted
    page, and every page for those who edit or who are shown more than strangers are."""
    return (
        request.path.startswith(_PRIVATE_PLACES)
        or getattr(request, "is_personal", False)
        or is_editor(request)
        or sees_more_than_strangers(request)
    )


class SecurityPolicyMiddleware(CSPMiddleware):
    """One policy for what the public reads, another for the CMS and for pages as editors see them."""

    def get_policy_parts(
        self, request: HttpRequest, response: Any, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and (request.path.startswith("/admin/") or is_editor(request)):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return parts


class PublicDocumentMiddleware:
    """Public documents leave without cookie, with a strong ETag, compressed if asked; 304 when the
    reader has them. Personal ones are kept out of every cache.

    Compression is deterministic and holds no secret, so an encoded answer has a strong validator
    of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_personal(request) or response.cookies:
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response
        self._forget_the_reader(response)
        if request.method not in ("GET", "HEAD") or response.streaming or "ETag" in response:
            return response
        if response.status_code not in (200, 404, 410):
            return response
        response.headers.setdefault("Cache-Control", "public, no-cache")
        return self._validated(request, response)

    @staticmethod
    def _forget_the_reader(response: HttpResponse) -> None:
        """The document is the same for all, though somebody's session may have been looked at."""
        varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
        kept = [
            name for name in varies if name and name.lower() not in ("cookie", "accept-language")
        ]
        if kept:
            response.headers["Vary"] = ", ".join(kept)
        elif "Vary" in response.headers:
            del response.headers["Vary"]

    @staticmethod
    def _validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        content = response.content
        etag = digest_of(content)[:32]
        if response.headers.get("Content-Type", "").startswith(_TEXT_TYPES):
            patch_vary_headers(response, ["Accept-Encoding"])
            if len(content) >= _MIN_COMPRESSED and _accepts_gzip(request):
                response.content = gzip.compress(content, compresslevel=6, mtime=0)
                response.headers["Content-Encoding"] = "gzip"
                etag += "-gz"
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["ETag"] = f'"{etag}"'
        if response.status_code != 200:
            return response
        answer = get_conditional_response(request, etag=f'"{etag}"', response=response) or response
        if "Access-Control-Allow-Origin" in response:
            answer["Access-Control-Allow-Origin"] = response["Access-Control-Allow-Origin"]
        return answer


def _accepts_gzip(request: HttpRequest) -> bool:
    for offer in request.headers.get("Accept-Encoding", "").split(","):
        coding, _, weight = offer.partition(";")
        if coding.strip().lower() in ("gzip", "*"):
            return weight.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
