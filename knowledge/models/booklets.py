"""Booklets (cartilhas): a PDF to read, print and hand round."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel

from files.models import Document
from knowledge.models.kinds import Kind, register_kind
from knowledge.models.parts import FilesUsed
from knowledge.models.resources import ResourcePage
from knowledge.models.texts import HasBody
from licensing.gate import Lack

BOOKLET = register_kind(
    Kind("cartilha", "Cartilha", "Cartilhas", "cartilha", "DigitalDocument", feminine=True)
)


class BookletPage(HasBody, ResourcePage):
    """A booklet: the PDF itself, and a page that says what is in it."""

    kind = BOOKLET
    template = "knowledge/resource_page.html"
    is_creatable = True
    body_is_required = False
    body_template = "knowledge/bodies/booklet.html"
    downloads_template = "knowledge/bodies/booklet_downloads.html"
    reading_relations = (*ResourcePage.reading_relations, "document")
    reading_deferred = (*ResourcePage.reading_deferred, "document__text")

    document = models.ForeignKey(
        Document,
        verbose_name="PDF da cartilha",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldPanel("document"), FieldPanel("body")
    )

    class Meta:
        verbose_name = "cartilha"
        verbose_name_plural = "cartilhas"

    def files_used(self) -> FilesUsed:
        used = super().files_used()
        if self.document is not None:
            used.documents[self.document.pk] = self.document
        return used

    def plain_text(self) -> str:
        text = super().plain_text()
        return f"{text}\n\n{self.document.text}" if self.document else text

    @property
    def length_label(self) -> str:
        if not self.document or not self.document.pages:
            return ""
        pages = self.document.pages
        return f"{pages} página{'s' if pages > 1 else ''}"

    def lacks(self) -> list[Lack]:
        lacks = super().lacks()
        if self.document is None:
            lacks.append(Lack("document", "Escolha o PDF da cartilha.", "document"))
        elif self.licence and self.document.licence and self.document.licence != self.licence:
            lacks.append(
                Lack(
                    "document-licence",
                    f"O PDF diz {self.document.licence} e a página diz {self.licence}. "
                    "Deixe a mesma licença nos dois.",
                    "licence",
                )
            )
        return lacks
