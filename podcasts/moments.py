"""Moments of a recording as people write them: “12:30”, “1:02:05”."""

import re

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
# In running text: not in the middle of a number, a word, an address or a date.
_WRITTEN = re.compile(r"(?<![\w:./,-])(?:\d{1,2}:[0-5]\d|[0-5]?\d):[0-5]\d(?![\w:]|[./,-]\d)")
_MARKUP = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL | re.IGNORECASE)


class UnreadableMoment(ValueError):
    """What was written is no moment of a recording."""


def seconds_of(text: str) -> int:
    """“12:30” in seconds. Raises UnreadableMoment."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None or (match[1] and int(match[2]) > 59):
        raise UnreadableMoment(
            f"“{text.strip()[:20]}” não é um momento da gravação. Escreva minutos e segundos, "
            "como 12:30, ou horas também, como 1:02:05."
        )
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


def clock_of(seconds: float) -> str:
    """“12:30”, or “1:02:05” from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def link_moments(html: str, audio: str, last: int) -> str:
    """HTML in which each moment up to `last` seconds leads there in the file at address `audio`
    (Media Fragments URI 1.0 §4.2.1). What is a link already stays as it is."""

    def link(match: re.Match[str]) -> str:
        at = seconds_of(match[0])
        if at > last:
            return match[0]
        return f'<a href="{audio}#t={at}" data-at="{at}">{match[0]}</a>'

    parts = _MARKUP.split(html)
    return "".join(
        part if index % 2 else _WRITTEN.sub(link, part) for index, part in enumerate(parts)
    )
