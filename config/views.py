"""What only the whole house can say: the sitemap, the robots, and whether it is alive."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from home.sitemaps import addresses as home_addresses
from knowledge.sitemaps import addresses as knowledge_addresses
from trails.sitemaps import addresses as trail_addresses

MAX_ADDRESSES = 50_000  # what one sitemap may hold (sitemaps.org)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """/sitemap.xml: every address that an outsider may read, and no other."""
    found: dict[str, object] = {}
    for room in (home_addresses, knowledge_addresses, trail_addresses):
        for path, changed in room():
            found.setdefault(path, changed)
    entries = list(found.items())[:MAX_ADDRESSES]
    content: SafeString = render_to_string(
        "sitemap.xml", {"entries": entries, "base": settings.PUBLIC_URL}
    )
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """/robots.txt."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /conta/",
        "Disallow: /busca/",
        "Disallow: /api/v2/search/",
        "",
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
