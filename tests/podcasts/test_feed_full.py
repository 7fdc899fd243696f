"""Podcasting 2.0 beyond the necessary: seasons, types, chapters, trailers, moving, one feed of all."""

import io
import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree
from mutagen.id3 import ID3

from podcasts import feeds
from podcasts.models import EpisodePage, FeedItem, LibraryFeed, ShowPage
from tests.factories import files, pages
from tests.podcasts.conftest import publish_until_tomorrow
from tests.podcasts.reading import ATOM, NAMESPACES, Feed, one

BASE = "http://rede.test"
CHAPTERS = [
    ("chapter", {"start": "0:20", "title": "O <envelope>", "link": "https://lei.example/4320"}),
    ("chapter", {"start": "00:00", "title": "Abertura", "link": ""}),
]


def item_of(episode: EpisodePage) -> etree._Element:
    feed = Feed.get(Client(), ShowPage.objects.get(path=episode.path[:-4]).feed_path)
    return next(item for item in feed.items if item.findtext("guid") == str(episode.uuid))


# --- the show ----------------------------------------------------------------------------------


def test_a_course_is_heard_from_the_first_lesson(show: ShowPage, client: Client) -> None:
    show.medium = ShowPage.Medium.COURSE
    channel = Feed.get(client, pages.publish(show).feed_path).channel
    assert one(channel, "podcast:medium").text == "course"
    assert one(channel, "itunes:type").text == "serial"


def test_a_course_is_listed_from_the_first_lesson(show: ShowPage, client: Client) -> None:
    for number in (1, 2):
        pages.episode(show, title=f"Aula {number}")

    def listed() -> list[str]:
        page = BeautifulSoup(client.get(show.get_url()).content, "html5lib")
        found = [row.text for row in page.select("section[aria-labelledby=eps] h3")]
        return [title for title in found if title in ("Aula 1", "Aula 2")]

    assert listed() == ["Aula 2", "Aula 1"]
    show.medium, show.is_finished = ShowPage.Medium.COURSE, True
    show = pages.publish(show)
    assert listed() == ["Aula 1", "Aula 2"]
    assert "Curso completo" in client.get(show.get_url()).content.decode()


def test_who_listens_learns_how_to_support_a_show_and_what_it_recommends(
    show: ShowPage, client: Client
) -> None:
    show.funding_url = "https://apoio.example/"
    show.recommended = [("show", {"title": "Outro <b>", "feed": "https://outro.example/feed.xml"})]
    show = pages.publish(show)
    page = BeautifulSoup(client.get(show.get_url()).content, "html5lib")
    links = {link["href"]: link.text for link in page.select(".about a")}
    assert links["https://apoio.example/"] == "Apoie o programa"
    assert links["https://outro.example/feed.xml"] == "Outro <b>"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"coordinates": "-23,6864 -46,6228", "place": "Diadema"}, "coordinates"),
        ({"coordinates": "-93.6864, -46.6228", "place": "Diadema"}, "coordinates"),
        ({"coordinates": "-23.6864, -46.6228"}, "place"),
        ({"funding_label": "Apoie"}, "funding_url"),
    ],
)
def test_half_a_place_or_half_a_button_is_refused_at_the_field(
    show: ShowPage, values: dict[str, str], field: str
) -> None:
    for name, value in values.items():
        setattr(show, name, value)
    with pytest.raises(ValidationError) as refused:
        show.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_the_promise_of_a_show_is_in_its_feed_and_on_its_page(
    show: ShowPage, client: Client
) -> None:
    show.recurrence = "FREQ=MONTHLY;BYDAY=1TU"
    show = pages.publish(show)
    said = one(Feed.get(client, show.feed_path).channel, "podcast:updateFrequency")
    assert said.get("rrule") == "FREQ=MONTHLY;BYDAY=1TU"
    assert said.text == "todo mês, na primeira terça-feira"
    page = BeautifulSoup(client.get(show.get_url()).content, "html5lib")
    assert "Sai todo mês, na primeira terça-feira" in page.select_one(".meta").text


def test_a_show_that_has_ended_says_so(show: ShowPage, client: Client) -> None:
    show.is_finished = True
    channel = Feed.get(client, pages.publish(show).feed_path).channel
    assert one(channel, "itunes:complete").text == "yes"
    assert one(channel, "podcast:updateFrequency").get("complete") == "true"


