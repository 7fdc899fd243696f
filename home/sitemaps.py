"""The first page, the index pages and the institutional texts, for robots."""

from collections.abc import Iterator

from accounts.audience import ANYBODY
from home.models import HomePage, TextPage
from knowledge.models import ResourceIndexPage
from knowledge.visibility import visible_to
from podcasts.models import PodcastIndexPage
from trails.models import TrailIndexPage


def addresses() -> Iterator[tuple[str, object]]:
    for kind in (HomePage, ResourceIndexPage, TrailIndexPage, PodcastIndexPage, TextPage):
        for page in visible_to(kind.objects.filter(alias_of__isnull=True), ANYBODY):
            yield page.get_url() or "/", page.last_published_at
