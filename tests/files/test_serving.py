"""Files over HTTP: ranges, validators, HEAD, and what goes with every answer (RFC 9110)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory, override_settings

from files.serving import ServedFile, serve
from files.storage import digest_of, publish

CONTENT = bytes(range(256)) * 3 + b"quase mil bytes."
SIZE = len(CONTENT)
MODIFIED = datetime(2026, 3, 5, 12, 30, 15, 999, tzinfo=UTC)
DATE = "Thu, 05 Mar 2026 12:30:15 GMT"
EARLIER = "Thu, 05 Mar 2026 12:30:14 GMT"
LATER = "Thu, 05 Mar 2026 12:30:16 GMT"
ETAG = f'"{digest_of(CONTENT)[:32]}"'


def served(**changes: Any) -> ServedFile:
    facts: dict[str, Any] = {
        "name": publish("teste/som.mp3", CONTENT),
        "content_type": "audio/mpeg",
        "digest": digest_of(CONTENT),
        "size": SIZE,
        "modified_at": MODIFIED,
    }
    return ServedFile(**facts | changes)


def ask(
    headers: dict[str, str] | None = None,
    file: ServedFile | None = None,
    max_age: int = 0,
    method: str = "GET",
) -> HttpResponseBase:
    request = RequestFactory().generic(method, "/som.mp3", headers=headers or {})
    return serve(request, file or served(), max_age)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# --- ranges -------------------------------------------------------------------------------------

SATISFIABLE = [
    ("bytes=0-0", 0, 0),
    ("bytes=0-1", 0, 1),
    (f"bytes=0-{SIZE - 1}", 0, SIZE - 1),
    ("bytes=100-299", 100, 299),
    ("bytes=256-256", 256, 256),
    ("bytes=500-", 500, SIZE - 1),
    ("bytes=0-", 0, SIZE - 1),
    (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    ("bytes=-1", SIZE - 1, SIZE - 1),
    ("bytes=-300", SIZE - 300, SIZE - 1),
    (f"bytes=-{SIZE}", 0, SIZE - 1),
    ("bytes=-99999999", 0, SIZE - 1),
    ("bytes=700-99999999", 700, SIZE - 1),
    (f"bytes=700-{'9' * 18}", 700, SIZE - 1),
    ("Bytes=3-4", 3, 4),
    (" bytes=3-4 ", 3, 4),
]
UNSATISFIABLE = [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=99999999-", "bytes=-0"]
IGNORED = [
    "bytes=5-2",
    "bytes=0-1,5-6",
    "bytes=0-1, -5",
    f"bytes=0-{'9' * 5000}",
    f"bytes={'9' * 40}-",
    "bytes=",
    "bytes=-",
    "bytes=a-b",
    "bytes=0-b",
    "bytes=1-2-3",
    "bytes=--5",
    "bytes=+1-2",
    "bytes=0 - 1",
    "bytes=1.5-2",
    "bytes=²-³",
    "bytes 0-1",
    "items=0-1",
    "0-1",
    "",
]


@pytest.mark.parametrize(("header", "first", "last"), SATISFIABLE)
def test_one_satisfiable_range_is_answered_with_206(header: str, first: int, last: int) -> None:
    answer = ask({"range": header})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert body(answer) == CONTENT[first : last + 1]


@pytest.mark.parametrize("header", UNSATISFIABLE)
def test_a_range_beyond_the_end_is_answered_with_416_and_the_size(header: str) -> None:
    answer = ask({"range": header})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert body(answer) == b""


@pytest.mark.parametrize("header", IGNORED)
def test_other_ranges_are_answered_whole(header: str) -> None:
    answer = ask({"range": header})
    assert answer.status_code == 200
    assert "Content-Range" not in answer.headers
    assert answer.headers["Content-Length"] == str(SIZE)
    assert body(answer) == CONTENT


@pytest.mark.parametrize("header", ["bytes=0-0", "bytes=0-", "bytes=-1"])
def test_no_range_of_an_empty_file_can_be_satisfied(header: str) -> None:
    empty = served(name=publish("teste/vazio.mp3", b""), digest=digest_of(b""), size=0)
    assert ask({"range": header}, empty).status_code == 416


def test_a_long_range_is_streamed_whole() -> None:
    """Longer than one block of reading, and not a multiple of one."""
    content = b"0123456789abcdef" * 20_000
    long = served(name=publish("teste/longo.mp3", content), size=len(content))
    answer = ask({"range": "bytes=7-300006"}, long)
    blocks = list(answer.streaming_content)
    assert len(blocks) > 1
    assert b"".join(blocks) == content[7:300_007]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        *[{"range": header} for header, _, _ in SATISFIABLE[:4]],
        {"range": UNSATISFIABLE[0]},
        {"range": IGNORED[0]},
        {"if-none-match": ETAG},
        {"if-modified-since": DATE},
        {"if-match": '"outro"'},
    ],
    ids=str,
)
def test_head_equals_get_without_the_body(headers: dict[str, str]) -> None:
    get, head = ask(headers), ask(headers, method="HEAD")
    assert head.status_code == get.status_code
    assert dict(head.items()) == dict(get.items())
    assert body(head) == b""


# --- validators ---------------------------------------------------------------------------------


def test_whole_answer_names_its_validators_and_length() -> None:
    answer = ask()
    assert answer.status_code == 200
    assert body(answer) == CONTENT
    assert answer.headers["ETag"] == ETAG
    assert answer.headers["Last-Modified"] == DATE
    assert answer.headers["Content-Length"] == str(SIZE)
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": ETAG}, 304),
        ({"if-none-match": f"W/{ETAG}"}, 304),
        ({"if-none-match": f'"outro", {ETAG}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"outro"'}, 200),
        ({"if-modified-since": DATE}, 304),
        ({"if-modified-since": LATER}, 304),
        ({"if-modified-since": EARLIER}, 200),
        ({"if-modified-since": "ontem"}, 200),
        # The tag counts for more than the date (RFC 9110 §13.2.2).
        ({"if-none-match": '"outro"', "if-modified-since": LATER}, 200),
        ({"if-none-match": ETAG, "if-modified-since": EARLIER}, 304),
        # A reader who has the file needs no part of it.
        ({"if-none-match": ETAG, "range": "bytes=0-5"}, 304),
        ({"if-none-match": '"outro"', "range": "bytes=0-5"}, 206),
        ({"if-match": ETAG}, 200),
        ({"if-match": '"outro"'}, 412),
        ({"if-unmodified-since": DATE}, 200),
        ({"if-unmodified-since": EARLIER}, 412),
    ],
    ids=str,
)
def test_conditions_are_weighed_before_anything_is_sent(
    headers: dict[str, str], status: int
) -> None:
    answer = ask(headers)
    assert answer.status_code == status
    assert answer.headers["ETag"] == ETAG
    assert answer.headers["Last-Modified"] == DATE
    if status in (304, 412):
        assert body(answer) == b""


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (ETAG, 206),
        ('"outro"', 200),
        (f"W/{ETAG}", 200),
        (ETAG.strip('"'), 200),
        (DATE, 206),
        (EARLIER, 200),
        (LATER, 200),
        ("ontem", 200),
        ("", 206),
    ],
)
def test_a_part_is_sent_only_of_the_version_that_the_reader_has(
    condition: str, status: int
) -> None:
    answer = ask({"range": "bytes=10-19", "if-range": condition})
    assert answer.status_code == status
    assert body(answer) == (CONTENT[10:20] if status == 206 else CONTENT)


def test_without_a_date_only_the_tag_decides() -> None:
    undated = served(modified_at=None)
    assert "Last-Modified" not in ask(file=undated).headers
    assert ask({"if-modified-since": LATER}, undated).status_code == 200
    assert ask({"range": "bytes=0-1", "if-range": DATE}, undated).status_code == 200
    assert ask({"range": "bytes=0-1", "if-range": ETAG}, undated).status_code == 206


def test_other_content_has_another_tag() -> None:
    assert served(digest=digest_of(b"outro")).etag != served().etag


# --- what goes with every answer ----------------------------------------------------------------

EVERY_ANSWER = pytest.mark.parametrize(
    "headers",
    [{}, {"range": "bytes=0-1"}, {"range": "bytes=9999-"}, {"if-none-match": ETAG}],
    ids=["200", "206", "416", "304"],
)


@EVERY_ANSWER
@pytest.mark.parametrize(
    ("kind", "is_sandboxed"),
    [
        ("application/pdf", True),
        ("image/svg+xml", True),
        ("image/webp", False),
        ("audio/mpeg", False),
    ],
)
def test_nothing_is_guessed_and_what_could_run_is_sandboxed(
    headers: dict[str, str], kind: str, is_sandboxed: bool
) -> None:
    answer = ask(headers, served(content_type=kind))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers.get("Content-Security-Policy", "")
    directives = [directive.strip() for directive in policy.split(";")]
    assert ("sandbox" in directives) is is_sandboxed
    assert ("default-src 'none'" in directives) is is_sandboxed


@EVERY_ANSWER
@pytest.mark.parametrize(
    ("file", "max_age", "expected"),
    [
        ({"public": True}, 0, "public, no-cache"),
        ({"public": True}, 3600, "public, max-age=3600"),
        ({"public": False}, 0, "private, no-store"),
        ({"public": False}, 3600, "private, no-store"),
    ],
)
def test_only_what_everybody_may_read_is_kept_by_caches(
    headers: dict[str, str], file: dict[str, bool], max_age: int, expected: str
) -> None:
    assert ask(headers, served(**file), max_age).headers["Cache-Control"] == expected


@pytest.mark.parametrize(("any_origin", "expected"), [(True, "*"), (False, None)])
def test_players_elsewhere_may_read_what_is_meant_for_them(
    any_origin: bool, expected: str | None
) -> None:
    answer = ask(file=served(any_origin=any_origin))
    assert answer.headers.get("Access-Control-Allow-Origin") == expected


# --- behind nginx -------------------------------------------------------------------------------


@pytest.fixture
def behind_nginx() -> Iterator[None]:
    with override_settings(X_ACCEL_PREFIX="/interno"):
        yield


@pytest.mark.usefixtures("behind_nginx")
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-5"}])
def test_nginx_sends_the_bytes_and_sees_to_the_ranges(headers: dict[str, str]) -> None:
    file = served(content_type="application/pdf")
    answer = ask(headers, file)
    assert answer.status_code == 200
    assert body(answer) == b""
    assert answer.headers["X-Accel-Redirect"] == f"/interno/{file.name}"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["ETag"] == ETAG
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("behind_nginx")
@pytest.mark.parametrize(
    "headers",
    [
        *[{"range": header} for header in UNSATISFIABLE],
        *[{"range": header} for header in IGNORED],
        {"range": "bytes=0-5", "if-range": '"outro"'},
        {"if-match": ETAG},
        {"if-unmodified-since": DATE},
    ],
    ids=str,
)
def test_what_nginx_would_answer_in_another_way_never_reaches_it(headers: dict[str, str]) -> None:
    answer = ask(headers)
    assert "X-Accel-Redirect" not in answer.headers
    assert body(answer) == (CONTENT if answer.status_code == 200 else b"")


@pytest.mark.usefixtures("behind_nginx")
def test_a_name_is_written_as_an_address() -> None:
    file = served(name=publish("teste/100% são?.mp3", CONTENT))
    assert (
        ask(file=file).headers["X-Accel-Redirect"].startswith("/interno/teste/100%25%20s%C3%A3o%3F")
    )


@pytest.mark.usefixtures("behind_nginx")
def test_a_reader_who_has_the_file_never_reaches_nginx() -> None:
    answer = ask({"if-none-match": ETAG})
    assert answer.status_code == 304
    assert "X-Accel-Redirect" not in answer.headers


def test_without_nginx_nothing_names_the_place_on_disk() -> None:
    assert "X-Accel-Redirect" not in ask().headers
