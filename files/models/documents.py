"""Documents (PDF, ODT, DOCX): the private original, and the published copy with its rights."""

from typing import IO, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument

from files.inspection import read_pdf
from files.metadata.office import write_docx_rights, write_odt_rights
from files.metadata.pdf import write_pdf_rights
from files.models.preparation import Preparable
from files.models.rights import Rights
from files.office import DOCX_TYPE, ODT_TYPE, read_editable, sniff
from files.storage import digest_of, publish

_RECIPE = 1
_TYPES = {"pdf": "application/pdf", "odt": ODT_TYPE, "docx": DOCX_TYPE}


def format_of(file: IO[bytes]) -> str:
    """“pdf”, “odt” or “docx”, by content; whatever is no archive is taken for a PDF, and refused
    as one when it is prepared."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    return sniff(content) or "pdf"


class Document(Preparable, Rights, AbstractDocument):
    """A document with its rights, its text and a published copy at a fixed address."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        ODT = "odt", "ODT"
        DOCX = "docx", "DOCX"

    format = models.CharField(
        "formato", max_length=4, choices=Format.choices, default=Format.PDF, editable=False
    )
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
        if kwargs.get("update_fields") is None and not self.file._committed:
            self.format = format_of(self.file)
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
        work = self.as_work(f"{settings.PUBLIC_URL}{self.url}") if self.licence else None
        pages = 0
        if self.format == self.Format.PDF:
            text, pages = read_pdf(original)
            content = write_pdf_rights(original, work) if work else original
        else:
            text = read_editable(original, self.format)
            write = write_odt_rights if self.format == self.Format.ODT else write_docx_rights
            content = write(original, work)
        return {
            "pages": pages,
            "text": text,
            "copy": publish(f"documentos/{self.pk}/{self.slug}.{self.format}", content),
            "copy_bytes": len(content),
            "copy_sha256": digest_of(content),
            "copied_at": timezone.now(),
        }

    @property
    def is_offered(self) -> bool:
        """Whether there is a copy that readers may have."""
        return bool(self.copy) and self.withdrawn_on is None

    def published_names(self) -> set[str]:
        return {self.copy} if self.copy else set()

    @property
    def url(self) -> str:
        """The fixed, site-relative address of the published copy."""
        return f"/arquivos/{self.pk}/{self.slug}.{self.format}"

    @property
    def media_type(self) -> str:
        """The media type (IANA) of the copy."""
        return _TYPES[self.format]

    @property
    def is_pdf(self) -> bool:
        """Whether it is read as it is; the others are edited."""
        return self.format == self.Format.PDF
