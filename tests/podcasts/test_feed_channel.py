"""The channel of a feed, element by element (RSS 2.0, Apple, PSP-1, Podcasting 2.0)."""

import io

import pytest
from django.test import Client
from lxml import etree
from PIL import Image

from podcasts import categories
from podcasts.models import ShowPage
from tests.factories import files, pages
from tests.podcasts.reading import NAMESPACES, Feed, one, texts

BASE = "http://rede.test"


def test_the_feed_declares_exactly_the_six_namespaces(feed: Feed) -> None:
    assert feed.root.nsmap == NAMESPACES
    used = {etree.QName(element).namespace for element in feed.root.iter(etree.Element)}
    assert used - {None} <= set(NAMESPACES.values())


def test_the_feed_is_rss_in_utf_8(feed: Feed) -> None:
    assert feed.content.startswith(b"<?xml")
    assert feed.root.getroottree().docinfo.encoding.upper() == "UTF-8"
    assert (feed.root.tag, feed.root.get("version")) == ("rss", "2.0")


def test_the_feed_says_where_it_is(feed: Feed, show: ShowPage) -> None:
    link = one(feed.channel, "atom:link")
    assert dict(link.attrib) == {
        "rel": "self",
        "type": "application/rss+xml",
        "href": f"{BASE}{show.feed_path}",
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("title", "Expediente Aberto"),
        ("description", "Conversas sobre o trabalho de todo dia."),
        ("link", f"{BASE}/podcasts/expediente-aberto/"),
        ("language", "pt-br"),
        ("itunes:author", "Rede Aberta"),
        ("itunes:explicit", "false"),
        ("itunes:type", "episodic"),
        ("itunes:owner/itunes:email", "podcast@rede.test"),
        ("itunes:owner/itunes:name", "Rede Aberta"),
        ("podcast:locked", "yes"),
        ("podcast:medium", "podcast"),
        ("podcast:license", "cc-by-nc-4.0"),
    ],
)
def test_the_channel_says(feed: Feed, path: str, text: str) -> None:
    assert one(feed.channel, path).text == text


def test_the_channel_names_its_licence_in_three_vocabularies(feed: Feed) -> None:
    uri = "https://creativecommons.org/licenses/by-nc/4.0/"
    assert one(feed.channel, "podcast:license").get("url") == uri
    assert texts(feed.channel, "creativeCommons:license") == [uri]
    assert texts(feed.channel, "dcterms:license") == [uri]


def test_the_channel_names_who_makes_it_and_in_which_role(feed: Feed) -> None:
    people = feed.channel.findall("podcast:person", NAMESPACES)
    found = {person.text: (person.get("role"), person.get("group")) for person in people}
    assert found == {
        "Ana Lúcia Reis": ("host", "cast"),
        "Equipe da casa": ("author", "writing"),
    }
    assert all(person.get("href").startswith(f"{BASE}/pessoas/") for person in people)


def test_the_category_is_apples(feed: Feed) -> None:
    category = one(feed.channel, "itunes:category")
    assert category.get("text") == "Education"
    assert one(category, "itunes:category").get("text") == "Courses"


def test_every_category_offered_is_apples_own() -> None:
    chosen = [value for value, _ in categories.choices()]
    assert len(categories.CATEGORIES) == 19
    assert sum(map(len, categories.CATEGORIES.values())) == 91
    assert len(chosen) == len(set(chosen)) == 110


@pytest.mark.parametrize("value", [value for value, _ in categories.choices()])
def test_every_category_is_written_as_apple_nests_it(show: ShowPage, value: str) -> None:
    from podcasts import feeds

    show.category = value
    channel = etree.fromstring(feeds.render_head(show).encode()).find("channel")
    element = one(channel, "itunes:category")
    below = [child.get("text") for child in element]
    top = element.get("text")
    assert top in categories.CATEGORIES
    assert set(below) <= set(categories.CATEGORIES[top])
    assert " > ".join([top, *below]) == value


@pytest.mark.parametrize(("explicit", "locked"), [(True, False), (False, True)])
def test_explicit_and_locked_are_said_in_the_words_apps_expect(
    show: ShowPage, client: Client, explicit: bool, locked: bool
) -> None:
    show.is_explicit, show.is_locked = explicit, locked
    pages.publish(show)
    feed = Feed.get(client, show.feed_path)
    word = "true" if explicit else "false"
    assert one(feed.channel, "itunes:explicit").text == word
    assert {one(item, "itunes:explicit").text for item in feed.items} == {word}
    assert one(feed.channel, "podcast:locked").text == ("yes" if locked else "no")
    assert one(feed.channel, "podcast:locked").get("owner") == "podcast@rede.test"


def test_a_show_without_address_of_its_owner_names_none(show: ShowPage, client: Client) -> None:
    show.owner_email = ""
    pages.publish(show)
    channel = Feed.get(client, show.feed_path).channel
    assert channel.find("itunes:owner", NAMESPACES) is None
    assert "owner" not in one(channel, "podcast:locked").attrib


def _art(feed: Feed, client: Client) -> tuple[str, Image.Image]:
    href = one(feed.channel, "itunes:image").get("href")
    assert href.startswith(f"{BASE}/")
    answer = client.get(href.removeprefix(BASE))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    assert answer.headers["Content-Length"] == str(len(content))
    picture = Image.open(io.BytesIO(content))
    assert answer.headers["Content-Type"] == Image.MIME[picture.format]
    return href, picture


def test_the_art_is_a_square_picture_that_directories_take(feed: Feed, client: Client) -> None:
    href, picture = _art(feed, client)
    assert href.endswith(".png")
    assert (picture.format, picture.mode) == ("PNG", "RGB")
    assert picture.width == picture.height
    assert 1400 <= picture.width <= 3000


def test_a_cover_that_somebody_sent_becomes_the_art(show: ShowPage, client: Client) -> None:
    show.cover_image = files.image(content=files.picture_bytes(1600, 1500))
    pages.publish(show)
    href, picture = _art(Feed.get(client, show.feed_path), client)
    assert href.endswith(".jpg")
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert picture.width == picture.height
    assert 1400 <= picture.width <= 3000


def test_new_art_gets_a_new_address(show: ShowPage, client: Client) -> None:
    before = one(Feed.get(client, show.feed_path).channel, "itunes:image").get("href")
    show.resource_themes.all().delete()
    show.slug = "de-cara-nova"
    show = pages.publish(show)
    after, _ = _art(Feed.get(client, show.feed_path), client)
    assert after != before


def test_every_address_of_the_feed_is_absolute(feed: Feed) -> None:
    for element in feed.root.iter(etree.Element):
        for name in ("href", "url"):
            value = element.get(name)
            assert value is None or value.startswith(("http://", "https://")), value
    for path in ("link", "item/link"):
        assert all(text.startswith(f"{BASE}/") for text in texts(feed.channel, path))


def test_apps_read_the_channel(feed: Feed) -> None:
    channel = feed.as_app.feed
    assert channel.title == "Expediente Aberto"
    assert channel.language == "pt-br"
    assert channel.image.href.endswith(".png")
    assert channel.publisher_detail.email == "podcast@rede.test"
