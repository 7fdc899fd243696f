"""What a process remembers of the questions that were asked last."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

_MOST = 5000


class Recent(Generic[T]):
    """A value for each of the last questions for which it was not the usual one. Nothing of what was
    typed is kept, but a number made of it."""

    def __init__(self) -> None:
        self._values: OrderedDict[int, T] = OrderedDict()
        self._lock = Lock()

    def forget(self) -> None:
        """Keep nothing of what was asked."""
        with self._lock:
            self._values.clear()

    def get(self, question: Hashable, usual: T) -> T:
        """What was last kept for the question; `usual` if nothing was."""
        with self._lock:
            return self._values.get(hash(question), usual)

    def keep(self, question: Hashable, value: T, usual: T) -> None:
        """Remember the value, if it is not the usual one."""
        key = hash(question)
        with self._lock:
            self._values.pop(key, None)
            if value != usual:
                self._values[key] = value
                if len(self._values) > _MOST:
                    self._values.popitem(last=False)
