"""Booklets (cartilhas): a PDF to read, print and hand round."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel

from files.models import Document
from knowledge.models.editable_documents import encoding_of
from knowledge.models.kinds import Kind, register_kind
from knowledge.models.parts import FilesUsed
from knowledge.models.resources import ResourcePage
from knowledge.models.texts import HasBody
from knowledge.text import text_of
from licensing.gate import Lack

BOOKLET = register_kind(
    Kind("cartilha", "Cartilha", "Cartilhas", "cartilha", "DigitalDocument", feminine=True)
)
MIN_WORDS = 40  # of the text on the page; one that only points to the PDF has fewer


class BookletPage(HasBody, ResourcePage):
    """A booklet: the PDF itself, and a page that says what is in it."""

    kind = BOOKLET
    template = "knowledge/resource_page.html"
    is_creatable = True
    body_is_required = False
    body_template = "knowledge/bodies/booklet.html"
    downloads_template = "knowledge/bodies/booklet_downloads.html"
    reading_relations = (*ResourcePage.reading_relations, "document", "editable")
    reading_deferred = (*ResourcePage.reading_deferred, "document__text", "editable__text")

    document = models.ForeignKey(
        Document,
        verbose_name="PDF da cartilha",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    editable = models.ForeignKey(
        Document,
        verbose_name="original que se edita",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Se houver: o ODT ou DOCX de que o PDF foi feito, para quem quer adaptar.",
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldPanel("document"), FieldPanel("editable"), FieldPanel("body")
    )

    class Meta:
        verbose_name = "cartilha"
        verbose_name_plural = "cartilhas"

    def files_used(self) -> FilesUsed:
        used = super().files_used()
        used.documents |= {document.pk: document for document in self.main_files()}
        return used

    def main_files(self) -> list[Any]:
        return [document for document in (self.document, self.editable) if document is not None]

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
        return [*super().lacks(), *self._lacks_of_text(), *self._lacks_of_documents()]

    def _lacks_of_text(self) -> Iterator[Lack]:
        """A booklet is read on its page as well as in the PDF."""
        words = len(text_of(self.body).split())
        if words < MIN_WORDS:
            yield Lack(
                "body",
                f"Escreva na página o texto da cartilha, para quem não abre PDF: ao menos "
                f"{MIN_WORDS} palavras. Agora há {words}.",
                "body",
            )

    def _lacks_of_documents(self) -> Iterator[Lack]:
        if self.document is None:
            yield Lack("document", "Escolha o PDF da cartilha.", "document")
        elif not self.document.is_pdf:
            named = self.document.get_format_display()
            sentence = f"“{self.document.title}” é {named}. Escolha o PDF da cartilha."
            yield Lack("document-format", sentence, "document")
        if self.editable is not None and self.editable.is_pdf:
            sentence = f"“{self.editable.title}” é PDF. Escolha o ODT ou DOCX de que ele foi feito."
            yield Lack("document-format", sentence, "editable")
        for named, document in (("O PDF", self.document), ("O original", self.editable)):
            if document and self.licence and document.licence not in (None, self.licence):
                yield Lack(
                    "document-licence",
                    f"{named} diz {document.licence} e a página diz {self.licence}. "
                    "Deixe a mesma licença nos dois.",
                    "licence",
                )

    def jsonld_extras(self) -> dict[str, Any]:
        offered = [item for item in (self.document, self.editable) if item and item.is_offered]
        return {"encoding": [encoding_of(item) for item in offered]} if offered else {}
