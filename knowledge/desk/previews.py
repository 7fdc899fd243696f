"""How wide the preview of the editor is."""

from typing import Any

_WIDTHS = (
    ("telefone", "mobile-alt", 360, "Ver como num telefone"),
    ("tablet", "tablet-alt", 768, "Ver como num tablet"),
    ("computador", "desktop", 1280, "Ver como num computador"),
)


class ThreeWidths:
    """A page whose preview has the widths of a telephone, a tablet and a computer, in px."""

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "icon": icon, "device_width": width, "label": label}
            for name, icon, width, label in _WIDTHS
        ]

    @property
    def default_preview_size(self) -> str:
        return "telefone"
