"""What podcast apps ask for: feeds, audio, transcripts."""

import uuid

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audience import PUBLIC, is_editor, reader_keys
from files.serving import ServedFile, serve, serve_text
from files.views import withdrawn
from knowledge.models import Withdrawal
from knowledge.views import gone
from knowledge.visibility import audience_of, closures_for
from podcasts import feeds
from podcasts.models import EpisodePage, ShowFeed


@require_safe
def feed(request: HttpRequest, show: str) -> HttpResponse:
    """The feed of a show that everybody may hear. Two queries."""
    now = timezone.now()
    found = (
        ShowFeed.objects.filter(show__slug=show, show__live=True, is_public=True)
        .filter(Q(show__expire_at__isnull=True) | Q(show__expire_at__gt=now))
        .first()
    )
    if found is None:
        raise Http404
    content = feeds.join(found)
    return serve_text(
        request,
        content,
        "application/rss+xml; charset=utf-8",
        modified_at=found.changed_at,
        any_origin=True,
    )


@require_safe
def audio(request: HttpRequest, episode: uuid.UUID) -> HttpResponseBase:
    """The audio of an episode, at the address that never changes."""
    found, refused = _episode(request, episode)
    if refused is not None:
        return refused
    if found is None or found.audio is None or not found.audio.copy:
        raise Http404
    copy = found.audio
    gone = withdrawn(request, copy.recording)
    if gone is not None:
        return gone
    file = ServedFile(
        copy.copy,
        "audio/mpeg",
        copy.copy_sha256,
        copy.copy_bytes,
        modified_at=copy.copied_at,
        public=PUBLIC in audience_of(found, closures_for(request)),
        any_origin=True,
    )
    return serve(request, file)


@require_safe
def transcript(request: HttpRequest, episode: uuid.UUID) -> HttpResponseBase:
    """The transcript of an episode, as WebVTT."""
    found, refused = _episode(request, episode)
    if refused is not None:
        return refused
    if found is None or not found.transcript:
        raise Http404
    content = found.transcript.strip().encode() + b"\n"
    return serve_text(
        request,
        content,
        "text/vtt; charset=utf-8",
        modified_at=found.last_published_at,
        public=PUBLIC in audience_of(found, closures_for(request)),
        any_origin=True,
    )


def _episode(
    request: HttpRequest, number: uuid.UUID
) -> tuple[EpisodePage | None, HttpResponse | None]:
    """The live episode, if its reader may hear it; or the notice of its withdrawal."""
    episodes = EpisodePage.objects.filter(uuid=number, alias_of__isnull=True)
    found = episodes.select_related("audio__recording").first()
    if found is None:
        raise Http404
    if not found.live:
        notice = Withdrawal.objects.filter(page_number=found.pk).first()
        if notice is not None:
            return None, gone(request, notice)
        raise Http404
    if not (audience_of(found, closures_for(request)) & reader_keys(request) or is_editor(request)):
        raise Http404
    return found, None
