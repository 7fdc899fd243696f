"""Spreadsheets that leave the CMS: no cell is a formula, ours or Wagtail's.

A title that begins with “=” is a formula to the program that opens the file, and may fetch or send
what the person did not ask for (OWASP: CSV injection). An apostrophe before it makes it text.
"""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(value: Any) -> Any:
    """The value of a cell; of text that a spreadsheet would reckon with, as plain text."""
    if isinstance(value, str) and value.startswith(_BEGIN_FORMULAS):
        return f"'{value}"
    return value


_preprocess = SpreadsheetExportMixin.preprocess_field_value


def _neutralised(self: Any, field: str, value: Any, export_format: str) -> Any:
    return neutral(_preprocess(self, field, value, export_format))


def neutralise_exports() -> None:
    """Have every export of the CMS, Wagtail's own among them, write plain cells."""
    SpreadsheetExportMixin.preprocess_field_value = _neutralised
