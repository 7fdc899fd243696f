"""What an outsider may read of the library, for robots."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.audience import ANYBODY
from knowledge.models import Person, Theme
from knowledge.views import people_with_work
from search.models import Entry

Address = tuple[str, object]  # (site-relative address, datetime of the last change or None)


def addresses() -> Iterator[Address]:
    """Index pages, themes, people with work, and every resource."""
    for name in ("themes", "people", "licences"):
        yield reverse(name), None
    for theme in Theme.objects.all():
        yield theme.get_absolute_url(), None
    for person in Person.objects.filter(slug__in=people_with_work(ANYBODY)):
        yield person.get_absolute_url(), None
    entries = Entry.objects.visible_to(ANYBODY).newest_first()
    yield from entries.values_list("url", "updated_at")
