"""What an invited reader of a draft hears: the audio that was made for the draft."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from files.serving import ServedFile, serve
from podcasts.models import EpisodePage


def audio(request: HttpRequest, draft: Any, episode: uuid.UUID) -> HttpResponseBase | None:
    """The audio of the draft; None for that of another episode, or while it is being prepared."""
    if not _is_of(draft, episode) or draft.audio is None or not draft.audio.copy:
        return None
    copy = draft.audio
    file = ServedFile(
        copy.copy,
        "audio/mpeg",
        copy.copy_sha256,
        copy.copy_bytes,
        modified_at=copy.copied_at,
        public=False,
    )
    return serve(request, file)


def transcript(request: HttpRequest, draft: Any, episode: uuid.UUID) -> HttpResponse | None:
    """The transcript of the draft, as WebVTT."""
    if not _is_of(draft, episode) or not draft.transcript.strip():
        return None
    content = draft.transcript.strip().encode() + b"\n"
    return HttpResponse(content, content_type="text/vtt; charset=utf-8")


def _is_of(draft: Any, episode: uuid.UUID) -> bool:
    return isinstance(draft, EpisodePage) and draft.uuid == episode
