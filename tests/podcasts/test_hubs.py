"""Hubs are told that a feed has changed: once, in time, and whatever happens meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from config.clock import tick
from files.services import prepare_now, sweep
from outbound.fetch import fetch
from podcasts.checker import check, errors_in
from podcasts.models import EpisodePage, HubNotice, ShowPage, hubs
from tests.factories import pages
from tests.outbound.servers import Server, answer, says, serving
from tests.podcasts.conftest import spoken
from tests.podcasts.reading import NAMESPACES, Feed


@pytest.fixture
def hub(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A hub on this machine that says yes."""
    with serving() as server:
        settings.WEBSUB_HUBS = [f"{server.base}/hub"]
        server.pages["/hub"] = says(b"", 204)
        reaches = {"ports": {server.port}, "may_reach": lambda to: to == ip_address("127.0.0.1")}
        monkeypatch.setattr(hubs, "fetch", partial(fetch, **reaches))
        yield server


def rename(show: ShowPage, title: str) -> None:
    page = ShowPage.objects.get(pk=show.pk)
    page.title = title
    pages.publish(page)


def let_pass(**time: float) -> None:
    """As if so much time had gone by for what waits."""
    for notice in HubNotice.objects.all():
        notice.next_try_at -= timedelta(**time)
        notice.claimed_at = notice.claimed_at and notice.claimed_at - timedelta(**time)
        HubNotice.objects.filter(pk=notice.pk).update(
            next_try_at=notice.next_try_at, claimed_at=notice.claimed_at
        )


def work() -> None:
    """What the jobs do of which the clock reminds."""
    for pk in HubNotice.objects.order_by("path").values_list("pk", flat=True):
        HubNotice.work_on(pk)


def told(hub: Server) -> list[str]:
    """The feeds of which the hub has been told, in order."""
    return [
        parse_qs(body)["hub.url"][0].removeprefix(settings.PUBLIC_URL) for _, body in hub.posted
    ]


BOTH = ["/podcasts/expediente-aberto/feed.xml", "/podcasts/feed.xml"]


def test_without_hubs_nothing_is_said(show: ShowPage, client: Client) -> None:
    rename(show, "Outro nome")
    answered = client.get(show.feed_path)
    assert b'rel="hub"' not in answered.content
    assert "Link" not in answered.headers
    assert not HubNotice.objects.exists()


@pytest.mark.parametrize("path", BOTH)
def test_a_feed_names_its_hubs(show: ShowPage, client: Client, hub: Server, path: str) -> None:
    answered = client.get(path)
    links = Feed(answered.content).channel.findall("atom:link", NAMESPACES)
    named = {link.get("rel"): link.get("href") for link in links}
    assert (named["hub"], named["self"]) == (f"{hub.base}/hub", f"{settings.PUBLIC_URL}{path}")
    assert answered.headers["Link"] == (
        f'<{hub.base}/hub>; rel="hub", <{settings.PUBLIC_URL}{path}>; rel="self"'
    )
    assert client.head(path).headers["Link"] == answered.headers["Link"]
    assert errors_in(check(answered.content)) == []


def test_another_hub_is_another_tag(show: ShowPage, client: Client, settings: Any) -> None:
    before = client.get(show.feed_path).headers["ETag"]
    settings.WEBSUB_HUBS = ["https://hub.example/"]
    assert client.get(show.feed_path).headers["ETag"] != before


def test_a_change_is_told_a_minute_later(show: ShowPage, hub: Server) -> None:
    rename(show, "Outro nome")
    work()
    assert told(hub) == []
    let_pass(minutes=1)
    work()
    assert told(hub) == BOTH
    assert parse_qs(hub.posted[0][1])["hub.mode"] == ["publish"]


def test_several_changes_within_a_minute_are_told_once(show: ShowPage, hub: Server) -> None:
    rename(show, "Um nome")
    let_pass(seconds=50)
    rename(show, "Outro nome")
    let_pass(seconds=10)
    work()
    work()
    assert told(hub) == BOTH


def test_what_changes_nothing_is_not_told(show: ShowPage, hub: Server) -> None:
    rename(show, "Outro nome")
    let_pass(minutes=1)
    work()
    rename(show, "Outro nome")
    let_pass(minutes=1)
    work()
    assert told(hub) == BOTH


def test_a_hub_that_fails_twice_is_told_a_third_time(show: ShowPage, hub: Server) -> None:
    answers = iter([500, 503, 204] * 2)
    hub.pages["/hub"] = lambda handler: answer(handler, next(answers), b"")
    rename(show, "Outro nome")
    HubNotice.objects.exclude(path=show.feed_path).delete()
    let_pass(minutes=1)
    for wait in ({"seconds": 30}, {"minutes": 2}, {"hours": 1}):
        work()
        work()  # not before its time
        let_pass(**wait)
    assert told(hub) == [show.feed_path] * 3
    assert HubNotice.objects.get().is_current


def test_a_redirect_is_no_yes(show: ShowPage, hub: Server) -> None:
    hub.pages["/hub"] = lambda handler: answer(handler, 302, b"", Location="/outro")
    rename(show, "Outro nome")
    let_pass(minutes=1)
    work()
    assert [path for path, _ in hub.asked] == ["/hub", "/hub"]
    assert not any(notice.is_current for notice in HubNotice.objects.all())


def test_a_worker_that_dies_while_it_tells_loses_nothing(
    show: ShowPage, hub: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*args: Any, **kwargs: Any) -> None:
        raise Killed

    rename(show, "Outro nome")
    let_pass(minutes=1)
    with monkeypatch.context() as patched:
        patched.setattr(hubs, "fetch", killed)
        with pytest.raises(Killed):
            work()
    let_pass(minutes=6)
    work()
    assert sorted(told(hub)) == BOTH


def test_a_change_while_the_hub_is_told_is_told_as_well(
    show: ShowPage, hub: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(show, "Um nome")
    notice = HubNotice.objects.get(path=show.feed_path)
    let_pass(minutes=1)

    real = hubs.fetch

    def telling(*args: Any, **kwargs: Any) -> Any:
        HubNotice.objects.filter(pk=notice.pk).update(wanted="o que veio depois", state="waiting")
        return real(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(hubs, "fetch", telling)
        HubNotice.work_on(notice.pk)
    assert not HubNotice.objects.get(pk=notice.pk).is_current
    HubNotice.work_on(notice.pk)
    assert told(hub) == [show.feed_path] * 2


def test_an_episode_that_goes_out_at_its_minute_is_told(
    show: ShowPage, hub: Server, client: Client
) -> None:
    page = pages.episode(
        show,
        live=False,
        title="Saiu agora",
        slug="saiu-agora",
        recording=spoken("a-agenda-era-o-problema"),
    )
    revision = page.save_revision()
    prepare_now(*page.request_preparations())
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(seconds=1)
    )
    assert told(hub) == []
    tick()
    assert "Saiu agora" in Feed.get(client, show.feed_path).titles()
    assert EpisodePage.objects.get(slug="saiu-agora").live
    let_pass(minutes=1)
    assert sweep() >= 2
    work()
    assert told(hub) == BOTH


def test_a_hub_that_was_taken_out_is_told_no_more(
    show: ShowPage, hub: Server, settings: Any
) -> None:
    rename(show, "Outro nome")
    settings.WEBSUB_HUBS = []
    let_pass(minutes=1)
    work()
    assert told(hub) == []
    assert HubNotice.unused(timezone.now()).count() == 2
