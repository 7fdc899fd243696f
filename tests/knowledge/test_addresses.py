"""Addresses do not die: what is renamed or moved redirects for ever, /r/ finds it where it is."""

from collections.abc import Callable, Iterator
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from wagtail.models import Page

from knowledge.models import Person, Theme
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import editor, pages, people
from tests.knowledge.situations import anew, moved, room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commits(django_capture_on_commit_callbacks: Any) -> Iterator[Callable[[], Any]]:
    """Wagtail notes a former address when the change is committed."""
    yield lambda: django_capture_on_commit_callbacks(execute=True)


def renamed(page: Any, slug: str, commits: Any) -> Any:
    """Give a live page another slug, in the editor."""
    with commits():
        client = signed_in(people.user("Curadores"))
        assert editor.edit(client, page, slug=slug).status_code == 302
    return anew(page)


def assert_redirects(old: str, new: str) -> None:
    for answer in (Client().get(old), Client().head(old)):
        assert answer.status_code == 301, old
        assert answer.headers["Location"] == new
    assert Client().get(new).status_code == 200


def test_a_renamed_page_redirects(commits: Any) -> None:
    page = pages.guide()
    old = page.get_url()
    page = renamed(page, "nome-novo", commits)
    assert page.get_url() == "/acervo/nome-novo/"
    assert_redirects(old, "/acervo/nome-novo/")
    assert Client().get(f"{old}?utm_source=boletim").status_code == 301


def test_two_renames_redirect_in_one_step_each(commits: Any) -> None:
    page = pages.guide()
    first = page.get_url()
    page = renamed(page, "segundo", commits)
    renamed(page, "terceiro", commits)
    assert_redirects(first, "/acervo/terceiro/")
    assert_redirects("/acervo/segundo/", "/acervo/terceiro/")


def test_a_page_that_gets_its_first_name_back_is_read_there(commits: Any) -> None:
    page = pages.guide(slug="primeiro")
    page = renamed(page, "segundo", commits)
    renamed(page, "primeiro", commits)
    assert Client().get("/acervo/primeiro/").status_code == 200
    assert_redirects("/acervo/segundo/", "/acervo/primeiro/")


def test_a_new_page_at_a_former_address_is_read_there(commits: Any) -> None:
    page = pages.guide(slug="primeiro")
    renamed(page, "segundo", commits)
    other = pages.guide(slug="primeiro")
    assert Client().get(other.get_url()).status_code == 200


def test_a_new_address_is_everywhere_at_once(commits: Any) -> None:
    page = pages.guide()
    old = page.get_url()
    page = renamed(page, "nome-novo", commits)
    assert Entry.objects.get(pk=page.pk).url == page.get_url()
    for listing in ("/acervo/", "/novidades.atom", "/sitemap.xml", "/"):
        text = Client().get(listing).content.decode()
        assert page.get_url() in text, listing
        assert old not in text, listing


def test_a_draft_may_be_renamed_without_a_trace(commits: Any) -> None:
    page = pages.guide(live=False)
    page.slug = "outro"
    with commits():
        page.save()
    assert Client().get(f"/acervo/{page.slug}/").status_code == 404


def test_a_renamed_show_takes_its_episodes_along(commits: Any) -> None:
    episode = pages.episode()
    old, show = episode.get_url(), episode.show
    old_show = show.get_url()
    show = renamed(show, "nome-novo", commits)
    episode = anew(episode)
    assert_redirects(old, episode.get_url())
    assert_redirects(old_show, "/podcasts/nome-novo/")
    assert Entry.objects.get(pk=episode.pk).url == episode.get_url()
    [item] = feedparser.parse(Client().get(show.feed_path).content).entries
    assert item.link == f"http://rede.test{episode.get_url()}"


def test_a_page_moved_in_the_cms_redirects(commits: Any) -> None:
    episode, show = pages.episode(), pages.show()
    old = episode.get_url()
    client = signed_in(people.user("Curadores"))
    with commits():
        url = reverse("wagtailadmin_pages:move_confirm", args=[episode.pk, show.pk])
        assert client.post(url).status_code == 302
    episode = anew(episode)
    assert episode.get_parent().pk == show.pk
    assert_redirects(old, episode.get_url())


def test_a_moved_section_takes_what_is_below_along(commits: Any) -> None:
    page = pages.guide()
    page = moved(page, room(page))
    old = page.get_url()
    place = page.get_parent()
    with commits():
        place.move(Page.objects.get(pk=room(page).pk), pos="last-child")
    page = anew(page)
    assert page.get_url() != old
    assert_redirects(old, page.get_url())
    assert Entry.objects.get(pk=page.pk).url == page.get_url()


