"""The search page, what its field suggests, and what it tells when it is left."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, UnreadablePostError
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from search import listing
from search.known import known_facets
from search.suggestions import suggest
from search.tally import tally

_LONGEST_BODY = 1024  # bytes; a query that is counted has 60 characters at most


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/busca/: words and filters in, entries out. Without words it offers the filters alone."""
    found = listing.build(request, known=known_facets())
    if settings.COUNT_QUERIES and _is_asked_anew(request):
        tally.note(found.query, found_nothing=not found.total)
    return render(request, "search/search.html", {"shelf": found})


def _is_asked_anew(request: HttpRequest) -> bool:
    """Whether a stranger asks, rather than goes on in what was asked before."""
    return request.method == "GET" and _is_stranger(request) and set(request.GET) == {"q"}


def _is_stranger(request: HttpRequest) -> bool:
    return bool(getattr(request, "audience", listing.PUBLIC) == listing.PUBLIC)


@csrf_exempt  # it knows no session, and changes nothing but a sum
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """/busca/aberto/: a page of results tells, once, whether something of it was opened: `q`, and
    `aberto` 1 or 0. What cannot be understood is not counted; nobody is told."""
    if settings.COUNT_QUERIES and _is_stranger(request):
        told = _told(request)
        if told.get("aberto") in ("0", "1"):
            tally.hear(listing.cleaned(told.get("q", "")), opened=told["aberto"] == "1")
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def _told(request: HttpRequest) -> QueryDict:
    """The fields of a short body, whatever it says it is; none of a longer one."""
    try:
        body = request.read(_LONGEST_BODY + 1)
    except UnreadablePostError:  # the reader has gone
        body = b""
    return QueryDict(body if len(body) <= _LONGEST_BODY else b"")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """/busca/sugestoes/?q=: what may be meant by what was typed so far; the same for everybody."""
    found = suggest(listing.cleaned(request.GET.get("q", "")))
    values = [{"text": each.text, "kind": each.kind, "label": each.label} for each in found]
    return JsonResponse({"suggestions": values}, json_dumps_params={"ensure_ascii": False})
