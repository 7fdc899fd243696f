"""Moments, rules of recurrence and transcripts, without a database."""

import json
from datetime import UTC, datetime

import pytest
import webvtt
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from files.transcripts import Transcript
from podcasts import recurrence, transcripts
from podcasts.moments import UnreadableMoment, clock_of, link_moments, seconds_of

VTT = """WEBVTT

00:00.400 --> 00:07.719
<v Ana Lúcia>Bom dia & boa tarde.

01:02:05.500 --> 01:02:09.000
<v Bia>Tchau.
"""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0:05", 5), ("12:30", 750), ("1:02:05", 3725), ("99:59", 5999), (" 00:00 ", 0)],
)
def test_a_moment_is_read(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "12", "1:5", "12:60", "1:60:00", "a:bc", "-1:00"])
def test_what_is_no_moment_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableMoment, match=r"Escreva minutos e segundos"):
        seconds_of(text)


def test_a_moment_is_written_as_it_is_read() -> None:
    assert [clock_of(seconds) for seconds in (5, 750, 3725)] == ["00:05", "12:30", "1:02:05"]


def test_moments_in_notes_lead_to_the_sound() -> None:
    html = link_moments("<p>Em 1:05 e (00:30), a lei.</p>", "/a.mp3", 100)
    links = BeautifulSoup(html, "html5lib").find_all("a")
    assert [(a.text, a["href"], a["data-at"]) for a in links] == [
        ("1:05", "/a.mp3#t=65", "65"),
        ("00:30", "/a.mp3#t=30", "30"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Depois do fim: 5:00.</p>",
        '<p><a href="/x">0:30</a></p>',
        '<p title="0:30">Nada.</p>',
        "<p>A norma 14:12:30-1 e o horário 7:00-9:00.</p>",
        "<p>Em 2026-11-25 10:300.</p>",
    ],
)
def test_what_is_no_moment_of_this_recording_stays(html: str) -> None:
    assert link_moments(html, "/a.mp3", 100) == html


# --- recurrence --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYDAY=1TU", "todo mês, na primeira terça-feira"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "toda semana, na segunda-feira e na quinta-feira"),
        ("FREQ=MONTHLY;BYDAY=-1SA", "todo mês, no último sábado"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5", "a cada 2 meses, no dia 5"),
        ("FREQ=YEARLY", "todo ano"),
        ("nada", ""),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert recurrence.in_words(rule) == words


@pytest.mark.parametrize(
    "rule",
    ["nada", "FREQ=SECONDLY", "FREQ=MONTHLY;BYDAY=9XX", "FREQ=DAILY;FREQ=DAILY", "BYDAY=MO"],
)
def test_what_is_no_rule_is_refused_with_an_example(rule: str) -> None:
    with pytest.raises(ValidationError, match="FREQ=MONTHLY;BYDAY=1TU"):
        recurrence.check_rule(rule)


def test_a_rule_that_ends_is_refused() -> None:
    with pytest.raises(ValidationError, match="programa encerrado"):
        recurrence.check_rule("FREQ=DAILY;COUNT=3")


def test_the_next_date_of_a_rule() -> None:
    found = recurrence.next_after("FREQ=MONTHLY;BYDAY=1TU", datetime(2026, 11, 5, tzinfo=UTC))
    assert found == datetime(2026, 12, 1, tzinfo=UTC)


# --- four forms of one transcript --------------------------------------------------------------


def written(form: str, text: str = VTT) -> str:
    return transcripts.render(text, form, title="Um <título>", language="pt-BR").decode()


def test_srt_has_every_cue_the_last_included() -> None:
    cues = webvtt.from_string(transcripts.to_vtt(written("srt"))).captions
    assert len(cues) == 2
    assert written("srt").endswith("01:02:05,500 --> 01:02:09,000\nBia: Tchau.\n\n")


def test_json_has_every_cue_with_its_times() -> None:
    whole = json.loads(written("json"))
    assert whole["version"] == "1.0.0"
    assert whole["segments"][1] == {
        "speaker": "Bia",
        "startTime": 3725.5,
        "endTime": 3729.0,
        "body": "Tchau.",
    }


def test_html_has_voices_times_and_words_and_no_markup_of_others() -> None:
    soup = BeautifulSoup(written("html"), "html5lib")
    assert [one.text for one in soup.find_all("cite")] == ["Ana Lúcia:", "Bia:"]
    assert [one.text for one in soup.find_all("time")] == ["00:00", "1:02:05"]
    assert [one.text for one in soup.find_all("p")] == ["Bom dia & boa tarde.", "Tchau."]
    assert soup.title.text == "Transcrição: Um <título>"
    assert soup.html["lang"] == "pt-BR"


@pytest.mark.parametrize("form", ["srt", "json"])
def test_a_transcript_comes_back_from_each_form_as_it_was(form: str) -> None:
    assert Transcript.parse(transcripts.to_vtt(written(form))) == Transcript.parse(VTT)


@pytest.mark.parametrize("text", [VTT, "Ana: bom dia.", "", "{quase json", '{"segments": 3}'])
def test_what_is_not_in_another_form_stays_as_it_is(text: str) -> None:
    assert transcripts.to_vtt(text) == text


def test_srt_with_windows_line_ends_is_read() -> None:
    srt = "\ufeff1\r\n00:00:01,5 --> 00:00:02,000\r\nAna: Oi.\r\nTudo bem?\r\n"
    [line] = Transcript.parse(transcripts.to_vtt(srt))
    assert (line.start, line.speaker, line.text) == (1.5, "Ana", "Oi. Tudo bem?")
