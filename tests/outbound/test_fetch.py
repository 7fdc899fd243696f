"""Opening what a person typed: the web answers, the house does not."""

import socket
import time
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from outbound import resolving
from outbound.addresses import IPAddress, is_public
from outbound.fetch import Fetched, Outcome, fetch
from tests.outbound.servers import Server, drips, never_ends, redirects, says, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def only_here(address: IPAddress) -> bool:
    """The server of the test, and nothing else that is private."""
    return address == ip_address("127.0.0.1") or is_public(address)


def opened(server: Server, path: str, **options: Any) -> Fetched:
    options = {"ports": {server.port, 80, 443}, "may_reach": only_here} | options
    return fetch(f"{server.base}{path}", **options)


# --- what is public ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:7f00:1::1",
        "2001:db8::1",
    ],
)
def test_an_address_of_the_house_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "200.130.0.1", "2804:431::1", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is(text: str) -> None:
    assert is_public(ip_address(text))


# --- hostile addresses ------------------------------------------------------------------------

HOSTILE = {
    "loopback": "http://127.0.0.1/",
    "by name": "http://localhost/",
    "decimal": "http://2130706433/",
    "octal": "http://0177.0.0.1/",
    "hexadecimal": "http://0x7f000001/",
    "short": "http://127.1/",
    "zero": "http://0/",
    "IPv6 loopback": "http://[::1]/",
    "IPv4 in IPv6": "http://[::ffff:127.0.0.1]/",
    "IPv4 in IPv6, hexadecimal": "http://[::ffff:7f00:1]/",
    "cloud metadata": "http://169.254.169.254/latest/meta-data/",
    "private": "http://192.168.0.1/",
    "provider's own": "http://100.64.0.1/",
    "user": "http://www.gov.br@127.0.0.1/",
    "user of a public host": "http://user:secret@8.8.8.8/",
    "empty user": "http://@8.8.8.8/",
    "another port": "http://8.8.8.8:22/",
    "port of a database": "http://8.8.8.8:5432/",
}
NO_ADDRESS = {
    "file": "file:///etc/passwd",
    "ftp": "ftp://8.8.8.8/",
    "gopher": "gopher://127.0.0.1:6379/_FLUSHALL",
    "script": "javascript:alert(1)",
    "relative": "/acervo/",
    "no host": "http:///x",
    "nothing": "",
    "backslash": "http://8.8.8.8\\@127.0.0.1/",
    "line break": "http://8.8.8.8/\r\nHost: 127.0.0.1",
    "space": "http://8.8.8.8 @127.0.0.1/",
    "port that is none": "http://8.8.8.8:99999/",
    "bracket": "http://[::1/",
    "long": f"http://8.8.8.8/{'x' * 3000}",
}


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be opened at all."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("outbound.pinned.create_connection", refuse)


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_address_is_refused_before_any_connection(url: str, no_connection: None) -> None:
    assert fetch(url).outcome == Outcome.REFUSED


@pytest.mark.parametrize("url", NO_ADDRESS.values(), ids=NO_ADDRESS.keys())
def test_what_is_no_web_address_is_told_so(url: str, no_connection: None) -> None:
    assert fetch(url).outcome == Outcome.NOT_AN_ADDRESS


def test_a_name_with_one_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, no_connection: None
) -> None:
    answers = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(resolving, "getaddrinfo", lambda *args, **kwargs: answers)
    assert fetch("http://duas-caras.example/").outcome == Outcome.REFUSED


