"""The audio over HTTP (RFC 9110 §§13–14): thirty requests, each with the answer it must have."""

from typing import Any

import pytest
from django.test import Client

from podcasts.models import EpisodePage
from tests.podcasts.range_requests import REQUESTS, Asked, Whole, filled
from tests.podcasts.reading import Feed, one


@pytest.fixture
def whole(first: EpisodePage, client: Client) -> Whole:
    answer = client.get(first.audio_path)
    content = b"".join(answer.streaming_content)
    return Whole(first.audio_path, content, answer["ETag"], answer["Last-Modified"])


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


def test_the_length_in_the_feed_is_the_length_on_the_wire(client: Client, feed: Feed) -> None:
    assert len(feed.items) == 3
    for item in feed.items:
        enclosure = one(item, "enclosure")
        path = "/" + enclosure.get("url").split("/", 3)[3]
        answer = client.get(path)
        assert enclosure.get("length") == answer["Content-Length"]
        assert len(body_of(answer)) == int(enclosure.get("length"))
        assert answer["Content-Type"] == enclosure.get("type")
