"""Recordings prepared by the system's ffmpeg, and judged with ffmpeg, ffprobe and mp3val."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from mutagen.id3 import ID3

from files import sound
from files.inspection import UnfitFile
from files.models import Preparable, Recording
from files.services import prepare_now
from licensing.values import BY
from tests.factories import files
from tests.files.samples import CONCAT, PLAYLIST, huge_art, id3_with, wav_bytes
from tests.files.test_workers import Installation
from tests.files.working import encoders, wait_until

pytestmark = pytest.mark.real_parts

_SPEECH = files.DEMO / "podcasts" / "a-agenda-era-o-problema.mp3"
_LONG = """
from pathlib import Path
from django.core.files import File
from files.models import Recording
from licensing.values import BY
row = Recording(title="Longa", creator="Ana", licence=BY)
row.file = File(Path("{path}").open("rb"), name="longa.flac")
row.save()
"""
_SWEEP = "from files.services import sweep; print(sweep())"


def spoken(folder: Path, name: str, *options: str, seconds: int = 12) -> bytes:
    """Some seconds of speech, as another program might export them."""
    path = folder / name
    command = ["ffmpeg", "-v", "error", "-y", "-t", str(seconds), "-i", str(_SPEECH)]
    subprocess.run([*command, *options, str(path)], check=True, timeout=120)
    return path.read_bytes()


def prepared(content: bytes, **fields: Any) -> Recording:
    row = Recording(title="Conversa", creator="Ana & Bia", licence=BY, year=2026, **fields)
    row.file = ContentFile(content, name="conversa")
    row.save()
    prepare_now(row)
    return row


def published(row: Recording) -> Path:
    return Path(storages["published"].path(row.copy))


def kept(row: Recording, key: str = "file") -> Path:
    return Path(storages["default"].path(row.sound[key]))


def heard(path: Path) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dBTP."""
    command = ["ffmpeg", "-nostats", "-i", str(path), "-map", "0:a", "-af", "ebur128=peak=true"]
    command += ["-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stderr
    summary = told[told.rindex("Summary:") :]
    found = [re.search(rf"{name}:\s+(\S+) [LdB]", summary) for name in ("I", "Peak")]
    loudness, peak = (float(match[1]) for match in found if match)
    return loudness, peak


def probed(path: Path) -> dict[str, Any]:
    command = ["ffprobe", "-v", "warning", "-of", "json", "-show_format", "-show_streams"]
    answer = subprocess.run([*command, str(path)], capture_output=True, check=True, timeout=60)
    assert not answer.stderr, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def assert_sound_mp3(path: Path) -> None:
    """Two strangers find nothing to say against the file."""
    answer = subprocess.run(["mp3val", str(path)], capture_output=True, text=True, check=True)
    assert "WARNING" not in answer.stdout, answer.stdout
    assert "ERROR" not in answer.stdout, answer.stdout
    told = probed(path)
    assert [s["codec_name"] for s in told["streams"] if s["codec_type"] == "audio"] == ["mp3"]


# --- loudness -----------------------------------------------------------------------------------

RECORDINGS: list[tuple[str, list[str], float]] = [
    ("baixa.wav", ["-af", "volume=-18dB"], -19),
    ("estereo.flac", ["-ac", "2", "-af", "volume=9dB"], -16),
    ("telefone.m4a", ["-ar", "16000", "-af", "volume=-6dB"], -19),
    ("zap.ogg", ["-c:a", "libopus", "-ar", "48000", "-af", "volume=5dB"], -19),
    ("alta.mp3", ["-ac", "2", "-b:a", "320k", "-af", "volume=14dB"], -16),
    ("cinema.wav", ["-ac", "6", "-af", "volume=-9dB"], -16),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "options", "target"), RECORDINGS, ids=[line[0] for line in RECORDINGS]
)
def test_whatever_comes_goes_out_as_an_mp3_as_loud_as_all_others(
    name: str, options: list[str], target: float, tmp_path: Path
) -> None:
    content = spoken(tmp_path, name, *options)
    row = prepared(content)
    assert (row.state, row.failure, row.step) == (Preparable.State.READY, "", "")
    loudness, peak = heard(published(row))
    assert abs(loudness - target) <= 1
    assert peak <= -1
    assert abs(row.sound["loudness"] - loudness) < 0.2
    assert abs(row.sound["peak"] - peak) < 0.2
    assert 11_800 <= row.milliseconds <= 12_200
    assert_sound_mp3(published(row))
    assert ID3(published(row))["TCOP"].text[0].endswith(BY.uri)
    assert probed(kept(row, "low"))["streams"][0]["codec_name"] == "opus"
    assert kept(row, "low").stat().st_size < published(row).stat().st_size / 2
    assert 100 <= len(row.sound["peaks"]) <= 120
    assert max(row.sound["peaks"]) == 100
    with row.file.open("rb") as file:
        assert file.read() == content, "the original is kept as it came"


