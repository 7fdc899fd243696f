"""What is read elsewhere of a live page, written in the transaction that changes the page.

Search entries, the files that the page opens, its links to other sites, and the notice of
withdrawal at its address.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from files.models import Art, FileUse
from files.services import tell_lineage
from knowledge.models import lineage
from knowledge.models.changes import record
from knowledge.models.checkups import Checkup
from knowledge.models.links import LinkUse, write_link_uses
from knowledge.models.parts import FilesUsed
from knowledge.models.sources import lineage_for_files, recorded
from knowledge.models.withdrawals import Withdrawal
from knowledge.search_entries import entry_of
from knowledge.signals import audiences_changed
from knowledge.turn import take_turn
from knowledge.visibility import closures
from search import services as search

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage

AT_ONCE = 20  # pages written again in one transaction


def write(page: "ResourcePage") -> None:
    """Bring everything up to the live `page`."""
    take_turn()
    write_uses(page, page.files_used(), page.art_used())
    lineage.write(page)
    record(page)
    write_link_uses(page, set() if page.alias_of_id else page.outward_links())
    Withdrawal.objects.filter(Q(page_number=page.pk) | Q(path=page.get_url())).delete()
    if page.alias_of_id:
        return  # the library lists a work once, at its own address
    told = lineage_for_files(recorded(page))
    for file in page.main_files():
        tell_lineage(file, told)
    search.write(entry_of(page))


def remove(page: Page) -> None:
    """Take everything away that was read of `page`."""
    take_turn()
    FileUse.objects.filter(page_id=page.pk).delete()
    lineage.remove(page)
    LinkUse.objects.filter(page_id=page.pk).delete()
    Checkup.objects.filter(page_id=page.pk).delete()
    search.remove(page.pk)


def write_uses(page: Page, files: FilesUsed, drawn: Iterable[Art] = ()) -> None:
    """Note which files a live page shows or offers: that opens them to its readers."""
    wanted: list[dict[str, Any]] = [*files.as_uses()]
    wanted += [{"art_id": art.pk} for art in drawn]
    FileUse.objects.filter(page_id=page.pk).delete()
    FileUse.objects.bulk_create(FileUse(page_id=page.pk, **use) for use in wanted)


def rewrite(pages: Any) -> int:
    """Write again what is read of every live resource in the queryset `pages`. Returns how many
    there are."""
    numbers = list(pages.filter(live=True).values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        with transaction.atomic():
            take_turn()
            for page in Page.objects.filter(pk__in=some, live=True).specific():
                page.project()
    return len(numbers)


def write_audiences() -> None:
    """Give every entry the audience that its page has now. For a change of restrictions, which
    fires no signal of publication, and for whatever else opens or closes pages elsewhere."""
    closed = closures()
    paths = dict(Page.objects.filter(search_entry__isnull=False).values_list("pk", "path"))
    changed = search.write_audiences({pk: closed.audience_at(path) for pk, path in paths.items()})
    if changed:
        audiences_changed.send(None, pages=changed)


def withdraw(page: Page) -> None:
    """Leave a notice at the address of a page that the public could read until now."""
    path = page.get_url()
    if path and closures().audience_at(page.path) & frozenset({"public"}):
        Withdrawal.objects.update_or_create(
            path=path,
            defaults={
                "page": page if page.pk else None,
                "page_number": page.pk,
                "title": page.title,
            },
        )
