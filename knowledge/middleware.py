"""Addresses do not die: what moved redirects, what was withdrawn says so."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from knowledge.views import gone, withdrawal_at


class FormerAddressMiddleware(RedirectMiddleware):
    """Looks at what would be a 404: for a withdrawal at this address (410), a redirect from it
    (301), and a withdrawal of what it stood below (410)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if "\x00" in request.path:
            return response  # nothing is kept under such an address, and PostgreSQL refuses to look
        path = request.path.removesuffix(".amb.json")
        path = request.path if path == request.path else f"{path}/"
        withdrawal = withdrawal_at(path)
        if withdrawal is not None and withdrawal.path == path:
            return gone(request, withdrawal)
        response = super().process_response(request, response)
        if response.status_code != 404 or withdrawal is None:
            return response
        return gone(request, withdrawal)
