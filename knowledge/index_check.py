"""Whether the search knows every live resource as it is, and putting right what it does not.

Entries are written in the transaction that changes a page, so nothing should ever differ. What does
(a row that somebody deleted by hand, an index that was lost, a version that writes entries in another
shape) is found here and written again from the page.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from knowledge import projections
from knowledge.models import ResourcePage
from knowledge.search_entries import entry_of
from search import services as search
from search.inspection import Inspection

AT_ONCE = 200  # old entries written again in one round of the clock
logger = logging.getLogger("rede.search")


@dataclass(frozen=True)
class Drift:
    """A page whose entry is not as the page is; `what` names the fields, "entry" for all of it, or
    is "left over" for an entry without a live page."""

    page_id: int
    title: str
    what: tuple[str, ...]


def check(inspection: Inspection) -> Iterator[Drift]:
    """Everything that differs. Reads every live resource: for a command, not for a page."""
    search.catch_up()
    works = ResourcePage.objects.filter(live=True, alias_of__isnull=True)
    numbers = list(works.order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        page = ResourcePage.objects.get(pk=number).specific
        wrong = inspection.what_differs(entry_of(page))
        if wrong:
            yield Drift(number, page.title, tuple(wrong))
    for number in inspection.left_over(numbers):
        yield Drift(number, "", ("left over",))


def mend(drift: Drift) -> None:
    """Write the entry as the page is, or take it away."""
    if "left over" in drift.what:
        search.remove(drift.page_id)
    else:
        projections.rewrite(ResourcePage.objects.filter(pk=drift.page_id))


def write_outdated() -> int:
    """Write again some of the entries of an earlier version. Returns how many."""
    done = 0
    for number in search.outdated()[:AT_ONCE]:
        try:
            with transaction.atomic():
                if not projections.rewrite(ResourcePage.objects.filter(pk=number)):
                    search.remove(number)
            done += 1
        except Exception:
            logger.exception("The entry of page %s could not be written again", number)
    return done
