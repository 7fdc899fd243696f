"""What people write reaches the feed whole, and never breaks it."""

import pytest
from django.test import Client
from lxml import etree, html

from podcasts.models import EpisodePage, ShowPage
from podcasts.models.feeds import BASE as PLACEHOLDER
from tests.factories import pages
from tests.podcasts.reading import Feed, one

HOSTILE = {
    "markup": "Antes <b>&amp; depois</b>",
    "cdata end": "Antes ]]> depois",
    "controls": "Antes\x07\x0b\x1f depois",
    "line ends": "Antes\r\n depois",
    "private use": f"Antes{PLACEHOLDER} depois",
    "noncharacter": "Antes\ufffe depois",
    "right to left": "Antes \u202eشكرا depois",
    "emoji": "Antes 👩🏽‍⚕️ depois",
    "quotes": "Antes \"'` depois",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_title_and_summary_do_no_harm(
    first: EpisodePage, client: Client, text: str
) -> None:
    first.title, first.summary = text, text
    pages.publish(first)
    feed = Feed.get(client, first.show.feed_path)
    assert len(feed.as_app.entries) == 3
    title = next(title for title in feed.titles() if title.startswith("Antes"))
    assert title.endswith("depois" if "<b>" not in text else "</b>")
    assert "http" not in title


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_show_does_no_harm(show: ShowPage, client: Client, text: str) -> None:
    show.title, show.summary, show.author = text, text, text
    pages.publish(show)
    feed = Feed.get(client, show.feed_path)
    assert feed.as_app.feed.title
    for path in ("title", "description", "itunes:author"):
        said = one(feed.channel, path).text
        assert said.startswith("Antes")
        assert "http" not in said


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_notes_do_no_harm(first: EpisodePage, client: Client, text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    first.body = [("text", f'<p>{escaped} <a href="/licencas/">fim</a></p>')]
    pages.publish(first)
    notes = one(Feed.get(client, first.show.feed_path).item(first.title), "content:encoded").text
    link = html.fragment_fromstring(notes, "div").find(".//a")
    assert (link.text, link.get("href")) == ("fim", "http://rede.test/licencas/")
    assert notes.count("http://rede.test") == 1


def test_an_address_without_scheme_is_not_taken_for_one_of_the_site(
    first: EpisodePage, client: Client
) -> None:
    first.body = [("text", '<p><a href="//exemplo.org/x">fora</a></p>')]
    pages.publish(first)
    item = Feed.get(client, first.show.feed_path).item(first.title)
    link = html.fragment_fromstring(one(item, "content:encoded").text, "div").find(".//a")
    assert link.get("href") == "//exemplo.org/x"


def test_a_title_with_cdata_end_inside_notes_keeps_its_words(
    first: EpisodePage, client: Client
) -> None:
    first.body = [("text", "<p>Escreva ]]&gt; e siga.</p><p>]]></p>")]
    pages.publish(first)
    item = Feed.get(client, first.show.feed_path).item(first.title)
    words = html.fragment_fromstring(one(item, "content:encoded").text, "div").text_content()
    assert words.count("]]>") == 2


def test_the_description_is_cut_at_4000_bytes_between_characters(show: ShowPage) -> None:
    from podcasts import feeds

    for text in ("ção" * 2000, "x" + "é" * 3000, "😀" * 1500):
        show.summary = text
        channel = etree.fromstring(feeds.render_head(show).encode()).find("channel")
        said = one(channel, "description").text
        assert 3990 < len(said.encode()) <= 4000
        assert text.startswith(said)


def test_a_long_summary_in_the_database_limit_is_whole(first: EpisodePage, client: Client) -> None:
    first.summary = "ã" * 300
    pages.publish(first)
    item = Feed.get(client, first.show.feed_path).item(first.title)
    assert one(item, "description").text == "ã" * 300


def test_one_line_texts_have_at_most_255_characters_and_no_edges(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    show.title = "  " + "Título " * 36
    pages.publish(show)
    first.title = "é" * 255
    pages.publish(first)
    feed = Feed.get(client, show.feed_path)
    for element in (one(feed.channel, "title"), one(feed.items[-1], "title")):
        assert element.text == element.text.strip()
        assert len(element.text) <= 255


def test_a_person_with_a_very_long_name_is_cut_to_128(first: EpisodePage, client: Client) -> None:
    person = first.people.first().person
    person.name = "N" * 120
    person.save()
    item = Feed.get(client, first.show.feed_path).item(first.title)
    names = [element.text for element in item.iter("{*}person")]
    assert "N" * 120 in names
    assert all(len(name) <= 128 for name in names)
