"""One publication after another.

Publishing writes rows that other pages share: entries, the length of trails, open files. Two
transactions that publish several pages would wait for each other's rows in opposite order.
"""

from collections.abc import Iterable

from django.db import connection
from wagtail.models import Page

TURN = 7_304_001  # any number that no other lock of this database has


def take_turn() -> None:
    """Wait until nobody else is publishing; others wait until this transaction ends.

    Taken before the first row is written. In SQLite a transaction that writes is alone anyway;
    outside of a transaction nothing is kept waiting.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def take_turn_below_parents(pages: Iterable[Page]) -> None:
    """Before pages of several parents are moved or deleted: the rows of the parents, always in the
    same order, then the turn. Whoever adds a page locks its parent before taking the turn."""
    paths = {page._get_basepath(page.path, page.depth - 1) for page in pages}
    parents = Page.objects.select_for_update().filter(path__in=paths).order_by("pk")
    list(parents.values_list("pk", flat=True))
    take_turn()
