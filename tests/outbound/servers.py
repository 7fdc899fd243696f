"""Web servers on this machine that behave as the worst of the web does."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """A server at `base`; it notes what it was asked."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[tuple[str, str]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            started.asked.append((self.path, dict(self.headers)))
            self.stopped = stopped
            page = started.pages.get(self.path, lambda handler: answer(handler, 404, b""))
            with contextlib.suppress(OSError):
                page(self)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            started.posted.append((self.path, body.decode()))
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    started = Server(httpd.server_port)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield started
    finally:
        stopped.set()
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def says(body: bytes, status: int = 200, **headers: str) -> Page:
    return lambda handler: answer(handler, status, body, **headers)


def redirects(to: str, status: int = 302) -> Page:
    return lambda handler: answer(handler, status, b"", Location=to)


def never_ends(handler: Any) -> None:
    """A body without length that goes on for as long as somebody listens."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.stopped.is_set():
        handler.wfile.write(b"x" * 65_536)


def drips(handler: Any) -> None:
    """A header a byte at a time: each byte begins a socket's patience anew."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    while not handler.stopped.is_set():
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)
