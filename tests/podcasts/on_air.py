"""The site on a port of its own, for programs that know nothing of Django."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connection, connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The requests are counted, not printed."""


@dataclass
class OnAir:
    """Where the site is, and what has been asked of it: (method, path, status)."""

    url: str
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    def statuses(self, path: str) -> list[int]:
        """The answers that a path has had, in order."""
        return [status for _, asked, status in self.asked if asked == path]


@contextmanager
def site_on_air() -> Iterator[OnAir]:
    """Serve the site from a thread that shares the connection, and so the transaction, of the test.

    The test must not touch the database while somebody is asking.
    """
    site = OnAir("")
    application = get_wsgi_application()

    def counting(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        def start(status: str, headers: Any, error: Any = None) -> Any:
            asked = (environ["REQUEST_METHOD"], environ["PATH_INFO"], int(status[:3]))
            site.asked.append(asked)
            return start_response(status, headers, error)

        return application(environ, start)

    mine = connection._connections[connection._alias]
    server = make_server("127.0.0.1", 0, counting, handler_class=_Quiet)
    site.url = f"http://127.0.0.1:{server.server_port}"

    def serve() -> None:
        connections["default"] = mine
        server.serve_forever(poll_interval=0.05)

    # After each request Django closes a connection that is inside a transaction.
    mine.close_if_unusable_or_obsolete = lambda: None
    mine.inc_thread_sharing()
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        mine.dec_thread_sharing()
        del mine.close_if_unusable_or_obsolete
