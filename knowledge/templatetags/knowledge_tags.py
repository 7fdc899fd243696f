"""Small things that templates of every room draw."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from knowledge import citing
from knowledge import jsonld as jsonld_module
from knowledge.covers.drawings import tile_url
from knowledge.models.kinds import Kind, kinds
from knowledge.numbers import size_in_words
from licensing.attribution import join_names
from licensing.values import Licence, licence

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the set. Always beside its word, so it is silent."""
    return format_html(
        '<svg class="ico" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("img/icones.svg"),
        name,
    )


@register.simple_tag
def people(contributions: list[Any]) -> SafeString:
    """Linked names as Portuguese lists them: “A, B e C”."""
    links: list[str] = [
        format_html('<a href="{}">{}</a>', item.person.get_absolute_url(), item.person.name)
        for item in contributions
    ]
    return mark_safe(join_names(links))  # noqa: S308 (each link is escaped)


_WIDTHS = ("p", "m", "g")


@register.simple_tag
def picture(image: Any) -> SafeString | str:
    """A picture of a body in the sizes that have been made; a note where none has been yet."""
    if image.withdrawn_on:
        sentence = "A imagem saiu do ar a pedido de quem tem os direitos sobre ela."
        return format_html('<p class="soft">{}</p>', sentence)
    sizes = {name: image.sizes[name] for name in _WIDTHS if name in image.sizes}
    if not sizes:
        return format_html('<p class="soft">{}</p>', "A imagem ainda está sendo preparada.")
    widest = max(sizes, key=lambda name: sizes[name]["width"])
    sources = {size["width"]: image.address(name) for name, size in sizes.items()}
    return format_html(
        '<img src="{}" srcset="{}" sizes="(min-width: 60em) 58rem, 94vw" alt="{}" '
        'width="{}" height="{}" loading="lazy">',
        image.address("m" if "m" in sizes else widest),
        ", ".join(f"{url} {width}w" for width, url in sorted(sources.items())),
        "" if getattr(image, "decorative", False) else getattr(image, "contextual_alt_text", ""),
        sizes[widest]["width"],
        sizes[widest]["height"],
    )


@register.simple_tag
def current(path: str, address: str) -> SafeString | str:
    """`aria-current` for a link of a menu: the page itself, or the part of the site it is in."""
    if path == address:
        return mark_safe(' aria-current="page"')
    if address != "/" and path.startswith(address):
        return mark_safe(' aria-current="true"')
    return ""


@register.simple_tag
def tile(module: str, variant: int) -> str:
    """Site-relative address of one tile of a module."""
    return tile_url(module, variant)


@register.filter
def kind_of(slug: str) -> Kind | None:
    """The kind of resource with this slug."""
    return kinds().get(slug)


@register.filter
def licence_of(identifier: str) -> Licence:
    """The licence with this SPDX identifier."""
    return licence(identifier)


@register.filter
def short_date(value: Any) -> str:
    """“12 nov. 2026”."""
    if not value:
        return ""
    day = timezone.localtime(value) if hasattr(value, "tzinfo") else value
    return f"{day.day} {citing.MONTHS[day.month - 1]} {day.year}"


@register.filter
def long_date(value: Any) -> str:
    """“12 de novembro de 2026”."""
    if not value:
        return ""
    day = timezone.localtime(value) if hasattr(value, "tzinfo") else value
    return formats.date_format(day, r"j \d\e F \d\e Y").lower()


@register.filter
def file_size(size: int) -> str:
    """“88 KB”, “1,2 MB”: decimal units, one decimal from a megabyte on."""
    return size_in_words(size)


@register.simple_tag
def jsonld(data: dict[str, Any]) -> SafeString:
    """JSON-LD as an inert script element."""
    return jsonld_module.script(data)


@register.filter
def abnt(work: citing.CitedWork) -> SafeString:
    """How a work is cited (ABNT NBR 6023)."""
    return mark_safe(citing.abnt_html(work))  # noqa: S308 (escaped where it is made)


@register.filter
def bibtex(work: citing.CitedWork) -> str:
    """A work as a BibTeX entry."""
    return citing.bibtex(work)
