"""From lines to figures: the clock's part.

A listener counts once for each episode and day, as soon as the bytes asked for make a minute of
sound beyond the tags at the head of the file (IAB Podcast Measurement 2.2). Reading a file twice
changes nothing: whoever was counted is known until the day has been thrown away.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F

from podcasts.hearing import notebook
from podcasts.models import DayCount, EpisodeAudio, EpisodePage, Hearing

_MINUTE = 60
_AT_ONCE = 500  # listeners in one transaction
_KEPT = timedelta(hours=1)  # after midnight, while files of the day before may be unread
Range = tuple[int, int]


def count_downloads() -> int:
    """Count what has been written down; returns how many downloads are new."""
    today = datetime.now(UTC).date()
    last_open = (datetime.now(UTC) - _KEPT).date()
    new = 0
    for path in notebook.closed_files():
        new += _count_file(path, last_open)
        path.unlink(missing_ok=True)
    if last_open == today:
        Hearing.objects.filter(day__lt=today).delete()
        notebook.forget_secrets(today)
    return new


@dataclass(frozen=True)
class _Sound:
    """An episode: where its sound begins in the file, and how many bytes of it make a minute, or
    the whole of something shorter."""

    page: int
    head: int
    needed: int

    def is_heard_in(self, ranges: Iterable[Range]) -> bool:
        heard = sum(max(0, last + 1 - max(first, self.head)) for first, last in ranges)
        return heard >= self.needed


Key = tuple[date, UUID, str]  # day, episode, listener


def _count_file(path: Path, oldest: date) -> int:
    asked: dict[Key, list[Range]] = defaultdict(list)
    for line in notebook.lines_of(path):
        if line.day >= oldest:  # of a day that is closed nobody knows who was counted
            asked[line.day, line.episode, line.listener].append((line.first, line.last))
    sounds = _sounds_of({episode for _, episode, _ in asked})
    known = sorted((key, ranges) for key, ranges in asked.items() if key[1] in sounds)
    new = 0
    for start in range(0, len(known), _AT_ONCE):
        with transaction.atomic():
            for key, ranges in known[start : start + _AT_ONCE]:
                new += _hear(key, ranges, sounds[key[1]])
    return new


def _hear(key: Key, ranges: list[Range], sound: _Sound) -> int:
    """Take note of what one listener asked for; 1 if that makes a download."""
    day, episode, listener = key
    row, _ = Hearing.objects.select_for_update().get_or_create(
        day=day, episode=episode, listener=listener
    )
    if row.is_counted:
        return 0
    row.ranges = union([*map(tuple, row.ranges), *ranges])
    row.is_counted = sound.is_heard_in(row.ranges)
    row.save()
    if row.is_counted:
        count, _ = DayCount.objects.get_or_create(page_id=sound.page, day=day)
        DayCount.objects.filter(pk=count.pk).update(downloads=F("downloads") + 1)
    return int(row.is_counted)


def union(ranges: Iterable[Range]) -> list[Range]:
    """Ranges of bytes in order, those that touch joined."""
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _sounds_of(episodes: set[UUID]) -> dict[UUID, _Sound]:
    found = EpisodePage.objects.filter(
        uuid__in=episodes, alias_of__isnull=True, audio__isnull=False
    ).select_related("audio")
    return {page.uuid: _sound_of(page.pk, page.audio) for page in found if page.audio}


def _sound_of(page: int, audio: EpisodeAudio) -> _Sound:
    head = min(_head_of(audio), max(0, audio.copy_bytes - 1))
    share = min(1.0, _MINUTE * 1000 / max(1, audio.milliseconds))
    return _Sound(page, head, max(1, int((audio.copy_bytes - head) * share)))


def _head_of(audio: EpisodeAudio) -> int:
    """The length of the ID3v2 tag (ID3v2.4 §3.1), with its header."""
    try:
        with storages["published"].open(audio.copy) as file:
            start = file.read(10)
    except OSError:
        return 0
    if len(start) < 10 or start[:3] != b"ID3":
        return 0
    a, b, c, d = start[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)