@pytest.mark.django_db
def test_an_mp3_that_is_right_already_is_not_encoded_again(tmp_path: Path) -> None:
    content = spoken(tmp_path, "certa.mp3", "-c", "copy", seconds=40)
    row = prepared(content)
    assert row.sound["file"] == ""
    assert row.sound["codec"] == "mp3"
    assert published(row).read_bytes()[-100_000:] == content[-100_000:]
    assert row.loudness_label.startswith("−19,")
    assert_sound_mp3(published(row))


@pytest.mark.django_db
def test_an_mp3_that_only_guesses_its_duration_is_encoded_again(tmp_path: Path) -> None:
    """Of changing bit rate, quiet at first, and without the table that says how long it is."""
    options = ["-af", "adelay=6000", "-q:a", "4", "-write_xing", "0", "-id3v2_version", "0"]
    row = prepared(spoken(tmp_path, "variavel.mp3", *options, seconds=12))
    assert row.is_current, row.failure
    assert row.sound["file"]
    assert 17_500 <= row.milliseconds <= 18_500
    assert abs(float(probed(published(row))["format"]["duration"]) - 18) < 0.5


@pytest.mark.django_db
def test_more_hours_than_there_is_room_for_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound, "MAX_HOURS", 5 / 3600)
    for name in ("longa.mp3", "longa.wav"):
        row = prepared(spoken(tmp_path, name, seconds=8))
        assert row.state == Preparable.State.FAILED
        assert "horas. Divida em partes" in row.failure


@pytest.mark.django_db
def test_other_rights_are_written_without_encoding_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = prepared(spoken(tmp_path, "baixa.wav", "-af", "volume=-18dB"))
    before, copy = row.sound, row.copy

    def refuse(*_: Any) -> None:
        raise AssertionError("nothing is to be encoded")

    monkeypatch.setattr(sound, "prepare", refuse)
    row.title = "Outra conversa"
    row.save()
    prepare_now(row)
    assert row.is_current
    assert row.sound == before
    assert row.copy != copy
    assert ID3(published(row))["TIT2"].text == ["Outra conversa"]


@pytest.mark.django_db
def test_another_file_takes_the_place_of_what_was_encoded(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = prepared(spoken(tmp_path, "um.wav", "-af", "volume=-18dB", seconds=4))
    old = [kept(row), kept(row, "low"), published(row)]
    row.file = ContentFile(spoken(tmp_path, "dois.wav", "-ss", "3", seconds=9), name="dois.wav")
    row.save()
    with django_capture_on_commit_callbacks(execute=True):
        prepare_now(row)
    assert not [path for path in old if path.exists()]
    assert all(path.exists() for path in (kept(row), kept(row, "low"), published(row)))
    new = [kept(row), kept(row, "low"), published(row)]
    with django_capture_on_commit_callbacks(execute=True):
        row.delete()
    assert not [path for path in new if path.exists()]


# --- what goes wrong ----------------------------------------------------------------------------


def _bomb() -> bytes:
    """A tag with one small frame that unpacks to a hundred megabytes (ID3v2.3, section 3.3.1)."""
    packed = zlib.compress(bytes(100 * 1024 * 1024), 9)
    size = (100 * 1024 * 1024).to_bytes(4, "big")
    body = size + packed
    return id3_with(b"APIC" + len(body).to_bytes(4, "big") + b"\0\x80" + body)


@pytest.mark.django_db
@pytest.mark.parametrize("tag", [_bomb(), huge_art()], ids=["bomb", "huge art"])
def test_what_a_tag_holds_reaches_neither_ffmpeg_nor_a_copy(
    tag: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    honest = sound.prepare

    def look(path: Path, *rest: Any) -> Any:
        seen.append(path.read_bytes())
        return honest(path, *rest)

    monkeypatch.setattr(sound, "prepare", look)
    row = prepared(tag + spoken(tmp_path, "certa.mp3", "-c", "copy", seconds=6))
    assert row.is_current, row.failure
    assert b"APIC" not in seen[0] + published(row).read_bytes()
    assert row.copy_bytes < 100_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: wav_bytes(level=0), "A gravação está em silêncio."),
        (lambda folder: wav_bytes(seconds=0.3), "A gravação dura menos de 1 segundo."),
        (
            lambda folder: (whole := spoken(folder, "a.flac"))[: len(whole) // 2],
            "A gravação está incompleta",
        ),
        (lambda folder: b"fLaC" + bytes(4000), "A gravação está danificada"),
        (lambda folder: b"OggS\0\4" + bytes(4000), "A gravação está danificada"),
        (lambda folder: wav_bytes()[:44].replace(b"fmt ", b"fmX "), "A gravação está"),
    ],
    ids=["silence", "instant", "half a FLAC", "no FLAC", "no Ogg", "no WAV"],
)
def test_what_only_ffmpeg_sees_is_given_up_at_once_in_words(
    make: Callable[[Path], bytes], sentence: str, tmp_path: Path
) -> None:
    row = prepared(make(tmp_path))
    assert row.state == Preparable.State.FAILED, row.failure
    assert row.failure.startswith(sentence)
    assert not row.copy
    assert not row.sound