def test_a_show_that_promises_nothing_says_nothing(feed: Feed) -> None:
    for name in ("podcast:updateFrequency", "itunes:complete", "itunes:new-feed-url"):
        assert feed.channel.find(name, NAMESPACES) is None


# --- moving away -------------------------------------------------------------------------------


def test_a_show_that_moves_leads_its_subscribers_on_and_says_where(
    show: ShowPage, client: Client
) -> None:
    show.moved_to = "https://outra.example/feed.xml"
    show = pages.publish(show)
    answer = client.get(show.feed_path)
    assert (answer.status_code, answer.headers["Location"]) == (301, show.moved_to)
    assert one(Feed(answer.content).channel, "itunes:new-feed-url").text == show.moved_to
    assert len(Feed(answer.content).items) == 3


@pytest.mark.parametrize("address", [f"{BASE}/podcasts/expediente-aberto/feed.xml", "ftp://x.y/z"])
def test_a_show_cannot_move_to_where_it_is_or_to_what_is_no_page(
    show: ShowPage, address: str
) -> None:
    show.moved_to = address
    with pytest.raises(ValidationError) as error:
        show.clean()
    assert list(error.value.message_dict) == ["moved_to"]


# --- the episode -------------------------------------------------------------------------------


def test_season_and_type_are_said_in_both_vocabularies(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    show.seasons = [("season", {"number": 2, "name": "Dinheiro público"})]
    pages.publish(show)
    first.season, first.episode_type = 2, EpisodePage.Type.BONUS
    first = pages.publish(first)
    item = item_of(first)
    assert one(item, "itunes:episodeType").text == "bonus"
    assert one(item, "itunes:season").text == one(item, "podcast:season").text == "2"
    assert one(item, "podcast:season").get("name") == "Dinheiro público"
    page = BeautifulSoup(client.get(first.get_url()).content, "html5lib")
    assert page.select_one("header .kind").text == "Extra 1, temporada 2"


def test_the_name_of_a_season_reaches_its_episodes(show: ShowPage, first: EpisodePage) -> None:
    first.season = 2
    first = pages.publish(first)
    assert "name" not in one(item_of(first), "podcast:season").attrib
    show.seasons = [("season", {"number": 2, "name": "Dinheiro público"})]
    pages.publish(show)
    assert one(item_of(first), "podcast:season").get("name") == "Dinheiro público"


def test_a_trailer_is_in_the_channel_and_among_the_items(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    first.episode_type, first.season = EpisodePage.Type.TRAILER, 1
    first = pages.publish(first)
    feed = Feed.get(client, show.feed_path)
    trailer = one(feed.channel, "podcast:trailer")
    enclosure = one(feed.item(first.title), "enclosure")
    assert trailer.text == first.title
    assert (trailer.get("url"), trailer.get("length")) == (
        enclosure.get("url"),
        enclosure.get("length"),
    )
    assert (trailer.get("type"), trailer.get("season")) == ("audio/mpeg", "1")
    assert parsedate_to_datetime(trailer.get("pubdate")) == first.first_published_at
    first.unpublish()
    feed = Feed.get(client, show.feed_path)
    assert feed.channel.find("podcast:trailer", NAMESPACES) is None


def test_a_cover_of_its_own_is_the_art_of_an_episode(show: ShowPage, first: EpisodePage) -> None:
    assert one(item_of(first), "itunes:image").get("href") == f"{BASE}{show.art_path}"
    first.cover_image = files.image(content=files.picture_bytes(1600, 1500))
    first = pages.publish(first)
    address = one(item_of(first), "itunes:image").get("href")
    assert address == f"{BASE}{first.cover_image.address('arte')}"
    assert Client().get(address.removeprefix(BASE)).status_code == 200


# --- chapters ----------------------------------------------------------------------------------


@pytest.fixture
def divided(first: EpisodePage) -> EpisodePage:
    """An episode in two chapters."""
    first.chapters = CHAPTERS
    return pages.publish(first)


def test_chapters_are_where_the_item_says(divided: EpisodePage, client: Client) -> None:
    said = one(item_of(divided), "podcast:chapters")
    assert said.get("type") == "application/json+chapters"
    answer = client.get(said.get("url").removeprefix(BASE))
    assert answer.headers["Content-Type"] == "application/json+chapters"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    whole = json.loads(answer.content)
    assert whole["version"] == "1.2.0"
    assert whole["chapters"] == [
        {"startTime": 0, "title": "Abertura"},
        {"startTime": 20, "title": "O <envelope>", "url": "https://lei.example/4320"},
    ]


def test_chapters_are_inside_the_mp3(divided: EpisodePage, client: Client) -> None:
    content = b"".join(client.get(divided.audio_path).streaming_content)
    tags = ID3(io.BytesIO(content))
    [toc] = tags.getall("CTOC")
    marks = {frame.element_id: frame for frame in tags.getall("CHAP")}
    read = [marks[name] for name in toc.child_element_ids]
    assert [(mark.start_time, mark.end_time) for mark in read] == [
        (0, 20_000),
        (20_000, divided.audio.milliseconds),
    ]
    assert [mark.sub_frames["TIT2"].text for mark in read] == [["Abertura"], ["O <envelope>"]]
    assert read[1].sub_frames["WXXX:"].url == "https://lei.example/4320"


def test_chapters_are_on_the_page_and_lead_there_without_script(
    divided: EpisodePage, client: Client
) -> None:
    page = BeautifulSoup(client.get(divided.get_url()).content, "html5lib")
    links = page.select(".chapters a[data-at]")
    assert [(a["href"], a["data-at"]) for a in links] == [
        (f"{divided.audio_path}#t=0", "0"),
        (f"{divided.audio_path}#t=20", "20"),
    ]
    assert links[1].select_one("span").text == "O <envelope>"


def test_a_picture_of_a_chapter_is_open_with_the_page(first: EpisodePage, client: Client) -> None:
    picture = files.image()
    chapter = {"start": "0:00", "title": "Abertura", "link": "", "picture": picture}
    first.chapters = [("chapter", chapter)]
    first = pages.publish(first)
    [chapter] = json.loads(client.get(first.chapters_path).content)["chapters"]
    assert client.get(chapter["img"].removeprefix(BASE)).status_code == 200


def test_a_picture_without_rights_is_told_of_at_the_chapters(first: EpisodePage) -> None:
    picture = files.image(licence=None)
    chapter = {"start": "0:00", "title": "Abertura", "link": "", "picture": picture}
    first.chapters = [("chapter", chapter)]
    assert {lack.field for lack in first.lacks() if not lack.passing} == {"chapters"}


@pytest.mark.parametrize(
    ("starts", "word"),
    [(["0:10"], "00:00"), (["0:00", "0:00"], "dois capítulos"), (["0:00", "59:00"], "acaba em")],
)
def test_chapters_that_cannot_be_right_are_told_of(
    first: EpisodePage, starts: list[str], word: str
) -> None:
    first.chapters = [
        ("chapter", {"start": start, "title": "Parte", "link": ""}) for start in starts
    ]
    [lack] = [lack for lack in first.lacks() if not lack.passing]  # the audio is being made
    assert lack.field == "chapters"
    assert word in lack.message


def test_other_chapters_are_another_file_at_the_same_address(divided: EpisodePage) -> None:
    before = one(item_of(divided), "enclosure")
    divided.chapters = CHAPTERS[1:]
    divided = pages.publish(divided)
    after = one(item_of(divided), "enclosure")
    assert after.get("url") == before.get("url")
    assert after.get("length") == str(divided.audio.copy_bytes) != before.get("length")


def test_moments_in_the_notes_of_a_page_seek(first: EpisodePage, client: Client) -> None:
    first.body = [("text", "<p>Em 0:30 ele explica.</p>")]
    first = pages.publish(first)
    page = BeautifulSoup(client.get(first.get_url()).content, "html5lib")
    [link] = page.select(".prose a[data-at]")
    assert (link["href"], link.text) == (f"{first.audio_path}#t=30", "0:30")
    assert "Em 0:30 ele explica." in one(item_of(first), "content:encoded").text


def test_a_transcript_in_srt_is_kept_as_webvtt(first: EpisodePage) -> None:
    first.transcript = "1\n00:00:00,000 --> 00:00:04,000\nAna: Bom dia.\n"
    first = pages.publish(first)
    assert first.transcript.startswith("WEBVTT")
    assert "<v Ana>Bom dia." in first.transcript


# --- all shows together ------------------------------------------------------------------------


@pytest.fixture
def other(show: ShowPage, first: EpisodePage) -> ShowPage:
    """A second show, with one episode."""
    other = pages.show(title="Outro programa", slug="outro-programa")
    pages.episode(other, title="Só daqui", recording=first.recording)
    return other


def test_one_feed_has_the_episodes_of_all_shows(other: ShowPage, client: Client) -> None:
    feed = Feed.get(client, "/podcasts/feed.xml")
    assert len(feed.titles()) == 4
    sources = {item.findtext("title"): item.findtext("source") for item in feed.items}
    assert sources["Só daqui"] == "Outro programa"
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in feed.items]
    assert dates == sorted(dates, reverse=True)
    assert feed.as_app.feed.title == "Rede Aberta: Podcasts"
    assert one(feed.channel, "podcast:guid").text == str(LibraryFeed.objects.get().guid)


def test_the_feed_of_all_costs_two_queries_and_answers_304(other: ShowPage, client: Client) -> None:
    tag = client.get("/podcasts/feed.xml").headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/podcasts/feed.xml", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert len(queries) <= 3


def test_the_feed_of_all_changes_with_each_of_its_shows(
    other: ShowPage, first: EpisodePage, client: Client
) -> None:
    before = client.get("/podcasts/feed.xml")
    other.unpublish()
    after = client.get(
        "/podcasts/feed.xml", headers={"if-modified-since": before.headers["Last-Modified"]}
    )
    assert after.status_code == 200
    assert len(Feed(after.content).items) == 3
    first.title = "Mudou de título"
    pages.publish(first)
    assert "Mudou de título" in Feed.get(client, "/podcasts/feed.xml").titles()


def test_without_a_show_there_is_no_feed_of_all_and_it_comes_back_as_it_was(
    show: ShowPage, client: Client
) -> None:
    guid = LibraryFeed.objects.get().guid
    restriction = pages.restrict(show)
    assert client.get("/podcasts/feed.xml").status_code == 404
    restriction.delete()
    assert client.get("/podcasts/feed.xml").status_code == 200
    assert LibraryFeed.objects.get().guid == guid


def test_the_list_of_shows_is_what_apps_import(other: ShowPage, client: Client) -> None:
    answer = client.get("/podcasts/podcasts.opml")
    assert answer.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    outlines = etree.fromstring(answer.content).findall("body/outline")
    assert [(line.get("text"), line.get("xmlUrl")) for line in outlines] == [
        ("Expediente Aberto", f"{BASE}/podcasts/expediente-aberto/feed.xml"),
        ("Outro programa", f"{BASE}/podcasts/outro-programa/feed.xml"),
    ]
    assert {line.get("type") for line in outlines} == {"rss"}


# --- long archives -----------------------------------------------------------------------------


def _links(feed: Feed) -> dict[str, str]:
    found = feed.channel.findall(f"{{{ATOM}}}link")
    return {link.get("rel"): link.get("href") for link in found}


def test_a_feed_that_would_be_too_long_has_pages(
    show: ShowPage, first: EpisodePage, client: Client, monkeypatch: Any
) -> None:
    longest = max(len(item.xml.encode()) for item in FeedItem.objects.all())
    monkeypatch.setattr(feeds, "PAGE_BYTES", 2 * longest + 2500)
    feeds.write_show(ShowPage.objects.get(pk=show.pk))
    first.summary = "Outro resumo."
    pages.publish(first)
    path = f"{BASE}{show.feed_path}"
    newest = Feed.get(client, show.feed_path)
    oldest = Feed.get(client, f"{show.feed_path}?pagina=2")
    assert (len(newest.items), len(oldest.items)) == (2, 1)
    assert oldest.titles() == [first.title]
    second = f"{path}?pagina=2"
    assert _links(newest) == {"self": path, "first": path, "next": second, "last": second}
    assert _links(oldest) == {"self": second, "first": path, "previous": path, "last": second}
    for number in ("0", "3", "x", "2.5", "-1"):
        assert client.get(f"{show.feed_path}?pagina={number}").status_code == 404


def test_a_page_of_a_feed_loses_what_expires_and_keeps_its_place(
    show: ShowPage,
    second: EpisodePage,
    client: Client,
    monkeypatch: Any,
    two_days_pass: Callable[[], None],
) -> None:
    monkeypatch.setattr(feeds, "PAGE_BYTES", 1)
    second.summary = "Outro resumo."
    publish_until_tomorrow(second)
    two_days_pass()
    found = [Feed.get(client, f"{show.feed_path}?pagina={n}").titles() for n in (1, 2, 3)]
    assert found == [["Lista de espera se publica"], [], ["Empenho não é pagamento"]]
