"""Connections that go to an address decided beforehand, and end in time.

Name, `Host` and certificate are those of the URL; only the other end of the socket is fixed.
"""

import contextlib
import socket
from threading import Timer
from types import TracebackType
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import create_connection


class Watchdog:
    """Hangs up when the time is over, whatever the other side is still dripping out.

    (A time limit of a socket begins anew with each byte.)
    """

    def __init__(self, seconds: float) -> None:
        self.has_barked = False
        self._lines: list[socket.socket] = []
        self._timer = Timer(seconds, self._bark)
        self._timer.daemon = True

    def watch(self, line: socket.socket) -> socket.socket:
        # A second handle: TLS takes the first one over, in the middle of its handshake.
        self._lines.append(line.dup())
        return line

    def _bark(self) -> None:
        self.has_barked = True
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        for line in self._lines:
            line.close()


class PinnedAdapter(HTTPAdapter):
    """Sends every request to one address, once, without trying again."""

    def __init__(self, address: str, watchdog: Watchdog) -> None:
        self._address = address
        self._watchdog = watchdog
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        address, watchdog = self._address, self._watchdog

        class Pinned(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return watchdog.watch(_connected(self, address))

        class PinnedTLS(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return watchdog.watch(_connected(self, address))

        class Pool(HTTPConnectionPool):
            ConnectionCls = Pinned

        class PoolTLS(HTTPSConnectionPool):
            ConnectionCls = PinnedTLS

        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": PoolTLS}


def _connected(connection: HTTPConnection, address: str) -> socket.socket:
    try:
        return create_connection(
            (address, connection.port or 0),
            connection.timeout,
            socket_options=connection.socket_options,
        )
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"{address}: timed out") from error
    except OSError as error:
        raise NewConnectionError(connection, f"{address}: {error}") from error
