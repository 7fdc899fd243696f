"""Make the TrueType files that draw social cards from the WOFF2 files of the pages.

The rasteriser reads neither WOFF2 nor variable fonts. Run after changing a font:

    .venv/bin/python deploy/make_raster_fonts.py
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "assets" / "fonts"
INSTANCES = (
    ("besley-latin-wght-normal.woff2", "Besley", 640),
    ("atkinson-hyperlegible-next-latin-wght-normal.woff2", "Atkinson Hyperlegible Next", 400),
    ("atkinson-hyperlegible-next-latin-wght-normal.woff2", "Atkinson Hyperlegible Next", 700),
)


def main() -> None:
    for source, family, weight in INSTANCES:
        font = instantiateVariableFont(TTFont(FONTS / source), {"wght": weight})
        font.flavor = None
        font["OS/2"].usWeightClass = weight
        names = font["name"]
        for record in list(names.names):
            if record.nameID in (1, 16):
                names.setName(
                    family, record.nameID, record.platformID, record.platEncID, record.langID
                )
        font.save(FONTS / "raster" / f"{Path(source).stem.split('-latin')[0]}-{weight}.ttf")


if __name__ == "__main__":
    main()
