"""Videos prepared by the system's ffmpeg, and looked at with ffprobe and exiftool."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from files.containers import read_container
from files.ffmpeg import workplace
from files.models import Preparable, Video
from files.services import prepare_now
from licensing.values import BY
from tests.factories import files
from tests.files.test_workers import Installation
from tests.files.working import encoders, wait_until

pytestmark = pytest.mark.real_parts

_LONG = """
from pathlib import Path
from django.core.files import File
from files.models import Video
from licensing.values import BY
video = Video(title="Longo", creator="Ana", licence=BY, captions="")
video.file = File(Path("{path}").open("rb"), name="longo.mp4")
video.save()
"""
_SWEEP = "from files.services import sweep; print(sweep())"


def film(folder: Path, name: str, *options: str, size: str = "1280x720", seconds: int = 2) -> bytes:
    """A moving picture with a tone, made by ffmpeg."""
    path = folder / name
    picture = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=10:d={seconds}"]
    sound = ["-f", "lavfi", "-i", f"sine=duration={seconds}"]
    command = ["ffmpeg", "-v", "error", "-y", *picture, *sound, *options, str(path)]
    subprocess.run(command, check=True, timeout=120)
    return path.read_bytes()


def prepared(content: bytes, **fields: Any) -> Video:
    row = Video(title="Aula", creator="Ana & Bia", licence=BY, year=2026, **fields)
    row.file = ContentFile(content, name="aula")
    row.save()
    prepare_now(row)
    return row


def look(row: Video, size: str) -> dict[str, Any]:
    path = storages["published"].path(row.sizes[size]["file"])
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", path]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=60)
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def exif(path: str) -> dict[str, Any]:
    command = ["exiftool", "-j", "-a", "-G1", path]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=60)
    told: dict[str, Any] = json.loads(answer.stdout)[0]
    return told


# --- sizes --------------------------------------------------------------------------------------

FILMS: list[tuple[str, list[str], str, dict[str, tuple[int, int]]]] = [
    ("hd.mp4", [], "1920x1080", {"720": (1280, 720), "360": (640, 360)}),
    ("web.webm", ["-c:v", "libvpx", "-c:a", "libopus"], "1280x720", {"720": (1280, 720)}),
    ("celular.mov", [], "720x1280", {"720": (720, 1280), "360": (360, 640)}),
    ("meio.mp4", [], "854x480", {"720": (854, 480), "360": (640, 360)}),
    ("pequeno.mp4", [], "320x180", {"360": (320, 180)}),
    ("impar.webm", ["-c:v", "libvpx-vp9"], "321x181", {"360": (320, 180)}),
    ("mudo.mp4", ["-an"], "1280x720", {"720": (1280, 720)}),
    ("largo.mov", ["-vf", "setsar=2"], "640x720", {"720": (1280, 720)}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "options", "size", "expected"), FILMS, ids=[line[0] for line in FILMS]
)
def test_each_video_becomes_sizes_that_every_browser_plays(
    name: str, options: list[str], size: str, expected: dict[str, Any], tmp_path: Path
) -> None:
    row = prepared(film(tmp_path, name, *options, size=size))
    assert (row.state, row.failure) == (Preparable.State.READY, "")
    assert 1900 <= row.milliseconds <= 2200
    assert row.has_audio is (name != "mudo.mp4")
    for key, sides in expected.items():
        assert (row.sizes[key]["width"], row.sizes[key]["height"]) == sides
    assert ("720" in row.sizes) is ("720" in expected)
    for key in row.sizes:
        told = look(row, key)
        if key == "poster":
            assert told["streams"][0]["codec_name"] == "mjpeg"
            continue
        kinds = {stream["codec_type"]: stream for stream in told["streams"]}
        assert set(kinds) == ({"video", "audio"} if row.has_audio else {"video"})
        assert (kinds["video"]["codec_name"], kinds["video"]["pix_fmt"]) == ("h264", "yuv420p")
        assert not row.has_audio or kinds["audio"]["codec_name"] == "aac"
        with storages["published"].open(row.sizes[key]["file"]) as file:
            assert read_container(file).starts_fast


@pytest.mark.django_db
def test_a_turned_video_stands_upright(tmp_path: Path) -> None:
    film(tmp_path, "deitado.mp4", size="640x360")
    turned = tmp_path / "celular.mp4"
    command = ["ffmpeg", "-v", "error", "-i", str(tmp_path / "deitado.mp4"), "-c", "copy"]
    command += ["-metadata:s:v", "rotate=90", str(turned)]
    subprocess.run(command, check=True, timeout=60)
    row = prepared(turned.read_bytes())
    assert (row.width, row.height) == (360, 640)
    assert (row.sizes["360"]["width"], row.sizes["360"]["height"]) == (360, 640)
    assert (row.sizes["poster"]["width"], row.sizes["poster"]["height"]) == (360, 640)


# --- rights and secrets -------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["encoded", "adopted"])
def test_copies_carry_their_rights_and_tell_nothing_of_place_and_device(
    way: str, tmp_path: Path
) -> None:
    telling = files.video_bytes("telefone.mov")
    row = files.video(ready=False, content=telling, title="Orçamento", captions="")
    if way == "encoded":
        prepare_now(row)
    else:
        path = tmp_path / "pronto.mp4"
        command = ["ffmpeg", "-v", "error", "-i", str(files.VIDEOS / "telefone.mov"), "-c", "copy"]
        command += ["-movflags", "+faststart+use_metadata_tags", str(path)]
        subprocess.run(command, check=True, timeout=60)
        poster = tmp_path / "poster.jpg"
        poster.write_bytes(files.picture_bytes(gps=True))
        assert b"Telefone 12" in path.read_bytes()
        row.adopt({360: path}, poster=poster)
    assert row.is_current
    for size in row.sizes.values():
        path = Path(storages["published"].path(size["file"]))
        told = exif(str(path))
        assert told["XMP-dc:Title"] == "Orçamento"
        assert told["XMP-dc:Creator"] == "Ana Lúcia Reis"
        assert told["XMP-dc:Rights"] == "© 2026 Ana Lúcia Reis"
        assert told["XMP-xmpRights:Marked"] is True
        assert told["XMP-xmpRights:WebStatement"] == BY.uri
        assert told["XMP-cc:License"] == BY.uri
        assert told["XMP-cc:AttributionName"] == "Ana Lúcia Reis"
        assert told["XMP-cc:AttributionURL"].startswith("http://rede.test/videos/")
        assert not [name for name in told if "GPS" in name or "Location" in name], told
        for word in (b"Telefone 12", b"-08.0539", b"Lavf", b"camera"):
            assert word not in path.read_bytes()
    for film in row.films:
        played = ["ffmpeg", "-v", "error", "-xerror", "-i"]
        played += [storages["published"].path(film["file"]), "-f", "null", "-"]
        answer = subprocess.run(played, capture_output=True, check=True, timeout=60)
        assert not answer.stderr


# --- what goes wrong ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_film_whose_pictures_end_early_is_given_up_in_words(tmp_path: Path) -> None:
    content = bytearray(film(tmp_path, "furado.mp4", "-movflags", "+faststart", seconds=8))
    middle = content.index(b"mdat") + 4 + (len(content) - content.index(b"mdat")) // 6
    content[middle:] = bytes(len(content) - middle)
    row = prepared(bytes(content))
    assert row.state == Preparable.State.FAILED
    assert row.failure.startswith("O vídeo está ")


@pytest.mark.django_db
def test_an_unreadable_film_is_given_up_at_once(tmp_path: Path) -> None:
    content = files.video_bytes()
    row = prepared(content.replace(b"avcC", b"avcX").replace(b"avc1", b"abcd"))
    assert row.state == Preparable.State.FAILED
    assert row.failure == "O vídeo está danificado e não abre. Exporte em MP4 e envie de novo."


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_swept_by_the_next() -> None:
    with workplace("video-7") as folder:
        (folder / "360.mp4").write_bytes(b"meio")
        with workplace("video-7") as second:
            assert not folder.exists()
            assert second.exists()


# --- real workers -------------------------------------------------------------------------------


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A site with a video that takes many seconds to encode."""
    site = Installation(tmp_path / "dados")
    site.folder.mkdir()
    film(tmp_path, "longo.mp4", "-preset", "ultrafast", size="1920x1080", seconds=90)
    site.manage("migrate", "--verbosity=0")
    site.shell(_LONG.format(path=tmp_path / "longo.mp4"))
    yield site
    for worker in site.workers:
        worker.kill()
        worker.wait()


