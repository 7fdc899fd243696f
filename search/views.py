"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import listing
from search.known import known_facets


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/busca/: words and filters in, entries out. Without words it offers the filters alone."""
    found = listing.build(request, known=known_facets())
    return render(request, "search/search.html", {"shelf": found})
