"""What is used nowhere is forgotten after a while, and nothing else goes with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from files.models import Art, Recording
from files.services import forget_unused
from podcasts.models import EpisodeAudio
from tests.factories import files, pages

pytestmark = pytest.mark.django_db


def later() -> Any:
    return timezone.now() + timedelta(days=8)


def is_stored(name: str) -> bool:
    return bool(storages["published"].exists(name))


def test_drawings_of_titles_that_were_typed_and_changed_are_forgotten(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = pages.guide(title="Primeiro título")
    first = page.card
    page.title = "Segundo título"
    page = pages.publish(page)
    with django_capture_on_commit_callbacks(execute=True):
        forget_unused(later())
    assert not Art.objects.filter(pk=first.pk).exists()
    assert not is_stored(first.copy)
    assert is_stored(page.card.copy)


def test_what_was_made_lately_is_kept_for_a_draft_that_may_need_it() -> None:
    page = pages.guide(live=False)
    card = Art.ask(page.draw_card(), 1200)
    assert forget_unused(timezone.now() - timedelta(days=7)) == 0
    assert Art.objects.filter(pk=card.pk).exists()


def test_files_of_people_are_never_forgotten() -> None:
    rows = [files.image(), files.document(), files.recording()]
    forget_unused(later())
    assert all(type(row).objects.filter(pk=row.pk).exists() for row in rows)


def test_an_episode_keeps_its_sound_when_the_same_recording_was_sent_twice(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Both copies are the same bytes; the one that goes must not take the other's file."""
    episode = pages.episode(recording=files.recording())
    first = episode.audio
    episode.recording = files.recording()
    episode = pages.publish(episode)
    assert episode.audio != first
    assert episode.audio.copy_sha256 == first.copy_sha256
    with django_capture_on_commit_callbacks(execute=True):
        forget_unused(later())
    assert not EpisodeAudio.objects.filter(pk=first.pk).exists()
    assert is_stored(episode.audio.copy)
    assert Recording.objects.count() == 2
