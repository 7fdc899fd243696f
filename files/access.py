"""Who may read a published file.

A file is open to a reader while a live page that the reader may see uses it. Which pages those
are is known one room higher: `knowledge` registers the answer at start.
"""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from accounts.audience import is_editor, reader_keys

PagePredicate = Callable[[Iterable[int], frozenset[str]], bool]
_may_read_any: PagePredicate | None = None


def register_page_predicate(predicate: PagePredicate) -> None:
    """Say how to find out whether a reader may see any of some pages."""
    global _may_read_any
    _may_read_any = predicate


def may_read_pages(page_ids: Iterable[int], keys: frozenset[str]) -> bool:
    """Whether a reader with `keys` may see any of the pages."""
    ids = list(page_ids)
    return bool(ids) and _may_read_any is not None and _may_read_any(ids, keys)


def may_read_file(request: HttpRequest, page_ids: Iterable[int]) -> bool:
    """Whether the sender of `request` may read a file that these live pages use."""
    if getattr(request, "file_is_open", False):
        return True
    return may_read_pages(page_ids, reader_keys(request)) or is_editor(request)


def open_this_file(request: HttpRequest) -> None:
    """Let the sender of `request` have the file that is asked for, whichever pages use it: somebody
    above has made sure of their right to it."""
    request.file_is_open = True  # type: ignore[attr-defined]


def is_open_to_all(page_ids: Iterable[int]) -> bool:
    """Whether a stranger may read a file that these pages use: shared caches may then keep it."""
    return may_read_pages(page_ids, frozenset({"public"}))
