"""A podcast app that somebody else wrote, against the site as it runs: gPodder; and ffprobe."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from podcasts.models import EpisodePage, ShowFeed, ShowPage
from tests.factories import pages
from tests.podcasts.on_air import OnAir, site_on_air

pytestmark = pytest.mark.real_parts

Gpo = Callable[..., str]


@pytest.fixture
def on_air(show: ShowPage, settings: Any) -> Iterator[OnAir]:
    """The site with its show, at the address that it says it has."""
    with site_on_air() as site:
        settings.PUBLIC_URL = site.url
        yield site


@pytest.fixture
def gpo(tmp_path: Path) -> Gpo:
    """gPodder's command, with a home of its own."""
    program = shutil.which("gpo")
    assert program, "Falta o gPodder: apt-get install gpodder"
    home = tmp_path / "gpodder"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "GPODDER_HOME": str(home),
        "GPODDER_DOWNLOAD_DIR": str(tmp_path / "downloads"),
    }

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [program, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def bytes_of(path: str) -> bytes:
    return b"".join(Client().get(path).streaming_content)


def test_gpodder_subscribes_updates_and_downloads(
    on_air: OnAir, gpo: Gpo, show: ShowPage, third: EpisodePage, tmp_path: Path
) -> None:
    address = f"{on_air.url}{show.feed_path}"
    gpo("subscribe", address)
    assert "Expediente Aberto" in gpo("list")
    listed = gpo("episodes", "--guid", address)
    for title in ("Lista de espera se publica", "Empenho não é pagamento"):
        assert title in listed
    assert str(third.uuid) in listed
    gpo("download", address, str(third.uuid))
    [saved] = (tmp_path / "downloads").rglob("*.mp3")
    assert saved.read_bytes() == bytes_of(third.audio_path)
    assert ("GET", third.audio_path, 200) in on_air.asked


def test_gpodder_gets_304_until_something_changes(
    on_air: OnAir, gpo: Gpo, show: ShowPage, first: EpisodePage
) -> None:
    address = f"{on_air.url}{show.feed_path}"
    gpo("subscribe", address)
    on_air.asked.clear()
    gpo("update", address)
    gpo("update", address)
    assert on_air.statuses(show.feed_path) == [304, 304]
    first.title = "Mudou de título"
    pages.publish(first)
    gpo("update", address)
    assert on_air.statuses(show.feed_path) == [304, 304, 200]
    assert "Mudou de título" in gpo("episodes", address)
    assert ShowFeed.objects.get().show_id == show.pk


def test_gpodder_finds_a_new_episode_and_loses_none(
    on_air: OnAir, gpo: Gpo, show: ShowPage, first: EpisodePage
) -> None:
    address = f"{on_air.url}{show.feed_path}"
    gpo("subscribe", address)
    pages.episode(show, title="O quarto", recording=first.recording)
    gpo("update", address)
    listed = gpo("episodes", address)
    assert "O quarto" in listed
    assert listed.count("Empenho não é pagamento") == 1


def test_gpodder_follows_a_show_that_was_renamed(
    on_air: OnAir,
    gpo: Gpo,
    show: ShowPage,
    django_capture_on_commit_callbacks: Any,
) -> None:
    old = f"{on_air.url}{show.feed_path}"
    gpo("subscribe", old)
    show.slug = "nome-novo"
    with django_capture_on_commit_callbacks(execute=True):
        show = pages.publish(show)
    gpo("update")
    assert f"{on_air.url}{show.feed_path}" in gpo("list")
    assert on_air.statuses("/podcasts/expediente-aberto/feed.xml")[-1] == 301


def test_ffprobe_accepts_the_audio(third: EpisodePage, tmp_path: Path) -> None:
    path = tmp_path / "audio.mp3"
    path.write_bytes(bytes_of(third.audio_path))
    done = subprocess.run(
        ["ffprobe", "-v", "warning", "-of", "json", "-show_format", "-show_streams", str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert found["format"]["format_name"] == "mp3"
    assert [stream["codec_name"] for stream in found["streams"]] == ["mp3", "png"]
    assert abs(float(found["format"]["duration"]) - third.audio.milliseconds / 1000) < 0.1
    assert found["format"]["tags"]["title"] == third.title
    assert found["format"]["tags"]["album"] == "Expediente Aberto"
    assert int(found["format"]["size"]) == third.audio.copy_bytes
