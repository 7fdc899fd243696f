"""Feeds as they are kept: rendered when something changes, joined when they are asked for.

The pieces hold `BASE` where the public address goes.
"""

from typing import ClassVar

from django.db import models

# A character of Unicode's private use area, which is taken out of everything people write.
BASE = "\ue000"


class StoredFeed(models.Model):
    """A channel without its items. `changed_at` is when the whole feed last changed: it grows by at
    least a second with each change, as Last-Modified must tell them apart.

    `pages` says how many items stand on each page of the feed, the newest on the first; `ends` when
    something that it shows ends, as POSIX time, so that its tag moves in that moment.
    """

    head = models.TextField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    is_public = models.BooleanField(default=False)
    pages = models.JSONField(default=list)
    ends = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class LibraryFeed(StoredFeed):
    """The one feed of all shows together; `guid` was assigned once and stays."""

    guid = models.UUIDField()

    def __str__(self) -> str:
        return str(self.guid)


class ShowFeed(StoredFeed):
    """The feed of one show."""

    show = models.OneToOneField(
        "podcasts.ShowPage", primary_key=True, on_delete=models.CASCADE, related_name="feed"
    )

    def __str__(self) -> str:
        return str(self.show)


class FeedItem(models.Model):
    """An episode that anybody may hear, as an item of its show's feed."""

    episode = models.OneToOneField(
        "podcasts.EpisodePage", primary_key=True, on_delete=models.CASCADE, related_name="feed_item"
    )
    show = models.ForeignKey(
        "podcasts.ShowPage", on_delete=models.CASCADE, related_name="feed_items"
    )
    published_at = models.DateTimeField()
    xml = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-published_at", "-episode_id"]

    def __str__(self) -> str:
        return str(self.episode)
