"""The whole feed, value by value, as the libraries read it on which apps are built."""

import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.test import Client, override_settings

from podcasts.guids import podcast_guid
from podcasts.models import EpisodePage, ShowPage
from tests.factories import pages
from tests.podcasts.reading import Feed

pytestmark = pytest.mark.real_parts

READERS = Path(__file__).parent / "readers"
BASE = "https://rede.example"


@pytest.fixture
def content(show: ShowPage, first: EpisodePage, second: EpisodePage, client: Client) -> Any:
    """The feed of a show that says everything a show can say."""
    with override_settings(PUBLIC_URL=BASE):
        show.medium, show.recurrence = ShowPage.Medium.COURSE, "FREQ=MONTHLY;BYDAY=1TU"
        show.place, show.coordinates = "Diadema, São Paulo", "-23.6864, -46.6228"
        show.funding_url, show.funding_label = f"{BASE}/apoie/", "Apoie o programa"
        show.claim = "rede-4f2a"
        show.recommended = [("show", {"title": "Outro", "feed": "https://outro.example/feed.xml"})]
        show.seasons = [("season", {"number": 2, "name": "Dinheiro público"})]
        pages.publish(show)
        second.episode_type = EpisodePage.Type.TRAILER
        pages.publish(second)
        first.season = 2
        first.place = "Praça da Moça"
        first.chapters = [("chapter", {"start": "0:00", "title": "Abertura", "link": ""})]
        pages.publish(first)
        yield Feed.get(client, show.feed_path).content


@pytest.fixture
def read(content: bytes) -> dict[str, Any]:
    """The feed as podcast-partytime and feedsmith read it."""
    command = ["node", str(READERS / "read.mjs")]
    done = subprocess.run(command, input=content, capture_output=True, check=True, timeout=60)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _place(podcast: dict[str, Any]) -> dict[str, str]:
    """The one place, whichever name the library gives to the list."""
    found = podcast.get("locations") or [podcast["location"]]
    [place] = found
    return place


def test_partytime_reads_the_channel_whole(
    read: dict[str, Any], show: ShowPage, second: EpisodePage
) -> None:
    found, second = read["partytime"], EpisodePage.objects.get(pk=second.pk)
    wanted = {
        "title": show.title,
        "description": show.summary,
        "link": f"{BASE}{show.get_url()}",
        "language": "pt-br",
        "explicit": False,
        "itunesType": "serial",
        "itunesImage": f"{BASE}{show.art_path}",
        "itunesCategory": ["Education > Courses"],
        "author": "Rede Aberta",
        "owner": {"name": "Rede Aberta", "email": "podcast@rede.test"},
        "guid": str(show.guid),
        "locked": True,
        "podcastOwner": "podcast@rede.test",
        "medium": "course",
        "license": {"identifier": "cc-by-nc-4.0", "url": show.licence.uri},
    }
    assert {key: found[key] for key in wanted} == wanted
    assert found["pubsub"]["self"] == f"{BASE}{show.feed_path}"
    people = {(one["name"], one["role"], one["group"]) for one in found["podcastPeople"]}
    assert people == {("Equipe da casa", "Author", "Writing"), ("Ana Lúcia Reis", "Host", "Cast")}
    [trailer] = found["trailers"]
    assert trailer["title"] == second.title
    assert trailer["url"] == f"{BASE}{second.audio_path}"
    assert trailer["length"] == second.audio.copy_bytes


