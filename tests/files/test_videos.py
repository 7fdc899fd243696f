"""Videos: ready-made sizes, poster, captions, rights; what needs no ffmpeg."""

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from django.utils import timezone
from lxml import etree
from PIL import Image as PillowImage

from files import ffmpeg
from files.containers import boxes, read_container
from files.encoding import fit
from files.footage import check_ready_made, check_video
from files.inspection import UnfitFile
from files.metadata.mp4 import read_mp4_xmp, write_mp4_rights, xmp_packet
from files.metadata.xmp import xmp_of
from files.models import Preparable, Video
from files.models.durations import length_label
from files.models.preparation import WorkLost
from files.services import prepare_now, refresh_wants
from files.signals import prepared
from licensing.attribution import Author, Work
from licensing.values import BY, BY_SA
from tests.factories import files
from tests.files.samples import BAD_VIDEOS, GOOD_VIDEOS, Sample

WORK = Work(
    "Orçamento & <abacaxi>", (Author("Ana"), Author("Bia")), BY, "https://rede.test/v", 2026
)
TELLING = (b"Telefone 12", b"-08.0539", "Título da câmera".encode())


def stored(name: str) -> bytes:
    with storages["published"].open(name) as file:
        return file.read()


def path_of(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(files.video_bytes(name))
    return path


# --- looking into a file ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form", "codecs"),
    [
        ("pequeno.mp4", "mov", ["avc1", "mp4a"]),
        ("telefone.mov", "mov", ["avc1", "mp4a"]),
        ("pequeno.webm", "matroska", ["V_VP9", "A_OPUS"]),
    ],
)
def test_a_container_says_what_it_holds(name: str, form: str, codecs: list[str]) -> None:
    film = read_container(io.BytesIO(files.video_bytes(name)))
    assert film.form == form
    assert [track.codec for track in film.tracks] == codecs
    picture = film.first("video")
    assert picture
    assert (picture.width, picture.height) == (96, 54)
    assert 1990 <= film.milliseconds <= 2100
    assert film.first("audio")


@pytest.mark.parametrize("sample", BAD_VIDEOS, ids=str)
def test_what_is_no_whole_video_is_refused_with_a_sentence(sample: Sample) -> None:
    with pytest.raises(UnfitFile) as refusal:
        check_video(io.BytesIO(sample.content))
    assert sample.refusal in refusal.value.messages[0]


@pytest.mark.parametrize("sample", GOOD_VIDEOS, ids=str)
def test_a_whole_video_is_taken_whatever_its_name(sample: Sample) -> None:
    check_video(io.BytesIO(sample.content))


@pytest.mark.parametrize("name", ["pequeno.mp4", "telefone.mov", "pequeno.webm"])
def test_a_video_cut_anywhere_is_refused_and_never_an_error(name: str) -> None:
    content = files.video_bytes(name)
    for end in range(0, len(content) - 1, 37):
        with pytest.raises(UnfitFile):
            check_video(io.BytesIO(content[:end]))


@pytest.mark.parametrize("name", ["pequeno.mp4", "pequeno.webm"])
def test_a_video_with_any_byte_spoilt_is_judged_without_an_error(name: str) -> None:
    content = bytearray(files.video_bytes(name))
    for place in range(0, 1200):
        spoilt = content.copy()
        spoilt[place] ^= 0xFF
        try:
            check_video(io.BytesIO(bytes(spoilt)))
        except UnfitFile as refusal:
            assert refusal.messages[0].endswith(".")


def test_more_than_two_gigabytes_are_refused_before_anything_is_read() -> None:
    class Huge(io.BytesIO):
        def seek(self, place: int, whence: int = 0) -> int:
            return 3 * 1024**3 if whence == 2 else super().seek(place, whence)

    with pytest.raises(UnfitFile, match="passa de 2 GB"):
        check_video(Huge(b"x"))


# --- ready-made sizes ---------------------------------------------------------------------------


def test_ready_made_sizes_need_the_index_first_and_the_codecs_of_the_house() -> None:
    assert check_ready_made(io.BytesIO(files.video_bytes()), 720).audio_codec == "aac"
    for name, told in (
        ("telefone.mov", "índice no começo"),
        ("pequeno.webm", "MP4 com H.264"),
        ("som.m4a", "só tem som"),
    ):
        with pytest.raises(UnfitFile, match=told):
            check_ready_made(io.BytesIO(files.video_bytes(name)), 720)
    with pytest.raises(UnfitFile, match="maior do que 50 pixels"):
        check_ready_made(io.BytesIO(files.video_bytes()), 50)


