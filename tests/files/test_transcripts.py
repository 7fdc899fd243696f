"""Transcripts: WebVTT in, lines and words out."""

import pytest

from files.transcripts import Line, Transcript, UnreadableTranscript
from tests.factories import files

TWO_VOICES = """WEBVTT

NOTE Ninguém lê isto.

1
00:00:00.400 --> 00:00:02.000
<v Ana Lúcia Reis>Bom dia.

2
00:00:02.000 --> 00:00:05.500
<v Ana Lúcia Reis>Comigo está
Helena Prado.

3
00:01:05.500 --> 00:01:09.000 align:start
<v.alta Helena Prado>Obrigada &amp; <i>bom</i> dia.</v>

4
01:01:09.000 --> 01:01:10.000
<v Ana Lúcia Reis>Tchau.
"""


def cue(text: str, times: str = "00:00:01.000 --> 00:00:04.000") -> str:
    return f"WEBVTT\n\n{times}\n{text}\n"


def test_every_cue_is_read_with_its_time_voice_and_words() -> None:
    assert Transcript.parse(TWO_VOICES) == [
        Line(0.4, 2.0, "Ana Lúcia Reis", "Bom dia."),
        Line(2.0, 5.5, "Ana Lúcia Reis", "Comigo está Helena Prado."),
        Line(65.5, 69.0, "Helena Prado", "Obrigada & bom dia."),
        Line(3669.0, 3670.0, "Ana Lúcia Reis", "Tchau."),
    ]


def test_cues_of_one_voice_become_one_line() -> None:
    assert Transcript.lines_of(TWO_VOICES)[0] == Line(
        0.4, 5.5, "Ana Lúcia Reis", "Bom dia. Comigo está Helena Prado."
    )
    assert [line.speaker for line in Transcript.lines_of(TWO_VOICES)] == [
        "Ana Lúcia Reis",
        "Helena Prado",
        "Ana Lúcia Reis",
    ]


def test_a_cue_with_two_voices_gives_each_its_words_and_time() -> None:
    lines = Transcript.parse(cue("<v Ana>Oi</v>\n<v Bia>Olá, Ana, bom dia</v>"))
    assert [(line.speaker, line.text) for line in lines] == [
        ("Ana", "Oi"),
        ("Bia", "Olá, Ana, bom dia"),
    ]
    assert 1.0 == lines[0].start < lines[0].end == lines[1].start < lines[1].end
    assert lines[1].end == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("1 &lt; 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2"),
        ("<b>forte</b> <c.verde>cor</c>", "forte cor"),
        ("<00:00:02.000>aos <00:00:03.000>poucos", "aos poucos"),
        ("duas\nlinhas", "duas linhas"),
        ("com\x00 controle\x07", "com controle"),
        ("&nbsp;espaço&nbsp;", "espaço"),
    ],
)
def test_markup_leaves_and_words_stay(markup: str, words: str) -> None:
    assert [line.text for line in Transcript.parse(cue(markup))] == [words]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n"], ids=["plain", "bom", "blank"])
def test_files_of_every_system_are_read(end: str, before: str) -> None:
    text = before + TWO_VOICES.replace("\n", end)
    assert Transcript.parse(text) == Transcript.parse(TWO_VOICES)


def test_times_without_hours_are_read() -> None:
    assert Transcript.parse(cue("Oi", "01:02.500 --> 01:03.000"))[0].start == 62.5


def test_words_for_search_are_all_that_is_said_and_nothing_else() -> None:
    words = Transcript.words_of(TWO_VOICES)
    assert "Comigo está Helena Prado." in words
    assert "Ninguém" not in words
    assert "-->" not in words


@pytest.mark.parametrize(
    ("seconds", "clock"), [(0.4, "00:00"), (65.5, "01:05"), (3669.0, "1:01:09")]
)
def test_a_line_says_its_time_as_people_do(seconds: float, clock: str) -> None:
    assert Line(seconds, seconds + 1, "", "").clock == clock


BROKEN = {
    "nothing": ("", "WEBVTT"),
    "prose": ("Ana: bom dia.\nHelena: obrigada.", "WEBVTT"),
    "subrip": ("1\n00:00:01,000 --> 00:00:04,000\nOi\n", "WEBVTT"),
    "no cue": ("WEBVTT\n", "nenhuma fala"),
    "empty cue": (cue(""), "nenhuma fala"),
    "commas": (cue("Oi", "00:00:01,000 --> 00:00:04,000"), "linha 3"),
    "not a time": (cue("Oi", "00:00:aa.000 --> 00:00:04.000"), "linha 3"),
    "99 seconds": (cue("Oi", "00:00:99.000 --> 00:01:44.000"), "linha 3"),
    "backwards": (cue("Oi", "00:00:05.000 --> 00:00:04.000"), "linha 3"),
    "no time at all": (cue("Oi", "00:00:05.000 --> 00:00:05.000"), "linha 3"),
    "one bad among good": (TWO_VOICES.replace("01:01:09", "01:1:09"), "linha 19"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str, told: str) -> None:
    with pytest.raises(UnreadableTranscript) as refusal:
        Transcript.parse(text)
    assert told in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("text", [text for text, _ in BROKEN.values()], ids=BROKEN.keys())
def test_what_cannot_be_read_has_no_lines_rather_than_an_error(text: str) -> None:
    assert Transcript.lines_of(text) == []
    assert Transcript.words_of(text) == ""


@pytest.mark.parametrize("slug", ["empenho-nao-e-pagamento", "lista-de-espera-se-publica"])
def test_the_demo_transcripts_are_read_whole(slug: str) -> None:
    text = files.vtt_text(slug)
    lines = Transcript.parse(text)
    assert len(lines) == text.count("-->")
    assert all(line.speaker and line.text for line in lines)
