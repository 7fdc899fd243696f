"""Fields of account forms as the house draws them."""

from django import template
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
    attrs: dict[str, str | bool] = {"class": "input", "placeholder": ""}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)
