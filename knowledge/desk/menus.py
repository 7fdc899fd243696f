"""Where reports are: an address each, and a line in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from knowledge.desk.library_report import LibraryReport


class ReportMenuItem(MenuItem):
    """A report, for those who may see it."""

    def __init__(self, report: type[LibraryReport], order: int) -> None:
        super().__init__(
            report.page_title,
            reverse(f"desk_{report.name}"),
            name=f"desk-{report.name}",
            icon_name=report.header_icon,
            order=order,
        )
        self.permissions = report.any_permission_required

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, self.permissions)


def addresses_of(report: type[LibraryReport]) -> list[Any]:
    """The page of a report, and the part of it that filters change."""
    place = f"relatorios/{report.name.replace('_', '-')}"
    view, results = report.as_view(), report.as_view(results_only=True)
    return [
        path(f"{place}/", view, name=f"desk_{report.name}"),
        path(f"{place}/resultados/", results, name=f"desk_{report.name}_results"),
    ]


def menu_item(report: type[LibraryReport], order: int) -> Any:
    """What makes the line of a report in the menu."""
    return lambda: ReportMenuItem(report, order)
