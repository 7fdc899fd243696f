"""Editable documents (modelos): a text to take away, adapt and use."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField

from files.models import Document
from knowledge.blocks import anchor_for
from knowledge.models.kinds import Kind, register_kind
from knowledge.models.parts import FilesUsed
from knowledge.models.resources import ResourcePage
from knowledge.models.texts import HasBody
from licensing.gate import Lack

EDITABLE_DOCUMENT = register_kind(Kind("modelo", "Modelo", "Modelos", "modelo", "DigitalDocument"))


class AdaptationBlock(blocks.StructBlock):
    """A place in the document that each city fills in or changes."""

    where = blocks.CharBlock(
        label="Onde", max_length=120, help_text="O lugar no documento. Ex.: Cláusula 3, prazo"
    )
    how = blocks.TextBlock(label="O que trocar", rows=2)
    why = blocks.TextBlock(label="Por quê", rows=2, required=False)

    class Meta:
        icon = "edit"
        label = "O que adaptar"


class EditableDocumentPage(HasBody, ResourcePage):
    """An editable document, as ODT and DOCX, and what to change in it before it is used."""

    kind = EDITABLE_DOCUMENT
    template = "knowledge/resource_page.html"
    is_creatable = True
    body_is_required = False
    body_template = "knowledge/bodies/editable_document.html"
    downloads_template = "knowledge/bodies/editable_document_downloads.html"
    reading_relations = (*ResourcePage.reading_relations, "odt", "docx")
    reading_deferred = (*ResourcePage.reading_deferred, "odt__text", "docx__text")

    odt = models.ForeignKey(
        Document,
        verbose_name="em ODT",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Abre no LibreOffice e em outros editores livres.",
    )
    docx = models.ForeignKey(
        Document,
        verbose_name="em DOCX",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Abre no Word.",
    )
    adaptations = StreamField(
        [("place", AdaptationBlock())], verbose_name="o que adaptar", blank=True
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        MultiFieldPanel(
            [
                HelpPanel(
                    "<p>Ofereça os dois formatos: nem toda prefeitura tem o mesmo editor. "
                    "Os dois trazem o mesmo texto.</p>"
                ),
                FieldPanel("odt"),
                FieldPanel("docx"),
            ],
            heading="Arquivos",
        ),
        FieldPanel("adaptations"),
        FieldPanel("body"),
    )

    class Meta:
        verbose_name = "modelo"
        verbose_name_plural = "modelos"

    def __str__(self) -> str:
        return self.title

    @property
    def downloads(self) -> list[Document]:
        """The document in each format in which there is one."""
        return [document for document in (self.odt, self.docx) if document is not None]

    @property
    def length_label(self) -> str:
        """The formats: “ODT e DOCX”."""
        return " e ".join(document.get_format_display() for document in self.downloads)

    def files_used(self) -> FilesUsed:
        used = super().files_used()
        for document in self.downloads:
            used.documents[document.pk] = document
        return used

    def main_files(self) -> list[Any]:
        return self.downloads

    def plain_text(self) -> str:
        places = [text for block in self.adaptations for text in block.value.values() if text]
        document = self.downloads[0].text if self.downloads else ""
        return "\n\n".join(part for part in (*places, super().plain_text(), document) if part)

    def arrange(self, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What to adapt comes after what opens the text, before its first title."""
        if not self.adaptations:
            return sections
        first = next((n for n, item in enumerate(sections) if item["title"]), len(sections))
        title = "O que adaptar"
        anchor = anchor_for(title, {item["anchor"] for item in sections})
        html = format_html(
            '<h2 id="{}">{}</h2><dl class="adapt">{}</dl>', anchor, title, self._places()
        )
        own = {"html": html, "anchor": anchor, "title": title}
        return [*sections[:first], own, *sections[first:]]

    def _places(self) -> SafeString:
        rows = [
            format_html(
                "<div><dt>{}</dt><dd>{}</dd>{}</div>",
                place["where"],
                place["how"],
                format_html('<dd class="soft">{}</dd>', place["why"]) if place["why"] else "",
            )
            for place in (block.value for block in self.adaptations)
        ]
        return SafeString("".join(rows))

    def lacks(self) -> list[Lack]:
        return [*super().lacks(), *self._lacks_of_documents()]

    def _lacks_of_documents(self) -> Iterator[Lack]:
        if not self.downloads:
            yield Lack("document", "Escolha o documento: em ODT, em DOCX ou nos dois.", "odt")
        for field, document in (("odt", self.odt), ("docx", self.docx)):
            if document is None:
                continue
            if document.format != field:
                named = document.get_format_display()
                sentence = f"“{document.title}” é {named}. Escolha um arquivo {field.upper()}."
                yield Lack("document-format", sentence, field)
            if self.licence and document.licence and document.licence != self.licence:
                sentence = (
                    f"O arquivo {field.upper()} diz {document.licence} e a página diz "
                    f"{self.licence}. Deixe a mesma licença nos dois."
                )
                yield Lack("document-licence", sentence, "licence")

    def advice(self) -> list[str]:
        if len(self.downloads) != 1:
            return []
        other = "DOCX" if self.odt is not None else "ODT"
        return [f"Ofereça o modelo em {other} também: nem toda prefeitura tem o mesmo editor."]

    def jsonld_extras(self) -> dict[str, Any]:
        encodings = [encoding_of(document) for document in self.downloads if document.is_offered]
        return {"encoding": encodings} if encodings else {}


def encoding_of(document: Document) -> dict[str, Any]:
    """A published document as schema.org's MediaObject."""
    return {
        "@type": "MediaObject",
        "contentUrl": document.url,
        "encodingFormat": document.media_type,
        "contentSize": str(document.copy_bytes),
        "sha256": document.copy_sha256,
    }
