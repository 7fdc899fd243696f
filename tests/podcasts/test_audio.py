"""The audio of an episode: made for it, kept at one address, changed all at once."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from mutagen.id3 import ID3

from knowledge.models import Person
from knowledge.models.resources import PublicationRefused
from licensing.values import BY_ND
from podcasts.models import EpisodeAudio, EpisodePage, ShowPage
from tests.conftest import signed_in
from tests.factories import files, pages, people
from tests.podcasts.reading import Feed, one


def heard(path: str, client: Client | None = None, **headers: str) -> tuple[bytes, Any]:
    """The bytes of the audio at a site-relative address, and the answer they came in."""
    answer = (client or Client()).get(path, headers=headers)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content, answer


def item_of(episode: EpisodePage) -> Any:
    feed = Feed.get(Client(), ShowPage.objects.get().feed_path)
    return next(item for item in feed.items if one(item, "guid").text == str(episode.uuid))


def tags(content: bytes) -> ID3:
    return ID3(io.BytesIO(content))


# --- what is inside ----------------------------------------------------------------------------


def test_the_audio_says_what_it_is_whose_and_under_which_licence(first: EpisodePage) -> None:
    found = tags(heard(first.audio_path)[0])
    assert found["TIT2"].text == ["Empenho não é pagamento"]
    assert found["TALB"].text == ["Expediente Aberto"]
    assert found["TPE1"].text == ["Helena Prado"]
    assert found["TRCK"].text == ["1"]
    assert str(found["TDRC"].text[0]) == "2026"
    assert found.getall("WCOP")[0].url == "https://creativecommons.org/licenses/by/4.0/"
    assert "creativecommons.org/licenses/by/4.0/" in found["TCOP"].text[0]
    assert found.getall("WOAF")[0].url == f"http://rede.test/r/{first.pk}/"


def test_the_sound_itself_is_not_touched(first: EpisodePage) -> None:
    content = heard(first.audio_path)[0]
    original = files.mp3_bytes("empenho-nao-e-pagamento")
    assert content[-500_000:] == original[-500_000:]


# --- when something changes --------------------------------------------------------------------


def _retitle(episode: EpisodePage) -> None:
    episode.title = "Um título muito mais comprido do que era antes"


def _relicense(episode: EpisodePage) -> None:
    episode.licence = BY_ND


def _rerecord(episode: EpisodePage) -> None:
    episode.recording = files.recording(content=files.mp3_bytes("a-agenda-era-o-problema"))


def _renumber(episode: EpisodePage) -> None:
    episode.number = 1234


@pytest.mark.parametrize(
    "change", [_retitle, _relicense, _rerecord, _renumber], ids=lambda c: c.__name__.strip("_")
)
def test_an_edit_changes_bytes_tag_and_length_together_never_address_or_guid(
    first: EpisodePage, change: Callable[[EpisodePage], None]
) -> None:
    before_item, (before, before_answer) = item_of(first), heard(first.audio_path)
    change(first)
    pages.publish(first)
    item, (content, answer) = item_of(first), heard(first.audio_path)
    assert content != before
    assert answer.headers["ETag"] != before_answer.headers["ETag"]
    assert answer.headers["Content-Length"] == str(len(content))
    enclosure, old = one(item, "enclosure"), one(before_item, "enclosure")
    assert enclosure.get("length") == str(len(content))
    assert enclosure.get("url") == old.get("url")
    assert one(item, "guid").text == one(before_item, "guid").text


def test_a_recording_not_yet_prepared_leaves_the_old_audio_playing(
    first: EpisodePage, run_jobs: Callable[[], None]
) -> None:
    before, item = heard(first.audio_path)[0], item_of(first)
    first.recording = files.recording(
        ready=False, content=files.mp3_bytes("a-agenda-era-o-problema")
    )
    revision = first.save_revision()
    with pytest.raises(PublicationRefused):
        revision.publish()
    assert heard(first.audio_path)[0] == before
    assert one(item_of(first), "enclosure").get("length") == one(item, "enclosure").get("length")
    run_jobs()
    first.get_latest_revision().publish()
    content = heard(first.audio_path)[0]
    assert content != before
    assert one(item_of(first), "enclosure").get("length") == str(len(content))


def test_a_draft_with_a_prepared_audio_of_its_own_is_not_heard(
    first: EpisodePage, run_jobs: Callable[[], None]
) -> None:
    before = heard(first.audio_path)[0]
    first.title = "Só no rascunho"
    first.save_revision()
    run_jobs()
    assert heard(first.audio_path)[0] == before


def test_another_file_in_the_same_recording_reaches_the_audio_after_the_job(
    first: EpisodePage, run_jobs: Callable[[], None]
) -> None:
    before = heard(first.audio_path)[0]
    recording = first.recording
    recording.file = ContentFile(files.mp3_bytes("a-agenda-era-o-problema"), name="outra.mp3")
    recording.save()
    assert heard(first.audio_path)[0] == before
    run_jobs()
    run_jobs()
    content = heard(first.audio_path)[0]
    assert content != before
    assert one(item_of(first), "enclosure").get("length") == str(len(content))


def test_renaming_the_show_reaches_the_audio_after_the_job(
    show: ShowPage, first: EpisodePage, run_jobs: Callable[[], None]
) -> None:
    show.title = "Expediente Mais Aberto"
    pages.publish(show)
    assert tags(heard(first.audio_path)[0])["TALB"].text == ["Expediente Aberto"]
    run_jobs()
    content, answer = heard(first.audio_path)
    assert tags(content)["TALB"].text == ["Expediente Mais Aberto"]
    enclosure = one(item_of(first), "enclosure")
    assert enclosure.get("length") == answer.headers["Content-Length"] == str(len(content))


def test_renaming_a_person_reaches_the_audio_after_the_job(
    first: EpisodePage, run_jobs: Callable[[], None]
) -> None:
    person = Person.objects.get(pk=first.people.first().person_id)
    person.name = "Helena Prado de Almeida"
    person.save()
    run_jobs()
    content = heard(first.audio_path)[0]
    assert tags(content)["TPE1"].text == ["Helena Prado de Almeida"]
    assert one(item_of(first), "enclosure").get("length") == str(len(content))


def test_two_episodes_with_one_recording_have_each_an_audio(
    show: ShowPage, first: EpisodePage
) -> None:
    other = pages.episode(show, title="De novo", recording=first.recording)
    assert other.audio_path != first.audio_path
    assert tags(heard(other.audio_path)[0])["TIT2"].text == ["De novo"]
    assert tags(heard(first.audio_path)[0])["TIT2"].text == [first.title]


def test_a_copy_of_an_episode_has_an_address_of_its_own(first: EpisodePage) -> None:
    copied = first.copy(update_attrs={"slug": "copia", "title": "Cópia"}, keep_live=False)
    assert copied.uuid != first.uuid
    assert copied.audio is None
    live = pages.publish(copied)
    assert tags(heard(live.audio_path)[0])["TIT2"].text == ["Cópia"]


def test_an_alias_plays_the_audio_of_its_source(show: ShowPage, first: EpisodePage) -> None:
    other = pages.show(title="Outro programa")
    alias = first.create_alias(parent=other, update_slug="o-mesmo")
    assert alias.audio_path == first.audio_path
    assert Client().get(alias.get_url()).status_code == 200
    assert EpisodeAudio.objects.filter(episode=first.uuid).count() == 1


# --- over HTTP ---------------------------------------------------------------------------------


def test_the_whole_audio(first: EpisodePage) -> None:
    content, answer = heard(first.audio_path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"].startswith('"')
    assert "Last-Modified" in answer.headers
    assert answer.headers["Content-Length"] == str(len(content))


def test_head_equals_get(first: EpisodePage) -> None:
    _, got = heard(first.audio_path)
    head = Client().head(first.audio_path)
    assert head.status_code == 200
    assert not (b"".join(head.streaming_content) if head.streaming else head.content)
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize(
    ("asked", "first_byte", "after"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=0-", 0, None),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=-500", -500, None),
        ("bytes=900000-99999999", 900000, None),
    ],
)
def test_a_range_is_that_part_of_the_file(
    first: EpisodePage, asked: str, first_byte: int, after: int | None
) -> None:
    whole, answer = heard(first.audio_path)
    part, answer = heard(first.audio_path, range=asked)
    assert answer.status_code == 206
    assert part == whole[first_byte:after]
    start = first_byte % len(whole)
    last = start + len(part) - 1
    assert answer.headers["Content-Range"] == f"bytes {start}-{last}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(len(part))


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_told_the_size(first: EpisodePage, asked: str) -> None:
    size = first.audio.copy_bytes
    _, answer = heard(first.audio_path, range=asked)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"


@pytest.mark.parametrize("asked", ["bytes=a-b", "linhas=1-2", "bytes=5-1", "bytes=0-1,5-6", ""])
def test_a_range_that_makes_no_sense_gets_the_whole(first: EpisodePage, asked: str) -> None:
    content, answer = heard(first.audio_path, range=asked)
    assert (answer.status_code, len(content)) == (200, first.audio.copy_bytes)


def test_a_range_of_another_version_gets_the_whole(first: EpisodePage) -> None:
    """If-Range: a download broken off before the episode was changed starts again."""
    tag = heard(first.audio_path)[1].headers["ETag"]
    headers = {"range": "bytes=1000-", "if-range": tag}
    assert heard(first.audio_path, None, **headers)[1].status_code == 206
    first.title = "Outro"
    pages.publish(first)
    assert heard(first.audio_path, None, **headers)[1].status_code == 200


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_an_app_that_has_the_audio_gets_304(first: EpisodePage, header: str) -> None:
    _, answer = heard(first.audio_path)
    asked = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}[header]
    assert heard(first.audio_path, None, **{asked: answer.headers[header]})[1].status_code == 304


# --- who hears ---------------------------------------------------------------------------------


def test_a_private_episode_is_heard_by_those_who_may(first: EpisodePage) -> None:
    pages.restrict(first)
    for path in (first.audio_path, first.transcript_path):
        assert Client().get(path).status_code == 404
        answer = signed_in(people.user()).get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_draft_is_not_heard(show: ShowPage, first: EpisodePage) -> None:
    draft = pages.episode(show, live=False, recording=first.recording)
    assert Client().get(draft.audio_path).status_code == 404
    assert Client().get(draft.transcript_path).status_code == 404


def test_a_withdrawn_episode_says_that_it_is_gone(first: EpisodePage) -> None:
    first.unpublish()
    for path in (first.audio_path, first.transcript_path):
        answer = Client().get(path)
        assert answer.status_code == 410
        assert "retirado" in answer.content.decode()


def test_a_private_episode_that_is_withdrawn_leaves_no_trace(first: EpisodePage) -> None:
    pages.restrict(first)
    first.unpublish()
    assert Client().get(first.audio_path).status_code == 404


def test_an_unknown_episode_is_not_found(client: Client, db: None) -> None:
    address = "/podcasts/audio/00000000-0000-4000-8000-000000000000.mp3"
    assert client.get(address).status_code == 404


def test_renaming_the_show_reaches_the_lines_of_its_episodes(
    show: ShowPage, first: EpisodePage
) -> None:
    show.title = "Expediente Mais Aberto"
    pages.publish(show)
    assert first.search_entry.card["show"] == "Expediente Mais Aberto"
