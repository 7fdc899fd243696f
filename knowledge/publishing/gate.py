"""What lacks, asked of a page or of a draft, for every door that leads to “live”."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from files.services import prepare_now
from licensing.gate import Lack


def lacks_of(page: Page) -> list[Lack]:
    """What `page` (its own kind, as it stands in memory) lacks; nothing for other kinds of page."""
    ask = getattr(page, "lacks", None)
    return ask() if ask else []


def prepare(page: Page) -> None:
    """Have made what `page` will need. Drawings, which take a blink, are made at once, so that
    nobody who writes a page is ever told to wait for one; the rest is queued."""
    ask = getattr(page, "request_preparations", None)
    rows: list[Any] = ask() if ask else []
    prepare_now(*(row for row in rows if row.is_quick))


def draft_of(page: Page) -> Page:
    """The latest draft of a page, as its own kind."""
    return page.get_latest_revision_as_object()


def sentences(page: Page, lacks: Iterable[Lack]) -> str:
    """The lacks of a page as one message."""
    return f"“{page.title}” não foi publicado. " + " ".join(lack.message for lack in lacks)
