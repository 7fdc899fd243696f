"""Pictures: the private original, and the sizes that are published."""

import io
from dataclasses import replace
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import models
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from files.metadata.xmp import write_image_rights
from files.models.preparation import Preparable
from files.models.rights import Rights
from files.storage import digest_of, publish
from licensing.attribution import Source, Work, closing, names_in
from licensing.fields import LicenceField

# Named sizes of a published picture, as Wagtail filter specifications. Wagtail never enlarges by
# `width`, `max` or `fill`; a small original gives small sizes.
SIZES = {
    "mini": "fill-176x176|format-webp",
    "quadro": "fill-640x640|format-webp",
    "p": "width-480|format-webp",
    "m": "width-960|format-webp",
    "g": "width-1600|format-webp",
    "cartao": "fill-1200x630|format-jpeg|bgcolor-ffffff",
    "arte": "fill-3000x3000|format-jpeg|bgcolor-ffffff",
    "inteira": "max-2560x2560",
}
# What the CMS shows of a picture; made with the others, so that no page view makes one.
ADMIN_SIZES = ("max-165x165", "max-400x400", "max-800x600", "fill-600x338", "original")
_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_EXTENSIONS = {"jpeg": "jpg", "png": "png", "webp": "webp"}
_RECIPE = 1


class Image(Preparable, Rights, AbstractImage):
    """A picture with its rights. The original is private; `sizes` says what has been published.

    `sizes` maps a name of SIZES to {file, type, ext, width, height, bytes, sha256}; width and
    height in pixels.
    """

    sizes = models.JSONField(default=dict, editable=False)

    # The work of somebody else that the picture adapts, if it adapts one.
    adapted_title = models.CharField(
        "título da obra adaptada",
        max_length=255,
        blank=True,
        help_text="Só se a imagem muda, recorta ou junta a obra de outra pessoa.",
    )
    adapted_authors = models.CharField(
        "quem fez a obra adaptada",
        max_length=300,
        blank=True,
        help_text="Se forem vários, separe por ponto e vírgula.",
    )
    adapted_licence = LicenceField("licença da obra adaptada", reserved=True)
    adapted_url = models.URLField("endereço da obra adaptada", max_length=500, blank=True)
    modifications = models.TextField(
        "o que mudou",
        max_length=1000,
        blank=True,
        help_text="Uma coisa por linha. Exemplo: traduzi as legendas do desenho.",
    )

    # Wagtail's own models of the same name hold the usual reverse names.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quem enviou",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    tags = TaggableManager("etiquetas", help_text=None, blank=True, related_name="tagged_images")

    adapted_fields = (
        "adapted_title",
        "adapted_authors",
        "adapted_licence",
        "adapted_url",
        "modifications",
    )
    admin_form_fields = (
        "title",
        "file",
        "description",
        *Rights.rights_fields,
        *adapted_fields,
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "imagem"
        verbose_name_plural = "imagens"
        permissions: ClassVar = [("choose_image", "Can choose image")]

    def inputs(self) -> dict[str, Any]:
        if not self.file_hash:
            self._set_file_hash()
        focus = self.get_focal_point()
        return {
            "recipe": _RECIPE,
            "file": self.file_hash,
            "focus": [focus.left, focus.top, focus.right, focus.bottom] if focus else [],
            "base": settings.PUBLIC_URL,
            **self.rights_inputs(),
        }

    def as_work(self, url: str) -> Work:
        work = super().as_work(url)
        if not self.adapted_title or self.adapted_licence is None:
            return work
        names = names_in(self.adapted_authors)
        earlier = Source(self.adapted_title, names, self.adapted_licence, self.adapted_url)
        return replace(work, based_on=(earlier,), modifications=self.changes)

    @property
    def changes(self) -> tuple[str, ...]:
        """What was changed in the work that the picture adapts, one thing each."""
        lines = (line.strip(" .") for line in self.modifications.splitlines())
        return tuple(line for line in lines if line)

    @property
    def adaptation(self) -> str:
        """What was changed in whose work, in sentences; "" for a picture that adapts none."""
        return closing(self.as_work("")).strip() if self.licence else ""

    def rights_inputs(self) -> dict[str, object]:
        rights = super().rights_inputs()
        adapted = {name: str(getattr(self, name) or "") for name in self.adapted_fields}
        return rights | ({"adapted": adapted} if any(adapted.values()) else {})

    def make(self) -> dict[str, Any]:
        sizes = {}
        for name, spec in SIZES.items():
            if name == "arte" and min(self.width, self.height) < 1400:
                continue  # podcast directories take no art below 1,400 px
            sizes[name] = self._make_size(name, spec)
        for spec in ADMIN_SIZES:
            self.get_rendition(spec)
        return {"sizes": sizes}

    def _make_size(self, name: str, spec: str) -> dict[str, Any]:
        buffer = io.BytesIO()
        made = Filter(spec=spec).run(self, buffer)
        content = self._with_rights(buffer.getvalue())
        width, height = made.get_size()
        kind = made.format_name
        stored = publish(f"imagens/{self.pk}/{name}.{_EXTENSIONS[kind]}", content)
        return {
            "file": stored,
            "type": _TYPES[kind],
            "ext": _EXTENSIONS[kind],
            "width": width,
            "height": height,
            "bytes": len(content),
            "sha256": digest_of(content),
        }

    def published_names(self) -> set[str]:
        return {size["file"] for size in self.sizes.values()}

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """Wagtail's own renditions leave the place and the camera out as well."""
        made = super().generate_rendition_file(filter, source=source)
        made.seek(0)
        return ContentFile(self._with_rights(made.read()), name=made.name)

    def _with_rights(self, content: bytes) -> bytes:
        work = self.as_work(f"{settings.PUBLIC_URL}/") if self.licence else None
        return write_image_rights(content, work)

    def address(self, size: str) -> str:
        """The fixed, site-relative address of a published size, or "" where there is none."""
        made = self.sizes.get(size)
        return f"/imagens/{self.pk}/{size}.{made['ext']}" if made else ""


class Rendition(AbstractRendition):
    """A size that the CMS shows to those who work in it; never part of a public page."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def url(self) -> str:
        return f"/imagens/{self.image_id}/previa/{self.pk}/"
