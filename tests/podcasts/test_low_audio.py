"""The audio of an episode in Opus for slow connections, and audio that waits for its recording."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from mutagen.oggopus import OggOpus

from files.models import Preparable, Recording
from files.services import prepare_now
from licensing.values import CC0
from podcasts.checker import Answer, check, check_wire, errors_in
from podcasts.models import EpisodeAudio, EpisodePage, ShowPage
from tests.factories import files, pages
from tests.knowledge.test_draft_reading import link_to
from tests.podcasts.reading import Feed, one, texts


def heard(path: str) -> Any:
    return Client().get(path)


@pytest.fixture
def encoded(first: EpisodePage) -> EpisodePage:
    """The first episode with a recording of which an Opus has been made."""
    recording = files.recording(licence=CC0, content=files.mp3_bytes("a-agenda-era-o-problema"))
    name = storages["default"].save("recordings/sound/1.opus", ContentFile(OPUS))
    Recording.objects.filter(pk=recording.pk).update(sound={"file": "", "low": name})
    first.recording = Recording.objects.get(pk=recording.pk)
    first.chapters = [("chapter", {"start": "0:00", "title": "Abertura", "link": ""})]
    return EpisodePage.objects.get(pk=pages.publish(first).pk)


OPUS = files.video_bytes("som.opus")


def item_of(episode: EpisodePage) -> Any:
    feed = Feed.get(Client(), ShowPage.objects.get().feed_path)
    return next(item for item in feed.items if one(item, "guid").text == str(episode.uuid))


def test_the_feed_names_it_beside_the_enclosure(encoded: EpisodePage) -> None:
    item = item_of(encoded)
    found = one(item, "podcast:alternateEnclosure")
    assert found.get("type") == "audio/ogg"
    assert found.get("length") == str(encoded.audio.low_bytes)
    assert found.get("bitrate") == str(encoded.audio.low_bit_rate)
    (source,) = found
    assert source.get("uri") == f"{settings.PUBLIC_URL}/podcasts/audio/{encoded.uuid}.opus"
    assert one(item, "enclosure").get("type") == "audio/mpeg"


def test_it_is_served_as_the_feed_says(encoded: EpisodePage) -> None:
    feed = Feed.get(Client(), ShowPage.objects.get().feed_path)

    def ask(url: str, wanted: int) -> Answer:
        answer = Client().get(url.removeprefix(settings.PUBLIC_URL))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kind, length = answer.headers["Content-Type"], int(answer.headers["Content-Length"])
        return Answer(answer.status_code, kind, length, body[:wanted])

    assert not errors_in([*check(feed.content), *check_wire(feed.content, ask)])
    answer = heard(encoded.low_audio_path)
    assert answer.headers["Content-Type"] == "audio/ogg"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Baixar" in heard(encoded.get_url()).content.decode()


def test_it_says_what_it_is_whose_and_under_which_licence(encoded: EpisodePage) -> None:
    tags = OggOpus(io.BytesIO(b"".join(heard(encoded.low_audio_path).streaming_content))).tags
    assert tags["title"] == ["Empenho não é pagamento"]
    assert tags["album"] == ["Expediente Aberto"]
    assert tags["artist"] == ["Helena Prado"]
    assert tags["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert tags["contact"] == [f"http://rede.test/r/{encoded.pk}/"]
    assert (tags["chapter000"], tags["chapter000name"]) == (["00:00:00.000"], ["Abertura"])


def test_an_edit_changes_neither_address_nor_number(encoded: EpisodePage) -> None:
    before = item_of(encoded)
    encoded.title = "Outro título"
    pages.publish(encoded)
    after = item_of(encoded)
    for path, name in (("enclosure", "url"), ("podcast:alternateEnclosure/podcast:source", "uri")):
        assert one(before, path).get(name) == one(after, path).get(name)
    assert one(before, "guid").text == one(after, "guid").text
    length = one(after, "podcast:alternateEnclosure").get("length")
    assert heard(encoded.low_audio_path).headers["Content-Length"] == length


def test_an_episode_without_it_says_nothing_of_it(first: EpisodePage) -> None:
    assert not texts(item_of(first), "podcast:alternateEnclosure")
    assert heard(f"/podcasts/audio/{first.uuid}.opus").status_code == 404


def test_nobody_hears_it_of_a_closed_episode(encoded: EpisodePage) -> None:
    path = encoded.low_audio_path
    pages.restrict(encoded)
    assert heard(path).status_code == 404


def test_it_goes_with_the_audio(encoded: EpisodePage, run_jobs: Callable[[], None]) -> None:
    name, audio = encoded.audio.low_copy, encoded.audio
    assert storages["published"].exists(name)
    EpisodePage.objects.filter(pk=encoded.pk).update(audio=None)
    audio.discard()
    assert not storages["published"].exists(name)


def test_the_audio_waits_for_its_recording_and_is_made_at_once_when_that_is_there(
    first: EpisodePage, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # where an MP3 is taken as it came
    content = files.mp3_bytes("a-agenda-era-o-problema")
    first.recording = files.recording(ready=False, is_finished=False, licence=CC0, content=content)
    first.save_revision()
    (audio,) = EpisodeAudio.objects.filter(recording=first.recording)
    prepare_now(audio)
    assert (audio.state, audio.attempts) == (Preparable.State.WAITING, 0)
    assert audio.failure.startswith("A gravação ainda está em preparo.")
    prepare_now(first.recording)
    run_jobs()
    audio.refresh_from_db()
    assert audio.is_current
    first.get_latest_revision().publish()
    assert int(heard(first.audio_path).headers["Content-Length"]) == audio.copy_bytes


def test_an_invited_reader_of_a_draft_takes_it_along(encoded: EpisodePage) -> None:
    link = link_to(encoded)
    answer = heard(f"{link}{encoded.low_audio_path[1:]}")
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) == encoded.audio.low_bytes
