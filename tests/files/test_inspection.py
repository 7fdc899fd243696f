"""Looking into files: limits, text, duration, and what no file may do to the site."""

import io
import random
import tracemalloc
import zlib
from pathlib import Path

import pikepdf
import pytest

from files import inspection
from files.inspection import (
    UnfitFile,
    check_image,
    check_mp3,
    check_pdf,
    clean_text,
    hash_of,
    read_mp3,
    read_pdf,
)
from files.metadata.id3 import Tags, write_mp3_rights
from files.soundfiles import check_recording
from licensing.attribution import Author, Work
from licensing.values import BY
from tests.factories.files import DEMO, mp3_bytes, pdf_bytes, picture_bytes
from tests.files.samples import (
    GOOD_RECORDINGS,
    Sample,
    noise,
    png_that_says,
    protected_pdf,
    wav_bytes,
)

BOOKLET = (DEMO / "cartilhas" / "cartilha-fiscal-de-contrato.pdf").read_bytes()


def sparse(path: Path, head: bytes, size: int) -> Path:
    """A file that is long and takes no room on disk."""
    path.write_bytes(head)
    with path.open("r+b") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("check", "head", "limit", "sentence"),
    [
        (check_pdf, pdf_bytes(), 100 * 1024 * 1024, "O PDF passa de 100 MB."),
        (check_mp3, mp3_bytes(), 300 * 1024 * 1024, "A gravação passa de 300 MB."),
    ],
    ids=["pdf", "mp3"],
)
def test_too_long_a_file_is_refused_before_it_is_read(
    check: object, head: bytes, limit: int, sentence: str, tmp_path: Path
) -> None:
    path = sparse(tmp_path / "arquivo", head, limit + 1)
    with path.open("rb") as file, pytest.raises(UnfitFile) as refused:
        check(file)  # type: ignore[operator]
    assert refused.value.messages[0].startswith(sentence)


def test_fifty_megapixels_are_the_limit() -> None:
    with pytest.raises(UnfitFile, match="danificada"):  # its header says neither too much nor…
        check_image(io.BytesIO(png_that_says(10_000, 5_000)))
    with pytest.raises(UnfitFile, match="pixels demais"):
        check_image(io.BytesIO(png_that_says(10_000, 5_001)))


@pytest.mark.parametrize(
    ("check", "content"),
    [(check_image, picture_bytes()), (check_pdf, pdf_bytes()), (check_mp3, mp3_bytes())],
    ids=["picture", "pdf", "mp3"],
)
def test_a_judged_file_stays_open_at_its_beginning(check: object, content: bytes) -> None:
    file = io.BytesIO(content)
    file.seek(100)
    check(file)  # type: ignore[operator]
    assert file.read() == content


@pytest.mark.parametrize(
    ("check", "content"),
    [
        (check_image, noise(60, 40, "JPEG")),
        (check_image, noise(60, 40, "PNG")),
        (check_image, noise(60, 40, "WEBP")),
        (check_pdf, pdf_bytes()),
        (check_mp3, mp3_bytes()[:60_000]),
    ],
    ids=["jpeg", "png", "webp", "pdf", "mp3"],
)
def test_no_broken_file_breaks_the_inspection(check: object, content: bytes) -> None:
    """Bytes changed at random: whole enough or refused, never another error."""
    chance = random.Random(11)
    for _ in range(60):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 30)):
            broken[chance.randrange(chance.choice((64, len(broken))))] = chance.randrange(256)
        try:
            check(io.BytesIO(bytes(broken)))  # type: ignore[operator]
        except UnfitFile as refused:
            assert refused.messages[0].endswith(".")


# --- PDF ----------------------------------------------------------------------------------------


def test_text_and_pages_are_read_from_a_pdf() -> None:
    text, pages = read_pdf(BOOKLET)
    with pikepdf.open(io.BytesIO(BOOKLET)) as pdf:
        assert pages == len(pdf.pages) > 1
    assert "contrato" in text.lower()


def test_pdf_that_forbids_copying_is_read_all_the_same() -> None:
    assert read_pdf(protected_pdf(""))[1] == 2


def test_text_of_a_pdf_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MAX_PDF_TEXT", 100)
    assert len(read_pdf(BOOKLET)[0]) == 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("um\r\ndois\rtrês\n", "um\ndois\ntrês\n"),
        ("a\tb", "a\tb"),
        ("nulo\x00 sino\x07 escape\x1b[0m", "nulo sino escape[0m"),
        ("fim\ufffe\uffff\ud800", "fim"),
        ("ação 😀", "ação 😀"),
    ],
)
def test_text_is_cleaned_of_what_xml_refuses(text: str, expected: str) -> None:
    assert clean_text(text) == expected


# --- MP3 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "milliseconds"),
    [("empenho-nao-e-pagamento", 157_022), ("a-agenda-era-o-problema", 148_715)],
)
def test_duration_is_that_of_the_sound(slug: str, milliseconds: int) -> None:
    """As ffprobe says."""
    assert read_mp3(io.BytesIO(mp3_bytes(slug))) == milliseconds


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_recording_without_its_end_is_refused(kept: float) -> None:
    content = mp3_bytes()
    with pytest.raises(UnfitFile, match="incompleta"):
        read_mp3(io.BytesIO(content[: int(len(content) * kept)]))


def test_what_follows_the_sound_does_no_harm() -> None:
    content = mp3_bytes()
    assert read_mp3(io.BytesIO(content + b"TAG" + bytes(125))) == 157_022


# --- digest -------------------------------------------------------------------------------------


def test_hash_is_of_the_whole_file_wherever_it_stands() -> None:
    """SHA-256 of “abc”, FIPS 180-2, appendix B.1."""
    file = io.BytesIO(b"abc")
    file.seek(2)
    assert hash_of(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file.tell() == 0


def _bomb(unpacked: int) -> bytes:
    """An MP3 whose tag has one small frame that unpacks to so many bytes (ID3v2.4 §4.1.2)."""
    packed = zlib.compress(bytes([3]) + bytes(unpacked), 9)
    body = _in_sevens(unpacked + 1) + packed
    frame = b"TXXX" + _in_sevens(len(body)) + bytes([0, 0b1001]) + body
    return b"ID3\x04\x00\x00" + _in_sevens(len(frame)) + frame + mp3_bytes()


def _in_sevens(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def test_a_tag_that_unpacks_to_something_huge_is_never_unpacked() -> None:
    content = _bomb(100 * 1024 * 1024)
    work = Work("Um título", (Author("Ana"),), BY, "http://rede.test/r/1/", 2026)
    tracemalloc.start()
    try:
        assert read_mp3(io.BytesIO(content)) == 157_022
        written = write_mp3_rights(content, work, Tags())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * 1024 * 1024
    assert b"TXXX" not in written


def test_three_gigabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = sparse(tmp_path / "longa.wav", wav_bytes(), 3 * 1024**3)
    with path.open("rb") as file, pytest.raises(UnfitFile, match="passa de 1 GB"):
        check_recording(file)


@pytest.mark.parametrize("sample", GOOD_RECORDINGS, ids=str)
def test_broken_recordings_of_any_kind_break_nothing(sample: Sample) -> None:
    """Bytes changed at random: whole enough or refused, never another error."""
    chance = random.Random(12)
    for _ in range(60):
        broken = bytearray(sample.content[:60_000])
        for _ in range(chance.randint(1, 30)):
            broken[chance.randrange(chance.choice((64, len(broken))))] = chance.randrange(256)
        try:
            check_recording(io.BytesIO(bytes(broken)))
        except UnfitFile as refused:
            assert refused.messages[0].endswith(".")
