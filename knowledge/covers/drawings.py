"""What is drawn for an item, and where each drawing is found.

A drawing depends on the slug of the item and on the tile of its first theme, nothing else, so its
address says both and it may be kept for ever; raising `azulejo.VERSION` changes every address.
"""

from functools import lru_cache

from django.conf import settings
from PIL import ImageFont

from files.inspection import clean_text
from knowledge.covers import azulejo

# (slug, name) of the ten module pairs, in the order in which a theme offers them.
MODULES = [
    ("financas", "Moedas em degraus"),
    ("seguranca", "Escudos em cadeia"),
    ("educacao", "Leque de páginas"),
    ("saude", "Cruz entalhada"),
    ("planejamento-urbano", "Quadras e praça"),
    ("meio-ambiente", "Folha e semente"),
    ("mobilidade", "Três faixas"),
    ("assistencia-social", "Abraço"),
    ("gestao-de-pessoas", "Pessoa à mesa"),
    ("governo-digital", "Bits"),
]
# The tile of an item without a theme.
HOUSE_MODULE = "governo-digital"
FORMATS = ("quadro", "mini", "faixa")
_TITLE_WIDTH = 480  # px: the panel of 570 less its margins
_TITLE_SIZES = ((60, 4), (52, 4), (44, 5), (38, 6))  # (px, lines at most)


def cover_url(slug: str, module: str, form: str = "quadro") -> str:
    """Site-relative address of an item's drawn cover."""
    return f"/capas/v{azulejo.VERSION}/{module}/{form}/{slug}.svg"


def tile_url(module: str, variant: int = 0) -> str:
    """Site-relative address of one tile of a module, as a finished step lays it."""
    return f"/capas/v{azulejo.VERSION}/{module}/azulejo-{variant}.svg"


def theme_url(module: str) -> str:
    """Site-relative address of the four tiles that stand for a theme."""
    return f"/capas/v{azulejo.VERSION}/{module}/tema.svg"


def draw_theme(module: str) -> str:
    """The SVG at `theme_url`: four of the theme's tiles turned round one point."""
    ground, figure, accent = (azulejo.INK[name] for name in azulejo.THEMES[module][1][0])
    inks = {"g": ground, "f": figure, "a": accent}
    paths = "".join(f'<path fill="{inks[r]}" d="{d}"/>' for r, d in azulejo.THEMES[module][0][0])
    places = (("30 30", 0), ("90 30", 90), ("30 90", 270), ("90 90", 180))
    uses = "".join(
        f'<use href="#m" transform="translate({place})rotate({turn})"/>' for place, turn in places
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 120 120">'
        f'<defs><g id="m"><g transform="translate(-30 -30)">{paths}</g></g></defs>'
        f'<path fill="{ground}" d="M0 0h120v120h-120z"/>{uses}'
        f'<path d="M60 0V120M0 60H120" stroke="{ground}" stroke-width="1" fill="none"/></svg>'
    )


def draw_cover(slug: str, module: str, form: str) -> str:
    """The SVG at `cover_url`."""
    return azulejo.cover(slug, module, form)


def draw_tile(module: str, variant: int) -> str:
    """The SVG at `tile_url`."""
    return azulejo.module(module, variant)


def draw_podcast_art(slug: str, module: str) -> str:
    """The square art of a show (3,000 px)."""
    return azulejo.cover(slug, module, "podcast")


def draw_card(slug: str, module: str, title: str, kind: str) -> str:
    """The social card of an item (1200 × 630 px)."""
    lines, size = break_title(clean_text(title))
    return azulejo.social(slug, module, azulejo.title_block(lines, kind, size))


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = settings.BASE_DIR / "assets" / "fonts" / "raster" / "besley-640.ttf"
    return ImageFont.truetype(str(path), size)


def break_title(title: str) -> tuple[list[str], int]:
    """The lines of a title as the card sets it, and their size in pixels.

    The largest size at which every word fits and the lines are few enough; a title that fits at
    none is cut and ends in an ellipsis.
    """
    lines: list[str] = []
    for size, most in _TITLE_SIZES:
        lines = _wrap(title, size)
        if len(lines) <= most and all(_fits(line, size) for line in lines):
            return lines, size
    size, most = _TITLE_SIZES[-1]
    kept = [_cut(line, size) for line in lines[:most]]
    kept[-1] = _cut(kept[-1].rstrip("…") + "…", size)
    return kept, size


def _fits(line: str, size: int) -> bool:
    return _font(size).getlength(line) <= _TITLE_WIDTH


def _wrap(title: str, size: int) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _fits(longer, size):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line: str, size: int) -> str:
    while line and not _fits(line, size):
        line = line.rstrip("…")[:-1].rstrip() + "…"
        if line == "…":
            break
    return line