def test_partytime_reads_an_item_whole(read: dict[str, Any], first: EpisodePage) -> None:
    first = EpisodePage.objects.get(pk=first.pk)
    items = {item["guid"]: item for item in read["partytime"]["items"]}
    assert len(items) == 3
    item = items[str(first.uuid)]
    wanted = {
        "title": first.title,
        "description": first.summary,
        "link": f"{BASE}{first.get_url()}",
        "enclosure": {
            "url": f"{BASE}{first.audio_path}",
            "length": first.audio.copy_bytes,
            "type": "audio/mpeg",
        },
        "duration": first.audio.seconds,
        "explicit": False,
        "itunesEpisode": 1,
        "itunesEpisodeType": "full",
        "itunesSeason": 2,
        "podcastSeason": {"number": 2, "name": "Dinheiro público"},
        "podcastEpisode": {"number": 1},
        "podcastChapters": {
            "url": f"{BASE}{first.chapters_path}",
            "type": "application/json+chapters",
        },
        "license": {"identifier": "cc-by-4.0", "url": first.licence.uri},
    }
    assert {key: item[key] for key in wanted} == wanted
    addresses = {one["url"] for one in item["podcastTranscripts"]}
    assert f"{BASE}{first.transcript_path}" in addresses
    assert len(addresses) == 4
    assert datetime.fromisoformat(item["pubDate"]) == first.first_published_at
    roles = {(one["name"], one["role"]) for one in item["podcastPeople"]}
    assert roles == {("Helena Prado", "Author"), ("Ana Lúcia Reis", "Host")}


def test_feedsmith_reads_the_channel_whole(read: dict[str, Any], show: ShowPage) -> None:
    found = read["feedsmith"]
    assert (found["title"], found["link"]) == (show.title, f"{BASE}{show.get_url()}")
    assert (found["description"], found["language"]) == (show.summary, "pt-br")
    podcast = found["podcast"]
    assert podcast["guid"] == str(show.guid)
    assert podcast["locked"] == {"value": True, "owner": "podcast@rede.test"}
    assert podcast["medium"] == "course"
    assert podcast["license"] == {"display": "cc-by-nc-4.0", "url": show.licence.uri}
    assert podcast["updateFrequency"]["rrule"] == "FREQ=MONTHLY;BYDAY=1TU"
    assert len(podcast["trailers"]) == 1
    assert _place(podcast) == {"display": "Diadema, São Paulo", "geo": "geo:-23.6864,-46.6228"}
    assert podcast["fundings"] == [{"url": f"{BASE}/apoie/", "display": "Apoie o programa"}]
    assert podcast["txts"] == [{"display": "rede-4f2a", "purpose": "verify"}]
    [recommended] = podcast["podroll"]["remoteItems"]
    assert recommended["feedGuid"] == str(podcast_guid("https://outro.example/feed.xml"))
    assert (recommended["feedUrl"], recommended["title"]) == (
        "https://outro.example/feed.xml",
        "Outro",
    )
    assert found["itunes"]["categories"] == [
        {"text": "Education", "categories": [{"text": "Courses"}]}
    ]


def test_feedsmith_reads_an_item_whole(read: dict[str, Any], first: EpisodePage) -> None:
    first = EpisodePage.objects.get(pk=first.pk)
    items = {item["guid"]["value"]: item for item in read["feedsmith"]["items"]}
    item = items[str(first.uuid)]
    assert item["guid"]["isPermaLink"] is False
    assert _place(item["podcast"])["display"] == "Praça da Moça"
    [enclosure] = item["enclosures"]
    assert enclosure == {
        "url": f"{BASE}{first.audio_path}",
        "length": first.audio.copy_bytes,
        "type": "audio/mpeg",
    }
    itunes = {key: item["itunes"][key] for key in ("duration", "episode", "season", "episodeType")}
    assert itunes == {
        "duration": first.audio.seconds,
        "episode": 1,
        "season": 2,
        "episodeType": "full",
    }
    podcast = item["podcast"]
    assert podcast["season"] == {"number": 2, "name": "Dinheiro público"}
    assert podcast["license"] == {"display": "cc-by-4.0", "url": first.licence.uri}
    kinds = [one["type"] for one in podcast["transcripts"]]
    assert kinds == ["text/vtt", "application/x-subrip", "application/json", "text/html"]
    assert podcast["chapters"]["url"] == f"{BASE}{first.chapters_path}"


def test_feedparser_reads_every_item(content: bytes, first: EpisodePage) -> None:
    parsed = feedparser.parse(content)
    assert not parsed.bozo
    entry = next(each for each in parsed.entries if each.id == str(first.uuid))
    assert (entry.title, entry.itunes_season) == (first.title, "2")
    assert entry.enclosures[0].href == f"{BASE}{first.audio_path}"
    assert parsed.feed.itunes_type == "serial"
