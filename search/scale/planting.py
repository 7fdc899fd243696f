"""Invented pages in the database at hand, and out of it again.

Their entries are written as all are, with the rows of facets and the terms of the engine. An entry
belongs to a page, so each has a row in Wagtail's table of pages too: a draft in a folder of its own
outside any site, which no list, address or feed leads to.
"""

from collections.abc import Callable
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page

from search import services
from search.models import Entry, EntryFacet
from search.scale.corpus import Invented, invented

_FOLDER = "paginas-de-medida"
_AT_ONCE = 500

Progress = Callable[[int], None]


def folder() -> Page | None:
    """The folder of the invented pages, if there are any."""
    return Page.objects.filter(depth=2, slug=_FOLDER).first()


def plant(count: int, seed: str, told: Progress) -> None:
    """Write `count` invented pages, some hundred at a time. There must be none yet."""
    with transaction.atomic():
        root = Page.objects.get(depth=1)
        above = root.add_child(instance=Page(title="Páginas de medida", slug=_FOLDER, live=False))
    kind, locale = ContentType.objects.get_for_model(Page), Locale.get_default()
    pages = invented(count, seed)
    while some := list(islice(pages, _AT_ONCE)):
        with transaction.atomic():
            rows = [_row(each, above, kind, locale) for each in some]
            made = Page.objects.bulk_create(rows)
            services.write_new(
                each.entry_of(page.pk) for each, page in zip(some, made, strict=True)
            )
            Page.objects.filter(pk=above.pk).update(numchild=some[-1].number)
        told(some[-1].number)


def _row(page: Invented, above: Page, kind: ContentType, locale: Locale) -> Page:
    slug = f"medida-{page.number}"
    return Page(
        path=Page._get_path(above.path, above.depth + 1, page.number),
        depth=above.depth + 1,
        title=page.document.title,
        draft_title=page.document.title,
        slug=slug,
        url_path=f"{above.url_path}{slug}/",
        content_type=kind,
        locale=locale,
        translation_key=uuid5(NAMESPACE_URL, slug),
        live=False,
    )


def uproot(told: Progress) -> int:
    """Take all invented pages out. Returns how many there were."""
    above = folder()
    if above is None:
        return 0
    removed = 0
    while some := list(_below(above).values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            _delete(EntryFacet.objects.filter(entry__in=some))
            _delete(Entry.objects.filter(pk__in=some))
            for pk in some:
                services.engine().remove(pk)
            _delete(Page.objects.filter(pk__in=some))
        removed += len(some)
        told(removed)
    Page.objects.filter(pk=above.pk).update(numchild=0)
    Page.objects.get(pk=above.pk).delete()
    return removed


def _below(above: Page) -> Any:
    return Page.objects.filter(path__startswith=above.path, depth=above.depth + 1)


def _delete(rows: Any) -> None:
    """Without looking for what else hangs on them: nothing does."""
    rows._raw_delete(rows.db)