def row_of(site: Installation) -> tuple[Any, ...]:
    asked = "SELECT state, attempts, progress, claimed_at, failure FROM files_video"
    return site.ask(asked)[0]


def test_a_killed_encode_is_taken_up_again_and_leaves_nothing_behind(
    installation: Installation,
) -> None:
    worker = installation.start_worker()
    _, _, progress, renewed, _ = wait_until(installation, row_of, lambda row: row[2] > 0)
    assert 0 < progress < 100
    later = wait_until(installation, row_of, lambda row: row[3] != renewed or row[0] == "ready")
    assert later[0] == "working", "the lease is renewed while the work goes on"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    deadline = time.monotonic() + 20
    while encoders(installation):
        assert time.monotonic() < deadline, "ffmpeg outlives its worker"
        time.sleep(0.1)
    assert row_of(installation)[0] == "working"
    assert installation.shell(_SWEEP).strip() == "0", "the dead worker's lease still runs"
    installation.ask("UPDATE files_video SET claimed_at = datetime('now', '-6 minutes')")
    assert installation.shell(_SWEEP).strip() == "1"
    installation.start_worker()
    state, attempts, *_ = wait_until(installation, row_of, lambda row: row[0] == "ready")
    assert (state, attempts) == ("ready", 2)
    assert not list((installation.folder / "encoding").iterdir())
    ((sizes,),) = installation.ask("SELECT sizes FROM files_video")
    for size in json.loads(sizes).values():
        path = installation.folder / "published" / size["file"]
        assert path.stat().st_size == size["bytes"]


def test_a_site_without_ffmpeg_keeps_the_video_and_says_what_to_install(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", "")
    worker = installation.start_worker()
    row = wait_until(installation, row_of, lambda row: row[4])
    worker.kill()
    assert "apt-get install ffmpeg" in row[4]
    assert (row[0], row[1]) == ("waiting", 0)
    monkeypatch.setenv("PATH", path)
    installation.ask("UPDATE files_video SET next_try_at = datetime('now', '-1 minutes')")
    assert installation.shell(_SWEEP).strip() == "1"
    installation.start_worker()
    wait_until(installation, row_of, lambda row: row[0] in ("working", "ready"))
