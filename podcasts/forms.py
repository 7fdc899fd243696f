"""The form of an episode."""

from typing import Any

from django import forms

from files.text_files import TextFileField
from knowledge.publishing.forms import ResourceForm


class EpisodeForm(ResourceForm):
    """Takes a transcript from a file as well."""

    transcript_file = TextFileField(
        label="Arquivo da transcrição",
        help_text="Em .vtt, .srt, .json ou .txt. Troca o texto que estiver no campo abaixo.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.json,.txt,text/vtt,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if said := cleaned.get("transcript_file"):
            cleaned["transcript"] = said
        return cleaned
