"""Resources that are read: guides and articles."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from knowledge.blocks import BodyBlock
from knowledge.blocks.figures import indicators_in
from knowledge.blocks.media import lacks_of_media, recordings_in, videos_in
from knowledge.indicators import Indicator
from knowledge.models.kinds import Kind, register_kind
from knowledge.models.parts import FilesUsed
from knowledge.models.resources import ResourcePage
from knowledge.text import documents_in, marks_without_note, pictures_in, text_of
from licensing.gate import Lack

GUIDE = register_kind(Kind("guia", "Guia", "Guias", "guia", "Article"))
ARTICLE = register_kind(Kind("artigo", "Artigo", "Artigos", "leitura", "Article"))


def files_in(body: StreamValue, used: FilesUsed | None = None) -> FilesUsed:
    """The files that a body shows or offers, beside those `used` already."""
    used = used or FilesUsed()
    used.images |= {picture.pk: picture for picture in pictures_in(body)}
    used.documents |= {document.pk: document for document in documents_in(body)}
    used.videos |= {video.pk: video for video in videos_in(body)}
    used.recordings |= {item.pk: item for item in recordings_in(body)}
    return used


class HasBody(models.Model):
    """A resource with a body of text."""

    body = StreamField(BodyBlock(), verbose_name="texto", blank=True)

    class Meta:
        abstract = True

    def files_used(self) -> FilesUsed:
        used: FilesUsed = super().files_used()  # type: ignore[misc]
        return files_in(self.body, used)

    def plain_text(self) -> str:
        return text_of(self.body)

    @property
    def csv_path(self) -> str:
        """The site-relative address of the numbers shown here."""
        return f"{self.get_url() or ''}indicadores.csv"  # type: ignore[attr-defined]

    def indicators_shown(self) -> list[Indicator]:
        return list(indicators_in(self.body))

    def lacks(self) -> list[Lack]:
        lacks: list[Lack] = super().lacks()  # type: ignore[misc]
        if self.body_is_required and not any(block.block_type == "text" for block in self.body):
            lacks.append(Lack("body", "Escreva o texto: ele está vazio.", "body"))
        for picture in pictures_in(self.body):
            if not picture.decorative and not (picture.contextual_alt_text or "").strip():
                lacks.append(
                    Lack(
                        "alt",
                        f"Descreva a imagem “{picture.title}” para quem não a vê, "
                        "ou marque que ela é só enfeite.",
                        "body",
                    )
                )
        for mark in marks_without_note(self.body):
            sentence = f"O texto chama a nota [^{mark}], mas ela não está entre as notas."
            lacks.append(Lack("footnote", sentence, "body"))
        return [*lacks, *lacks_of_media(self.body)]

    body_is_required: ClassVar[bool] = True


class GuidePage(HasBody, ResourcePage):
    """How something is done, from the first step to the last."""

    kind = GUIDE
    template = "knowledge/resource_page.html"
    is_creatable = True
    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(FieldPanel("body"))

    class Meta:
        verbose_name = "guia"
        verbose_name_plural = "guias"

    def __str__(self) -> str:
        return self.title


class ArticlePage(HasBody, ResourcePage):
    """A text that explains or argues."""

    kind = ARTICLE
    template = "knowledge/resource_page.html"
    is_creatable = True
    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(FieldPanel("body"))

    class Meta:
        verbose_name = "artigo"
        verbose_name_plural = "artigos"

    def __str__(self) -> str:
        return self.title
