"""A show that leaves this site and comes back is the same to whoever subscribes."""

import json
import re
from typing import Any

from django.conf import settings
from django.test import Client

from files.services import prepare_now
from knowledge.publishing.schedule import publish_due
from podcasts.models import EpisodePage, ShowPage
from tests.factories import pages
from tests.outbound.servers import says
from tests.podcasts.hosting import Host
from tests.podcasts.reading import NAMESPACES, Feed, one, texts

_ADDRESS = re.compile(rb'https?://[^"<>\s]+?\.(?:mp3|vtt|srt|json|jpg|png)(?=["<])')


def copy_to(host: Host, client: Client, path: str) -> Feed:
    """Put a feed of this site, with all that it points at, on another host; returns it as it was."""
    base, feed = settings.PUBLIC_URL.encode(), Feed.get(client, path)
    there = host.server.base.encode()
    for address in {path.encode(), *(each[len(base) :] for each in _ADDRESS.findall(feed.content))}:
        answer = client.get(address.decode())
        assert answer.status_code == 200, address
        content = b"".join(answer) if answer.streaming else answer.content
        is_text = answer["Content-Type"].startswith(("text", "application"))
        host.server.pages[address.decode()] = says(
            content.replace(base, there) if is_text else content
        )
    return feed


def known_by(item: Any) -> dict[str, Any]:
    """What subscribers and apps tell an item by."""
    paths = ("title", "guid", "pubDate", "description", "itunes:season", "itunes:episode")
    paths += ("itunes:episodeType", "itunes:duration", "podcast:license", "podcast:person")
    people = [
        (each.get("role"), each.get("group"))
        for each in item.iterfind("podcast:person", NAMESPACES)
    ]
    return {path: texts(item, path) for path in paths} | {"roles": people}


def beside(client: Client, item: Any, path: str) -> list[bytes]:
    """The documents beside an item."""
    urls = [each.get("url") for each in item.iterfind(path, NAMESPACES)]
    return [client.get(url.removeprefix(settings.PUBLIC_URL)).content for url in urls]


def test_a_show_comes_back_as_it_left(
    show: ShowPage, first: EpisodePage, client: Client, host: Host
) -> None:
    rows = [("00:00", "Abertura"), ("00:20", "O empenho")]
    first.chapters = [
        ("chapter", {"start": start, "title": title, "link": "", "picture": None})
        for start, title in rows
    ]
    first.season = 1
    pages.publish(first)
    left = copy_to(host, client, show.feed_path)
    transcripts = [beside(client, item, "podcast:transcript") for item in left.items]
    chapters = [beside(client, item, "podcast:chapters") for item in left.items]
    ShowPage.objects.get(pk=show.pk).delete()

    report = host.brings(show.feed_path, unlocked=True)
    assert (report.drafts, len(report.episodes)) == ([], 3)
    made = ShowPage.objects.get()
    for page in (made, *EpisodePage.objects.all()):
        draft = page.get_latest_revision_as_object()
        files = [draft.cover_image, getattr(draft, "recording", None)]
        prepare_now(*filter(None, files))
        prepare_now(*draft.request_preparations())
    publish_due()

    back = Feed.get(client, ShowPage.objects.get().feed_path)
    assert [known_by(item) for item in back.items] == [known_by(item) for item in left.items]
    for path in ("title", "description", "podcast:guid", "podcast:locked", "podcast:license"):
        assert one(back.channel, path).text == one(left.channel, path).text
    assert [beside(client, item, "podcast:transcript") for item in back.items] == transcripts
    returned = [beside(client, item, "podcast:chapters") for item in back.items]
    assert returned == chapters
    assert [len(json.loads(each[0])["chapters"]) for each in returned if each] == [2]
    assert EpisodePage.objects.exclude(uuid=first.uuid).count() == 3
