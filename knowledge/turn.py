"""One publication after another.

Publishing writes rows that other pages share: entries, the length of trails, open files. Two
transactions that publish several pages would wait for each other's rows in opposite order.
"""

from django.db import connection

TURN = 7_304_001  # any number that no other lock of this database has


def take_turn() -> None:
    """Wait until nobody else is publishing; others wait until this transaction ends.

    Taken before the first row is written. In SQLite a transaction that writes is alone anyway;
    outside of a transaction nothing is kept waiting.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
