"""Lists, counts, feeds, files and addresses agree with the predicate, in the same transaction.

No job runs in these tests: what a reader finds is what the last write left behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import feedparser
import pytest
from django.db import transaction
from django.test import Client
from lxml import etree, html

from accounts.audience import ANYBODY
from knowledge.models import BookletPage, Contribution, Person, ResourcePage, ResourceTheme, Theme
from knowledge.visibility import is_visible
from podcasts.models import EpisodePage, ShowPage
from search.models import Entry
from tests.factories import pages
from tests.knowledge.readers import (
    MEMBER_A,
    NOBODY,
    READERS,
    SIGNED_IN,
    STRANGER,
    SUPERUSER,
    client_of,
    keys_of_reader,
    readers,
)
from tests.knowledge.situations import SITUATIONS, Situation, anew

pytestmark = pytest.mark.django_db

every_situation = pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.name)


@dataclass
class World:
    """A page in a situation, and everybody who might read it."""

    page: Any
    users: dict[str, Any]

    def client(self, name: str) -> Client:
        return client_of(self.users[name])

    def works(self, name: str) -> set[int]:
        """The works that the predicate opens to a reader; an alias is not a work of its own."""
        keys = keys_of_reader(self.users[name])
        works = ResourcePage.objects.filter(alias_of__isnull=True)
        return {page.pk for page in works if is_visible(page, keys)}


def world_of(situation: Situation, page: Any) -> World:
    users = readers()
    return World(situation.arrange(page), users)


@every_situation
def test_search_entries_agree(situation: Situation) -> None:
    world = world_of(situation, pages.booklet())
    for name in READERS:
        entries = Entry.objects.visible_to(keys_of_reader(world.users[name]))
        found = set(entries.values_list("pk", flat=True))
        assert found == world.works(name), name
        listed = situation.is_listed and name in situation.seen_by
        assert (world.page.pk in found) == listed, name


@every_situation
def test_sitemap_and_news_agree(situation: Situation) -> None:
    world = world_of(situation, pages.booklet())
    works = ResourcePage.objects.in_bulk(world.works(STRANGER)).values()
    expected = {f"http://rede.test{page.get_url()}" for page in works}

    tree = etree.fromstring(Client().get("/sitemap.xml").content)
    addresses = {loc.text for loc in tree.iter("{*}loc")}
    everything = {f"http://rede.test{page.get_url()}" for page in ResourcePage.objects.all()}
    assert addresses & everything == expected

    for address in ("/novidades.atom", "/busca/atom"):
        feed = feedparser.parse(Client().get(address).content)
        assert {entry.link for entry in feed.entries} == expected, address


@every_situation
def test_the_search_for_programs_and_its_suggestions_agree(situation: Situation) -> None:
    """They say to everybody what a stranger may read."""
    world = world_of(situation, pages.booklet(title="Xilofone"))
    works = ResourcePage.objects.in_bulk(world.works(STRANGER)).values()
    expected = {f"http://rede.test{page.get_url()}" for page in works}
    for name in (STRANGER, MEMBER_A, SUPERUSER):
        client = world.client(name)
        found = client.get("/api/v2/search/", {"q": "xilofone"}).json()
        assert {item["url"] for item in found["items"]} == expected, name
        assert found["total"] == len(expected)
        offered = client.get("/busca/sugestoes/", {"q": "xilo"}).json()["suggestions"]
        assert bool(offered) == bool(expected), name


@every_situation
def test_counts_and_lists_agree(situation: Situation) -> None:
    world = world_of(situation, pages.booklet())
    for name in READERS:
        client, works = world.client(name), world.works(name)
        assert _total(client, "/acervo/") == len(works), name
        assert _total(client, "/busca/?q=material") == len(works), name
        for theme in Theme.objects.all():
            rows = ResourceTheme.objects.filter(theme=theme, page__in=works)
            assert _total(client, theme.get_absolute_url()) == rows.count(), name
            assert _count_on_themes_page(client, theme) == rows.count(), name


@every_situation
def test_pages_about_people_agree(situation: Situation) -> None:
    world = world_of(situation, pages.booklet())
    for name in READERS:
        client, works = world.client(name), world.works(name)
        listed = html.fromstring(client.get("/pessoas/").content)
        for person in Person.objects.all():
            theirs = Contribution.objects.filter(person=person, page__in=works).exists()
            address = person.get_absolute_url()
            assert client.get(address).status_code == (200 if theirs else 404), name
            assert bool(listed.xpath(f'//main//a[@href="{address}"]')) == theirs, name


@every_situation
def test_files_agree(situation: Situation) -> None:
    """A file opens to whoever may see a page that uses it. (A superuser edits, and editors may.)"""
    world = world_of(situation, pages.booklet())
    for name in READERS:
        if name == SUPERUSER:
            continue
        client, keys = world.client(name), keys_of_reader(world.users[name])
        opened: dict[str, bool] = {}
        for page in BookletPage.objects.select_related("document", "card"):
            may = is_visible(page, keys)
            for file in (page.document, page.card):
                if file is not None:
                    opened[file.url] = opened.get(file.url, False) or may
        for url, may in opened.items():
            answer = client.get(url)
            assert answer.status_code == (200 if may else 404), (name, url)
            shared = "public" in answer.headers["Cache-Control"]
            if may and name != STRANGER:
                assert shared == (Client().get(url).status_code == 200), (name, url)


@every_situation
def test_the_permanent_address_agrees(situation: Situation) -> None:
    world = world_of(situation, pages.booklet())
    page = world.page
    for name in READERS:
        answer = world.client(name).get(f"/r/{page.pk}/")
        if name in situation.seen_by:
            assert answer.status_code == 302, name
            assert answer.headers["Location"] == page.path_for_readers
        elif situation.seen_by == NOBODY:
            assert answer.status_code in (404, 410), name
        elif name == STRANGER:
            # On to the page, which asks to sign in and comes back to itself.
            assert answer.status_code == 302
            assert answer.headers["Location"] == page.path_for_readers
        else:
            assert answer.status_code == 403, name


def test_feed_and_its_files_agree_in_every_situation() -> None:
    """An episode is in its feed while a stranger may hear it, and its files open with its page."""
    original = pages.episode()
    for situation in SITUATIONS:
        with undone():
            world = world_of(situation, anew(original))
            for show in ShowPage.objects.all():
                _check_feed(show, situation.name)
            for name in READERS:
                if name == SUPERUSER or not situation.is_listed:
                    continue
                client = world.client(name)
                expected = 200 if name in situation.seen_by else None
                for address in (world.page.audio_path, world.page.transcript_path):
                    status = client.get(address).status_code
                    assert (status == 200) == (expected == 200), (situation.name, name, address)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is forgotten: each situation begins from the same show."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _check_feed(show: ShowPage, situation: str) -> None:
    answer = Client().get(show.feed_path)
    if not is_visible(show, ANYBODY):
        assert answer.status_code in (404, 410), situation
        return
    assert answer.status_code == 200, situation
    heard = {
        str(episode.uuid)
        for episode in EpisodePage.objects.child_of(show).filter(alias_of__isnull=True)
        if is_visible(episode, ANYBODY)
    }
    assert {entry.id for entry in feedparser.parse(answer.content).entries} == heard, situation


def _total(client: Client, address: str) -> int:
    """The number that a list gives of itself."""
    status = html.fromstring(client.get(address).content).xpath('//p[@role="status"]/b/text()')
    return int(status[0].split()[0])


def _count_on_themes_page(client: Client, theme: Theme) -> int:
    tree = html.fromstring(client.get("/temas/").content)
    path = f'//ul[@class="themes"]//a[@href="{theme.get_absolute_url()}"]//span/text()'
    return int(tree.xpath(path)[0].split()[0])


@pytest.mark.parametrize("path", ["/", "/acervo/", "/busca/?q=material", "/temas/", "/pessoas/"])
def test_a_list_that_shows_more_than_strangers_see_is_kept_by_no_cache(path: str) -> None:
    users = readers()
    pages.booklet()
    closed = pages.booklet()
    pages.restrict(closed, users[MEMBER_A].groups.get())
    answers = {name: client_of(users[name]).get(path) for name in (STRANGER, SIGNED_IN, MEMBER_A)}
    assert answers[MEMBER_A].headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answers[MEMBER_A].headers
    assert answers[STRANGER].headers["Cache-Control"] == "public, no-cache"
    assert answers[SIGNED_IN].content == answers[STRANGER].content
    assert answers[SIGNED_IN].headers["ETag"] == answers[STRANGER].headers["ETag"]
