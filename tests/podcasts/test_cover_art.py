"""The picture inside the audio: whose it may be, how it changes, and that it holds nothing up."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyexiv2
import pytest
from django.test import Client
from django.utils import timezone
from mutagen.id3 import APIC, ID3
from PIL import Image as PillowImage

from files.services import prepare_now
from licensing.values import BY, BY_NC, BY_ND, CC0
from podcasts.models import EpisodeAudio, EpisodePage, ShowPage
from tests.factories import files, pages
from tests.podcasts.reading import Feed, one


def heard(episode: EpisodePage) -> tuple[bytes, Any]:
    """The bytes of the audio, and the answer they came in."""
    answer = Client().get(episode.audio_path)
    return b"".join(answer.streaming_content), answer


def picture_in(episode: EpisodePage) -> APIC:
    (found,) = ID3(io.BytesIO(heard(episode)[0])).getall("APIC")
    return found


def size_of(picture: APIC) -> tuple[int, int]:
    with PillowImage.open(io.BytesIO(picture.data)) as opened:
        return opened.size


def square(picture: PillowImage.Image | None = None, **fields: Any) -> Any:
    """A picture that is large enough for apps. (Of one colour alone, ffmpeg says that it ends early.)"""
    picture = picture or PillowImage.radial_gradient("L")
    buffer = io.BytesIO()
    picture.convert("RGB").resize((1500, 1500)).save(buffer, "JPEG", quality=90)
    return files.image(content=buffer.getvalue(), **fields)


def promised_length(show: ShowPage, episode: EpisodePage) -> str:
    feed = Feed.get(Client(), show.feed_path)
    item = next(item for item in feed.items if one(item, "guid").text == episode.guid)
    return str(one(item, "enclosure").get("length"))


def forget_art(episode: EpisodePage) -> EpisodeAudio:
    """The copy as it was made before pictures went into it."""
    recipe = episode.audio_recipe()
    assert recipe is not None
    del recipe["art"]
    old = EpisodeAudio.ask(recipe)
    prepare_now(old)
    EpisodePage.objects.filter(pk=episode.pk).update(audio=old)
    EpisodeAudio.objects.exclude(pk=old.pk).filter(episode=episode.uuid).delete()
    return old


# --- whose picture -----------------------------------------------------------------------------


def test_the_drawing_of_the_show_is_inside_and_small(first: EpisodePage) -> None:
    picture = picture_in(first)
    assert (picture.mime, picture.type) == ("image/png", 3)
    assert size_of(picture) == (1000, 1000)
    assert len(picture.data) <= 100_000


@pytest.mark.parametrize("licence", [BY, CC0], ids=str)
def test_a_picture_as_free_as_the_audio_goes_in_with_its_rights(
    licence: Any, show: ShowPage
) -> None:
    picture = picture_in(
        pages.episode(show, cover_image=square(licence=licence, creator="Davi"), licence=BY)
    )
    assert (picture.mime, size_of(picture)) == ("image/jpeg", (1000, 1000))
    assert len(picture.data) <= 100_000
    with pyexiv2.ImageData(picture.data) as told:
        assert told.read_xmp()["Xmp.cc.attributionName"] == "Davi"
        assert told.read_xmp()["Xmp.cc.license"] == licence.uri


@pytest.mark.parametrize("licence", [BY_NC, BY_ND], ids=str)
def test_a_picture_that_allows_less_than_the_audio_stays_outside(
    licence: Any, show: ShowPage
) -> None:
    episode = pages.episode(show, cover_image=square(licence=licence), licence=BY)
    assert picture_in(episode).mime == "image/png"


def test_a_picture_too_small_for_apps_stays_outside(show: ShowPage) -> None:
    episode = pages.episode(show, cover_image=files.image(licence=BY), licence=BY)
    assert picture_in(episode).mime == "image/png"


def test_a_detailed_picture_is_made_small_enough(show: ShowPage) -> None:
    image = square(PillowImage.effect_noise((1500, 1500), 90), licence=BY)
    picture = picture_in(pages.episode(show, cover_image=image, licence=BY))
    assert picture.mime == "image/jpeg"
    assert len(picture.data) <= 104_000, "with its rights"


# --- when it changes ---------------------------------------------------------------------------


def test_another_picture_of_the_show_reaches_bytes_tag_and_length_together(
    show: ShowPage, first: EpisodePage, run_jobs: Callable[[], None]
) -> None:
    before, before_answer = heard(first)
    show.cover_image = square(licence=first.licence)
    pages.publish(show)
    assert heard(first)[0] == before
    run_jobs()
    content, answer = heard(first)
    assert picture_in(first).mime == "image/jpeg"
    assert answer.headers["ETag"] != before_answer.headers["ETag"]
    assert promised_length(show, first) == answer.headers["Content-Length"] == str(len(content))


def test_a_picture_that_was_withdrawn_leaves_the_audio(
    show: ShowPage, run_jobs: Callable[[], None]
) -> None:
    image = square(licence=BY)
    episode = pages.episode(show, cover_image=image, licence=BY)
    assert picture_in(episode).mime == "image/jpeg"
    image.withdrawn_on, image.withdrawn_reason = timezone.localdate(), "A pedido"
    image.save()
    run_jobs()
    assert picture_in(episode).mime == "image/png"


# --- what was made before ----------------------------------------------------------------------


def test_a_copy_without_a_picture_lacks_nothing_and_gets_one_when_published_again(
    show: ShowPage, first: EpisodePage, run_jobs: Callable[[], None]
) -> None:
    old = forget_art(first)
    first = EpisodePage.objects.get(pk=first.pk)
    assert first.lacks() == []
    first.save_revision().publish()
    first.refresh_from_db()
    assert first.audio == old
    run_jobs()
    content, _ = heard(first)
    assert picture_in(first).mime == "image/png"
    assert promised_length(show, first) == str(len(content))


def test_a_draft_prepared_without_a_picture_goes_out(
    show: ShowPage, run_jobs: Callable[[], None]
) -> None:
    draft = pages.episode(show, live=False)
    revision = draft.save_revision()
    draft = revision.as_object()
    prepare_now(*draft.request_preparations())
    forget_art(draft)
    assert draft.lacks() == []
    revision.publish()
    draft.refresh_from_db()
    assert draft.live
    run_jobs()
    assert picture_in(draft).mime == "image/png"


# --- what others say of it ---------------------------------------------------------------------


@pytest.mark.real_parts
@pytest.mark.parametrize("own", [False, True], ids=["drawn", "picture"])
def test_ffprobe_and_mp3val_accept_the_picture(own: bool, show: ShowPage, tmp_path: Path) -> None:
    episode = pages.episode(show, cover_image=square(licence=BY) if own else None, licence=BY)
    path = tmp_path / "audio.mp3"
    path.write_bytes(heard(episode)[0])
    command = ["ffprobe", "-v", "warning", "-of", "csv=p=0"]
    told = subprocess.run(
        [*command, "-show_entries", "stream=codec_name:stream_disposition=attached_pic", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    assert told.stdout.split() == ["mp3,0", "mjpeg,1" if own else "png,1"]
    judged = subprocess.run(["mp3val", str(path)], capture_output=True, text=True, check=True)
    assert "WARNING" not in judged.stdout, judged.stdout
    assert "ERROR" not in judged.stdout, judged.stdout
