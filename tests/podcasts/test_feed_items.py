"""The items of a feed, element by element."""

from email.utils import parsedate_to_datetime

import pytest
from django.test import Client
from lxml import etree, html
from mutagen.mp3 import MP3

from knowledge.models import Contribution
from licensing.values import OPEN_LICENCES, Licence
from podcasts import taxonomy, transcripts
from podcasts.models import EpisodePage, ShowPage
from tests.factories import pages
from tests.podcasts.conftest import credit
from tests.podcasts.reading import NAMESPACES, Feed, one, texts

BASE = "http://rede.test"
TITLES = ["Lista de espera se publica", "A agenda era o problema", "Empenho não é pagamento"]


def served(client: Client, url: str) -> tuple[bytes, str]:
    """The bytes and the type at an absolute address of the site."""
    assert url.startswith(f"{BASE}/")
    answer = client.get(url.removeprefix(BASE))
    assert answer.status_code == 200, url
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content, answer.headers["Content-Type"]


def people_of(item: etree._Element) -> list[tuple[str, str, str]]:
    found = item.findall("podcast:person", NAMESPACES)
    return [(person.text, person.get("role"), person.get("group")) for person in found]


def test_the_newest_episode_comes_first(feed: Feed) -> None:
    assert feed.titles() == TITLES
    dates = [parsedate_to_datetime(text) for text in texts(feed.channel, "item/pubDate")]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("title", TITLES)
def test_an_item_has_what_is_required(feed: Feed, title: str) -> None:
    item = feed.item(title)
    for path in (
        "title",
        "link",
        "description",
        "guid",
        "pubDate",
        "enclosure",
        "itunes:duration",
        "itunes:explicit",
        "itunes:episode",
        "itunes:episodeType",
        "podcast:episode",
        "podcast:license",
        "itunes:image",
        "source",
    ):
        one(item, path)


def test_the_guid_is_the_episodes_own_and_no_address(feed: Feed, first: EpisodePage) -> None:
    guid = one(feed.item(first.title), "guid")
    assert (guid.text, guid.get("isPermaLink")) == (str(first.uuid), "false")
    assert len(set(texts(feed.channel, "item/guid"))) == 3


def test_the_date_is_that_of_first_publication_with_its_zone(
    feed: Feed, first: EpisodePage
) -> None:
    text = one(feed.item(first.title), "pubDate").text
    when = parsedate_to_datetime(text)
    assert when.tzinfo is not None
    assert when == first.first_published_at.replace(microsecond=0)
    assert text.split(",")[0] in ("Sun", "Mon")


@pytest.mark.parametrize("title", TITLES)
def test_the_enclosure_is_the_file_that_is_served(feed: Feed, client: Client, title: str) -> None:
    enclosure = one(feed.item(title), "enclosure")
    url = enclosure.get("url")
    assert url.isascii()
    assert url.endswith(".mp3")
    content, content_type = served(client, url)
    assert enclosure.get("length") == str(len(content))
    assert enclosure.get("type") == content_type == "audio/mpeg"


def test_every_enclosure_has_an_address_of_its_own(feed: Feed) -> None:
    urls = [one(item, "enclosure").get("url") for item in feed.items]
    assert len(set(urls)) == len(urls)