@pytest.mark.django_db
def test_a_video_adopts_ready_made_sizes_without_encoding() -> None:
    told: list[Any] = []
    prepared.connect(lambda instance, **_: told.append(instance.pk), sender=Video, weak=False)
    row = files.video()
    assert told == [row.pk]
    assert (row.state, row.is_current) == (Preparable.State.READY, True)
    assert [film["name"] for film in row.films] == ["720", "360"]
    assert (row.width, row.height, row.has_audio) == (96, 54, True)
    assert row.length_label == "2 s"
    assert row.iso_duration == "PT2S"
    for size in row.sizes.values():
        assert len(stored(size["file"])) == size["bytes"]
    with PillowImage.open(io.BytesIO(stored(row.sizes["poster"]["file"]))) as poster:
        assert (poster.format, poster.size) == ("JPEG", (1280, 720))
    assert not Video.work_on(row.pk), "nothing is left to do"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("films", "told"),
    [
        ({720: "pequeno.mp4"}, "360 e 720"),
        ({360: "menor.mp4", 480: "pequeno.mp4"}, "360 e 720"),
        ({360: "pequeno.webm"}, "H.264"),
    ],
)
def test_what_does_not_fit_is_not_adopted(films: dict[int, str], told: str, tmp_path: Path) -> None:
    row = files.video(ready=False)
    poster = tmp_path / "poster.jpg"
    poster.write_bytes(files.picture_bytes())
    with pytest.raises(UnfitFile, match=told):
        row.adopt({side: files.VIDEOS / name for side, name in films.items()}, poster=poster)
    assert not Video.objects.get(pk=row.pk).is_ready


@pytest.mark.django_db
def test_a_worker_that_was_encoding_leaves_what_was_adopted() -> None:
    """The lease is lost: whoever was at it notices at its next word and stops."""
    row = files.video(ready=False)
    Video.objects.filter(pk=row.pk).update(state="working", claimed_at=timezone.now())
    worker = Video.objects.get(pk=row.pk)
    worker.still_at_work(progress=40)
    row = Video.objects.get(pk=row.pk)
    assert row.state_label == "em preparo, 40 %"
    assert row.claimed_at == worker.claimed_at
    files.adopt(row)
    with pytest.raises(WorkLost):
        worker.still_at_work(progress=50)
    row = Video.objects.get(pk=row.pk)
    assert (row.state, row.is_current) == (Preparable.State.READY, True)


@pytest.mark.django_db
def test_a_worker_that_begins_leaves_what_is_being_adopted(monkeypatch: pytest.MonkeyPatch) -> None:
    """It sweeps what a worker before it left of this video, and nothing else."""
    row = files.video(ready=False)
    write = Video._published

    def meanwhile(self: Video, films: dict[int, Path], poster: bytes) -> dict[str, Any]:
        with ffmpeg.workplace(f"video-{self.pk}"):
            return write(self, films, poster)

    monkeypatch.setattr(Video, "_published", meanwhile)
    files.adopt(row)
    assert Video.objects.get(pk=row.pk).is_ready


# --- rights -------------------------------------------------------------------------------------


def test_the_packet_says_what_pictures_say() -> None:
    """The same properties as exiv2 writes into pictures, with the same values."""
    tree = etree.fromstring(xmp_packet(WORK))
    namespaces = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
        "cc": "http://creativecommons.org/ns#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
    for key, expected in xmp_of(WORK).items():
        _, prefix, name = key.split(".")
        element = tree.find(f".//{prefix}:{name}", namespaces)
        assert element is not None, key
        items = [item.text for item in element.findall("*/rdf:li", namespaces)]
        if isinstance(expected, dict):
            assert items == list(expected.values())
        else:
            assert (items or element.text) == expected


@pytest.mark.parametrize("name", ["pequeno.mp4", "telefone.mov"])
def test_rights_go_in_and_what_the_camera_wrote_goes_out(name: str, tmp_path: Path) -> None:
    path = path_of(tmp_path, name)
    before = path.read_bytes()
    write_mp4_rights(path, WORK)
    after = path.read_bytes()
    assert read_mp4_xmp(path) == xmp_packet(WORK)
    assert not any(word in after for word in TELLING)
    for kind in (b"mdat", b"stco"):
        assert place_of(before, kind) == place_of(after, kind)
    start, size = place_of(before, b"mdat")
    assert after[start : start + size] == before[start : start + size]
    assert read_container(io.BytesIO(after)) == read_container(io.BytesIO(before))


def place_of(content: bytes, kind: bytes) -> tuple[int, int]:
    at = content.index(kind) - 4
    return at, struct.unpack(">I", content[at : at + 4])[0]


def test_rights_are_written_again_in_the_same_bytes_and_taken_out(tmp_path: Path) -> None:
    path = path_of(tmp_path, "pequeno.mp4")
    write_mp4_rights(path, WORK)
    once = path.read_bytes()
    write_mp4_rights(path, WORK)
    assert path.read_bytes() == once
    write_mp4_rights(path, None)
    assert read_mp4_xmp(path) == b""
    assert b"abacaxi" not in path.read_bytes()


