"""The values that facets may take.

They belong to the rooms above (themes, kinds), which register them at start.
"""

from collections.abc import Callable

from licensing.values import OPEN_LICENCES

Values = Callable[[], dict[str, str]]
Former = Callable[[str], str]
_registered: dict[str, Values] = {}
_former: dict[str, Former] = {}


def register_facet(name: str, values: Values, former: Former | None = None) -> None:
    """Say which values the facet `name` may take: value → label, in the order to show. `former`
    knows what a value of earlier days is called now; it answers "" for one that never was."""
    _registered[name] = values
    if former is not None:
        _former[name] = former


def value_now(name: str, value: str) -> str:
    """What `value`, which is no value of the facet `name`, has become; "" if it never was one."""
    return _former[name](value) if name in _former else ""


def known_facets() -> dict[str, dict[str, str]]:
    """Every facet with its values and their labels."""
    licences = {licence.identifier: licence.short_name for licence in OPEN_LICENCES}
    return {name: values() for name, values in _registered.items()} | {"licenca": licences}
