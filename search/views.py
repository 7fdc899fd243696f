"""The search page, and what its field suggests."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import listing
from search.known import known_facets
from search.suggestions import suggest
from search.tally import tally


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/busca/: words and filters in, entries out. Without words it offers the filters alone."""
    found = listing.build(request, known=known_facets())
    if settings.COUNT_QUERIES and _is_asked_anew(request):
        tally.note(found.query, found_nothing=not found.total)
    return render(request, "search/search.html", {"shelf": found})


def _is_asked_anew(request: HttpRequest) -> bool:
    """Whether a stranger asks, rather than goes on in what was asked before."""
    is_stranger = getattr(request, "audience", listing.PUBLIC) == listing.PUBLIC
    return request.method == "GET" and is_stranger and set(request.GET) == {"q"}


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """/busca/sugestoes/?q=: what may be meant by what was typed so far; the same for everybody."""
    found = suggest(listing.cleaned(request.GET.get("q", "")))
    values = [{"text": each.text, "kind": each.kind, "label": each.label} for each in found]
    return JsonResponse({"suggestions": values}, json_dumps_params={"ensure_ascii": False})
