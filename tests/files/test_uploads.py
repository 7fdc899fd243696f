"""What comes in through the CMS: bad files are refused in plain words and leave nothing behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import UploadedFile

from files.models import Document, Image, Recording, Video
from tests.factories import files
from tests.files.samples import (
    BAD_DOCUMENTS,
    BAD_PICTURES,
    BAD_RECORDINGS,
    BAD_VIDEOS,
    Sample,
)

pytestmark = pytest.mark.django_db

RIGHTS = {"title": "Ponte nova", "creator": "Davi Nogueira", "licence": "CC-BY-4.0"}
Door = Callable[[Client, Sample], HttpResponse]


def upload(sample: Sample) -> SimpleUploadedFile:
    return SimpleUploadedFile(sample.name, sample.content)


def by_form(name: str) -> Door:
    """The page that asks for one file."""

    def send(client: Client, sample: Sample) -> HttpResponse:
        return client.post(reverse(name), RIGHTS | {"file": upload(sample)})

    return send


def by_chooser(name: str, prefix: str = "") -> Door:
    """The dialogue in which a page's author sends a file without leaving the page."""

    def send(client: Client, sample: Sample) -> HttpResponse:
        fields = RIGHTS | {"file": upload(sample)}
        return client.post(reverse(name), {f"{prefix}{key}": item for key, item in fields.items()})

    return send


def by_many(name: str) -> Door:
    """The page that takes many files at once and asks for their rights afterwards."""

    def send(client: Client, sample: Sample) -> HttpResponse:
        return client.post(reverse(name), {"title": sample.name, "files[]": upload(sample)})

    return send


PICTURE_DOORS = {
    "form": by_form("wagtailimages:add"),
    "many": by_many("wagtailimages:add_multiple"),
    "chooser": by_chooser("wagtailimages_chooser:create", "image-chooser-upload-"),
}
DOCUMENT_DOORS = {
    "form": by_form("wagtaildocs:add"),
    "many": by_many("wagtaildocs:add_multiple"),
    "chooser": by_chooser("wagtaildocs_chooser:create", "document-chooser-upload-"),
}
RECORDING_DOORS = {
    "form": by_form("wagtailsnippets_files_recording:add"),
    "chooser": by_chooser(
        "wagtailsnippetchoosers_files_recording:create", "recording-chooser-upload-"
    ),
}
VIDEO_DOORS = {
    "form": by_form("wagtailsnippets_files_video:add"),
    "chooser": by_chooser("wagtailsnippetchoosers_files_video:create", "video-chooser-upload-"),
}


def stored_files() -> set[Path]:
    return {path for path in Path(settings.DATA_DIR).glob("*/**/*") if path.is_file()}


def told(answer: HttpResponse) -> str:
    """What the sender reads beside the file."""
    assert answer.status_code == 200
    if answer.headers["Content-Type"].startswith("application/json"):
        said = json.loads(answer.content)
        if "error_message" in said:
            return str(said["error_message"])
        html = said["htmlFragment"]
    else:
        html = answer.content.decode()
    errors = BeautifulSoup(html, "html5lib").select(".error-message")
    return " ".join(error.get_text(" ", strip=True) for error in errors)


def doors(bad: list[Sample], ways: dict[str, Door]) -> Any:
    return pytest.mark.parametrize(
        ("sample", "way"),
        [
            pytest.param(sample, way, id=f"{name}-{sample}")
            for sample in bad
            for name, way in ways.items()
        ],
    )


def assert_refused(client: Client, sample: Sample, way: Door, model: type[Any]) -> None:
    before, rows = stored_files(), model.objects.count()
    sentence = told(way(client, sample))
    assert sample.refusal in sentence
    assert sentence.count(sample.refusal) == 1
    assert model.objects.count() == rows
    assert not UploadedFile.objects.exists()
    assert stored_files() == before


@doors(BAD_PICTURES, PICTURE_DOORS)
def test_bad_picture_is_refused_with_a_sentence_and_not_stored(
    curator_client: Client, sample: Sample, way: Door
) -> None:
    assert_refused(curator_client, sample, way, Image)


@doors(BAD_DOCUMENTS, DOCUMENT_DOORS)
def test_bad_document_is_refused_with_a_sentence_and_not_stored(
    curator_client: Client, sample: Sample, way: Door
) -> None:
    assert_refused(curator_client, sample, way, Document)


@doors(BAD_RECORDINGS, RECORDING_DOORS)
def test_bad_recording_is_refused_with_a_sentence_and_not_stored(
    curator_client: Client, sample: Sample, way: Door
) -> None:
    assert_refused(curator_client, sample, way, Recording)


@doors(BAD_VIDEOS, VIDEO_DOORS)
def test_bad_video_is_refused_with_a_sentence_and_not_stored(
    curator_client: Client, sample: Sample, way: Door
) -> None:
    assert_refused(curator_client, sample, way, Video)


@pytest.mark.parametrize(
    ("make", "url", "sample"),
    [
        (files.image, "wagtailimages:edit", BAD_PICTURES[0]),
        (files.document, "wagtaildocs:edit", BAD_DOCUMENTS[0]),
        (files.recording, "wagtailsnippets_files_recording:edit", BAD_RECORDINGS[0]),
        (files.video, "wagtailsnippets_files_video:edit", BAD_VIDEOS[0]),
    ],
    ids=["image", "document", "recording", "video"],
)
def test_bad_file_in_the_place_of_a_good_one_leaves_the_good_one(
    curator_client: Client, make: Callable[[], Any], url: str, sample: Sample
) -> None:
    row = make()
    before = stored_files()
    answer = curator_client.post(reverse(url, args=[row.pk]), RIGHTS | {"file": upload(sample)})
    assert sample.refusal in told(answer)
    kept = type(row).objects.get(pk=row.pk)
    assert (kept.file.name, kept.file_hash) == (row.file.name, row.file_hash)
    assert kept.is_current
    assert stored_files() == before
