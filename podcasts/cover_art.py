"""The picture inside the audio of an episode (ID3 APIC), which players show where there is no feed.

It is the square art of the episode, else that of the show. A picture of somebody else goes in only
where whoever may copy the audio may copy it as freely; else the drawing of the show does.
"""

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import storages
from PIL import Image as PillowImage

from files.metadata.xmp import write_image_rights
from files.models import Image
from files.raster import rasterise
from knowledge.covers import azulejo, drawings
from knowledge.models.parts import part_of
from licensing.parts import cropping, misleading
from licensing.values import Licence

if TYPE_CHECKING:
    from podcasts.models import EpisodePage, ShowPage

_SIDE = 1000  # px
_MOST = 100_000  # bytes
# Side in pixels and quality of a JPEG, the best first; the last is small whatever it shows.
_TRIES = ((_SIDE, 85), (_SIDE, 75), (_SIDE, 60), (800, 60), (600, 50), (600, 25))


def of_episode(episode: "EpisodePage", licence: Licence) -> dict[str, Any]:
    """The picture of an episode whose audio goes out under `licence`, as its recipe names it: with
    whatever its bytes depend on."""
    return _picture(episode.cover_image, licence) or of_show(episode.show, licence)


def of_show(show: "ShowPage", licence: Licence) -> dict[str, Any]:
    """The picture of those episodes that have none of their own."""
    drawn = [azulejo.VERSION, show.cover_slug, show.module]
    return _picture(show.cover_image, licence) or {"drawn": drawn}


def _picture(image: Image | None, licence: Licence) -> dict[str, Any]:
    square = image.sizes.get("arte") if image else None
    part = part_of(image, "cover_image") if image else None
    if image is None or square is None or part is None:
        return {}
    if misleading(licence, part) or cropping(part):
        return {}
    return {"picture": image.pk, "sha256": square["sha256"]}


def make(named: dict[str, Any]) -> bytes:
    """A PNG or JPEG of 1,000 px, and of some 100 KB at most; empty for a picture that is gone."""
    if "drawn" in named:
        _, slug, module = named["drawn"]
        return _drawn(slug, module)
    image = Image.objects.filter(pk=named["picture"]).first()
    square = image.sizes.get("arte") if image else None
    if image is None or square is None or image.licence is None or image.withdrawn_on:
        return b""
    with storages["published"].open(square["file"]) as file:
        small = _small(file.read())
    return write_image_rights(small, image.as_work(f"{settings.PUBLIC_URL}/"))


@lru_cache(maxsize=4)
def _drawn(slug: str, module: str) -> bytes:
    """Drawn once for many episodes; as a PNG, which suits few flat colours better than JPEG."""
    return rasterise(drawings.draw_podcast_art(slug, module), _SIDE)


def _small(content: bytes) -> bytes:
    with PillowImage.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", (_SIDE, _SIDE))
        made = picture.convert("RGB")
    for side, quality in _TRIES:
        made.thumbnail((side, side))
        buffer = io.BytesIO()
        made.save(buffer, "JPEG", quality=quality, optimize=True)
        if buffer.tell() <= _MOST:
            break
    return buffer.getvalue()
