"""What an invited reader of a draft hears: the audio that was made for the draft."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from files.serving import serve
from podcasts.chapters import TYPE as CHAPTERS_TYPE
from podcasts.models import EpisodePage
from podcasts.views import chapters_of, transcript_of


def audio(request: HttpRequest, draft: Any, episode: uuid.UUID) -> HttpResponseBase | None:
    """The audio of the draft; None for that of another episode, or while it is being prepared."""
    if not _is_of(draft, episode) or draft.audio is None or not draft.audio.copy:
        return None
    return serve(request, draft.audio.as_served(public=False))


def low_audio(request: HttpRequest, draft: Any, episode: uuid.UUID) -> HttpResponseBase | None:
    """The same in Opus, where there is one."""
    if not _is_of(draft, episode) or draft.audio is None or not draft.audio.low_copy:
        return None
    return serve(request, draft.audio.as_served(public=False, is_low=True))


def transcript(
    request: HttpRequest, draft: Any, episode: uuid.UUID, form: str
) -> HttpResponse | None:
    """The transcript of the draft."""
    if not _is_of(draft, episode) or form not in draft.transcript_forms:
        return None
    content = transcript_of(draft, form)
    return HttpResponse(content, content_type=f"{draft.transcript_forms[form]}; charset=utf-8")


def chapters(request: HttpRequest, draft: Any, episode: uuid.UUID) -> HttpResponse | None:
    """The chapters of the draft."""
    if not _is_of(draft, episode) or not draft.chapter_list():
        return None
    return HttpResponse(chapters_of(draft), content_type=CHAPTERS_TYPE)


def _is_of(draft: Any, episode: uuid.UUID) -> bool:
    return isinstance(draft, EpisodePage) and draft.uuid == episode
