"""Several people at work in the same instant, each on a connection of their own."""

import threading
from collections.abc import Callable

from django.db import connection


def together(*jobs: Callable[[], None]) -> None:
    """Do all jobs at once, each on a connection of its own; raises what any of them raised."""
    barrier = threading.Barrier(len(jobs))
    failures: list[BaseException] = []

    def do(job: Callable[[], None]) -> None:
        try:
            barrier.wait()
            job()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
