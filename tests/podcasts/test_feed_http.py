"""A feed over HTTP: cheap to ask for, honest about what changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from knowledge.models import Contribution, Person
from licensing.values import BY_ND
from podcasts import feeds
from podcasts.models import EpisodePage, FeedItem, ShowFeed, ShowPage
from tests.factories import pages, people
from tests.knowledge.doors import bulk_unpublish
from tests.podcasts.conftest import credit, publish_until_tomorrow


def test_the_answer_says_what_it_is(show: ShowPage, client: Client) -> None:
    answer = client.get(show.feed_path)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["ETag"].startswith('"')
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_head_answers_as_get_without_the_body(show: ShowPage, client: Client) -> None:
    got, head = client.get(show.feed_path), client.head(show.feed_path)
    assert head.status_code == 200
    assert not head.content
    for name in ("ETag", "Last-Modified", "Content-Length", "Content-Type"):
        assert head.headers[name] == got.headers[name]


def test_other_methods_are_refused(show: ShowPage, client: Client) -> None:
    assert client.post(show.feed_path).status_code == 405


def test_an_app_that_has_the_feed_by_its_tag_gets_304(show: ShowPage, client: Client) -> None:
    tag = client.get(show.feed_path).headers["ETag"]
    again = client.get(show.feed_path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag


def test_an_app_that_has_the_feed_by_its_date_gets_304(show: ShowPage, client: Client) -> None:
    ShowFeed.objects.filter(pk=show.pk).update(changed_at=timezone.now() - timedelta(minutes=1))
    date = client.get(show.feed_path).headers["Last-Modified"]
    again = client.get(show.feed_path, headers={"if-modified-since": date})
    assert (again.status_code, again.content) == (304, b"")


def test_an_app_with_an_older_date_gets_the_feed(show: ShowPage, client: Client) -> None:
    date = parsedate_to_datetime(client.get(show.feed_path).headers["Last-Modified"])
    older = (date - timedelta(seconds=1)).astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert client.get(show.feed_path, headers={"if-modified-since": older}).status_code == 200


def test_the_date_is_that_of_the_newest_change_not_of_the_asking(
    show: ShowPage, client: Client
) -> None:
    long_ago = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    ShowFeed.objects.filter(pk=show.pk).update(changed_at=long_ago)
    date = client.get(show.feed_path).headers["Last-Modified"]
    assert date == "Fri, 02 Jan 2026 03:04:05 GMT"


def _rename_episode(episode: EpisodePage) -> None:
    episode.title = "Outro título"
    pages.publish(episode)


def _change_summary(episode: EpisodePage) -> None:
    episode.summary = "Outro resumo."
    pages.publish(episode)


def _change_licence(episode: EpisodePage) -> None:
    episode.licence = BY_ND
    pages.publish(episode)


def _change_notes(episode: EpisodePage) -> None:
    episode.body = [("text", "<p>Notas novas.</p>")]
    pages.publish(episode)


def _add_guest(episode: EpisodePage) -> None:
    credit(episode, "Tiago Arruda", Contribution.Role.GUEST)
    pages.publish(episode)


def _withdraw(episode: EpisodePage) -> None:
    episode.unpublish()


def _withdraw_with_others(episode: EpisodePage) -> None:
    bulk_unpublish(episode)


def _delete(episode: EpisodePage) -> None:
    episode.delete()


def _close(episode: EpisodePage) -> None:
    pages.restrict(episode)


def _publish_another(episode: EpisodePage) -> None:
    pages.episode(episode.show, recording=episode.recording)


def _rename_show(episode: EpisodePage) -> None:
    show = episode.show
    show.title = "Outro programa"
    pages.publish(show)


def _rename_host(episode: EpisodePage) -> None:
    host = Person.objects.get(name="Ana Lúcia Reis")
    host.name = "Ana Reis"
    host.save()


def _move_notes_link(episode: EpisodePage) -> None:
    show = episode.show
    show.slug = "outro-endereco"
    pages.publish(show)


CHANGES: list[Callable[[EpisodePage], Any]] = [
    _rename_episode,
    _change_summary,
    _change_licence,
    _change_notes,
    _add_guest,
    _withdraw,
    _withdraw_with_others,
    _delete,
    _close,
    _publish_another,
    _rename_show,
    _rename_host,
    _move_notes_link,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_tag_and_date_move_with_a_change_even_within_one_second(
    show: ShowPage, first: EpisodePage, client: Client, change: Callable[[EpisodePage], Any]
) -> None:
    ShowFeed.objects.filter(pk=show.pk).update(changed_at=timezone.now())
    before = client.get(show.feed_path)
    change(first)
    path = ShowPage.objects.get(pk=show.pk).feed_path
    tag, date = before.headers["ETag"], before.headers["Last-Modified"]
    by_tag = client.get(path, headers={"if-none-match": tag})
    by_date = client.get(path, headers={"if-modified-since": date})
    assert by_tag.status_code == by_date.status_code == 200
    assert by_tag.content == by_date.content != before.content
    assert by_tag.headers["ETag"] != tag
    changed_at = ShowFeed.objects.get(pk=show.pk).changed_at
    assert int(changed_at.timestamp()) > parsedate_to_datetime(date).timestamp()


def test_many_changes_in_one_second_have_each_a_date_of_its_own(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    for number in range(4):
        date = client.get(show.feed_path).headers["Last-Modified"]
        first.summary = f"Resumo {number}"
        first = pages.publish(first)
        answer = client.get(show.feed_path, headers={"if-modified-since": date})
        assert answer.status_code == 200
        assert f"Resumo {number}" in answer.content.decode()


def test_the_date_is_never_in_the_future(show: ShowPage, client: Client) -> None:
    """RFC 9110 §8.8.2.1: several changes in one second push the next date ahead of the clock."""
    ShowFeed.objects.filter(pk=show.pk).update(changed_at=timezone.now() + timedelta(seconds=9))
    date = parsedate_to_datetime(client.get(show.feed_path).headers["Last-Modified"])
    assert date <= timezone.now()


def test_the_same_state_is_the_same_bytes(show: ShowPage, client: Client) -> None:
    # What was published a moment ago may still have a date ahead of the clock (see above).
    ShowFeed.objects.filter(pk=show.pk).update(changed_at=timezone.now() - timedelta(hours=1))
    before = client.get(show.feed_path)
    feeds.write_show(ShowPage.objects.get(pk=show.pk))
    feeds.rewrite([show.pk])
    after = client.get(show.feed_path)
    assert after.content == before.content
    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]


def test_publishing_again_what_did_not_change_leaves_the_feed_alone(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    ShowFeed.objects.filter(pk=show.pk).update(changed_at=timezone.now() - timedelta(hours=1))
    before = client.get(show.feed_path)
    pages.publish(first)
    pages.publish(show)
    after = client.get(show.feed_path)
    assert after.content == before.content
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]


def test_closing_another_page_leaves_the_feed_alone(
    show: ShowPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long feed takes many seconds to render: nobody who closes a guide waits for that."""
    before = client.get(show.feed_path).headers["ETag"]
    guide, rendered = pages.guide(), list[EpisodePage]()
    monkeypatch.setattr(feeds, "render_item", rendered.append)
    pages.restrict(guide)
    assert rendered == []
    assert client.get(show.feed_path).headers["ETag"] == before