def test_a_name_that_changes_its_mind_gains_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the address that was judged, not to a new answer for the name."""
    asked: list[str] = []

    def answer(host: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", server.port))]

    server.pages["/"] = says(b"aqui")
    monkeypatch.setattr(resolving, "getaddrinfo", answer)
    options: Any = {"ports": {server.port}, "may_reach": only_here}
    found = fetch(f"http://muda.example:{server.port}/", **options)
    assert (found.body, asked) == (b"aqui", ["muda.example"])
    assert server.asked[0][1]["Host"] == f"muda.example:{server.port}"


def test_an_unknown_name_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(resolving, "getaddrinfo", fail)
    assert fetch("http://nao-existe.example/").outcome == Outcome.UNKNOWN_NAME


# --- answers ----------------------------------------------------------------------------------


def test_a_page_is_read(server: Server) -> None:
    server.pages["/lei"] = says("Lei nº 1".encode(), Content_Type="text/plain")
    found = opened(server, "/lei")
    assert found.is_good
    assert (found.status, found.content_type, found.is_cut) == (200, "text/plain", False)
    assert found.body.decode() == "Lei nº 1"


def test_it_says_who_asks_and_gives_nothing_else_away(server: Server, settings: Any) -> None:
    server.pages["/"] = says(b"", Set_Cookie="a=1")
    server.pages["/outra"] = redirects("/")
    opened(server, "/outra")
    for _, headers in server.asked:
        assert settings.PUBLIC_URL in headers["User-Agent"]
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize("status", [404, 410, 403, 429, 500, 503])
def test_a_status_is_an_answer_and_no_success(server: Server, status: int) -> None:
    server.pages["/x"] = says(b"", status)
    found = opened(server, "/x")
    assert (found.outcome, found.status, found.is_good) == (Outcome.ANSWERED, status, False)


def test_a_redirect_is_followed_and_told(server: Server) -> None:
    server.pages |= {"/antes": redirects("depois?x=1"), "/depois?x=1": says(b"ok")}
    found = opened(server, "/antes")
    assert (found.url, found.redirects) == (
        f"{server.base}/depois?x=1",
        (f"{server.base}/antes",),
    )


def test_five_redirects_are_followed_and_no_sixth(server: Server) -> None:
    server.pages |= {f"/{number}": redirects(f"/{number + 1}") for number in range(7)}
    server.pages["/7"] = says(b"fim")
    assert opened(server, "/2").body == b"fim"
    assert opened(server, "/1").outcome == Outcome.TOO_MANY_REDIRECTS


def test_redirects_without_end_are_given_up(server: Server) -> None:
    server.pages["/laco"] = redirects("/laco")
    assert opened(server, "/laco").outcome == Outcome.TOO_MANY_REDIRECTS
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "to",
    ["http://10.0.0.1/", "http://[::1]/", "//192.168.0.1/", "http://u:p@127.0.0.1/", "http://0/"],
)
def test_a_redirect_into_the_house_is_refused(server: Server, to: str) -> None:
    server.pages["/x"] = redirects(to)
    assert opened(server, "/x").outcome == Outcome.REFUSED


@pytest.mark.parametrize("to", ["file:///etc/passwd", "gopher://8.8.8.8/", "javascript:alert(1)"])
def test_a_redirect_to_another_scheme_is_no_address(server: Server, to: str) -> None:
    server.pages["/x"] = redirects(to)
    assert opened(server, "/x").outcome == Outcome.NOT_AN_ADDRESS


def test_what_is_huge_is_cut(server: Server) -> None:
    server.pages["/grande"] = says(b"x" * 5_000)
    found = opened(server, "/grande", max_bytes=1_000)
    assert (len(found.body), found.is_cut) == (1_000, True)


def test_what_never_ends_is_cut(server: Server) -> None:
    server.pages["/sem-fim"] = never_ends
    found = opened(server, "/sem-fim", max_bytes=100_000)
    assert (len(found.body), found.is_cut) == (100_000, True)


def test_what_is_compressed_is_not_blown_up(server: Server) -> None:
    server.pages["/bomba"] = says(b"\x1f\x8b\x08", Content_Encoding="gzip")
    assert opened(server, "/bomba").body == b"\x1f\x8b\x08"


@pytest.mark.parametrize("path", ["/gotas", "/sem-fim"])
def test_what_drips_is_given_up_in_time(server: Server, path: str) -> None:
    server.pages |= {"/gotas": drips, "/sem-fim": never_ends}
    started = time.monotonic()
    found = opened(server, path, seconds=0.5, max_bytes=10**10)
    assert found.outcome == Outcome.TOO_SLOW
    assert time.monotonic() - started < 5


def test_a_closed_door_is_unreachable(server: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        found = fetch(f"http://127.0.0.1:{port}/", ports={port}, may_reach=only_here)
    assert found.outcome == Outcome.UNREACHABLE


def test_a_server_that_speaks_no_tls_is_no_crash(server: Server) -> None:
    found = opened(server, "/").outcome
    assert found == Outcome.ANSWERED
    url = server.base.replace("http:", "https:")
    told = fetch(f"{url}/", ports={server.port}, may_reach=only_here).outcome
    assert told in (Outcome.UNTRUSTED, Outcome.UNREACHABLE)
