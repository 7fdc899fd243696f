"""Rows that many tests look at: made once, each test works on top of them in its own savepoint."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db import transaction

T = TypeVar("T")


def shared_rows(blocker: Any, make: Callable[[], T]) -> Iterator[T]:
    """For a fixture of a scope wider than one test: `yield from shared_rows(django_db_blocker, f)`.

    What `make` writes is rolled back when the scope ends. It should hand out primary keys, not
    objects, so that no test sees what another did to an object.
    """
    with blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            made = make()
        except BaseException as error:
            block.__exit__(type(error), error, error.__traceback__)
            raise
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
