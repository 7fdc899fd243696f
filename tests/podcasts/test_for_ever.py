"""What subscribers know an episode by never changes, whatever is edited."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Page

from files.services import prepare_now
from licensing.values import BY, CC0
from podcasts.models import EpisodePage, ShowPage
from tests.factories import files, pages
from tests.podcasts.conftest import spoken
from tests.podcasts.reading import Feed, one


def edit(page: EpisodePage, **fields: Any) -> None:
    draft = EpisodePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    pages.publish(draft)


def rename(page: EpisodePage) -> None:
    edit(page, title="Outro título", slug="outro-endereco")


def rename_show(page: EpisodePage) -> None:
    show = ShowPage.objects.get(pk=page.show.pk)
    show.title, show.slug = "Outro programa", "outro-programa"
    pages.publish(show)


def move(page: EpisodePage) -> None:
    other = pages.show(title="Outra casa", slug="outra-casa")
    EpisodePage.objects.get(pk=page.pk).move(Page.objects.get(pk=other.pk), pos="last-child")


def take_another_recording(page: EpisodePage) -> None:
    edit(page, recording=spoken("a-agenda-era-o-problema"))


def send_the_file_again(page: EpisodePage) -> None:
    recording = EpisodePage.objects.get(pk=page.pk).recording
    recording.file = ContentFile(files.mp3_bytes("lista-de-espera-se-publica"), name="novo.mp3")
    recording.save()
    prepare_now(recording)
    edit(page)


def license_anew(page: EpisodePage) -> None:
    edit(page, licence=CC0 if page.licence == BY else BY)


def correct_everything(page: EpisodePage) -> None:
    edit(page, summary="Outro resumo.", number=9, season=2, episode_type="bonus", language="es")


def withdraw_and_publish_again(page: EpisodePage) -> None:
    EpisodePage.objects.get(pk=page.pk).unpublish()
    edit(page)


CHANGES = [
    rename,
    rename_show,
    move,
    take_another_recording,
    send_the_file_again,
    license_anew,
    correct_everything,
    withdraw_and_publish_again,
]


def known_by(client: Client, page: EpisodePage) -> tuple[str, str, str]:
    """The guid, address and date of an episode in the feed in which it is now."""
    fresh = EpisodePage.objects.get(pk=page.pk)
    item = Feed.get(client, fresh.show.feed_path).item(fresh.title)
    return (
        one(item, "guid").text or "",
        one(item, "enclosure").get("url") or "",
        one(item, "pubDate").text or "",
    )


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("brought", ["", "tag:antigo.example,2019:/?p=7&x=<é>"])
def test_nothing_that_is_edited_changes_what_apps_know(
    first: EpisodePage, client: Client, change: Callable[[EpisodePage], None], brought: str
) -> None:
    if brought:
        EpisodePage.objects.filter(pk=first.pk).update(brought_guid=brought)
        edit(first, brought_guid=brought)
    before = known_by(client, first)
    assert before[0] == (brought or str(first.uuid))
    change(first)
    assert known_by(client, first) == before
    path = "/" + before[1].split("/", 3)[3]
    answer = client.get(path)
    enclosure = one(
        Feed.get(client, EpisodePage.objects.get(pk=first.pk).show.feed_path).item(
            EpisodePage.objects.get(pk=first.pk).title
        ),
        "enclosure",
    )
    assert answer["Content-Length"] == enclosure.get("length")


def test_a_copy_is_another_episode(first: EpisodePage) -> None:
    EpisodePage.objects.filter(pk=first.pk).update(brought_guid="antigo-1")
    source = EpisodePage.objects.get(pk=first.pk)
    source.brought_guid = "antigo-1"
    made = source.copy(update_attrs={"slug": "copia", "title": "Cópia"}, keep_live=False)
    copied = EpisodePage.objects.get(pk=made.pk)
    assert (copied.brought_guid, copied.guid) == ("", str(copied.uuid))
    assert copied.uuid != first.uuid
    assert copied.get_latest_revision_as_object().guid == copied.guid
