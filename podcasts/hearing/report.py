"""How often the episodes of a show were downloaded: a curve, a table, a spreadsheet."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from knowledge.charts import Chart, Series, draw
from knowledge.desk.first_page import editable_by
from knowledge.desk.library_report import LibraryReport
from podcasts.hearing.panel import DAYS, sums
from podcasts.models import DayCount, EpisodePage, ShowPage


def _shows_of(request: HttpRequest | None) -> Any:
    if request is None:
        return ShowPage.objects.none()
    own = editable_by(request.user).values("pk")
    return ShowPage.objects.filter(pk__in=own, alias_of__isnull=True).order_by("title")


class ShowFilter(WagtailFilterSet):
    """One show, or all."""

    show = django_filters.ModelChoiceFilter(
        label="Podcast",
        queryset=_shows_of,
        method="of_show",
        empty_label="Todos",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = EpisodePage
        fields: ClassVar = ["show"]

    def of_show(self, queryset: Any, name: str, show: ShowPage) -> Any:
        return queryset.filter(path__startswith=show.path)


class DownloadsReport(LibraryReport):
    """Downloads per episode, with a curve of the last days."""

    name = "downloads"
    page_title = "Podcasts: quantas vezes"
    header_icon = "media"
    introduction = (
        "Cada ouvinte conta uma vez por dia em cada episódio, quando pede ao menos um minuto de som. "
        "Robôs ficam de fora. Não guardamos endereço de ninguém. Os dias são os de Greenwich (UTC)."
    )
    results_template_name = "podcasts/desk/downloads_results.html"
    filterset_class = ShowFilter
    headings = {
        "title": "Episódio",
        "show": "Podcast",
        "week": "Últimos 7 dias",
        "month": "Últimos 30 dias",
        "ever": "Desde o começo",
    }

    def get_queryset(self) -> Any:
        own = editable_by(self.request.user).values("pk")
        episodes = EpisodePage.objects.filter(
            pk__in=own, alias_of__isnull=True, first_published_at__isnull=False
        )
        counted: Any = episodes.annotate(**sums("day_counts__"))
        return counted.order_by("-month", "-ever", "pk")

    def gather(self, items: list[Any]) -> None:
        paths = {item.path[: -item.steplen] for item in items}
        shows = ShowPage.objects.filter(path__in=paths).values_list("path", "title")
        self.shows: dict[str, str] = dict(shows)

    def cells(self, item: Any) -> dict[str, Any]:
        return {
            "title": item.title,
            "show": self.shows.get(item.path[: -item.steplen], ""),
            "week": item.week,
            "month": item.month,
            "ever": item.ever,
        }

    def address(self, item: Any) -> str:
        return reverse("wagtailadmin_pages:edit", args=[item.pk])

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.is_export:
            return context
        episodes = self.filter_queryset(self.get_queryset())
        days = by_day(list(episodes.values_list("pk", flat=True)), timezone.now().date())
        if any(days.values()):
            context |= {"chart": draw(_chart(days), "audicao"), "days": list(days.items())[::-1]}
        return context


def by_day(episodes: list[int], today: date) -> dict[date, int]:
    """Downloads of some episodes on each of the last DAYS, today included."""
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    counts = DayCount.objects.filter(page_id__in=episodes, day__gte=days[0])
    found = dict(counts.order_by().values_list("day").annotate(Sum("downloads")))
    return {day: found.get(day, 0) for day in days}


def _chart(days: dict[date, int]) -> Chart:
    values = tuple(Decimal(count) for count in days.values())
    most = max(days, key=lambda day: days[day])
    description = (
        f"Downloads por dia, de {min(days):%d/%m} a {max(days):%d/%m}: {sum(days.values())} ao todo. "
        f"O dia com mais foi {most:%d/%m}, com {days[most]}."
    )
    return Chart(
        title="Downloads por dia",
        description=description,
        unit="",
        labels=tuple(f"{day:%d/%m}" for day in days),
        series=(Series("Downloads", values),),
    )
