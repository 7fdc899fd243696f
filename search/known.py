"""The values that facets may take.

They belong to the rooms above (themes, kinds), which register them at start.
"""

from collections.abc import Callable

from licensing.values import OPEN_LICENCES

Values = Callable[[], dict[str, str]]
_registered: dict[str, Values] = {}


def register_facet(name: str, values: Values) -> None:
    """Say which values the facet `name` may take: value → label, in the order to show."""
    _registered[name] = values


def known_facets() -> dict[str, dict[str, str]]:
    """Every facet with its values and their labels."""
    licences = {licence.identifier: licence.short_name for licence in OPEN_LICENCES}
    return {name: values() for name, values in _registered.items()} | {"licenca": licences}
