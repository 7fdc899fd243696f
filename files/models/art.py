"""Drawings turned into pictures: social cards and podcast art."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from files.models.preparation import Preparable
from files.raster import rasterise
from files.storage import digest_of, publish

_RECIPE = 1


class Art(Preparable):
    """An SVG drawing and the PNG made of it, named by the digest of the drawing.

    The same drawing is the same row and the same address for ever; another drawing gets another
    address, as podcast directories ask.
    """

    name = models.CharField(primary_key=True, max_length=64)
    svg = models.TextField()
    width = models.PositiveSmallIntegerField()
    copy = models.CharField(max_length=255, default="", editable=False)
    copy_bytes = models.PositiveIntegerField(default=0, editable=False)
    copy_sha256 = models.CharField(max_length=64, default="", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    is_quick = True

    class Meta:
        verbose_name = "arte"
        verbose_name_plural = "artes"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def find(cls, svg: str, width: int) -> Self | None:
        """The art made of `svg` at `width` pixels, if it has been asked for."""
        return cls.objects.filter(pk=cls._name_of(svg, width)).first()

    @classmethod
    def ask(cls, svg: str, width: int) -> Self:
        """The art made of `svg` at `width` pixels, asked for if it is new."""
        name = cls._name_of(svg, width)
        return cls.objects.get_or_create(pk=name, defaults={"svg": svg, "width": width})[0]

    @staticmethod
    def _name_of(svg: str, width: int) -> str:
        return digest_of(f"{_RECIPE}/{width}/{svg}".encode())

    def inputs(self) -> dict[str, Any]:
        return {"name": self.name}

    def make(self) -> dict[str, Any]:
        content = rasterise(self.svg, self.width)
        return {
            "copy": publish(f"arte/{self.name[:24]}.png", content),
            "copy_bytes": len(content),
            "copy_sha256": digest_of(content),
        }

    def published_names(self) -> set[str]:
        return {self.copy} if self.copy else set()

    @classmethod
    def unused(cls, before: datetime) -> models.QuerySet[Self]:
        """Cards of titles that were typed and changed again."""
        return cls.objects.filter(uses__isnull=True, created_at__lt=before)

    @property
    def url(self) -> str:
        """The fixed, site-relative address."""
        return f"/arte/{self.name[:24]}.png"
