"""The audio over HTTP (RFC 9110 §§13–14): thirty requests, each with the answer it must have."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from podcasts.models import EpisodePage
from tests.podcasts.reading import Feed, one

LATER, EARLIER = "Tue, 01 Jan 2030 00:00:00 GMT", "Mon, 01 Jan 2001 00:00:00 GMT"


Asked = tuple[dict[str, str], int, tuple[int, int] | None]


@dataclass(frozen=True)
class Whole:
    """The audio as it is: its bytes and what names them."""

    path: str
    content: bytes
    tag: str
    date: str

    @property
    def size(self) -> int:
        return len(self.content)


@pytest.fixture
def whole(first: EpisodePage, client: Client) -> Whole:
    answer = client.get(first.audio_path)
    content = b"".join(answer.streaming_content)
    return Whole(first.audio_path, content, answer["ETag"], answer["Last-Modified"])


# Name → headers asked, status, first and last byte that come (None: nothing comes). Negative
# numbers count from the end; {size}, {tag} and {date} are those of the audio.
REQUESTS: dict[str, Asked] = {
    "all": ({}, 200, (0, -1)),
    "from the beginning": ({"range": "bytes=0-"}, 206, (0, -1)),
    "first byte": ({"range": "bytes=0-0"}, 206, (0, 0)),
    "two bytes, as players probe": ({"range": "bytes=0-1"}, 206, (0, 1)),
    "the middle": ({"range": "bytes=1000-1999"}, 206, (1000, 1999)),
    "from the middle": ({"range": "bytes=1000-"}, 206, (1000, -1)),
    "last byte": ({"range": "bytes={last}-{last}"}, 206, (-1, -1)),
    "end beyond the end": ({"range": "bytes=1000-99999999999"}, 206, (1000, -1)),
    "suffix": ({"range": "bytes=-500"}, 206, (-500, -1)),
    "suffix of one": ({"range": "bytes=-1"}, 206, (-1, -1)),
    "suffix longer than all": ({"range": "bytes=-99999999999"}, 206, (0, -1)),
    "suffix of nothing": ({"range": "bytes=-0"}, 416, None),
    "begins at the end": ({"range": "bytes={size}-"}, 416, None),
    "begins beyond the end": ({"range": "bytes=99999999999-"}, 416, None),
    "several": ({"range": "bytes=0-9,20-29"}, 200, (0, -1)),
    "backwards": ({"range": "bytes=9-0"}, 200, (0, -1)),
    "no numbers": ({"range": "bytes=a-b"}, 200, (0, -1)),
    "nothing": ({"range": "bytes=-"}, 200, (0, -1)),
    "other unit": ({"range": "seconds=0-9"}, 200, (0, -1)),
    "upper case": ({"range": "Bytes=0-9"}, 206, (0, 9)),
    "if-range, right tag": ({"range": "bytes=0-9", "if-range": "{tag}"}, 206, (0, 9)),
    "if-range, other tag": ({"range": "bytes=0-9", "if-range": '"x"'}, 200, (0, -1)),
    "if-range, weak tag": ({"range": "bytes=0-9", "if-range": "W/{tag}"}, 200, (0, -1)),
    "if-range, right date": ({"range": "bytes=0-9", "if-range": "{date}"}, 206, (0, 9)),
    "if-range, other date": ({"range": "bytes=0-9", "if-range": EARLIER}, 200, (0, -1)),
    "has it by tag": ({"if-none-match": "{tag}"}, 304, None),
    "has it among others": ({"if-none-match": '"x", {tag}'}, 304, None),
    "has it and asks a part": ({"if-none-match": "{tag}", "range": "bytes=0-9"}, 304, None),
    "has another": ({"if-none-match": '"x"'}, 200, (0, -1)),
    "has it by date": ({"if-modified-since": "{date}"}, 304, None),
    "tag before date": ({"if-none-match": '"x"', "if-modified-since": LATER}, 200, (0, -1)),
    "has an older one": ({"if-modified-since": EARLIER}, 200, (0, -1)),
    "only if unchanged": ({"if-match": "{tag}"}, 200, (0, -1)),
    "only if it were another": ({"if-match": '"x"'}, 412, None),
    "only if unchanged since": ({"if-unmodified-since": EARLIER}, 412, None),
}


def filled(headers: dict[str, str], whole: Whole) -> dict[str, str]:
    words = {"size": whole.size, "last": whole.size - 1, "tag": whole.tag, "date": whole.date}
    return {name: value.format(**words) for name, value in headers.items()}


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def check_always(answer: Any, whole: Whole) -> None:
    """What every answer says."""
    assert answer["ETag"] == whole.tag
    assert answer["Last-Modified"] == whole.date
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
def test_each_request_has_its_answer(whole: Whole, client: Client, request_: Asked) -> None:
    headers, status, span = request_
    asked = filled(headers, whole)
    answer = client.get(whole.path, headers=asked)
    assert answer.status_code == status
    check_always(answer, whole)
    first, last = (each % whole.size for each in span) if span else (0, -1)
    content = body_of(answer)
    assert content == whole.content[first : last + 1]
    if status == 206:
        assert answer["Content-Range"] == f"bytes {first}-{last}/{whole.size}"
    if status == 416:
        assert answer["Content-Range"] == f"bytes */{whole.size}"
    if status in (200, 206):
        assert answer["Content-Length"] == str(len(content))
    head = client.head(whole.path, headers=asked)
    assert (head.status_code, body_of(head)) == (status, b"")
    for name in ("Content-Length", "Content-Range", "Content-Type", "ETag"):
        assert head.headers.get(name) == answer.headers.get(name) or status in (304, 412, 416)


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
@pytest.mark.parametrize("method", ["get", "head"])
def test_behind_nginx_the_part_is_left_to_it(
    whole: Whole,
    client: Client,
    settings: Any,
    method: str,
    request_: Asked,
) -> None:
    """nginx sees Range and If-Range of the request, and the tag and date of the answer."""
    headers, status, _ = request_
    settings.X_ACCEL_PREFIX = "/_publicado"
    answer = getattr(client, method)(whole.path, headers=filled(headers, whole))
    assert answer.status_code == (status if status in (304, 412) else 200)
    check_always(answer, whole)
    assert body_of(answer) == b""
    assert ("X-Accel-Redirect" in answer.headers) == (answer.status_code == 200)
    assert "Content-Range" not in answer.headers


def test_the_length_in_the_feed_is_the_length_on_the_wire(client: Client, feed: Feed) -> None:
    assert len(feed.items) == 3
    for item in feed.items:
        enclosure = one(item, "enclosure")
        path = "/" + enclosure.get("url").split("/", 3)[3]
        answer = client.get(path)
        assert enclosure.get("length") == answer["Content-Length"]
        assert len(body_of(answer)) == int(enclosure.get("length"))
        assert answer["Content-Type"] == enclosure.get("type")
