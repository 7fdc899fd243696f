"""Who finds what in a feed: the feed is for anybody, so it holds what anybody may hear."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from podcasts.models import EpisodePage, FeedItem, PodcastIndexPage, ShowPage
from tests.conftest import signed_in
from tests.factories import pages, people
from tests.podcasts.conftest import publish_until_tomorrow
from tests.podcasts.reading import Feed


def titles(show: ShowPage) -> list[str]:
    return Feed.get(Client(), ShowPage.objects.get(pk=show.pk).feed_path).titles()


def test_a_draft_is_absent(show: ShowPage, first: EpisodePage) -> None:
    draft = pages.episode(show, live=False, title="Ainda não", recording=first.recording)
    assert draft.title not in titles(show)


def test_the_draft_of_a_live_episode_changes_nothing(show: ShowPage, first: EpisodePage) -> None:
    before = Feed.get(Client(), show.feed_path).content
    first.title = "Só um rascunho"
    first.save_revision()
    assert Feed.get(Client(), show.feed_path).content == before


def test_a_scheduled_episode_is_absent(show: ShowPage, first: EpisodePage) -> None:
    page = pages.episode(show, live=False, title="Amanhã", recording=first.recording)
    page.go_live_at = timezone.now() + timedelta(days=1)
    pages.publish(page)
    assert "Amanhã" not in titles(show)


def test_an_episode_for_those_signed_in_is_absent(show: ShowPage, first: EpisodePage) -> None:
    pages.restrict(first)
    assert first.title not in titles(show)
    assert len(titles(show)) == 2


def test_an_episode_for_a_group_is_absent(show: ShowPage, first: EpisodePage) -> None:
    pages.restrict(first, people.group())
    assert first.title not in titles(show)


def test_an_episode_that_is_opened_again_comes_back(show: ShowPage, first: EpisodePage) -> None:
    restriction = pages.restrict(first)
    restriction.delete()
    assert first.title in titles(show)


def test_publishing_a_private_episode_again_does_not_open_it(
    show: ShowPage, first: EpisodePage
) -> None:
    pages.restrict(first)
    pages.publish(first)
    assert first.title not in titles(show)


def test_a_withdrawn_episode_is_absent(show: ShowPage, first: EpisodePage) -> None:
    first.unpublish()
    assert first.title not in titles(show)
    pages.publish(EpisodePage.objects.get(pk=first.pk))
    assert first.title in titles(show)


def test_an_episode_whose_recording_may_not_be_heard_is_absent(
    show: ShowPage, first: EpisodePage
) -> None:
    recording = first.recording
    recording.withdrawn_on, recording.withdrawn_reason = date(2026, 11, 20), "A pedido."
    recording.save()
    assert first.title not in titles(show)
    recording.withdrawn_on, recording.withdrawn_reason = None, ""
    recording.save()
    assert first.title in titles(show)


def test_an_episode_that_moves_leaves_one_feed_for_the_other(
    show: ShowPage, first: EpisodePage
) -> None:
    other = pages.show(title="Outro programa")
    assert first.title in titles(show)
    first.move(other, pos="last-child")
    assert first.title not in titles(show)
    assert titles(other) == [first.title]


def test_a_deleted_episode_is_absent(show: ShowPage, first: EpisodePage) -> None:
    first.delete()
    assert first.title not in titles(show)
    assert len(titles(show)) == 2


def test_an_episode_is_absent_from_the_second_it_expires(
    show: ShowPage, first: EpisodePage, two_days_pass: Callable[[], None]
) -> None:
    """The clock takes it down within a minute; the feed does not wait for it."""
    publish_until_tomorrow(first)
    assert first.title in titles(show)
    two_days_pass()
    assert first.title not in titles(show)


def test_an_alias_does_not_list_an_episode_twice(show: ShowPage, first: EpisodePage) -> None:
    first.create_alias(parent=show, update_slug="o-mesmo")
    assert titles(show).count(first.title) == 1
    assert FeedItem.objects.count() == 3


@pytest.mark.parametrize("groups", [[], ["Turma fechada"]], ids=["signed in", "group"])
def test_a_closed_show_has_no_feed(show: ShowPage, client: Client, groups: list[str]) -> None:
    pages.restrict(show, *map(people.group, groups))
    assert client.get(show.feed_path).status_code == 404


def test_a_show_below_a_closed_page_has_no_feed(show: ShowPage, client: Client) -> None:
    pages.restrict(PodcastIndexPage.objects.get())
    assert client.get(show.feed_path).status_code == 404


def test_a_closed_show_has_no_feed_even_for_those_who_may_hear_it(show: ShowPage) -> None:
    """A feed address is handed to an app, which signs in nowhere and may pass it on."""
    pages.restrict(show)
    assert signed_in(people.user()).get(show.feed_path).status_code == 404


def test_a_show_that_is_opened_again_has_its_feed_back(show: ShowPage) -> None:
    before = titles(show)
    pages.restrict(show).delete()
    assert titles(show) == before


def test_a_draft_show_has_no_feed(db: None, client: Client) -> None:
    show = pages.show(live=False)
    assert client.get(f"/podcasts/{show.slug}/feed.xml").status_code == 404


def test_the_feed_of_a_withdrawn_show_says_that_it_is_gone(show: ShowPage, client: Client) -> None:
    show.unpublish()
    answer = client.get(show.feed_path)
    assert answer.status_code == 410


def test_an_expired_show_has_no_feed(show: ShowPage, client: Client) -> None:
    ShowPage.objects.filter(pk=show.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert client.get(show.feed_path).status_code == 404


def test_the_feed_of_an_unknown_show_is_not_found(client: Client, db: None) -> None:
    assert client.get("/podcasts/nao-ha/feed.xml").status_code == 404


def test_a_renamed_show_leads_its_subscribers_on(
    show: ShowPage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    old = show.feed_path
    show.slug = "nome-novo"
    with django_capture_on_commit_callbacks(execute=True):
        new = pages.publish(show).feed_path
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, new)
    assert len(Feed.get(client, new).items) == 3


def test_a_show_renamed_back_answers_at_its_first_address(
    show: ShowPage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    first, other = show.feed_path, "/podcasts/nome-novo/feed.xml"
    for slug in ("nome-novo", "expediente-aberto"):
        show = ShowPage.objects.get(pk=show.pk)
        show.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            pages.publish(show)
    assert client.get(first).status_code == 200
    answer = client.get(other)
    assert (answer.status_code, answer.headers["Location"]) == (301, first)


def test_the_page_of_an_alias_names_the_feed_of_the_show(show: ShowPage, client: Client) -> None:
    alias = show.create_alias(update_slug="outra-porta")
    context: Any = client.get(alias.get_url()).context
    assert context["feed_url"] == f"http://rede.test{show.feed_path}"
    assert alias.feed_path == show.feed_path


def test_feeds_of_two_shows_do_not_mix(show: ShowPage, first: EpisodePage) -> None:
    other = pages.show(title="Outro programa")
    only = pages.episode(other, title="Só daqui", recording=first.recording)
    assert titles(other) == [only.title]
    assert only.title not in titles(show)
