"""Fields of account forms as the house draws them."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def field_input(field: BoundField) -> SafeString:
    """The input of a field, tied to its hint and to its error. (Django says that it is wrong.)"""
    described = []
    if field.errors:
        described.append(f"{field.id_for_label}-erro")
    if field.help_text:
        described.append(f"{field.id_for_label}-dica")
    attrs: dict[str, str | bool] = {"class": "input"}
    if not isinstance(field.field.widget, forms.Select):
        attrs["placeholder"] = ""  # in place of the browser's or a package's own
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)
