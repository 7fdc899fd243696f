"""Downloads are counted once for a listener and day, and nobody can tell who it was."""

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from podcasts.hearing import counting, notebook
from podcasts.hearing.counting import count_downloads, union
from podcasts.models import DayCount, EpisodePage, Hearing
from tests.conftest import signed_in
from tests.factories import people

APP = "AntennaPod/3.5.0"


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path
    yield tmp_path / "audicao"


def ask(client: Client, episode: EpisodePage, span: str = "", **options: Any) -> Any:
    """Ask for the audio as an app does, and hear what comes."""
    headers = {"User-Agent": options.pop("agent", APP)} | ({"Range": span} if span else {})
    method = getattr(client, options.pop("method", "get"))
    answer = method(episode.audio_path, headers=headers | options.pop("headers", {}), **options)
    if answer.streaming:
        b"".join(answer)
    return answer


def counted() -> int:
    """How many downloads are counted after two rounds of the clock."""
    count_downloads()
    count_downloads()
    return sum(DayCount.objects.values_list("downloads", flat=True))


def minute_of(episode: EpisodePage) -> tuple[int, int]:
    sound = counting._sound_of(episode.pk, episode.audio)
    return sound.head, sound.needed


def test_a_download_is_counted_with_its_day(client: Client, first: EpisodePage) -> None:
    ask(client, first)
    assert counted() == 1
    made = DayCount.objects.get()
    assert (made.page_id, made.day) == (first.pk, datetime.now(UTC).date())


def test_the_same_listener_counts_once_a_day(client: Client, first: EpisodePage) -> None:
    ask(client, first)
    assert counted() == 1
    ask(client, first)
    ask(client, first)
    assert counted() == 1


OTHERS: list[dict[str, Any]] = [
    {"agent": "Overcast/2026"},
    {"REMOTE_ADDR": "200.130.0.9"},
    {"headers": {"X-Forwarded-For": "9.9.9.9, 200.130.0.9"}},
]


@pytest.mark.parametrize("other", OTHERS)
def test_another_listener_counts_too(
    client: Client, first: EpisodePage, other: dict[str, Any]
) -> None:
    ask(client, first)
    ask(client, first, **other)
    assert counted() == 2


def test_another_episode_counts_too(
    client: Client, first: EpisodePage, second: EpisodePage
) -> None:
    ask(client, first)
    ask(client, second)
    assert counted() == 2


def test_devices_of_one_ipv6_network_are_one_listener(client: Client, first: EpisodePage) -> None:
    for device in ("2804:431::1", "2804:431::ffff:2"):
        ask(client, first, REMOTE_ADDR=device)
    ask(client, first, REMOTE_ADDR="2804:432::1")
    assert counted() == 2


def test_what_a_stranger_says_of_a_proxy_is_not_believed(
    client: Client, first: EpisodePage
) -> None:
    for number in range(3):
        forged = {"X-Forwarded-For": f"200.1.1.{number}"}
        ask(client, first, REMOTE_ADDR="200.130.0.9", headers=forged)
    assert counted() == 1


