"""Documents (PDF): the private original, and the published copy that carries its rights."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument

from files.inspection import read_pdf
from files.metadata.pdf import write_pdf_rights
from files.models.preparation import Preparable
from files.models.rights import Rights
from files.storage import digest_of, publish

_RECIPE = 1


class Document(Preparable, Rights, AbstractDocument):
    """A PDF with its rights, its text and a published copy at a fixed address."""

    slug = models.SlugField(max_length=100, editable=False)
    pages = models.PositiveIntegerField("páginas", default=0, editable=False)
    text = models.TextField("texto extraído", default="", editable=False)
    copy = models.CharField(max_length=255, default="", editable=False)
    copy_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    copy_sha256 = models.CharField(max_length=64, default="", editable=False)
    copied_at = models.DateTimeField(null=True, editable=False)

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
    tags = TaggableManager("etiquetas", help_text=None, blank=True, related_name="tagged_documents")

    admin_form_fields = ("title", "file", *Rights.rights_fields, "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = "documento"
        verbose_name_plural = "documentos"
        permissions: ClassVar = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        # Of many documents sent at once, the form that asks for the rights has no file yet.
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Given once: the address outlives changes of title and file.
        self.slug = self.slug or slugify(self.title)[:100] or "documento"
        super().save(*args, **kwargs)

    def inputs(self) -> dict[str, Any]:
        if not self.file_hash:
            self._set_file_hash()
        return {
            "recipe": _RECIPE,
            "file": self.file_hash,
            "base": settings.PUBLIC_URL,
            **self.rights_inputs(),
        }

    def make(self) -> dict[str, Any]:
        with self.open_file() as file:
            original = file.read()
        text, pages = read_pdf(original)
        content = original
        if self.licence is not None:
            content = write_pdf_rights(original, self.as_work(f"{settings.PUBLIC_URL}{self.url}"))
        return {
            "pages": pages,
            "text": text,
            "copy": publish(f"documentos/{self.pk}/{self.slug}.pdf", content),
            "copy_bytes": len(content),
            "copy_sha256": digest_of(content),
            "copied_at": timezone.now(),
        }

    def published_names(self) -> set[str]:
        return {self.copy} if self.copy else set()

    @property
    def url(self) -> str:
        """The fixed, site-relative address of the published copy."""
        return f"/arquivos/{self.pk}/{self.slug}.pdf"
