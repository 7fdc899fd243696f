"""podcast:guid (Podcasting 2.0 namespace): a name for a show that outlives its addresses."""

import uuid

import pytest
from django.test import Client, override_settings

from podcasts.guids import podcast_guid
from podcasts.models import ShowPage
from tests.factories import pages
from tests.podcasts.reading import Feed, one

VECTORS = [
    ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ("mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
]


@pytest.mark.parametrize(("address", "guid"), VECTORS)
@pytest.mark.parametrize(
    "written", ["{}", "https://{}", "http://{}", "https://{}/", "https://{}//"]
)
def test_the_guid_is_that_of_the_specification(written: str, address: str, guid: str) -> None:
    assert podcast_guid(written.format(address)) == uuid.UUID(guid)


def test_a_show_gets_its_guid_from_the_address_where_it_first_came_out(show: ShowPage) -> None:
    assert show.guid == podcast_guid("rede.test/podcasts/expediente-aberto/feed.xml")


def test_a_draft_has_no_guid_yet(db: None) -> None:
    assert pages.show(live=False).guid is None


def test_the_guid_is_kept_when_the_show_is_renamed_and_moves(
    show: ShowPage, client: Client
) -> None:
    before = show.guid
    show.title, show.slug = "Outro nome", "outro-nome"
    renamed = pages.publish(show)
    assert renamed.guid == before
    feed = Feed.get(client, "/podcasts/outro-nome/feed.xml")
    assert one(feed.channel, "podcast:guid").text == str(before)


def test_the_guid_is_kept_when_the_public_address_changes(show: ShowPage, client: Client) -> None:
    before = show.guid
    with override_settings(PUBLIC_URL="https://nova.example"):
        again = pages.publish(show)
        feed = Feed.get(client, show.feed_path)
    assert again.guid == before
    assert one(feed.channel, "podcast:guid").text == str(before)
    assert one(feed.channel, "atom:link").get("href").startswith("https://nova.example/")


def test_the_guid_comes_back_when_a_show_does(show: ShowPage) -> None:
    before = show.guid
    show.unpublish()
    assert pages.publish(ShowPage.objects.get(pk=show.pk)).guid == before


def test_a_copy_of_a_show_gets_a_guid_of_its_own(show: ShowPage) -> None:
    copied = show.copy(update_attrs={"slug": "copia", "title": "Cópia"}, keep_live=False)
    assert copied.guid is None
    assert pages.publish(copied).guid == podcast_guid("rede.test/podcasts/copia/feed.xml")


def test_two_shows_from_elsewhere_with_one_guid_do_not_collide_where_all_stand_together(
    show: ShowPage, client: Client
) -> None:
    other = pages.show(title="Outro programa")
    brought = [pages.episode(each, live=False, brought_guid="1") for each in (show, other)]
    first, second = (pages.publish(each) for each in brought)
    for each in (first, second):
        items = Feed.get(client, each.show.feed_path).items
        assert "1" in [one(item, "guid").text for item in items], "in its own feed for ever"
    together = Feed.get(client, "/podcasts/feed.xml").items
    guids = [one(item, "guid").text for item in together]
    assert len(guids) == len(set(guids))
    assert {str(first.uuid), str(second.uuid)} <= set(guids)
    by_guid = {one(item, "guid").text: one(item, "enclosure").get("url") for item in together}
    assert by_guid[str(first.uuid)].endswith(first.audio_path)
