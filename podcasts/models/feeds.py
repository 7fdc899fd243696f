"""Feeds as they are kept: rendered when something changes, joined when they are asked for.

The pieces hold `BASE` where the public address goes.
"""

from typing import ClassVar

from django.db import models

# A character of Unicode's private use area, which is taken out of everything people write.
BASE = "\ue000"


class ShowFeed(models.Model):
    """The channel of a show without its items. `changed_at` is when the whole feed last changed:
    it grows by at least a second with each change, as Last-Modified must tell them apart."""

    show = models.OneToOneField(
        "podcasts.ShowPage", primary_key=True, on_delete=models.CASCADE, related_name="feed"
    )
    head = models.TextField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    is_public = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

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
