"""SVG to PNG, with the house's own fonts and none of the system's."""

import io

import resvg_py
from django.conf import settings
from PIL import Image as PillowImage


def rasterise(svg: str, width: int) -> bytes:
    """Draw `svg` at `width` pixels: a PNG without alpha (podcast directories refuse it), small."""
    fonts = sorted((settings.BASE_DIR / "assets" / "fonts" / "raster").glob("*.ttf"))
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#f8f2e4",
        skip_system_fonts=True,
        font_files=[str(path) for path in fonts],
    )
    with PillowImage.open(io.BytesIO(drawn)) as picture:
        flat = picture.convert("RGB")
    buffer = io.BytesIO()
    flat.save(buffer, "PNG")
    return buffer.getvalue()
