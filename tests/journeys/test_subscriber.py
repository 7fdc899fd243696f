"""A subscriber's app: it asks often, is told little, and gets a new episode on the day promised."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from podcasts.models import EpisodePage, ShowFeed, ShowPage
from tests.factories import files, pages
from tests.journeys.curating import let_the_hour_come, schedule, withdraw
from tests.journeys.walking import Walk, words

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Empenho não é pagamento", "A agenda era o problema"


@dataclass
class App:
    """A podcast application: it keeps the validators of its last poll and what it has heard of."""

    client: Client
    path: str
    tag: str = ""
    date: str = ""
    episodes: list[Any] = field(default_factory=list)

    def poll(self, *, by_tag: bool = True, by_date: bool = True) -> int:
        headers = {}
        if self.tag and by_tag:
            headers["if-none-match"] = self.tag
        if self.date and by_date:
            headers["if-modified-since"] = self.date
        answer = self.client.get(self.path, headers=headers)
        if answer.status_code == 200:
            self.tag, self.date = answer.headers["ETag"], answer.headers["Last-Modified"]
            parsed = feedparser.parse(answer.content)
            assert not parsed.bozo, parsed.bozo_exception
            self.episodes = parsed.entries
        else:
            assert not answer.content
        return answer.status_code

    @property
    def titles(self) -> list[str]:
        return [episode.title for episode in self.episodes]

    def enclosure(self, number: int = 0) -> Any:
        return self.episodes[number].enclosures[0]

    def download(self, number: int = 0, **headers: str) -> Any:
        return self.client.get(urlsplit(self.enclosure(number).href).path, headers=headers)


@pytest.fixture
def show() -> ShowPage:
    show = pages.show(title="Expediente Aberto", slug="expediente-aberto")
    pages.episode(show, title=FIRST, slug="empenho", number=1)
    return ShowPage.objects.get(pk=show.pk)


@pytest.fixture
def second(show: ShowPage) -> EpisodePage:
    """The next episode, whole, waiting as a draft."""
    slug = "a-agenda-era-o-problema"
    return pages.episode(
        show,
        live=False,
        title=SECOND,
        slug="agenda",
        number=2,
        recording=files.recording(content=files.mp3_bytes(slug)),
        transcript=files.vtt_text(slug),
    )


@pytest.fixture
def app(client: Client, show: ShowPage) -> Iterator[App]:
    """An application that found the feed on the show's page, as people tell it to."""
    ShowFeed.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    address = words(Walk(client, show.get_url()).page.select_one("#feed"))
    yield App(Client(), urlsplit(address).path)


def test_a_feed_that_has_not_changed_is_sent_once(app: App) -> None:
    assert app.poll() == 200
    assert app.titles == [FIRST]
    assert [app.poll() for _ in range(3)] == [304, 304, 304]


def test_the_tag_alone_or_the_date_alone_is_enough(app: App) -> None:
    app.poll()
    assert app.poll(by_date=False) == 304
    assert app.poll(by_tag=False) == 304


def test_a_scheduled_episode_is_not_told_before_its_hour(
    app: App, second: EpisodePage, curator_client: Client, run_jobs: Any
) -> None:
    app.poll()
    schedule(curator_client, second)
    run_jobs()
    assert app.poll() == 304
    assert Client().get(second.audio_path).status_code == 404


@pytest.mark.parametrize("validators", [{}, {"by_tag": False}, {"by_date": False}])
def test_the_clock_publishes_the_episode_and_the_next_poll_tells_it_first(
    app: App,
    second: EpisodePage,
    curator_client: Client,
    run_jobs: Any,
    validators: dict[str, bool],
) -> None:
    app.poll()
    schedule(curator_client, second)
    run_jobs()
    let_the_hour_come(second)
    assert app.poll(**validators) == 200
    assert app.titles == [SECOND, FIRST]
    assert app.poll() == 304


def test_what_was_scheduled_waits_for_its_audio_and_comes_by_itself(
    app: App, second: EpisodePage, curator_client: Client, run_jobs: Any
) -> None:
    app.poll()
    schedule(curator_client, second)
    let_the_hour_come(second)
    assert app.poll() == 304
    run_jobs()
    let_the_hour_come(second)
    assert app.poll() == 200
    assert app.titles[0] == SECOND


def test_the_bytes_are_those_promised(app: App) -> None:
    app.poll()
    promised = app.enclosure()
    sent = app.download()
    content = b"".join(sent.streaming_content)
    assert sent.headers["Content-Type"] == promised.type == "audio/mpeg"
    assert len(content) == int(promised.length) == int(sent.headers["Content-Length"])
    assert content.startswith(b"ID3")


def test_a_download_in_pieces_is_the_same_file(app: App) -> None:
    app.poll()
    sent = app.download()
    whole, tag = b"".join(sent.streaming_content), sent.headers["ETag"]
    pieces, at, step = b"", 0, 100_000
    while at < len(whole):
        part = app.download(**{"range": f"bytes={at}-{at + step - 1}", "if-range": tag})
        assert part.status_code == 206
        assert part.headers["Content-Range"].startswith(f"bytes {at}-")
        pieces += b"".join(part.streaming_content)
        at += step
    assert pieces == whole


def test_a_broken_download_goes_on_from_where_it_stopped(app: App) -> None:
    app.poll()
    whole = b"".join(app.download().streaming_content)
    rest = app.download(range="bytes=50000-")
    assert rest.headers["Content-Range"] == f"bytes 50000-{len(whole) - 1}/{len(whole)}"
    assert whole[:50000] + b"".join(rest.streaming_content) == whole


def test_a_download_that_has_not_changed_is_not_sent_again(app: App) -> None:
    app.poll()
    tag = app.download().headers["ETag"]
    assert app.download(**{"if-none-match": tag}).status_code == 304


def test_a_corrected_title_is_told_as_the_same_episode(
    app: App, show: ShowPage, run_jobs: Any
) -> None:
    app.poll()
    before = app.episodes[0].id
    episode = EpisodePage.objects.get(slug="empenho")
    episode.title = "Empenhar não é pagar"
    pages.publish(episode)
    assert app.poll() == 200
    assert app.titles == ["Empenhar não é pagar"]
    assert app.episodes[0].id == before


def test_a_withdrawn_episode_leaves_the_feed_and_its_audio_answers_410(
    app: App, curator_client: Client, show: ShowPage
) -> None:
    app.poll()
    withdraw(curator_client, EpisodePage.objects.get(slug="empenho"))
    assert app.download().status_code == 410
    assert app.poll() == 200
    assert app.titles == []


def test_the_page_of_an_episode_offers_what_the_feed_promises(
    app: App, client: Client, show: ShowPage
) -> None:
    app.poll()
    walk = Walk(client, urlsplit(app.episodes[0].link).path)
    sound = urlsplit(app.enclosure().href).path
    audio = walk.page.select_one("audio[controls]")
    assert audio is not None
    assert audio["src"] == sound
    assert walk.link("Baixar MP3")["href"] == sound
    assert walk.link("Baixar em WebVTT")["href"] == EpisodePage.objects.get().transcript_path
