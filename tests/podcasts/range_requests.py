"""Thirty-five requests for a file (RFC 9110 §§13–14), each with the answer it must have."""

from dataclasses import dataclass

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