def test_another_public_address_is_another_tag(show: ShowPage, client: Client) -> None:
    before = client.get(show.feed_path)
    with override_settings(PUBLIC_URL="https://rede.example"):
        after = client.get(show.feed_path)
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.content == before.content.replace(b"http://rede.test", b"https://rede.example")


def _copies(show: ShowPage, of: EpisodePage, count: int) -> None:
    """Items without more of an episode than the feed needs: rows copied, not pages made."""
    item = FeedItem.objects.get(pk=of.pk)
    for number in range(count):
        page = EpisodePage(
            title=f"Cópia {number}", slug=f"copia-{number}", live=False, licence=of.licence
        )
        show.add_child(instance=page)
        published_at = item.published_at - timedelta(days=number + 1)
        FeedItem.objects.create(episode=page, show=show, published_at=published_at, xml=item.xml)
    Page.objects.filter(path__startswith=show.path).update(live=True)


def test_a_feed_costs_at_most_three_queries_however_long(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    client.get(show.feed_path)
    counts = {}
    for _ in range(2):
        # As if it had changed, so that nobody has asked for it yet.
        ShowFeed.objects.filter(pk=show.pk).update(changed_at=timezone.now())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            items = client.get(show.feed_path).content.count(b"<item>")
        counts[items] = len(queries)
        if items == 3:
            _copies(ShowPage.objects.get(pk=show.pk), first, 47)
    assert list(counts) == [3, 50]
    assert counts[3] == counts[50] <= 3


@pytest.mark.parametrize("path", ["", "/podcasts/feed.xml"], ids=["show", "library"])
def test_304_costs_one_query_and_reads_no_item(show: ShowPage, client: Client, path: str) -> None:
    path = path or show.feed_path
    tag = client.get(path).headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    assert len(queries) == 1
    assert '"xml"' not in queries[0]["sql"]


def test_a_feed_that_was_asked_for_lately_is_not_joined_again(
    show: ShowPage, client: Client
) -> None:
    before = client.get(show.feed_path)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(show.feed_path)
    assert len(queries) == 1
    assert (again.content, again.headers["ETag"]) == (before.content, before.headers["ETag"])


@pytest.mark.parametrize("path", ["", "/podcasts/feed.xml"], ids=["show", "library"])
def test_an_episode_that_expires_takes_the_tag_with_it(
    show: ShowPage,
    first: EpisodePage,
    client: Client,
    path: str,
    two_days_pass: Callable[[], None],
) -> None:
    path = path or show.feed_path
    publish_until_tomorrow(first)
    before = client.get(path)
    assert first.title in before.content.decode()
    two_days_pass()
    answer = client.get(path, headers={"if-none-match": before.headers["ETag"]})
    assert answer.status_code == 200
    assert first.title not in answer.content.decode()


def test_a_show_that_expires_leaves_the_feed_of_all(
    show: ShowPage, client: Client, two_days_pass: Callable[[], None]
) -> None:
    publish_until_tomorrow(show)
    before = client.get("/podcasts/feed.xml")
    two_days_pass()
    assert client.get(show.feed_path).status_code == 404
    answer = client.get("/podcasts/feed.xml", headers={"if-none-match": before.headers["ETag"]})
    assert answer.status_code == 200
    assert answer.content.count(b"<item>") == before.content.count(b"<item>") - 3


def test_an_end_in_sight_changes_neither_tag_nor_date(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    ShowFeed.objects.filter(pk=show.pk).update(changed_at=timezone.now() - timedelta(hours=1))
    before = client.get(show.feed_path)
    publish_until_tomorrow(first)
    after = client.get(show.feed_path)
    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]


def test_no_more_is_kept_of_joined_feeds_than_there_is_room_for() -> None:
    kept = feeds._Joined(room=10)
    for name in ("a", "b", "c"):
        kept.keep(name, name.encode() * 4)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (None, b"bbbb", b"cccc")
    kept.get("b")
    kept.keep("d", b"dddd")
    assert (kept.get("b"), kept.get("c")) == (b"bbbb", None)
    kept.keep("e", b"e" * 11)
    assert kept.get("e") is None


def test_one_who_is_signed_in_gets_the_same_feed(show: ShowPage, client: Client) -> None:
    from tests.conftest import signed_in

    mine = signed_in(people.user()).get(show.feed_path)
    assert mine.content == client.get(show.feed_path).content
    assert mine.headers["ETag"] == client.get(show.feed_path).headers["ETag"]
