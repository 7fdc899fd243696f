"""Licences and credits in templates."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from licensing.attribution import Work, attribution_html, attribution_text, join_names
from licensing.values import Licence

register = template.Library()


@register.filter
def credit_html(work: Work) -> SafeString:
    """The credit of a page's own work: RDFa, and the page's rel="license"."""
    return mark_safe(attribution_html(work))  # noqa: S308 (escaped where it is made)


@register.filter
def credit_text(work: Work) -> str:
    """The credit as plain text, ready to paste."""
    return attribution_text(work)


@register.filter
def names(of: Iterable[str]) -> str:
    """Names as Portuguese lists them: “A, B e C”."""
    return join_names(list(of))


@register.filter
def licence_link(licence: Licence | None) -> SafeString | str:
    """A plain link to the deed in Portuguese, without `rel`: for rows, quoted parts and footers."""
    if licence is None:
        return ""
    if not licence.uri:
        return str(licence)
    return format_html(
        '<a href="{}"><span class="nb">{}</span></a>', licence.deed_uri(), licence.short_name
    )
