"""What a process reads from the database now and then, and keeps in between."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class KeptAwhile(Generic[T]):
    """What `read` gives, kept for so many seconds; one thread reads it again, and those that come
    meanwhile have what was kept before."""

    def __init__(self, read: Callable[[], T], seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._lock = Lock()
        self._kept: tuple[float, T] | None = None

    def current(self) -> T:
        """What was read last, read again if that is too long ago."""
        kept = self._kept
        if kept is None:
            with self._lock:
                return self._read_once()
        if self._is_old(kept) and self._lock.acquire(blocking=False):
            try:
                return self._read_once()
            finally:
                self._lock.release()
        return kept[1]

    def _read_once(self) -> T:
        """Read again, unless another thread just has."""
        kept = self._kept
        if kept is None or self._is_old(kept):
            kept = self._kept = (time.monotonic(), self._read())
        return kept[1]

    def _is_old(self, kept: tuple[float, T]) -> bool:
        return time.monotonic() - kept[0] > self._seconds

    def forget(self) -> None:
        """Read again before the next answer."""
        self._kept = None
