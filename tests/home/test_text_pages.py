"""Pictures, files, recordings and videos in an institutional text: open to its readers, and known."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from files.models import FileUse
from files.uses import live_pages_using
from home.models import HomePage, TextPage
from home.site import prepare_site
from tests.factories import files, pages
from tests.factories.editor import PUBLISH, SAVE, edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def media() -> dict[str, Any]:
    image = files.image()
    image.contextual_alt_text, image.decorative = "Ponte de concreto.", False
    return {
        "image": image,
        "document": files.document(),
        "recording": files.recording(),
        "video": files.video(),
    }


def body_of(media: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        ("picture", {"picture": media["image"], "caption": ""}),
        ("file", {"document": media["document"], "title": "", "about": ""}),
        pages.audio_block(media["recording"]),
        pages.video_block(media["video"]),
    ]


@pytest.fixture
def text(media: dict[str, Any]) -> TextPage:
    made = TextPage(title="A casa", slug="a-casa", body=body_of(media))
    HomePage.objects.get().add_child(instance=made)
    return TextPage.objects.get(pk=made.pk)


def address_of(kind: str, media: dict[str, Any]) -> str:
    file = media[kind]
    sizes = {"image": "m", "video": 360}
    return str(file.address(sizes[kind]) if kind in sizes else file.url)


def status_of(address: str) -> int:
    return Client().get(address).status_code


every_kind = pytest.mark.parametrize("kind", ["image", "document", "recording", "video"])


@every_kind
def test_what_a_live_text_shows_is_open_to_its_readers(
    kind: str, text: TextPage, media: dict[str, Any]
) -> None:
    address = address_of(kind, media)
    assert address in Client().get(text.get_url()).content.decode()
    assert status_of(address) == 200
    text.unpublish()
    assert status_of(address) == 404


@every_kind
def test_whoever_looks_after_a_file_sees_the_text_that_uses_it(
    kind: str, text: TextPage, media: dict[str, Any]
) -> None:
    assert [page.pk for page in live_pages_using(media[kind])] == [text.pk]


@every_kind
def test_a_text_says_what_was_withdrawn(kind: str, text: TextPage, media: dict[str, Any]) -> None:
    file = type(media[kind]).objects.get(pk=media[kind].pk)
    file.withdrawn_on, file.withdrawn_reason = "2026-11-20", "A autora pediu."
    file.save()
    assert status_of(address_of(kind, media)) == 410
    shown = html.fromstring(Client().get(text.get_url()).content).text_content()
    assert "saiu do ar a pedido de quem tem os direitos" in " ".join(shown.split())


@every_kind
def test_the_desk_names_the_text_whose_file_was_withdrawn(
    kind: str, text: TextPage, media: dict[str, Any], admin_client: Client
) -> None:
    file = type(media[kind]).objects.get(pk=media[kind].pk)

    def told() -> str:
        panels = html.fromstring(admin_client.get("/admin/").content)
        return " ".join(" ".join(panels.xpath("//*[@id='incompletos-section']//text()")).split())

    assert told() == ""
    file.withdrawn_on, file.withdrawn_reason = "2026-11-20", "A autora pediu."
    file.save()
    assert text.title in told()
    assert f"“{file.title}” teve os direitos retirados" in told()


def test_the_form_of_a_picture_names_the_text(
    text: TextPage, media: dict[str, Any], admin_client: Client
) -> None:
    url = reverse("wagtailimages:edit", args=[media["image"].pk])
    answer = admin_client.get(url).content.decode()
    assert "Está no ar em" in answer
    assert text.title in answer


def test_the_draft_of_a_text_opens_and_closes_nothing(
    text: TextPage, media: dict[str, Any], admin_client: Client
) -> None:
    other = files.image(title="Outra")
    other.contextual_alt_text, other.decorative = "Outra ponte.", False
    text.body = [("picture", {"picture": other, "caption": ""})]
    text.save_revision()
    edit(admin_client, text, SAVE)
    assert status_of(media["document"].url) == 200
    assert status_of(other.address("m")) == 404
    edit(admin_client, text, PUBLISH)
    assert status_of(media["document"].url) == 404
    assert status_of(other.address("m")) == 200


def test_texts_that_were_live_before_are_noted_when_the_site_starts(
    text: TextPage, media: dict[str, Any]
) -> None:
    FileUse.objects.filter(page=text).delete()
    prepare_site()
    assert FileUse.objects.filter(page=text).count() == len(media)
    prepare_site()
    assert FileUse.objects.filter(page=text).count() == len(media)
