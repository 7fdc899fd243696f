"""The sources of the demo booklets find everything that they are built of in the repository."""

import base64
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from lxml import etree

SOURCES = Path(settings.BASE_DIR) / "fixtures" / "demo" / "cartilhas" / "fontes"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_booklets", SOURCES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_font_is_there(build: ModuleType) -> None:
    assert build.CUTS
    for _family, name, *_ in build.CUTS:
        assert (build.FONTS / name).read_bytes()[:4] == b"wOF2", name


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.html")), ids=lambda path: path.stem)
def test_every_drawing_of_a_booklet_is_drawn(build: ModuleType, path: Path) -> None:
    source = build.page_source(path, build.load_tiles(), build.brand_mark())
    assert "azulejo:" not in source
    drawings = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', source)
    assert len(drawings) >= 3
    for drawing in drawings:
        assert etree.fromstring(base64.b64decode(drawing)).tag.endswith("}svg")


def test_every_booklet_has_its_source() -> None:
    booklets = {path.stem for path in SOURCES.parent.glob("*.pdf")}
    assert booklets == {path.stem for path in SOURCES.glob("*.html")}