def test_a_last_box_that_has_no_end_gets_one_before_another_follows(tmp_path: Path) -> None:
    path = path_of(tmp_path, "pequeno.mp4")
    content = bytearray(path.read_bytes())
    at, size = place_of(bytes(content), b"mdat")
    assert at + size == len(content)
    content[at : at + 4] = bytes(4)
    path.write_bytes(content)
    write_mp4_rights(path, WORK)
    with path.open("rb") as file:
        kinds = [box.kind for box in boxes(file, 0, path.stat().st_size)]
    assert kinds[-2:] == [b"mdat", b"uuid"]


@pytest.mark.django_db
def test_every_published_copy_carries_its_rights_and_a_change_needs_no_encoding(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    row = files.video()
    before = row.published_names()
    assert all(BY.uri.encode() in stored(name) for name in before)
    row.licence, row.creator = BY_SA, "Eva Sol"
    row.save()
    assert not row.is_current
    with django_capture_on_commit_callbacks(execute=True):
        prepare_now(row)
    assert row.is_current
    for name in row.published_names():
        assert BY_SA.uri.encode() in stored(name)
        assert b"Eva Sol" in stored(name)
        assert BY.uri.encode() not in stored(name)
    assert not any(storages["published"].exists(name) for name in before)


@pytest.mark.django_db
def test_a_changed_public_address_needs_no_encoding_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    row = files.video()
    with override_settings(PUBLIC_URL="https://outra.test"):
        assert refresh_wants() == 1
        row.refresh_from_db()
        prepare_now(row)
    assert row.is_current
    assert b"https://outra.test/videos/" in stored(row.sizes["720"]["file"])


@pytest.mark.django_db
def test_another_poster_needs_no_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    row = files.video()
    film = row.sizes["720"]["sha256"]
    row.poster_file = ContentFile(files.picture_bytes(400, 900, gps=True), name="retrato.jpg")
    row.save()
    prepare_now(row)
    assert row.is_current
    assert (row.sizes["poster"]["width"], row.sizes["poster"]["height"]) == (320, 720)
    assert b"Telefone 12" not in stored(row.sizes["poster"]["file"])
    assert row.sizes["720"]["sha256"] == film


# --- without ffmpeg -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_ffmpeg_the_row_waits_says_what_to_install_and_is_never_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    row = files.video(ready=False)
    for _ in range(8):
        Video.objects.filter(pk=row.pk).update(next_try_at=row.created_at)
        assert Video.work_on(row.pk)
        row.refresh_from_db()
        assert (row.state, row.attempts) == (Preparable.State.WAITING, 0)
        assert "apt-get install ffmpeg" in row.failure
        assert row.next_try_at > row.claimed_at
    assert row.try_again()
    assert row.failure == ""


# --- words and sizes ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_captions_become_sentences_and_words() -> None:
    row = files.video(ready=False)
    assert [(line.start, line.text) for line in row.lines] == [
        (0.0, "O orçamento é de todas as pessoas."),
        (1.4, "Acompanhe o abacaxi."),
    ]
    assert "abacaxi" in row.words
    row.transcript = "Outro texto, corrido."
    assert row.words == "Outro texto, corrido."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 s"),
        (60, "1 min"),
        (84, "1 min 24 s"),
        (599, "9 min 59 s"),
        (2052, "34 min"),
        (3600, "1 h"),
        (4200, "1 h 10 min"),
    ],
)
def test_lengths_are_said_as_people_say_them(seconds: int, words: str) -> None:
    assert length_label(seconds) == words


@pytest.mark.parametrize(
    ("size", "side", "fitted"),
    [
        ((1920, 1080), 720, (1280, 720)),
        ((1920, 1080), 360, (640, 360)),
        ((1080, 1920), 720, (720, 1280)),
        ((640, 360), 720, (640, 360)),
        ((101, 57), 720, (100, 56)),
        ((1, 1), 360, (2, 2)),
    ],
)
def test_a_size_is_even_and_never_larger_than_the_original(
    size: tuple[int, int], side: int, fitted: tuple[int, int]
) -> None:
    assert fit(*size, side) == fitted


@pytest.mark.django_db
def test_a_deleted_video_leaves_no_file(django_capture_on_commit_callbacks: Any) -> None:
    row = files.video(poster_file=ContentFile(files.picture_bytes(), name="abre.jpg"))
    originals = [row.file.name, row.poster_file.name]
    names = row.published_names()
    with django_capture_on_commit_callbacks(execute=True):
        row.delete()
    assert not any(storages["default"].exists(name) for name in originals)
    assert not any(storages["published"].exists(name) for name in names)
