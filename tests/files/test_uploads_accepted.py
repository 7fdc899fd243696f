"""Good files come in by every door with their rights, untouched, and are prepared whole."""

import io
import json
from pathlib import PurePath
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image as PillowImage
from wagtail.models import UploadedFile

from files.models import Document, Image, Preparable, Recording
from files.models.images import SIZES
from files.services import prepare_now
from licensing.values import BY, RESERVED
from tests.factories import files, pages
from tests.files.samples import (
    GOOD_DOCUMENTS,
    GOOD_OFFICE_DOCUMENTS,
    GOOD_PICTURES,
    GOOD_RECORDINGS,
    Sample,
)
from tests.files.test_uploads import (
    DOCUMENT_DOORS,
    PICTURE_DOORS,
    RECORDING_DOORS,
    RIGHTS,
    Door,
    doors,
    told,
    upload,
)

pytestmark = pytest.mark.django_db
# The page for many files keeps them apart until their rights have been given.
_AT_ONCE = ("form", "chooser")


def original_of(row: Any) -> bytes:
    with storages["default"].open(row.file.name) as file:
        return bytes(file.read())


def assert_came_in(row: Any, sample: Sample) -> None:
    assert (row.title, row.creator, row.licence) == ("Ponte nova", "Davi Nogueira", BY)
    assert original_of(row) == sample.content


@doors(GOOD_PICTURES, {name: PICTURE_DOORS[name] for name in _AT_ONCE})
def test_good_picture_comes_in_untouched(curator_client: Client, sample: Sample, way: Door) -> None:
    assert way(curator_client, sample).status_code in (200, 302)
    assert_came_in(Image.objects.get(), sample)


@doors(GOOD_DOCUMENTS + GOOD_OFFICE_DOCUMENTS, {name: DOCUMENT_DOORS[name] for name in _AT_ONCE})
def test_good_document_comes_in_untouched(
    curator_client: Client, sample: Sample, way: Door
) -> None:
    assert way(curator_client, sample).status_code in (200, 302)
    assert_came_in(Document.objects.get(), sample)


@doors(GOOD_RECORDINGS, RECORDING_DOORS)
def test_good_recording_comes_in_untouched(
    curator_client: Client, sample: Sample, way: Door
) -> None:
    assert way(curator_client, sample).status_code in (200, 302)
    assert_came_in(Recording.objects.get(), sample)


@pytest.mark.parametrize("sample", GOOD_PICTURES, ids=str)
def test_whatever_picture_is_accepted_can_be_published_in_every_size(sample: Sample) -> None:
    image = files.image(ready=False, content=sample.content)
    prepare_now(image)
    assert image.is_current, image.failure
    assert set(image.sizes) == set(SIZES) - {"arte"}
    for size in image.sizes.values():
        content = storages["published"].open(size["file"]).read()
        assert len(content) == size["bytes"]
        with PillowImage.open(io.BytesIO(content)) as picture:
            picture.load()
            assert picture.size == (size["width"], size["height"])
            assert picture.get_format_mimetype() == size["type"]


@pytest.mark.parametrize("sample", GOOD_DOCUMENTS, ids=str)
def test_whatever_document_is_accepted_can_be_published(sample: Sample) -> None:
    document = files.document(content=sample.content)
    assert document.is_current, document.failure
    assert document.pages == 2


