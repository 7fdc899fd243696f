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
from knowledge import citations, views
from knowledge.models import ResourcePage

Answer = Callable[..., HttpResponseBase | None]
_answers: dict[str, Answer] = {}
_prefixes: list[str] = []
_endings: list[str] = []
_ATTRIBUTE = re.compile(r'(\s(?:src|href|srcset|poster|data-[\w-]+)=")([^"]*)(")')


def open_to_draft(name: str, prefix: str, answer: Answer) -> None:
    """Let drafts open the addresses of the pattern `name`, which all begin with `prefix`.

    `answer(request, draft, **arguments)` answers; None for a file of something else.
    """
    _answers[name] = answer
    if prefix not in _prefixes:
        _prefixes.append(prefix)


def open_below_draft(name: str, ending: str, answer: Answer) -> None:
    """Let a draft open what it offers below its own address: the pattern `name`, which is that address
    (`path`) and then `ending`. `answer(request, draft, **arguments)` is not asked of other pages."""

    def own(
        request: HttpRequest, draft: ResourcePage, path: str, **arguments: Any
    ) -> HttpResponseBase | None:
        return answer(request, draft, **arguments) if f"/{path}" == draft.get_url() else None

    _answers[name] = own
    _endings.append(ending)


def through(html: str, base: str, draft: ResourcePage) -> str:
    """The page of `draft` with the addresses of its files led through `base`, which ends in a
    slash."""
    own = [f"{draft.get_url()}{ending}" for ending in _endings]
    begins = "|".join(map(re.escape, [*_prefixes, *own]))
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


def _recording(
    request: HttpRequest, draft: ResourcePage, **arguments: Any
) -> HttpResponseBase | None:
    used = draft.files_used().recordings.get(arguments["pk"])
    if used is None or used.slug != arguments["name"]:
        return None
    open_this_file(request)
    return files_views.recording(request, **arguments)


def _of_video(view: Callable[..., HttpResponseBase]) -> Answer:
    """A size, the poster or the captions of a video."""

    def answer(
        request: HttpRequest, draft: ResourcePage, **arguments: Any
    ) -> HttpResponseBase | None:
        if arguments["pk"] not in draft.files_used().videos:
            return None
        open_this_file(request)
        return view(request, **arguments)

    return answer


def _art(request: HttpRequest, draft: ResourcePage, **arguments: Any) -> HttpResponseBase | None:
    if not any(art.pk.startswith(arguments["name"]) for art in draft.art_used()):
        return None
    open_this_file(request)
    return files_views.art(request, **arguments)


open_to_draft("image", "/imagens/", _image)
open_to_draft("document", "/arquivos/", _document)
open_to_draft("recording", "/audios/", _recording)
open_to_draft("video", "/videos/", _of_video(files_views.video))
open_to_draft("video_poster", "/videos/", _of_video(files_views.poster))
open_to_draft("video_captions", "/videos/", _of_video(files_views.captions))
open_to_draft("art", "/arte/", _art)
open_below_draft("indicators", "indicadores.csv", views.numbers_of)
open_below_draft("transcript", "transcricao.vtt", views.words_of)
open_below_draft("citation", "citar.", citations.citation_of)
