"""What every report of the desk has: one table, for the screen and for spreadsheets."""

from collections import OrderedDict
from typing import Any, ClassVar

from django.utils import timezone
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy


class LibraryReport(ReportView):
    """A table whose columns are named once, for the screen and for the spreadsheet."""

    template_name = "knowledge/desk/report.html"
    results_template_name = "knowledge/desk/report_results.html"
    permission_policy = page_permission_policy
    any_permission_required: ClassVar = ["add", "change", "publish"]
    header_icon = "doc-full"
    name: ClassVar = ""  # in addresses
    headings: ClassVar[dict[str, str]] = {}
    introduction: ClassVar[str] = ""

    @property
    def index_url_name(self) -> str:  # type: ignore[override]
        return f"desk_{self.name}"

    @property
    def index_results_url_name(self) -> str:  # type: ignore[override]
        return f"desk_{self.name}_results"

    @property
    def list_export(self) -> list[str]:  # type: ignore[override]
        return [*self.headings]

    @property
    def export_headings(self) -> dict[str, str]:  # type: ignore[override]
        return self.headings

    def get_filename(self) -> str:
        return f"{self.name}-{timezone.localdate():%Y-%m-%d}"

    def get_table(self, object_list: Any) -> Any:
        """Our results template draws its own table."""
        return super().get_table([])

    def cells(self, item: Any) -> dict[str, Any]:
        """The value of each column for one item."""
        raise NotImplementedError

    def address(self, item: Any) -> str:
        """Where the first cell leads; "" for nowhere."""
        return ""

    def to_row_dict(self, item: Any) -> "OrderedDict[str, Any]":
        cells = self.cells(item)
        return OrderedDict((key, cells[key]) for key in self.headings)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"report": self, "column_headings": list(self.headings.values())}

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        items = list(object_list)
        self.gather(items)
        if not self.is_export:
            return [self.line(item) for item in items]
        return items

    def line(self, item: Any) -> dict[str, Any]:
        """An item as the results template shows it: each cell with the heading of its column."""
        values = self.to_row_dict(item)
        return {
            "item": item,
            "url": self.address(item),
            "cells": [(self.headings[key], value) for key, value in values.items()],
        }

    def gather(self, items: list[Any]) -> None:
        """Fetch what the cells of all items need, at once."""
