"""The kinds of resource, as readers know them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of resource: `slug` in addresses, words for people, and the icon that goes with them."""

    slug: str
    label: str
    plural: str
    icon: str
    schema_type: str
    feminine: bool = False

    @property
    def this(self) -> str:
        """“este guia”, “esta cartilha”."""
        return f"{'esta' if self.feminine else 'este'} {self.label.lower()}"


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Make a kind known; each room registers its own where it defines the page."""
    _kinds[kind.slug] = kind
    return kind


def kinds() -> dict[str, Kind]:
    """Every kind by its slug, in the order in which they were registered."""
    return dict(_kinds)
