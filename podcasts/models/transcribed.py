"""What is said in something heard, in words; or why there are none."""

from typing import Any

from django.db import models

from files.transcripts import Line, Transcript, UnreadableTranscript
from licensing.gate import Lack
from podcasts import transcripts


class HasTranscript(models.Model):
    """A transcript with times (WebVTT), or as running text; or the reason why there is none."""

    transcript = models.TextField(
        "transcrição",
        blank=True,
        help_text="Cole o conteúdo do arquivo .vtt, .srt ou .json, ou o texto corrido. O que tem "
        "tempos é convertido para WebVTT.",
    )
    no_transcript_reason = models.CharField(
        "por que não há transcrição",
        max_length=150,
        blank=True,
        help_text="Só se ninguém fala. Por exemplo: “só música”.",
    )

    class Meta:
        abstract = True

    def transcript_path_as(self, form: str) -> str:
        """The site-relative address of the transcript in one of its forms."""
        return f"/podcasts/transcricao/{self.uuid}.{form}"  # type: ignore[attr-defined]

    @property
    def transcript_path(self) -> str:
        """The site-relative address of the transcript (WebVTT)."""
        return self.transcript_path_as("vtt")

    @property
    def transcript_forms(self) -> dict[str, str]:
        """The forms in which the transcript can be had, and the type of each."""
        return transcripts.forms_of(self.transcript)

    @property
    def transcript_links(self) -> list[tuple[str, str]]:
        """Name and address of each form, in the order in which apps prefer them."""
        return [
            (transcripts.NAMES[form], self.transcript_path_as(form))
            for form in self.transcript_forms
        ]

    @property
    def running_transcript(self) -> str:
        """A transcript without times; "" for one that has them."""
        return "" if transcripts.is_timed(self.transcript) else self.transcript.strip()

    @property
    def silence(self) -> str:
        """Why there is no transcript; "" where there is one."""
        return "" if self.transcript.strip() else self.no_transcript_reason.strip()

    def said(self) -> list[Line]:
        return Transcript.lines_of(self.transcript)

    def words_said(self) -> str:
        """Everything that is said, for search."""
        return self.running_transcript or Transcript.words_of(self.transcript)

    def transcript_context(self) -> dict[str, Any]:
        """What the page shows of it."""
        return {"lines": self.said(), "text": self.running_transcript}

    def lacks_accessible_text(self) -> str:
        if not self.transcript.strip():
            return f"Sem transcrição: {self.silence or 'sem motivo dito'}."
        return " ".join(lack.message for lack in self._lacks_of_transcript())

    def _lacks_of_transcript(self) -> list[Lack]:
        if not self.transcript.strip():
            if self.silence:
                return []
            sentence = (
                "Falta a transcrição: sem ela, quem não ouve fica de fora. Cole o texto, envie o "
                "arquivo ou diga por que não há."
            )
            return [Lack("transcript", sentence, "transcript")]
        if self.running_transcript:
            return []
        try:
            Transcript.parse(self.transcript)
        except UnreadableTranscript as error:
            return [Lack("transcript-unreadable", str(error), "transcript")]
        return []
