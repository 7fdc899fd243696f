"""What people search for, as far as it may be kept."""

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Count, F, Max, Sum
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from knowledge.desk.library_report import LibraryReport
from search.tally import KEPT_DAYS, LEAST, QueryCount

_PERIODS = [("7", "7 dias"), ("30", "30 dias"), ("90", "90 dias")]


class QueryFilters(WagtailFilterSet):
    """Of which days, and whether only what failed."""

    period = django_filters.ChoiceFilter(
        label="Últimos",
        choices=_PERIODS,
        method="of_period",
        widget=forms.RadioSelect,
        empty_label="12 meses",
    )
    result = django_filters.ChoiceFilter(
        label="Resultado",
        choices=[("nothing", "Não acharam nada"), ("unopened", "Acharam e não abriram nada")],
        method="only_failed",
        widget=forms.RadioSelect,
        empty_label="Todas",
    )

    class Meta:
        model = QueryCount
        fields: ClassVar = ["period", "result"]

    def of_period(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(day__gt=timezone.localdate() - timedelta(days=int(value)))

    def only_failed(self, queryset: Any, name: str, value: str) -> Any:
        """What found nothing, by how often it was asked; or of what most who were shown something
        opened nothing, by how many these were."""
        if value == "nothing":
            return queryset.filter(found_nothing__gt=0)
        most = queryset.filter(unopened__gte=LEAST, unopened__gt=F("heard") - F("unopened"))
        return most.order_by("-unopened", "query")


class QueriesReport(LibraryReport):
    """Queries, the most frequent first."""

    name = "queries"
    page_title = "O que as pessoas buscam"
    header_icon = "search"
    any_permission_required: ClassVar = ["publish"]
    introduction = (
        f"Só contamos buscas feitas ao menos {LEAST} vezes no mesmo dia, por quem não entrou com conta. "
        "Nomes, e-mails, documentos e telefones não são contados. "
        f"Os números ficam {KEPT_DAYS} dias.\n\n"
        "Quando alguém sai dos resultados, o navegador diz só se algum foi aberto. Não sabemos qual, "
        "nem quem buscou. Navegadores antigos, sem JavaScript ou que pedem para não ser seguidos não "
        "dizem nada: a porcentagem é só das vezes em que sabemos. Muita gente não abriu nada? Escolha "
        "o que vem primeiro, deixe os títulos mais claros ou escreva sinônimos."
    )
    filterset_class = QueryFilters
    headings = {
        "query": "Busca",
        "asked": "Vezes",
        "found_nothing": "Vezes sem resultado",
        "told": "Sabemos se abriram",
        "unopened": "Não abriram nada",
        "share": "Não abriram nada (%)",
        "days": "Dias",
        "last": "Última vez",
    }

    def get_queryset(self) -> Any:
        counted = QueryCount.objects.values("query").annotate(
            times=Sum("asked"),
            empty=Sum("found_nothing"),
            heard=Sum("told"),
            unopened=Sum(F("told") - F("opened")),
            days=Count("day"),
            last=Max("day"),
        )
        return counted.order_by("-times", "query")

    def address(self, item: dict[str, Any]) -> str:
        return f"{reverse('search')}?{urlencode({'q': item['query']})}"

    def cells(self, item: dict[str, Any]) -> dict[str, Any]:
        return {
            "query": item["query"],
            "asked": item["times"],
            "found_nothing": item["empty"],
            "told": item["heard"],
            "unopened": item["unopened"] if item["heard"] else None,
            "share": round(100 * item["unopened"] / item["heard"]) if item["heard"] else None,
            "days": item["days"],
            "last": item["last"],
        }