NOBODY: dict[str, dict[str, Any]] = {
    "no agent": {"agent": ""},
    "bot": {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    "script": {"agent": "python-requests/2.32"},
    "ourselves": {"agent": "RedeAberta/1.0 (+http://rede.test/)"},
    "head": {"method": "head"},
    "probe": {"span": "bytes=0-1"},
    "beyond the end": {"span": "bytes=99999999-"},
    "prefetch": {"headers": {"Sec-Purpose": "prefetch"}},
    "too little": {"span": "bytes=0-999"},
}


@pytest.mark.parametrize("request_", NOBODY.values(), ids=NOBODY.keys())
def test_what_is_no_listener_is_not_counted(
    client: Client, first: EpisodePage, request_: dict[str, Any]
) -> None:
    ask(client, first, **dict(request_))
    assert counted() == 0


def test_an_app_that_has_the_file_is_not_counted(client: Client, first: EpisodePage) -> None:
    tag = client.get(first.audio_path).headers["ETag"]
    assert ask(client, first, headers={"If-None-Match": tag}).status_code == 304
    (notebook.folder() / notebook.OPEN).unlink(missing_ok=True)
    ask(client, first, headers={"If-None-Match": tag})
    assert counted() == 0


def test_those_who_edit_are_not_counted(first: EpisodePage) -> None:
    ask(signed_in(people.user("Curadores")), first)
    assert counted() == 0


def test_a_minute_in_pieces_is_counted_once_it_is_whole(client: Client, first: EpisodePage) -> None:
    head, needed = minute_of(first)
    middle = head + needed // 2
    ask(client, first, f"bytes=0-{middle}")
    ask(client, first, f"bytes=0-{middle}")  # the same piece again is nothing more
    assert counted() == 0
    ask(client, first, f"bytes={middle}-{head + needed - 2}")
    assert counted() == 0
    ask(client, first, f"bytes={head + needed - 1}-{head + needed}")
    assert counted() == 1


def test_the_tags_at_the_head_are_no_sound(client: Client, first: EpisodePage) -> None:
    head, needed = minute_of(first)
    assert head > 100
    ask(client, first, f"bytes=0-{needed - 1}")
    assert counted() == 0


def test_behind_nginx_the_same_is_counted(
    client: Client, first: EpisodePage, settings: Any
) -> None:
    settings.X_ACCEL_PREFIX = "/_publicado"
    assert "X-Accel-Redirect" in ask(client, first, "bytes=0-1").headers
    ask(client, first, "bytes=0-999")
    assert counted() == 0
    ask(client, first, "bytes=0-")
    assert counted() == 1


def test_no_address_and_no_program_is_kept(client: Client, first: EpisodePage, data: Path) -> None:
    ask(client, first, REMOTE_ADDR="200.130.0.9")
    count_downloads()
    kept = b"".join(path.read_bytes() for path in data.iterdir() if "segredo" not in path.name)
    count_downloads()
    row = Hearing.objects.get()
    for text in (kept.decode(), str(vars(row))):
        assert "200.130" not in text
        assert "Antenna" not in text


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return moment

    for module in (notebook, counting):
        monkeypatch.setattr(module, "datetime", Clock)


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_secret_goes_with_the_day_and_so_does_who_it_was(
    client: Client, first: EpisodePage, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, NOON)
    ask(client, first)
    assert counted() == 1
    assert len(list(data.glob("segredo-*"))) == 1
    at(monkeypatch, NOON + timedelta(hours=13, minutes=30))
    assert counted() == 1
    assert list(data.glob("segredo-*")) == []
    assert not Hearing.objects.exists()
    ask(client, first)
    assert counted() == 2  # another day


def test_a_name_of_one_day_says_nothing_about_another(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [NOON.date(), NOON.date() + timedelta(days=1)]
    assert len({notebook._name_of("200.130.0.9", APP, day) for day in days}) == 2


def test_what_a_killed_clock_had_begun_is_counted_once(
    client: Client, first: EpisodePage, second: EpisodePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*args: Any, **kwargs: Any) -> None:
        raise Killed

    ask(client, first)
    ask(client, second)
    count_downloads()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", killed)
        with pytest.raises(Killed):
            count_downloads()
    assert counted() == 2


def test_many_who_write_at_once_write_whole_lines(first: EpisodePage, rf: Any, data: Path) -> None:
    barrier = threading.Barrier(8)
    episode, last = first.uuid, first.audio.copy_bytes

    def hear(number: int) -> None:
        request = rf.get("/", REMOTE_ADDR=f"200.1.1.{number}", headers={"User-Agent": APP})
        barrier.wait()
        for _ in range(50):
            notebook.note(request, episode, 0, last)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hear, range(8)))
    lines = list(notebook.lines_of(data / notebook.OPEN))
    assert (len(lines), len({line.listener for line in lines})) == (400, 8)


def test_a_full_disk_stops_no_audio(
    client: Client, first: EpisodePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(notebook.os, "write", full)
    assert ask(client, first).status_code == 200


def test_lines_that_are_none_are_left_out(data: Path) -> None:
    data.mkdir()
    good = f"2026-11-20 {uuid.uuid4().hex} {'a' * 32} 0 10"
    path = data / "fechado-1"
    path.write_text(f"2026-11-20 xyz a 0 1\n{good}\n\n2026-11", encoding="ascii")
    assert [line.last for line in notebook.lines_of(path)] == [10]


@pytest.mark.parametrize(
    ("ranges", "joined"),
    [
        ([], []),
        ([(5, 9), (0, 4)], [(0, 9)]),
        ([(0, 9), (2, 3)], [(0, 9)]),
        ([(0, 1), (3, 4)], [(0, 1), (3, 4)]),
        ([(0, 5), (3, 8), (8, 9)], [(0, 9)]),
    ],
)
def test_ranges_are_joined(ranges: Any, joined: Any) -> None:
    assert union(ranges) == joined


def test_the_answer_asks_no_more_of_the_database_than_before(
    client: Client, first: EpisodePage, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        ask(client, first)