@pytest.mark.parametrize("form", ["mp3", "wav", "flac", "ogg", "mov"])
def test_a_list_of_other_files_opens_none_of_them(form: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        here = f"127.0.0.1:{server.getsockname()[1]}".encode()
        for number, text in enumerate((PLAYLIST, CONCAT)):
            path = tmp_path / f"{number}.m3u8"
            path.write_bytes(text.replace(b"127.0.0.1", here))
            with pytest.raises(UnfitFile):
                sound.prepare(path, form, tmp_path, lambda step, percent: None)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.django_db
def test_an_ffmpeg_that_is_killed_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed by the kernel, say, for want of memory."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "ffmpeg").write_text("#!/bin/sh\nkill -9 $$\n")
    (bin_folder / "ffmpeg").chmod(0o755)
    content = spoken(tmp_path, "a.wav", seconds=3)
    monkeypatch.setenv("PATH", f"{bin_folder}:{os.environ['PATH']}")
    row = prepared(content)
    assert (row.state, row.attempts) == (Preparable.State.WAITING, 1)
    assert row.failure == "A preparação falhou e será tentada de novo."


# --- without ffmpeg -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_ffmpeg_an_mp3_goes_out_as_it_came_and_the_rest_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = spoken(tmp_path, "alta.mp3", "-b:a", "64k", "-af", "volume=5dB", seconds=4)
    monkeypatch.setenv("PATH", "")
    row = prepared(content)
    assert row.is_current
    assert published(row).read_bytes()[-10_000:] == content[-10_000:]
    other = prepared(wav_bytes())
    assert (other.state, other.attempts) == (Preparable.State.WAITING, 0)
    assert "apt-get install ffmpeg" in other.failure


# --- real workers -------------------------------------------------------------------------------


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A site with a recording that takes many seconds to prepare."""
    site = Installation(tmp_path / "dados")
    site.folder.mkdir()
    command = ["ffmpeg", "-v", "error", "-stream_loop", "3", "-i", str(_SPEECH)]
    command += ["-af", "volume=-9dB", str(tmp_path / "longa.flac")]
    subprocess.run(command, check=True, timeout=240)
    site.manage("migrate", "--verbosity=0")
    site.shell(_LONG.format(path=tmp_path / "longa.flac"))
    yield site
    for worker in site.workers:
        worker.kill()
        worker.wait()


def row_of(site: Installation) -> tuple[Any, ...]:
    asked = "SELECT state, attempts, progress, step, failure FROM files_recording"
    return site.ask(asked)[0]


def test_a_killed_worker_leaves_nothing_half_made_and_another_goes_on(
    installation: Installation,
) -> None:
    worker = installation.start_worker()
    row = wait_until(installation, row_of, lambda row: row[2] > 0)
    assert row[0] == "working"
    assert row[3] == "medindo o volume"
    assert encoders(installation)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    deadline = time.monotonic() + 20
    while encoders(installation):
        assert time.monotonic() < deadline, "ffmpeg outlives its worker"
        time.sleep(0.1)
    assert row_of(installation)[0] == "working"
    assert not list(installation.folder.glob("published/audios/*/*"))
    installation.ask("UPDATE files_recording SET claimed_at = datetime('now', '-6 minutes')")
    assert installation.shell(_SWEEP).strip() == "1"
    installation.start_worker()
    wait_until(installation, row_of, lambda row: row[3] == "codificando")
    (ffmpeg,) = encoders(installation)
    os.kill(ffmpeg, signal.SIGKILL)
    row = wait_until(installation, row_of, lambda row: row[0] == "waiting")
    assert row[4] == "A preparação falhou e será tentada de novo."
    assert not list((installation.folder / "encoding").iterdir())
    installation.ask("UPDATE files_recording SET next_try_at = datetime('now', '-1 minutes')")
    assert installation.shell(_SWEEP).strip() == "1"
    state, attempts, *_ = wait_until(installation, row_of, lambda row: row[0] == "ready")
    assert (state, attempts) == ("ready", 3)
    assert not list((installation.folder / "encoding").iterdir())
    ((copy, size),) = installation.ask("SELECT copy, copy_bytes FROM files_recording")
    assert (installation.folder / "published" / copy).stat().st_size == size
