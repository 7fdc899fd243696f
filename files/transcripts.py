"""Transcripts: one WebVTT text, read as lines or as words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from files.inspection import clean_text

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_ARROW = "-->"
_CLOCK = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMES = re.compile(rf"\s*({_CLOCK})[ \t]+{_ARROW}[ \t]+({_CLOCK})(?:[ \t].*)?")


class UnreadableTranscript(ValueError):
    """A transcript that is not WebVTT, and what to do about it."""


@dataclass(frozen=True)
class Line:
    """What one voice says at one time; times in seconds."""

    start: float
    end: float
    speaker: str
    text: str

    @property
    def clock(self) -> str:
        """“02:05”, or “1:02:05”."""
        minutes, seconds = divmod(int(self.start), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"

    @property
    def anchor(self) -> str:
        """Where the line is in its page: its start in milliseconds."""
        return f"t{round(self.start * 1000)}"


def _seconds(timestamp: str) -> float:
    """“00:01:02.500” or “01:02.500” in seconds."""
    *hours, minutes, seconds = timestamp.split(":")
    return int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


def _check_times(text: str, named: str) -> None:
    """What a reader of WebVTT does not understand it skips, words and all: so it is refused."""
    for number, line in enumerate(text.split("\n"), 1):
        if _ARROW not in line:
            continue
        match = _TIMES.fullmatch(line)
        if match is None or _seconds(match[1]) >= _seconds(match[2]):
            raise UnreadableTranscript(
                f"A linha {number} d{named} não diz de quando a quando é a fala: "
                f"“{line.strip()[:60]}”. Escreva como 00:00:01.000 --> 00:00:04.000."
            )


def _lines_in(caption: webvtt.Caption) -> Iterator[Line]:
    """One line for each voice of a cue, its time divided by how much each says."""
    start, end = _seconds(caption.start), _seconds(caption.end)
    nobody, *named = _VOICE.split(caption.raw_text)
    said = [("", _words(nobody)), *zip(named[::2], map(_words, named[1::2]), strict=True)]
    said = [(speaker.strip(), words) for speaker, words in said if words]
    pace = (end - start) / max(1, sum(len(words) for _, words in said))
    for speaker, words in said:
        stop = start + pace * len(words)
        yield Line(start, stop, unescape(speaker), words)
        start = stop


def _goes_on(line: Line) -> bool:
    """Whether what is said after `line` still belongs to it."""
    return not line.text.endswith((".", "!", "?", "…")) and line.end - line.start < 20


def _words(markup: str) -> str:
    """The words of a cue, or of a part of one, without its tags."""
    return " ".join(unescape(_TAG.sub("", markup)).split())


class Transcript:
    """Reading WebVTT (W3C), with its voices."""

    @staticmethod
    def parse(text: str, named: str = "a transcrição") -> list[Line]:
        """The cues in order, one for each voice. Raises UnreadableTranscript, with a sentence in
        which the text is `named`."""
        subject = named[0].upper() + named[1:]
        text = clean_text(text).strip().lstrip("\ufeff") + "\n"
        try:
            captions = webvtt.WebVTT.from_string(text).captions
        except (MalformedFileError, MalformedCaptionError, ValueError, IndexError) as error:
            raise UnreadableTranscript(
                f"{subject} não está em WebVTT. Comece com a palavra WEBVTT, e ponha cada fala "
                "depois de uma linha como 00:00:01.000 --> 00:00:04.000."
            ) from error
        _check_times(text, named)
        lines = [line for caption in captions for line in _lines_in(caption)]
        if not lines:
            raise UnreadableTranscript(f"{subject} não tem nenhuma fala. Cole o arquivo inteiro.")
        return lines

    @staticmethod
    def lines_of(text: str) -> list[Line]:
        """What each voice says in one go: cues of the same voice joined. Empty if unreadable."""
        try:
            cues = Transcript.parse(text)
        except UnreadableTranscript:
            return []
        lines: list[Line] = []
        for cue in cues:
            if lines and lines[-1].speaker == cue.speaker:
                last = lines.pop()
                cue = Line(last.start, cue.end, cue.speaker, f"{last.text} {cue.text}")
            elif lines and lines[-1].start == cue.start:
                cue = replace(cue, start=cue.start + 0.001)  # an anchor of its own
            lines.append(cue)
        return lines

    @staticmethod
    def sentences_of(text: str) -> list[Line]:
        """Captions as they read on paper: cues joined until a sentence ends, another voice speaks
        or twenty seconds have passed. Empty if unreadable."""
        try:
            cues = Transcript.parse(text)
        except UnreadableTranscript:
            return []
        lines: list[Line] = []
        for cue in cues:
            last = lines[-1] if lines else None
            if last and last.speaker == cue.speaker and _goes_on(last):
                lines[-1] = Line(last.start, cue.end, last.speaker, f"{last.text} {cue.text}")
            elif last and cue.start <= last.start:
                lines.append(replace(cue, start=last.start + 0.001))  # an anchor of its own
            else:
                lines.append(cue)
        return lines

    @staticmethod
    def words_of(text: str) -> str:
        """Everything that is said, for search."""
        return "\n".join(line.text for line in Transcript.lines_of(text))
