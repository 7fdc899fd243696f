"""Downloads per episode and day, and what is known of a listener while the day lasts."""

from typing import ClassVar

from django.db import models

from podcasts.models.episodes import EpisodePage


class Hearing(models.Model):
    """The bytes of one episode for which one listener has asked on one day. `listener` is a hash with
    a secret of the day; the row goes when the day is over."""

    day = models.DateField()
    episode = models.UUIDField()
    listener = models.CharField(max_length=32)
    ranges = models.JSONField(default=list)  # [[first, last], …], in order, apart from one another
    is_counted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("day", "episode", "listener", name="one_hearing_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.episode}"


class DayCount(models.Model):
    """How many listeners an episode had on a day (UTC)."""

    page = models.ForeignKey(EpisodePage, on_delete=models.CASCADE, related_name="day_counts")
    day = models.DateField(db_index=True)
    downloads = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("page", "day", name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.page}, {self.day}: {self.downloads}"
