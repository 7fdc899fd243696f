"""Asking a site in process: its WSGI application, as the server calls it, and the CPU it takes."""

import io
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What came back, the body read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: Any, path: str, **headers: str) -> Answer:
    """GET `path`: the handler with every middleware, the body, and what Django does when an answer
    is closed. `headers` are named as WSGI names them (HTTP_IF_NONE_MATCH)."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_USER_AGENT": "bench",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        **headers,
    }
    said: list[Any] = []
    chunks = application(environ, lambda status, named, *_: said.extend((status, dict(named))))
    body = b"".join(chunks)
    chunks.close()
    return Answer(int(said[0].split()[0]), said[1], body)


def cpu_ms(work: Callable[[], Any], times: int = 5) -> float:
    """The median CPU time of `work`, in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)