def test_recording_is_measured(
    curator_client: Client, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server without ffmpeg, where an MP3 goes out as it came."""
    monkeypatch.setenv("PATH", "")
    RECORDING_DOORS["form"](curator_client, GOOD_RECORDINGS[0])
    run_jobs()
    recording = Recording.objects.get()
    assert recording.is_current
    assert abs(recording.milliseconds - 157_022) <= 1
    assert recording.seconds == 157
    assert recording.file_bytes == len(GOOD_RECORDINGS[0].content)
    assert recording.copy
    assert recording.loudness_label == ""


# --- many at once -------------------------------------------------------------------------------


def answer_for_many(client: Client, html: str, **fields: str) -> dict[str, Any]:
    """Fill in the form that came back for one of many files, as it stands, and send it."""
    form = BeautifulSoup(html, "html5lib").form
    names = {
        field["name"].split("-", 3)[-1].split("-")[-1]: field["name"]
        for field in form.find_all(["input", "select", "textarea"])
    }
    assert "file" not in names
    data = {names[key]: value for key, value in fields.items()}
    return dict(client.post(form["action"], data).json())


@pytest.mark.parametrize(
    ("way", "sample", "model"),
    [
        (PICTURE_DOORS["many"], GOOD_PICTURES[0], Image),
        (DOCUMENT_DOORS["many"], GOOD_DOCUMENTS[0], Document),
    ],
    ids=["pictures", "documents"],
)
def test_one_of_many_files_waits_for_its_rights_and_comes_in_with_them(
    curator_client: Client, way: Door, sample: Sample, model: type[Any]
) -> None:
    first = way(curator_client, sample).json()
    assert not model.objects.exists()
    refused = answer_for_many(curator_client, first["form"], **RIGHTS | {"licence": ""})
    assert not refused["success"]
    assert "Escolha a licença do arquivo." in refused["form"]
    accepted = answer_for_many(curator_client, refused["form"], **RIGHTS)
    assert accepted["success"]
    assert_came_in(model.objects.get(), sample)
    assert not UploadedFile.objects.exists()


# --- rights -------------------------------------------------------------------------------------

FORMS = pytest.mark.parametrize(
    ("url", "sample", "model"),
    [
        ("wagtailimages:add", GOOD_PICTURES[0], Image),
        ("wagtaildocs:add", GOOD_DOCUMENTS[0], Document),
        ("wagtailsnippets_files_recording:add", GOOD_RECORDINGS[0], Recording),
    ],
    ids=["picture", "document", "recording"],
)


@FORMS
def test_no_file_comes_in_without_author_and_licence(
    curator_client: Client, url: str, sample: Sample, model: type[Any]
) -> None:
    answer = curator_client.post(reverse(url), {"title": "Sem nada", "file": upload(sample)})
    assert "Diga quem fez o arquivo." in told(answer)
    assert "Escolha a licença do arquivo." in told(answer)
    assert not model.objects.exists()


@FORMS
def test_reserved_rights_ask_who_gave_permission(
    curator_client: Client, url: str, sample: Sample, model: type[Any]
) -> None:
    fields = RIGHTS | {"licence": RESERVED.identifier}
    refused = curator_client.post(reverse(url), fields | {"file": upload(sample)})
    assert "escreva quem autorizou o uso e quando" in told(refused)
    assert not model.objects.exists()
    fields["permission"] = "Ana Reis, em 3 de fevereiro de 2026"
    curator_client.post(reverse(url), fields | {"file": upload(sample)})
    assert model.objects.get().licence is RESERVED


@FORMS
def test_a_form_without_file_asks_for_one(
    curator_client: Client, url: str, sample: Sample, model: type[Any]
) -> None:
    assert told(curator_client.post(reverse(url), RIGHTS))
    assert not model.objects.exists()


@FORMS
def test_the_work_on_a_new_file_is_queued_after_commit(
    curator_client: Client,
    url: str,
    sample: Sample,
    model: type[Preparable],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        curator_client.post(reverse(url), RIGHTS | {"file": upload(sample)})
    row = model._default_manager.get()
    assert row.state == Preparable.State.WAITING
    assert [row.pk] == [
        int(job.args_kwargs["args"][1])
        for job in DBTaskResult.objects.all()
        if job.args_kwargs["args"][0] == model._meta.label
    ]


@pytest.mark.parametrize(
    ("way", "model", "field"),
    [
        (PICTURE_DOORS["form"], Image, "uploaded_by_user"),
        (DOCUMENT_DOORS["form"], Document, "uploaded_by_user"),
        (RECORDING_DOORS["form"], Recording, "uploaded_by"),
        (RECORDING_DOORS["chooser"], Recording, "uploaded_by"),
    ],
)
def test_it_is_noted_who_sent_the_file(
    curator_client: Client, way: Door, model: type[Any], field: str
) -> None:
    good = {Image: GOOD_PICTURES, Document: GOOD_DOCUMENTS, Recording: GOOD_RECORDINGS}
    way(curator_client, good[model][0])
    sender = getattr(model.objects.get(), field)
    assert sender is not None
    assert str(sender.pk) == curator_client.session["_auth_user_id"]


# --- in the place of an earlier file ------------------------------------------------------------


def test_a_picture_on_a_live_page_keeps_its_file(curator_client: Client) -> None:
    image = files.image()
    pages.guide(cover_image=image)
    url = reverse("wagtailimages:edit", args=[image.pk])
    another = SimpleUploadedFile("outra.jpg", files.picture_bytes(300, 200))
    answer = curator_client.post(url, RIGHTS | {"file": another})
    assert "Envie a nova como outra imagem" in told(answer)
    assert Image.objects.get(pk=image.pk).file_hash == image.file_hash
    assert curator_client.post(url, RIGHTS | {"title": "Ponte velha"}).status_code == 302
    assert Image.objects.get(pk=image.pk).title == "Ponte velha"


@pytest.mark.parametrize(
    ("make", "url", "content"),
    [
        (files.image, "wagtailimages:edit", files.picture_bytes(300, 200)),
        (files.document, "wagtaildocs:edit", files.pdf_bytes(5)),
        (
            files.recording,
            "wagtailsnippets_files_recording:edit",
            files.mp3_bytes("a-agenda-era-o-problema"),
        ),
    ],
    ids=["picture", "document", "recording"],
)
def test_another_file_takes_the_place_of_the_first_and_is_prepared(
    *,
    curator_client: Client,
    make: Any,
    url: str,
    content: bytes,
    run_jobs: Any,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")  # an MP3 is measured elsewhere
    row = make()
    first = row.file.name
    another = SimpleUploadedFile(f"outra-{PurePath(first).name}", content)
    with django_capture_on_commit_callbacks(execute=True):
        answer = curator_client.post(reverse(url, args=[row.pk]), RIGHTS | {"file": another})
    assert answer.status_code == 302, told(answer)
    row = type(row).objects.get(pk=row.pk)
    assert not row.is_current
    run_jobs()
    row.refresh_from_db()
    assert row.is_current
    assert original_of(row) == content
    assert not storages["default"].exists(first)


def test_the_chooser_answers_with_the_file_it_took(curator_client: Client) -> None:
    answer = DOCUMENT_DOORS["chooser"](curator_client, GOOD_DOCUMENTS[0])
    assert json.loads(answer.content)["result"]["id"] == str(Document.objects.get().pk)