@pytest.mark.parametrize("title", TITLES)
def test_the_duration_is_that_of_the_sound(
    feed: Feed, client: Client, title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    item = feed.item(title)
    content, _ = served(client, one(item, "enclosure").get("url"))
    path = tmp_path_factory.mktemp("audio") / "audio.mp3"
    path.write_bytes(content)
    seconds = MP3(path).info.length
    text = one(item, "itunes:duration").text
    assert text.isdigit()
    assert abs(int(text) - seconds) <= 0.5


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_each_item_says_its_own_licence(
    first: EpisodePage, second: EpisodePage, client: Client, licence: Licence
) -> None:
    first.licence = licence
    pages.publish(first)
    feed = Feed.get(client, first.show.feed_path)
    item = feed.item(first.title)
    said = one(item, "podcast:license")
    assert said.text == licence.identifier.lower()
    assert said.get("url") == licence.uri
    assert texts(item, "creativeCommons:license") == [licence.uri]
    assert texts(item, "dcterms:license") == [licence.uri]
    assert one(feed.item(second.title), "podcast:license").text == "cc-by-sa-4.0"


def test_an_item_names_its_people_and_restates_the_hosts(feed: Feed) -> None:
    assert people_of(feed.item("Lista de espera se publica")) == [
        ("Helena Prado", "guest", "cast"),
        ("Revisora Atenta", "editor", "writing"),
        ("Ana Lúcia Reis", "host", "cast"),
    ]


def test_an_episode_with_a_host_of_its_own_does_not_repeat_the_usual_one(
    first: EpisodePage, client: Client
) -> None:
    credit(first, "Davi Nogueira", Contribution.Role.HOST)
    pages.publish(first)
    item = Feed.get(client, first.show.feed_path).item(first.title)
    hosts = [name for name, role, _ in people_of(item) if role == "host"]
    assert hosts == ["Davi Nogueira"]


def test_every_role_of_the_library_is_in_the_official_taxonomy() -> None:
    assert set(taxonomy.OF_THE_LIBRARY) == set(Contribution.Role)
    for role, group in taxonomy.OF_THE_LIBRARY.values():
        assert role in taxonomy.ROLES[group]


@pytest.mark.parametrize("title", TITLES)
def test_the_transcript_is_where_the_item_says(feed: Feed, client: Client, title: str) -> None:
    offered = feed.item(title).findall("podcast:transcript", NAMESPACES)
    assert [transcript.get("type") for transcript in offered] == list(transcripts.TYPES.values())
    begins = ["WEBVTT", "1\n00:00:0", '{"version":"1.0.0","segments":[{', "<!DOCTYPE html>"]
    for transcript, beginning in zip(offered, begins, strict=True):
        assert transcript.get("language") == "pt-br"
        content, content_type = served(client, transcript.get("url"))
        assert content_type.startswith(transcript.get("type"))
        assert content.decode("utf-8").startswith(beginning)


def test_the_notes_link_to_absolute_addresses(feed: Feed) -> None:
    notes = one(feed.item("Lista de espera se publica"), "content:encoded").text
    links = {a.text: a.get("href") for a in html.fragment_fromstring(notes, "div").iter("a")}
    assert links == {
        "guia": f"{BASE}/acervo/guia-do-empenho/",
        "as licenças": f"{BASE}/licencas/",
        "outro sítio": "https://exemplo.org/a",
    }


def test_an_episode_without_notes_has_no_empty_element(feed: Feed) -> None:
    item = feed.item("A agenda era o problema")
    assert item.find("content:encoded", NAMESPACES) is None


def test_the_notes_hold_all_that_the_page_says(first: EpisodePage, client: Client) -> None:
    """Headings, notes, quotations and sources as well, not the paragraphs alone."""
    first.body = [
        ("text", "<p>Parágrafo.</p>"),
        ("heading", "Um título"),
        ("callout", {"tone": "dica", "title": "Dica", "text": "<p>Anote o número.</p>"}),
        ("quote", {"text": "O plano é da cidade.", "source": "Art. 1º"}),
        ("references", {"sources": ["<p>Lei nº 4.320/1964</p>"]}),
    ]
    pages.publish(first)
    item = Feed.get(client, first.show.feed_path).item(first.title)
    words = html.fragment_fromstring(one(item, "content:encoded").text, "div").text_content()
    for part in ("Parágrafo.", "Um título", "Anote o número.", "O plano é da cidade.", "4.320"):
        assert part in words


def test_apps_read_the_items(feed: Feed) -> None:
    entry = feed.as_app.entries[0]
    assert entry.title == TITLES[0]
    assert not entry.guidislink
    assert entry.enclosures[0].type == "audio/mpeg"
    assert entry.itunes_duration.isdigit()


def test_an_episode_without_number_says_none(first: EpisodePage, client: Client) -> None:
    first.number = None
    pages.publish(first)
    item = Feed.get(client, first.show.feed_path).item(first.title)
    assert item.find("itunes:episode", NAMESPACES) is None
    assert item.find("podcast:episode", NAMESPACES) is None


def test_an_item_in_another_language_says_so_of_its_transcript(
    first: EpisodePage, client: Client, show: ShowPage
) -> None:
    first.language = "es"
    pages.publish(first)
    feed = Feed.get(client, show.feed_path)
    offered = feed.item(first.title).findall("podcast:transcript", NAMESPACES)
    assert {transcript.get("language") for transcript in offered} == {"es"}
    assert one(feed.channel, "language").text == "pt-br"
