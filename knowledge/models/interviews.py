"""Interviews: somebody asks, somebody who has done it answers."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.rich_text import expand_db_html

from files.models import Recording
from files.transcripts import Line, Transcript, UnreadableTranscript
from knowledge.blocks import FEATURES, anchor_for
from knowledge.models.kinds import Kind, register_kind
from knowledge.models.parts import FilesUsed
from knowledge.models.relations import Contribution
from knowledge.models.resources import ResourcePage
from knowledge.models.texts import HasBody
from knowledge.text import strip_html
from licensing.gate import Lack

INTERVIEW = register_kind(
    Kind("entrevista", "Entrevista", "Entrevistas", "entrevista", "Article", feminine=True)
)


class ExchangeBlock(blocks.StructBlock):
    """A question, and what was answered."""

    question = blocks.CharBlock(label="Pergunta", max_length=250)
    answer = blocks.RichTextBlock(
        label="Resposta",
        features=FEATURES,
        help_text="Com mais de uma pessoa, comece com o nome em negrito.",
    )

    class Meta:
        icon = "help"
        label = "Pergunta e resposta"


class InterviewPage(HasBody, ResourcePage):
    """An interview: who was asked, an introduction, and each question with its answer.

    A recording of it may be heard on the page; what is said there is then written down as well.
    """

    kind = INTERVIEW
    template = "knowledge/resource_page.html"
    is_creatable = True
    body_is_required = False
    body_template = "knowledge/bodies/interview.html"
    downloads_template = "knowledge/bodies/interview_downloads.html"
    reading_relations = (*ResourcePage.reading_relations, "recording")

    exchanges = StreamField(
        [("exchange", ExchangeBlock())], verbose_name="perguntas e respostas", blank=True
    )
    recording = models.ForeignKey(
        Recording,
        verbose_name="gravação",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    transcript = models.TextField(
        "transcrição da gravação",
        blank=True,
        help_text="Em WebVTT: cole o conteúdo do arquivo .vtt.",
    )
    no_transcript_reason = models.CharField(
        "por que não há transcrição",
        max_length=200,
        blank=True,
        help_text="Por exemplo: o texto da página é a gravação palavra por palavra.",
    )

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        FieldPanel("body", heading="Apresentação"),
        FieldPanel("exchanges"),
        MultiFieldPanel(
            [
                FieldPanel("recording"),
                FieldPanel("transcript"),
                FieldPanel("no_transcript_reason"),
            ],
            heading="Para ouvir",
        ),
    )

    class Meta:
        verbose_name = "entrevista"
        verbose_name_plural = "entrevistas"

    def __str__(self) -> str:
        return self.title

    # --- what is read -------------------------------------------------------------------------

    def own_texts(self) -> list[str]:
        return [block.value["answer"].source for block in self.exchanges]

    def arrange(self, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The introduction, the questions, and then the sources, if the body names any."""
        is_source = [item["anchor"] == "fontes" for item in sections]
        first = is_source.index(True) if True in is_source else len(sections)
        taken = {item["anchor"] for item in sections}
        asked = [_exchange(block.value, taken) for block in self.exchanges]
        return [*sections[:first], *asked, *sections[first:]]

    def plain_text(self) -> str:
        said = [
            f"{block.value['question']}\n{strip_html(block.value['answer'].source)}"
            for block in self.exchanges
        ]
        heard = Transcript.words_of(self.transcript) if self.recording else ""
        return "\n\n".join(part for part in (super().plain_text(), *said, heard) if part)

    def said(self) -> list[Line]:
        return Transcript.lines_of(self.transcript) if self.recording else []

    def estimate_minutes(self) -> int:
        """How long the text takes; what is heard is the same once more."""
        said = [strip_html(source) for source in self.own_texts()]
        words = len(" ".join([super().plain_text(), *said]).split())
        return max(1, round(words / 200)) if words else 0

    # --- what is heard --------------------------------------------------------------------------

    @property
    def transcript_path(self) -> str:
        """The site-relative address of the transcript (WebVTT)."""
        return f"{self.get_url() or ''}transcricao.vtt"

    def files_used(self) -> FilesUsed:
        used = super().files_used()
        if self.recording is not None:
            used.recordings[self.recording.pk] = self.recording
        return used

    def lacks(self) -> list[Lack]:
        return [*super().lacks(), *self._lacks_of_questions(), *self._lacks_of_transcript()]

    def _lacks_of_questions(self) -> Iterator[Lack]:
        if not self.exchanges:
            sentence = "Escreva as perguntas e as respostas: não há nenhuma."
            yield Lack("exchanges", sentence, "exchanges")
        for block in self.exchanges:
            if not strip_html(block.value["answer"].source):
                sentence = f"Falta a resposta a “{block.value['question']}”."
                yield Lack("answer", sentence, "exchanges")
        if not any(item.role == Contribution.Role.GUEST for item in self.people.all()):
            sentence = "Diga quem respondeu: acrescente a pessoa com o papel Participação."
            yield Lack("guest", sentence, "people")

    def lacks_accessible_text(self) -> str:
        if self.recording is None or self.transcript.strip():
            return ""
        return f"Sem transcrição: {self.no_transcript_reason.strip() or 'sem motivo dito'}."

    def _lacks_of_transcript(self) -> Iterator[Lack]:
        if self.recording is None:
            return
        if not self.transcript.strip():
            if not self.no_transcript_reason.strip():
                sentence = "Falta a transcrição da gravação. Cole o WebVTT ou diga por que não há."
                yield Lack("transcript", sentence, "transcript")
            return
        try:
            Transcript.parse(self.transcript)
        except UnreadableTranscript as error:
            yield Lack("transcript-unreadable", str(error), "transcript")

    # --- outwards -------------------------------------------------------------------------------

    def jsonld_extras(self) -> dict[str, Any]:
        if self.recording is None or not self.recording.is_offered:
            return {}
        audio: dict[str, Any] = {
            "@type": "AudioObject",
            "name": self.recording.title,
            "contentUrl": self.recording.url,
            "encodingFormat": "audio/mpeg",
            "contentSize": str(self.recording.copy_bytes),
            "duration": f"PT{self.recording.seconds}S",
        }
        return {"associatedMedia": audio}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        people, guest = context["authors"], Contribution.Role.GUEST
        return context | {
            "lines": Transcript.lines_of(self.transcript) if self.recording else [],
            "guests": [item for item in people if item.role == guest],
            "hosts": [item for item in people if item.role != guest],
        }


def _exchange(value: Any, taken: set[str]) -> dict[str, Any]:
    """A question as the title of a section, and its answer."""
    anchor = anchor_for(value["question"], taken)
    html = format_html(
        '<h2 class="asked" id="{}">{}</h2><div class="answer">{}</div>',
        anchor,
        value["question"],
        mark_safe(expand_db_html(value["answer"].source)),  # noqa: S308 (cleaned when written)
    )
    return {"html": html, "anchor": anchor, "title": value["question"]}
