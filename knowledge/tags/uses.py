"""Where tags are used: on pages, in drafts, on pictures and documents."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F
from taggit.models import Tag, TaggedItem
from wagtail.models import Page, Revision

from knowledge.models import ResourceTag


@dataclass
class Uses:
    """Of one tag: the pages that have it, in their draft or as readers see them, and how many
    pictures and documents."""

    pages: set[int] = field(default_factory=set)
    files: int = 0

    def __bool__(self) -> bool:
        return bool(self.pages or self.files)

    def __str__(self) -> str:
        parts = []
        if self.pages:
            parts.append(f"{len(self.pages)} página{'s' if len(self.pages) > 1 else ''}")
        if self.files:
            parts.append(f"{self.files} arquivo{'s' if self.files > 1 else ''}")
        return ", ".join(parts) or "sem uso"


def uses_of_tags() -> dict[int, Uses]:
    """Tag → its uses; tags without any are not in it. Four queries, however many tags there are."""
    found: dict[int, Uses] = defaultdict(Uses)
    for tag, page in ResourceTag.objects.values_list("tag", "content_object"):
        found[tag].pages.add(page)
    for tag in TaggedItem.objects.values_list("tag", flat=True):
        found[tag].files += 1
    drafts = Page.objects.filter(latest_revision__isnull=False).values("latest_revision")
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    for revisions in (Revision.objects.filter(pk__in=drafts), waiting):
        rows = revisions.values_list("object_id", F("content__tagged_items"))
        for page, items in rows:
            for item in items or []:
                found[item["tag"]].pages.add(int(page))
    return dict(found)


def unused(tags: Iterable[Tag]) -> list[Tag]:
    """Those of `tags` that nothing has, not even a draft."""
    uses = uses_of_tags()
    return [tag for tag in tags if tag.pk not in uses]
