"""Files over HTTP: validators, ranges, HEAD (RFC 9110 §§13–14), behind nginx or without it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from files.storage import digest_of

_BLOCK = 64 * 1024
_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class ServedFile:
    """A file in published storage and what HTTP needs to know of it. `size` in bytes."""

    name: str
    content_type: str
    digest: str
    size: int
    modified_at: datetime | None = None
    public: bool = True
    any_origin: bool = False
    save_as: str = ""  # the name under which a browser saves it, instead of showing it

    @property
    def etag(self) -> str:
        """The strong entity tag."""
        return f'"{self.digest[:32]}"'


def serve(request: HttpRequest, file: ServedFile, max_age: int = 0) -> HttpResponseBase:
    """Answer a GET or HEAD for `file`, which its reader has been allowed to see.

    200, 206 for one satisfiable range, 304, 412, or 416 with the size. Several ranges at once are
    answered whole, as the RFC permits. `max_age` in seconds; 0 asks to check each time.
    """
    modified = int(file.modified_at.timestamp()) if file.modified_at else None
    answer: HttpResponseBase = get_conditional_response(
        request, etag=file.etag, last_modified=modified
    ) or _answer(request, file, modified)
    answer["ETag"] = file.etag
    if modified is not None:
        answer["Last-Modified"] = http_date(modified)
    if "X-Accel-Redirect" not in answer:  # nginx says so itself, and would say it twice
        answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = _cache_control(file, max_age)
    if file.content_type in ("application/pdf", "image/svg+xml"):
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    if file.save_as:
        answer["Content-Disposition"] = f'attachment; filename="{file.save_as}"'
    if file.any_origin:
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def serve_text(
    request: HttpRequest,
    content: bytes | Callable[[], bytes],
    content_type: str,
    *,
    modified_at: datetime | None = None,
    public: bool = True,
    any_origin: bool = False,
    digest: str = "",
) -> HttpResponse:
    """Answer a GET or HEAD for a text that lies in no file, which its reader has been allowed to
    see: with a strong validator. With a `digest` of whatever the text is made of, it is made only
    for readers who do not have it."""
    if callable(content) and not digest:
        content = content()
    etag = f'"{(digest or digest_of(content))[:32]}"'  # type: ignore[arg-type]
    modified = int(modified_at.timestamp()) if modified_at else None
    answer = get_conditional_response(request, etag=etag, last_modified=modified)
    if answer is None:
        content = content() if callable(content) else content
        answer = HttpResponse(content, content_type=content_type)
        answer["Content-Length"] = str(len(content))
    answer["ETag"] = etag
    if modified is not None:
        answer["Last-Modified"] = http_date(min(modified, timezone.now().timestamp()))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    if any_origin:
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def asked_bytes(request: HttpRequest, file: ServedFile) -> tuple[int, int] | None:
    """The first and last byte that a request asks of a file, whoever sends them; None for a range
    that the file does not have."""
    modified = int(file.modified_at.timestamp()) if file.modified_at else None
    asked = _asked_range(request, file, modified)
    if asked == ():
        return None
    return asked or (0, file.size - 1)


def _cache_control(file: ServedFile, max_age: int) -> str:
    if not file.public:
        return "private, no-store"
    return f"public, max-age={max_age}" if max_age else "public, no-cache"


def _answer(request: HttpRequest, file: ServedFile, modified: int | None) -> HttpResponseBase:
    answer: HttpResponseBase
    asked = _asked_range(request, file, modified)
    if asked == ():
        answer = HttpResponse(status=416, content_type=file.content_type)
        answer["Content-Range"] = f"bytes */{file.size}"
        return answer
    if settings.X_ACCEL_PREFIX and _nginx_agrees(request, is_part=bool(asked)):
        answer = HttpResponse(content_type=file.content_type)
        answer["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX}/{quote(file.name)}"
        return answer
    first, last = asked or (0, file.size - 1)
    length = last - first + 1
    if request.method == "HEAD":
        answer = HttpResponse(content_type=file.content_type)
    elif asked:
        opened = storages["published"].open(file.name)
        opened.seek(first)
        answer = StreamingHttpResponse(_blocks(opened, length), content_type=file.content_type)
    else:
        answer = FileResponse(storages["published"].open(file.name), content_type=file.content_type)
        # The page decides whether a file is shown or saved; the name is in its address.
        answer.headers.pop("Content-Disposition", None)
    answer["Content-Length"] = str(length)
    if asked:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return answer


def _nginx_agrees(request: HttpRequest, *, is_part: bool) -> bool:
    """Whether nginx would answer as we do. It refuses ranges that we pass over, and weighs two rare
    conditions, which hold by now, against a date and a tag that it makes up itself."""
    if "If-Match" in request.headers or "If-Unmodified-Since" in request.headers:
        return False
    return is_part or "Range" not in request.headers


def _asked_range(
    request: HttpRequest, file: ServedFile, modified: int | None
) -> tuple[int, int] | tuple[()] | None:
    """(first, last) for one satisfiable range, () for an unsatisfiable one, None for the whole."""
    match = _RANGE.match(request.headers.get("Range", "").strip())
    if not match or not _if_range_holds(request, file, modified):
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:
        length = int(last)
        return (max(0, file.size - length), file.size - 1) if length and file.size else ()
    if last and int(last) < int(first):
        return None
    if int(first) >= file.size:
        return ()
    return int(first), min(int(last), file.size - 1) if last else file.size - 1


def _if_range_holds(request: HttpRequest, file: ServedFile, modified: int | None) -> bool:
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith('"'):
        return condition == file.etag
    try:
        return modified is not None and parsedate_to_datetime(condition).timestamp() == modified
    except (TypeError, ValueError):
        return False


def _blocks(opened: IO[bytes], length: int) -> Iterator[bytes]:
    with opened:
        while length > 0:
            block = opened.read(min(_BLOCK, length))
            if not block:
                return
            length -= len(block)
            yield block
