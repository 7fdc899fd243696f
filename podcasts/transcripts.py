"""One transcript, in the four forms that apps ask for, and from the forms in which it comes.

Source: Podcasting 2.0, “Transcripts”; WebVTT (W3C); SubRip.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape, linebreaks

from files.transcripts import Line, Transcript
from podcasts.moments import clock_of

# Form → type; WebVTT first, as apps take the first that they understand.
TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "html": "text/html",
}
# The same for a transcript that says no times.
PLAIN = {"txt": "text/plain", "html": "text/html"}
NAMES = {"vtt": "WebVTT", "srt": "SRT", "json": "JSON", "html": "HTML", "txt": "texto"}
_SRT_TIMES = re.compile(
    r"^\s*(\d{1,2}):(\d\d):(\d\d)[,.](\d{1,3})\s*-->\s*(\d{1,2}):(\d\d):(\d\d)[,.](\d{1,3})"
)
_SPEAKER = re.compile(r"^([^:<>\n]{2,60}): (.+)$", re.DOTALL)


def is_timed(text: str) -> bool:
    """Whether a text says when each thing is said, or at least means to."""
    return text.lstrip().startswith(("WEBVTT", "{")) or "-->" in text


def forms_of(text: str) -> dict[str, str]:
    """The forms in which a transcript can be had, each with its type; none without one."""
    if not text.strip():
        return {}
    return TYPES if is_timed(text) else PLAIN


def render(text: str, form: str, *, title: str, language: str) -> bytes:
    """A transcript in one of its forms. Raises UnreadableTranscript."""
    if not is_timed(text):
        plain = text.strip()
        return (
            plain if form == "txt" else _as_page(linebreaks(plain, True), title, language)
        ).encode() + b"\n"
    if form == "vtt":
        return text.strip().encode() + b"\n"
    lines = Transcript.parse(text)
    if form == "srt":
        return _as_srt(lines).encode()
    if form == "json":
        return _as_json(lines).encode()
    return _as_html(Transcript.lines_of(text), title, language).encode()


def _stamp(seconds: float, mark: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}{mark}{milliseconds:03}"


def _as_srt(lines: Iterable[Line]) -> str:
    cues = []
    for number, line in enumerate(lines, 1):
        speaker = f"{line.speaker}: " if line.speaker else ""
        times = f"{_stamp(line.start, ',')} --> {_stamp(line.end, ',')}"
        cues.append(f"{number}\n{times}\n{speaker}{line.text}\n")
    return "\n".join(cues) + "\n"


def _as_json(lines: Iterable[Line]) -> str:
    segments = []
    for line in lines:
        segment: dict[str, Any] = {"speaker": line.speaker} if line.speaker else {}
        segment |= {
            "startTime": round(line.start, 3),
            "endTime": round(line.end, 3),
            "body": line.text,
        }
        segments.append(segment)
    whole = {"version": "1.0.0", "segments": segments}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _as_html(lines: Iterable[Line], title: str, language: str) -> str:
    said = "".join(
        (f"<cite>{escape(line.speaker)}:</cite>\n" if line.speaker else "")
        + f"<time>{clock_of(line.start)}</time>\n<p>{escape(line.text)}</p>\n"
        for line in lines
    )
    return _as_page(said, title, language)


def _as_page(said: str, title: str, language: str) -> str:
    head = f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
    named = f"Transcrição: {escape(title)}"
    head += '<meta name="viewport" content="width=device-width">'
    return (
        f"{head}<title>{named}</title></head>\n<body>\n<h1>{named}</h1>\n{said}</body>\n</html>\n"
    )


# --- as it comes -------------------------------------------------------------------------------


def to_vtt(text: str) -> str:
    """WebVTT from SubRip or from JSON of Podcasting 2.0; anything else as it is."""
    stripped = text.strip().lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if stripped.startswith("{"):
        return _from_json(stripped) or text
    first = next((line for line in stripped.split("\n")[:3] if "-->" in line), "")
    if not stripped.startswith("WEBVTT") and _SRT_TIMES.match(first):
        return _from_srt(stripped)
    return text


def _cue(start: float, end: float, speaker: str, body: str) -> str:
    words = body.replace("-->", "→").strip()
    voice = f"<v {escape(speaker.strip())}>" if speaker.strip() else ""
    return f"{_stamp(start, '.')} --> {_stamp(end, '.')}\n{voice}{words}\n"


def _from_srt(text: str) -> str:
    cues = []
    for block in re.split(r"\n\s*\n", text):
        rows = block.strip().split("\n")
        at = next((index for index, row in enumerate(rows[:2]) if "-->" in row), None)
        match = _SRT_TIMES.match(rows[at]) if at is not None else None
        if match is None:
            continue
        numbers = [int(match[index]) for index in (1, 2, 3, 5, 6, 7)]
        start = numbers[0] * 3600 + numbers[1] * 60 + numbers[2] + _thousandths(match[4])
        end = numbers[3] * 3600 + numbers[4] * 60 + numbers[5] + _thousandths(match[8])
        said = "\n".join(rows[(at or 0) + 1 :]).strip()
        spoken = _SPEAKER.match(said)
        if said:
            cues.append(_cue(start, end, *(spoken.groups() if spoken else ("", said))))
    return "WEBVTT\n\n" + "\n".join(cues)


def _thousandths(digits: str) -> float:
    return int(digits.ljust(3, "0")) / 1000


def _from_json(text: str) -> str:
    try:
        segments = json.loads(text)["segments"]
        cues = [
            _cue(
                float(segment["startTime"]),
                float(segment["endTime"]),
                str(segment.get("speaker") or ""),
                escape(str(segment["body"])),
            )
            for segment in segments
            if str(segment["body"]).strip()
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    return "WEBVTT\n\n" + "\n".join(cues)
