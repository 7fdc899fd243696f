"""The library as a list."""

from django.http import HttpRequest

from search import listing
from search.known import known_facets


def browse(request: HttpRequest, **fixed: str) -> listing.Listing:
    """What the reader may see of the library, filtered as the request asks and by `fixed` facets."""
    return listing.build(request, known=known_facets(), fixed=fixed)
