"""The podcasts of the demo as they lie in fixtures/demo: what is said, written and promised agrees."""

import importlib.util
import io
import json
import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from files.inspection import read_mp3
from files.transcripts import Line, Transcript
from home.demo.kinds import SOURCE
from home.demo.library import THEMES
from home.demo.people import PEOPLE
from home.demo.texts import Text, read
from podcasts.moments import seconds_of
from podcasts.recurrence import between

FOLDER = SOURCE / "podcasts"
TEXTS = [read(path) for path in sorted(FOLDER.glob("*.md"))]
SHOWS = {text.slug: text for text in TEXTS if text.facts["tipo"] == "podcast"}
EPISODES = [text for text in TEXTS if text.facts["tipo"] == "episodio"]
NAMES = {slug: name for slug, name, _ in PEOPLE}

each = pytest.mark.parametrize("episode", EPISODES, ids=lambda text: text.slug)


def said(episode: Text) -> list[Line]:
    return Transcript.parse((FOLDER / f"{episode.slug}.vtt").read_text(encoding="utf-8"))


def script(episode: Text) -> list[Any]:
    """The script, read by the recorder's own reader."""
    found = importlib.util.spec_from_file_location("falas", FOLDER / "fontes" / "falas.py")
    assert found
    assert found.loader
    falas = sys.modules["falas"] = importlib.util.module_from_spec(found)
    found.loader.exec_module(falas)
    lines: list[Any] = falas.read_script(FOLDER / "fontes" / "roteiros" / f"{episode.slug}.txt")
    return lines


def of(show: str) -> list[Text]:
    found = [episode for episode in EPISODES if episode.facts["programa"] == show]
    return sorted(found, key=lambda episode: episode.facts["publicado"])


def moment(text: Text) -> datetime:
    return datetime.combine(text.facts["publicado"], datetime.min.time(), tzinfo=UTC)


def test_the_programme_has_a_year_of_episodes_on_the_days_it_promises() -> None:
    show = SHOWS["expediente-aberto"]
    trailer, *monthly = of(show.slug)
    assert trailer.facts["feitio"] == "trailer"
    assert trailer.facts["publicado"] < monthly[0].facts["publicado"]
    assert [episode.facts["numero"] for episode in monthly] == list(range(1, 13))
    first, last = moment(monthly[0]), moment(monthly[-1])
    promised = between(show.facts["frequencia"], first, first, last + timedelta(days=1))
    assert promised == [moment(episode) for episode in monthly]
    themes = Counter(theme for episode in monthly for theme in episode.facts["temas"])
    assert all(themes[theme] >= 2 for theme, _, _ in THEMES), themes


def test_the_course_is_heard_in_order_to_its_end() -> None:
    show = SHOWS["orcamento-municipal-em-quatro-aulas"]
    assert show.facts["meio"] == "course"
    assert show.facts["encerrado"] is True
    assert [episode.facts["numero"] for episode in of(show.slug)] == [1, 2, 3, 4]


@each
def test_everybody_who_speaks_is_named(episode: Text) -> None:
    people = {NAMES[item["pessoa"]] for item in episode.facts["pessoas"]}
    assert {line.speaker for line in said(episode)} == people


@each
def test_the_transcript_is_what_the_script_says(episode: Text) -> None:
    told = [(line.speaker, line.written) for line in script(episode)]
    assert [(line.speaker, line.text) for line in said(episode)] == told


@each
def test_chapters_begin_where_the_script_marks_them(episode: Text) -> None:
    lines = said(episode)
    marked = [
        (int(line.start) if number else 0, part.mark.title, part.mark.link)
        for number, (line, part) in enumerate(zip(lines, script(episode), strict=True))
        if part.mark
    ]
    chapters = episode.facts["capitulos"]
    told = [(seconds_of(one["comeco"]), one["titulo"], one.get("link", "")) for one in chapters]
    assert told == marked
    assert len(told) >= 4


@each
def test_the_recording_is_short_and_as_long_as_its_transcript(episode: Text) -> None:
    content = (FOLDER / episode.facts["audio"]).read_bytes()
    seconds = read_mp3(io.BytesIO(content)) / 1000
    assert 0 < seconds - said(episode)[-1].end < 1
    shortest = 60 if episode.facts.get("feitio") == "trailer" else 120
    assert shortest < seconds < 240
    assert len(content) < 1_000_000


@each
def test_the_notes_help_by_themselves(episode: Text) -> None:
    """Long enough, with materials of the library, and honest about the voices."""
    notes, _, sources = episode.source.partition("## Fontes")
    assert len(notes.split()) >= 300
    linked = re.findall(r"\(acervo:([\w-]+)\)", notes)
    assert linked
    assert not [slug for slug in linked if not (SOURCE / "acervo" / f"{slug}.md").exists()]
    assert "vozes são sintetizadas por computador e as pessoas são fictícias" in notes
    is_trailer = episode.facts.get("feitio") == "trailer"
    assert is_trailer or re.search(r"(?:Lei|Constituição|Decreto|Código)", sources)


@each
def test_moments_in_the_notes_are_beginnings_of_chapters(episode: Text) -> None:
    begun = {one["comeco"] for one in episode.facts["capitulos"]}
    assert set(re.findall(r"\((\d+:\d\d)\)", episode.source)) <= begun


def test_every_recording_comes_with_its_waveform() -> None:
    waves = json.loads((SOURCE / "ondas.json").read_text(encoding="utf-8"))
    recordings = [*SOURCE.glob("podcasts/*.mp3"), *SOURCE.glob("entrevistas/*.mp3")]
    assert set(waves) == {path.name for path in recordings}
    for peaks in waves.values():
        assert 100 <= len(peaks) <= 120
        assert max(peaks) == 100
        assert min(peaks) >= 0
        assert min(peaks) < 60, "a wall shows nothing"
