"""Names of hosts into addresses, within a time limit that the system's resolver does not have."""

from queue import Empty, SimpleQueue
from socket import SOCK_STREAM, getaddrinfo
from threading import Thread

from outbound.addresses import IPAddress, address_of


class NameNotFound(OSError):
    """No address is known for a name."""


def resolve(host: str, port: int, seconds: float) -> list[IPAddress]:
    """Every address of `host`, in the resolver's order. Raises NameNotFound or TimeoutError."""
    answers: SimpleQueue[list[IPAddress] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = getaddrinfo(host, port, type=SOCK_STREAM)
            answers.put([address_of(str(line[4][0])) for line in found])
        except (OSError, UnicodeError, ValueError) as error:
            answers.put(NameNotFound(str(error)))

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=min(seconds, 10.0))
    except Empty as error:
        raise TimeoutError(host) from error
    if isinstance(answer, OSError):
        raise answer
    if not answer:
        raise NameNotFound(host)
    return answer
