"""A fuse: after some failures in a row nobody asks for a while, then one asks to see."""

import time
from collections.abc import Callable
from threading import Lock

FAILURES = 3
SECONDS = 10.0


class Breaker:
    """Of one process. `now` is a clock that only goes forward."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, Lock()
        self._failures, self._closed_at = 0, 0.0

    def allows(self) -> bool:
        """Whether to ask. After the pause one may ask; the others wait for what it says."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._now() < self._closed_at:
                return False
            self._closed_at = self._now() + SECONDS
            return True

    def went_well(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._closed_at = self._now() + SECONDS
