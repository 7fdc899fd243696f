"""What people search for, as far as it may be kept."""

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Count, Max, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from knowledge.desk.library_report import LibraryReport
from search.tally import KEPT_DAYS, LEAST, QueryCount

_PERIODS = [("7", "7 dias"), ("30", "30 dias"), ("90", "90 dias")]


class QueryFilters(WagtailFilterSet):
    """Of which days, and whether only what found nothing."""

    period = django_filters.ChoiceFilter(
        label="Últimos",
        choices=_PERIODS,
        method="of_period",
        widget=forms.RadioSelect,
        empty_label="12 meses",
    )
    nothing = django_filters.ChoiceFilter(
        label="Resultado",
        choices=[("1", "Não acharam nada")],
        method="only_nothing",
        widget=forms.RadioSelect,
        empty_label="Todas",
    )

    class Meta:
        model = QueryCount
        fields: ClassVar = ["period", "nothing"]

    def of_period(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(day__gt=timezone.localdate() - timedelta(days=int(value)))

    def only_nothing(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(found_nothing__gt=0)


class QueriesReport(LibraryReport):
    """Queries, the most frequent first."""

    name = "queries"
    page_title = "O que as pessoas buscam"
    header_icon = "search"
    any_permission_required: ClassVar = ["publish"]
    introduction = (
        f"Só contamos buscas feitas ao menos {LEAST} vezes no mesmo dia, por quem não entrou com conta. "
        "Nomes, e-mails, documentos e telefones não são contados. Não sabemos quem buscou nem o que "
        f"abriu depois. Os números ficam {KEPT_DAYS} dias."
    )
    filterset_class = QueryFilters
    headings = {
        "query": "Busca",
        "asked": "Vezes",
        "found_nothing": "Vezes sem resultado",
        "days": "Dias",
        "last": "Última vez",
    }

    def get_queryset(self) -> QuerySet[QueryCount]:
        return QueryCount.objects.all()

    def filter_queryset(self, queryset: Any) -> Any:
        counted = super().filter_queryset(queryset).values("query")
        return counted.annotate(
            times=Sum("asked"), empty=Sum("found_nothing"), days=Count("day"), last=Max("day")
        ).order_by("-times", "query")

    def address(self, item: dict[str, Any]) -> str:
        return f"{reverse('search')}?{urlencode({'q': item['query']})}"

    def cells(self, item: dict[str, Any]) -> dict[str, Any]:
        return {
            "query": item["query"],
            "asked": item["times"],
            "found_nothing": item["empty"],
            "days": item["days"],
            "last": item["last"],
        }
