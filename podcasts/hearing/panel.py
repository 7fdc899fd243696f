"""What the form of an episode says of how often it was downloaded."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import Panel

DAYS = 30  # that a chart shows


def sums(prefix: str = "") -> dict[str, Any]:
    """Downloads of the last week, of the last DAYS and of all time, as annotations; `prefix` leads to
    the counts."""
    today = timezone.now().date()

    def since(days: int) -> Coalesce:
        recent = Q(**{f"{prefix}day__gt": today - timedelta(days=days)})
        return Coalesce(Sum(f"{prefix}downloads", filter=recent), 0)

    ever = Coalesce(Sum(f"{prefix}downloads"), 0)
    return {"week": since(7), "month": since(DAYS), "ever": ever}


class DownloadsPanel(Panel):
    """Three figures, and the way to the report. Nothing before the episode has been out."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "podcasts/desk/downloads_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.first_published_at)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context |= self.instance.day_counts.aggregate(**sums())
            context["url"] = f"{reverse('desk_downloads')}?show={self.instance.show.pk}"
            return context
