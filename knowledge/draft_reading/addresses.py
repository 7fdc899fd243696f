"""The files of a draft. They are closed to readers, so the link that opens the draft hands out just
those that it uses, below its own address.

Rooms say which of their addresses a draft may open (`open_to_draft`); everything else stays as
closed as it was.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from files import views as files_views
from files.access import open_this_file
from knowledge.models import ResourcePage

Answer = Callable[..., HttpResponseBase | None]
_answers: dict[str, Answer] = {}
_prefixes: list[str] = []
_ATTRIBUTE = re.compile(r'(\s(?:src|href|srcset|poster|data-[\w-]+)=")([^"]*)(")')


def open_to_draft(name: str, prefix: str, answer: Answer) -> None:
    """Let drafts open the addresses of the pattern `name`, which all begin with `prefix`.

    `answer(request, draft, **arguments)` answers; None for a file of something else.
    """
    _answers[name] = answer
    if prefix not in _prefixes:
        _prefixes.append(prefix)


def through(html: str, base: str) -> str:
    """The page with the addresses of its files led through `base`, which ends in a slash."""
    begins = "|".join(re.escape(prefix) for prefix in _prefixes)
    address = re.compile(rf"(^|[\s,])({begins})")

    def lead(match: re.Match[str]) -> str:
        value = address.sub(lambda found: f"{found[1]}{base}{found[2][1:]}", match[2])
        return f"{match[1]}{value}{match[3]}"

    return _ATTRIBUTE.sub(lead, html)


def serve_file(request: HttpRequest, draft: ResourcePage, path: str) -> HttpResponseBase:
    """The file at the site-relative `path` (without its first slash), if `draft` uses it; one that
    it does not use is asked for at its own address, like by anybody."""
    try:
        match = resolve(f"/{path}")
    except Resolver404 as error:
        raise Http404 from error
    answer = _answers.get(match.url_name or "")
    if answer is None:
        raise Http404
    return answer(request, draft, **match.kwargs) or redirect(f"/{path}")


def _image(request: HttpRequest, draft: ResourcePage, **arguments: Any) -> HttpResponseBase | None:
    if arguments["pk"] not in draft.files_used().images:
        return None
    open_this_file(request)
    return files_views.image(request, **arguments)


def _document(
    request: HttpRequest, draft: ResourcePage, **arguments: Any
) -> HttpResponseBase | None:
    used = draft.files_used().documents.get(arguments["pk"])
    if used is None or used.slug != arguments["name"]:
        return None
    open_this_file(request)
    return files_views.document(request, **arguments)


def _art(request: HttpRequest, draft: ResourcePage, **arguments: Any) -> HttpResponseBase | None:
    if not any(art.pk.startswith(arguments["name"]) for art in draft.art_used()):
        return None
    open_this_file(request)
    return files_views.art(request, **arguments)


open_to_draft("image", "/imagens/", _image)
open_to_draft("document", "/arquivos/", _document)
open_to_draft("art", "/arte/", _art)
