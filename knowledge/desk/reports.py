"""Reports on the library, each also as CSV and XLSX. They count what the person may edit."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from knowledge.desk.first_page import editable_by
from knowledge.desk.library_report import LibraryReport
from knowledge.desk.queries import QueriesReport
from knowledge.models import (
    Contribution,
    ExternalLink,
    LinkUse,
    Person,
    ResourcePage,
    ResourceTheme,
    Theme,
)
from licensing.fields import LicenceField
from licensing.values import OPEN_LICENCES, licence

# --- lists of pages -----------------------------------------------------------------------------


class PageFilters(WagtailFilterSet):
    """What a list of materials may be narrowed by."""

    licence = django_filters.ChoiceFilter(
        label="Licença",
        choices=[(item.identifier, item.short_name) for item in OPEN_LICENCES],
        widget=forms.RadioSelect,
        empty_label="Todas",
    )
    theme = django_filters.ModelChoiceFilter(
        label="Tema",
        field_name="resource_themes__theme",
        queryset=Theme.objects.all(),
        empty_label="Todos",
    )
    person = django_filters.ModelChoiceFilter(
        label="Quem fez",
        field_name="people__person",
        queryset=Person.objects.all(),
        empty_label="Todos",
    )
    live = django_filters.BooleanFilter(label="Publicado")

    class Meta:
        model = ResourcePage
        fields: ClassVar = ["live", "licence", "theme", "person"]
        filter_overrides: ClassVar = {LicenceField: {"filter_class": django_filters.CharFilter}}


class PagesReport(LibraryReport):
    """A list of materials."""

    filterset_class: Any = PageFilters

    def get_queryset(self) -> QuerySet[ResourcePage]:
        own = editable_by(self.request.user).values("pk")
        return ResourcePage.objects.filter(pk__in=own, alias_of__isnull=True).order_by(
            "title", "pk"
        )

    def filter_queryset(self, queryset: Any) -> Any:
        # A page with a theme twice is one page.
        return super().filter_queryset(queryset).distinct()

    def gather(self, items: list[Any]) -> None:
        ids = [page.pk for page in items]
        self.themes = _names(ResourceTheme.objects.filter(page__in=ids), "theme__name")
        authors = Contribution.objects.filter(page__in=ids, role__in=Contribution.AUTHORING)
        self.authors = _names(authors, "person__name")

    def address(self, item: ResourcePage) -> str:
        return reverse("wagtailadmin_pages:edit", args=[item.pk])

    def cells(self, item: ResourcePage) -> dict[str, Any]:
        kind = getattr(item.specific_class, "kind", None)
        return {
            "title": item.get_admin_display_title(),
            "kind": kind.label if kind else "",
            "licence": str(item.licence or ""),
            "themes": ", ".join(self.themes[item.pk]),
            "authors": ", ".join(self.authors[item.pk]),
            "status": "Publicado" if item.live else "Rascunho",
            "published": _day(item.first_published_at),
            "reviewed_on": item.reviewed_on,
            "review_by": item.review_by,
        }


def _names(rows: Any, name: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, value in rows.order_by("sort_order").values_list("page_id", name):
        if value not in found[pk]:
            found[pk].append(value)
    return found


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None


class MaterialsReport(PagesReport):
    """Everything, with licence, themes and authors."""

    name = "materials"
    page_title = "Materiais"
    introduction = "Use os filtros para ver os de uma licença, de um tema ou de uma pessoa."
    headings = {
        "title": "Material",
        "kind": "Tipo",
        "licence": "Licença",
        "themes": "Temas",
        "authors": "Quem fez",
        "status": "Situação",
        "published": "Publicado em",
    }


class ReviewsReport(PagesReport):
    """When what is live has to be read again; what has no date comes last."""

    name = "reviews"
    page_title = "Datas de revisão"
    header_icon = "date"
    introduction = "Primeiro o que já passou da data. Sem data, ninguém é lembrado de rever."
    headings = {
        "title": "Material",
        "kind": "Tipo",
        "review_by": "Rever até",
        "reviewed_on": "Revisto em",
        "published": "Publicado em",
        "authors": "Quem fez",
    }

    def get_queryset(self) -> QuerySet[ResourcePage]:
        live = super().get_queryset().filter(live=True)
        from django.db.models import F

        return live.order_by(F("review_by").asc(nulls_last=True), "title", "pk")


class AccessibleTextReport(PagesReport):
    """Sound and moving pictures without the text that stands for them."""

    name = "accessible_text"
    page_title = "Sem legenda ou transcrição"
    header_icon = "no-view"
    introduction = "Quem não ouve ou não vê fica de fora destes materiais."
    headings = {
        "title": "Material",
        "kind": "Tipo",
        "status": "Situação",
        "missing": "O que falta",
    }

    def get_queryset(self) -> QuerySet[ResourcePage]:
        """Only kinds that have something to say to it are fetched, each as its own kind."""
        kinds = [model for model in _kinds_of(ResourcePage) if _asks_for_text(model)]
        self.missing: dict[int, str] = {}
        base = super().get_queryset()
        for model in kinds:
            for page in model.objects.filter(pk__in=base.values("pk")):
                if sentence := page.lacks_accessible_text():
                    self.missing[page.pk] = sentence
        return base.filter(pk__in=list(self.missing))

    def cells(self, item: ResourcePage) -> dict[str, Any]:
        return super().cells(item) | {"missing": self.missing[item.pk]}


def _kinds_of(model: type[Any]) -> Iterable[type[Any]]:
    for kind in model.__subclasses__():
        yield kind
        yield from _kinds_of(kind)


def _asks_for_text(model: type[Any]) -> bool:
    return model.lacks_accessible_text is not ResourcePage.lacks_accessible_text


# --- counts -------------------------------------------------------------------------------------


class CountReport(LibraryReport):
    """How many materials there are of each of something."""

    rows: ClassVar[Any]
    key: ClassVar[str]
    label: ClassVar[str]
    page_lookup: ClassVar[str] = "page__"
    filter_name: ClassVar[str]

    def get_queryset(self) -> Any:
        own = editable_by(self.request.user).values("pk")
        page = self.page_lookup
        pages = self.rows().filter(
            **{f"{page}pk__in" if page else "pk__in": own, f"{page}alias_of__isnull": True}
        )
        counted = pages.values(self.key, self.label)
        one = f"{page}pk" if page else "pk"
        return counted.annotate(
            published=Count(one, filter=Q(**{f"{page}live": True}), distinct=True),
            drafts=Count(one, filter=Q(**{f"{page}live": False}), distinct=True),
        ).order_by("-published", self.label)

    def cells(self, item: dict[str, Any]) -> dict[str, Any]:
        return {
            "label": self.words(item[self.label]),
            "published": item["published"],
            "drafts": item["drafts"],
        }

    def words(self, value: Any) -> str:
        return str(value)

    def address(self, item: dict[str, Any]) -> str:
        value = item[self.key]
        return f"{reverse('desk_materials')}?{self.filter_name}={value}" if value else ""


class LicencesReport(CountReport):
    name = "licences"
    page_title = "Por licença"
    header_icon = "key"
    headings = {"label": "Licença", "published": "Publicados", "drafts": "Rascunhos"}
    rows = ResourcePage.objects.all
    key = label = "licence"
    page_lookup = ""
    filter_name = "licence"

    def get_queryset(self) -> Any:
        return super().get_queryset().order_by("-published", "licence")

    def words(self, value: Any) -> str:
        return str(licence(str(_identifier(value)))) if value else "Sem licença"

    def address(self, item: dict[str, Any]) -> str:
        return super().address({"licence": _identifier(item["licence"])})


def _identifier(value: Any) -> str:
    return getattr(value, "identifier", value) or ""


class ThemesReport(CountReport):
    name = "themes"
    page_title = "Por tema"
    header_icon = "folder-open-inverse"
    headings = {"label": "Tema", "published": "Publicados", "drafts": "Rascunhos"}
    rows = ResourceTheme.objects.all
    key, label = "theme_id", "theme__name"
    filter_name = "theme"


class AuthorsReport(CountReport):
    name = "authors"
    page_title = "Por autoria"
    header_icon = "group"
    headings = {"label": "Quem fez", "published": "Publicados", "drafts": "Rascunhos"}
    key, label = "person_id", "person__name"
    filter_name = "person"

    @staticmethod
    def rows() -> QuerySet[Contribution]:
        return Contribution.objects.filter(role__in=Contribution.AUTHORING)


# --- links to other sites -----------------------------------------------------------------------


class LinkFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label="Situação", choices=ExternalLink.State.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ExternalLink
        fields: ClassVar = ["state"]


class LinksReport(LibraryReport):
    """Links that lead nowhere any more, with the pages that have them."""

    name = "links"
    page_title = "Links quebrados"
    header_icon = "link-external"
    introduction = (
        "Conferimos cada link uma vez por semana. Três falhas em mais de um dia contam como quebrado. "
        "“Não deu para conferir” é de sites que só deixam pessoas entrarem: abra e veja."
    )
    results_template_name = "knowledge/desk/links_results.html"
    filterset_class = LinkFilters
    headings = {
        "url": "Link",
        "state": "Situação",
        "problem": "O que houve",
        "checked": "Conferido em",
        "pages": "Páginas que têm este link",
    }

    def get_queryset(self) -> Any:
        own = editable_by(self.request.user).values("pk")
        links = ExternalLink.objects.filter(uses__page__in=own).distinct()
        if "state" not in self.request.GET:
            links = links.filter(state=ExternalLink.State.BROKEN)
        return links.order_by("host", "url")

    def gather(self, items: list[Any]) -> None:
        own = editable_by(self.request.user).values("pk")
        uses = LinkUse.objects.filter(link__in=[link.pk for link in items], page__in=own)
        self.pages: dict[int, list[Any]] = defaultdict(list)
        for use in uses.select_related("page").order_by("page__title"):
            self.pages[use.link_id].append(use.page)
        for link in items:
            link.pages = self.pages[link.pk]

    def cells(self, item: ExternalLink) -> dict[str, Any]:
        return {
            "url": item.url,
            "state": item.get_state_display(),
            "problem": item.problem,
            "checked": _day(item.checked_at),
            "pages": "; ".join(page.get_admin_display_title() for page in self.pages[item.pk]),
        }


REPORTS: tuple[type[LibraryReport], ...] = (
    MaterialsReport,
    LicencesReport,
    ThemesReport,
    AuthorsReport,
    ReviewsReport,
    AccessibleTextReport,
    LinksReport,
    QueriesReport,
)