def test_a_former_address_of_a_withdrawn_page_leads_to_the_notice(commits: Any) -> None:
    page = pages.guide()
    old = page.get_url()
    page = renamed(page, "nome-novo", commits)
    page.unpublish()
    assert Client().get(old, follow=True).status_code == 410


def test_a_former_address_of_a_deleted_page_says_that_it_is_gone(commits: Any) -> None:
    page = pages.guide()
    old = page.get_url()
    page = renamed(page, "nome-novo", commits)
    page.delete()
    assert Client().get(old, follow=True).status_code == 410


def test_a_former_address_of_a_closed_page_that_was_deleted_says_nothing(commits: Any) -> None:
    page = pages.guide()
    old = page.get_url()
    page = renamed(page, "nome-novo", commits)
    pages.restrict(page, people.group())
    page.delete()
    assert Client().get(old, follow=True).status_code == 404


@pytest.mark.parametrize("make", [people.theme, lambda slug: people.person(slug=slug)])
def test_a_renamed_theme_or_person_redirects(make: Callable[..., Any]) -> None:
    thing = make(slug="primeiro")
    if isinstance(thing, Theme):
        pages.guide(themes=("primeiro",))
    else:
        page = pages.guide()
        page.people.update(person=thing)
        pages.publish(anew(page))
    first = thing.get_absolute_url()
    assert Client().get(first).status_code == 200
    for slug in ("segundo", "terceiro"):
        thing.slug = slug
        thing.save()
    latest = thing.get_absolute_url()
    assert_redirects(first, latest)
    assert_redirects(first.replace("primeiro", "segundo"), latest)
    thing.slug = "primeiro"
    thing.save()
    assert Client().get(first).status_code == 200


@pytest.mark.parametrize("kind", [Theme, Person])
def test_what_shows_a_renamed_theme_or_person_follows(kind: type[Any]) -> None:
    page = pages.guide()
    thing = page.resource_themes.first().theme if kind is Theme else page.people.first().person
    thing.slug, thing.name = "outro", "Outro nome"
    thing.save()
    answer = Client().get(page.get_url()).content.decode()
    assert thing.get_absolute_url() in answer
    feed = feedparser.parse(Client().get("/novidades.atom").content)
    shown = feed.entries[0].tags[0].term if kind is Theme else feed.entries[0].author
    assert shown == ("outro" if kind is Theme else "Outro nome")
    assert page.get_url() in Client().get(thing.get_absolute_url()).content.decode()


# --- /r/<id>/ -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make", [pages.guide, pages.booklet, pages.trail, pages.show, pages.episode]
)
def test_the_permanent_address_leads_to_each_kind(make: Callable[[], Any]) -> None:
    page = make()
    answer = Client().get(f"/r/{page.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, page.get_url())


def test_the_permanent_address_follows_a_rename_and_a_move(commits: Any) -> None:
    page = renamed(pages.guide(), "nome-novo", commits)
    page = moved(page, room(page))
    assert Client().get(f"/r/{page.pk}/").headers["Location"] == page.get_url()


def test_the_permanent_address_of_an_alias_leads_to_the_work() -> None:
    page = pages.guide()
    alias = page.create_alias(update_slug="atalho")
    again = alias.create_alias(update_slug="atalho-do-atalho")
    for each in (alias, again):
        assert Client().get(f"/r/{each.pk}/").headers["Location"] == page.get_url()


@pytest.mark.parametrize("what", ["draft", "section", "nothing"])
def test_what_has_no_permanent_address(what: str) -> None:
    number = {
        "draft": lambda: pages.guide(live=False).pk,
        "section": lambda: pages.guide().get_parent().pk,
        "nothing": lambda: 999_999,
    }[what]()
    assert Client().get(f"/r/{number}/").status_code == 404


def test_the_permanent_address_of_a_closed_page_asks_to_sign_in() -> None:
    page = pages.guide()
    pages.restrict(page, people.group("Turma A"))
    answer = Client().get(f"/r/{page.pk}/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/conta/entrar/")
    assert page.get_url() in answer.redirect_chain[-1][0]
    assert signed_in(people.user()).get(f"/r/{page.pk}/").status_code == 403
    member = signed_in(people.user("Turma A")).get(f"/r/{page.pk}/", follow=True)
    assert member.status_code == 200


def test_the_sitemap_and_the_page_name_the_same_address(commits: Any) -> None:
    page = renamed(pages.guide(), "nome-novo", commits)
    tree = etree.fromstring(Client().get("/sitemap.xml").content)
    assert f"http://rede.test{page.get_url()}" in {loc.text for loc in tree.iter("{*}loc")}
