"""Copies follow the rights of their file, at the same address, and are the same bytes else."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client, override_settings
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from files.metadata.pdf import write_pdf_rights
from files.metadata.xmp import write_image_rights
from files.models import Document, Image
from files.services import prepare_now, refresh_wants
from licensing.attribution import Author, Work
from licensing.values import BY, BY_SA, Licence
from tests.factories import files
from tests.files.test_copies import RIGHTS, telling_picture


def test_the_same_file_and_rights_give_the_same_bytes() -> None:
    work = Work("X", (Author("Ana"),), BY, "https://rede.test/", 2026)
    for write, content in (
        (write_image_rights, telling_picture("JPEG")),
        (write_image_rights, telling_picture("WEBP")),
        (write_pdf_rights, files.pdf_bytes()),
    ):
        assert write(content, work) == write(content, work)


@pytest.mark.django_db
def test_every_size_is_the_same_when_made_again() -> None:
    image = files.image(content=telling_picture("JPEG"))
    assert image.make()["sizes"] == image.sizes


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"licence": BY_SA},
        {"creator": "Eva Sol"},
        {"title": "Ponte velha"},
        {"year": 1999},
        {"source_url": "https://outra.test/"},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("make", [files.image, files.document], ids=["picture", "document"])
def test_a_change_of_rights_changes_the_copies_at_the_same_address(
    make: Any, change: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    row = make(**RIGHTS)
    before, address = row.published_names(), _address(row)
    for name, value in change.items():
        setattr(row, name, value)
    row.save()
    assert not row.is_current
    assert row.is_ready
    with django_capture_on_commit_callbacks(execute=True):
        prepare_now(row)
    assert row.is_current
    assert _address(row) == address
    assert not before & row.published_names()
    assert not any(storages["published"].exists(name) for name in before)
    (value,) = change.values()
    said = str(value.uri if isinstance(value, Licence) else value).encode()
    assert said in storages["published"].open(min(row.published_names())).read()


def _address(row: Image | Document) -> str:
    return row.url if isinstance(row, Document) else row.address("m")


@pytest.mark.django_db
@pytest.mark.parametrize("make", [files.image, files.document], ids=["picture", "document"])
def test_saving_without_a_change_makes_nothing_again(make: Any) -> None:
    row = make()
    row.save()
    assert row.is_current


@pytest.mark.django_db
@pytest.mark.parametrize("make", [files.image, files.document], ids=["picture", "document"])
def test_another_public_address_asks_for_new_copies(make: Any) -> None:
    row = make()
    assert refresh_wants() == 0
    with override_settings(PUBLIC_URL="https://rede.example"):
        assert refresh_wants() == 1
        row.refresh_from_db()
        prepare_now(row)
        content = storages["published"].open(min(row.published_names())).read()
    assert b"https://rede.example/" in content
    assert b"http://rede.test" not in content


# --- deleting -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("make", [files.image, files.document], ids=["picture", "document"])
def test_the_copies_go_with_their_row(make: Any, django_capture_on_commit_callbacks: Any) -> None:
    row = make()
    names = row.published_names()
    assert all(storages["published"].exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        type(row).objects.filter(pk=row.pk).delete()
    assert names
    assert not any(storages["published"].exists(name) for name in names)


@pytest.mark.django_db
def test_the_original_of_a_recording_goes_with_its_row(
    django_capture_on_commit_callbacks: Any,
) -> None:
    recording = files.recording()
    name = recording.file.name
    with django_capture_on_commit_callbacks(execute=True):
        recording.delete()
    assert not storages["default"].exists(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "url"),
    [(files.image, "wagtailimages:delete"), (files.document, "wagtaildocs:delete")],
    ids=["picture", "document"],
)
def test_what_an_administrator_deletes_is_gone_for_good(
    admin_client: Client, make: Any, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    """Wagtail hands the original over to a job, which must be able to find the storage again."""
    row = make()
    name = row.file.name
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(reverse(url, args=[row.pk]))
    assert answer.status_code == 302
    for job in DBTaskResult.objects.filter(task_path__endswith="delete_file_from_storage_task"):
        job.task.call(*job.args_kwargs["args"])
    assert not storages["default"].exists(name)
