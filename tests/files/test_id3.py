"""The MP3 that listeners get: our tags, no others, and the same sound."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mutagen.apev2 import APEv2
from mutagen.id3 import GEOB, ID3, PRIV, TIT2
from mutagen.mp3 import MP3

from files.metadata.id3 import Tags, write_mp3_rights
from licensing.attribution import Author, Work, attribution_text
from licensing.values import BY_NC, PDM, Licence
from tests.factories import files

WORK = Work(
    'Empenho "não" é pagamento',
    (Author("Ana Lúcia Reis"), Author("Silva, João")),
    BY_NC,
    "https://rede.test/r/7/",
    2026,
)
TAGS = Tags(album="Conta aberta", track=3, summary="O que muda de um para o outro.")
SOUND = files.mp3_bytes()


def tagged_before() -> bytes:
    """The same sound, with every kind of tag that programs leave around it."""
    buffer = io.BytesIO(SOUND)
    ape = APEv2()
    ape["Title"] = "Nome antigo"
    ape.save(buffer)
    tags = ID3()
    tags.add(TIT2(encoding=3, text="Nome antigo"))
    tags.add(GEOB(encoding=3, mime="text/plain", filename="a", desc="b", data=b"Nome antigo"))
    tags.add(PRIV(owner="Nome antigo", data=b"x"))
    buffer.seek(0)
    tags.save(buffer, v1=2)
    another = io.BytesIO()
    tags.save(another, v1=0)
    return another.getvalue() + buffer.getvalue() + b"TAG" + b"Nome antigo".ljust(125, b"\0")


def frames(content: bytes) -> dict[str, list[str]]:
    tags = MP3(fileobj=io.BytesIO(content)).tags
    return {
        key: [frame.url] if hasattr(frame, "url") else _texts_of(frame)
        for key, frame in tags.items()
    }


def _texts_of(frame: Any) -> list[str]:
    """USER holds one text, the others a list."""
    return [frame.text] if isinstance(frame.text, str) else [str(text) for text in frame.text]


def test_tags_say_title_show_people_and_licence() -> None:
    assert frames(write_mp3_rights(SOUND, WORK, TAGS)) == {
        "TIT2": ['Empenho "não" é pagamento'],
        "TALB": ["Conta aberta"],
        "TLAN": ["por"],
        "TPE1": ["Ana Lúcia Reis", "Silva, João"],
        "TDRC": ["2026"],
        "TRCK": ["3"],
        "COMM::por": ["O que muda de um para o outro."],
        "TCOP": [
            "2026 Ana Lúcia Reis e Silva, João. Licensed to the public under "
            "https://creativecommons.org/licenses/by-nc/4.0/"
        ],
        "USER:por": [attribution_text(WORK)],
        "WCOP": ["https://creativecommons.org/licenses/by-nc/4.0/"],
        "WOAF": ["https://rede.test/r/7/"],
    }


@pytest.mark.parametrize(
    ("licence", "year", "authors", "sentence"),
    [
        (BY_NC, None, (Author("Ana"),), f"Ana. Licensed to the public under {BY_NC.uri}"),
        (BY_NC, 2026, (), f"2026. Licensed to the public under {BY_NC.uri}"),
        (BY_NC, None, (), f"Licensed to the public under {BY_NC.uri}"),
        (PDM, 2026, (Author("Ana"),), f"2026 Ana. Marked with {PDM.uri}"),
    ],
)
def test_the_copyright_sentence_leaves_out_what_is_not_known(
    licence: Licence, year: int | None, authors: tuple[Author, ...], sentence: str
) -> None:
    work = Work("X", authors, licence, "https://rede.test/", year)
    assert frames(write_mp3_rights(SOUND, work, Tags(album="Y")))["TCOP"] == [sentence]


def test_empty_facts_leave_no_frame() -> None:
    work = Work("X", (), BY_NC, "https://rede.test/")
    names = {key.split(":")[0] for key in frames(write_mp3_rights(SOUND, work, Tags(album="Y")))}
    assert names == {"TIT2", "TALB", "TLAN", "TCOP", "USER", "WCOP", "WOAF"}


def test_the_sound_is_not_touched() -> None:
    written = write_mp3_rights(SOUND, WORK, TAGS)
    assert written.endswith(SOUND)
    info = MP3(fileobj=io.BytesIO(written)).info
    assert written[info.frame_offset :] == SOUND


def test_earlier_tags_are_gone() -> None:
    before = tagged_before()
    assert before.count(b"Nome antigo") > 4
    assert write_mp3_rights(before, WORK, TAGS) == write_mp3_rights(SOUND, WORK, TAGS)


def test_the_same_recording_and_rights_give_the_same_bytes() -> None:
    once = write_mp3_rights(SOUND, WORK, TAGS)
    assert write_mp3_rights(SOUND, WORK, TAGS) == once
    assert write_mp3_rights(once, WORK, TAGS) == once


@pytest.mark.parametrize(("form", "mime"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_cover_goes_in_as_a_picture(form: str, mime: str) -> None:
    content = files.picture_bytes(40, 40, form)
    written = write_mp3_rights(SOUND, WORK, Tags(album="Y", cover=content))
    (picture,) = MP3(fileobj=io.BytesIO(written)).tags.getall("APIC")
    assert (picture.mime, picture.type, picture.data) == (mime, 3, content)


@pytest.mark.real_parts
def test_other_programs_read_the_tags_and_the_duration(tmp_path: Path) -> None:
    path = tmp_path / "episodio.mp3"
    path.write_bytes(write_mp3_rights(tagged_before(), WORK, TAGS))
    command = ["exiftool", "-json", "-ID3:all", str(path)]
    tags = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[0]
    assert tags["Title"] == 'Empenho "não" é pagamento'
    assert tags["Album"] == "Conta aberta"
    assert tags["CopyrightURL"] == BY_NC.uri
    assert tags["FileURL"] == "https://rede.test/r/7/"
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_error", str(path)]
    probed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert "error" not in probed
    assert abs(float(probed["format"]["duration"]) - 157.022) < 0.001
    assert probed["format"]["tags"]["title"] == 'Empenho "não" é pagamento'
