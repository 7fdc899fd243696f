"""What a process reads from the database now and then, and keeps in between."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class KeptAwhile(Generic[T]):
    """What `read` gives, kept for so many seconds; one thread at a time reads it again."""

    def __init__(self, read: Callable[[], T], seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._lock = Lock()
        self._kept: tuple[float, T] | None = None

    def current(self) -> T:
        """What was read last, read again if that is too long ago."""
        kept = self._kept
        if kept is None or time.monotonic() - kept[0] > self._seconds:
            with self._lock:
                kept = self._kept = (time.monotonic(), self._read())
        return kept[1]

    def forget(self) -> None:
        """Read again before the next answer."""
        self._kept = None
