"""Sending a spreadsheet through the CMS."""

from typing import Any

from django import forms

from sharing.importing import runs
from sharing.importing.reading.rows import MAX_BYTES, UnreadableFile


class ImportForm(forms.Form):
    """A spreadsheet, judged by its content, and the terms on which it comes in."""

    file = forms.FileField(
        label="Planilha",
        help_text="CSV, XLSX ou JSON Lines, até 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.jsonl"}),
        error_messages={
            "required": "Escolha a planilha.",
            "empty": "O arquivo está vazio. Salve a planilha de novo e envie.",
        },
    )
    create_people = forms.BooleanField(
        label="Cadastrar as pessoas que faltam",
        required=False,
        help_text="Sem isto, a linha que traz alguém desconhecido é recusada.",
    )
    overwrite = forms.BooleanField(
        label="Passar por cima do que foi editado no CMS",
        required=False,
        help_text="A edição continua no histórico da página.",
    )
    is_latin1 = forms.BooleanField(
        label="O arquivo é um CSV antigo do Windows (latin-1)",
        required=False,
        help_text="Marque se os acentos saírem trocados, ou se o arquivo for recusado por isso.",
    )

    def clean(self) -> dict[str, Any]:
        """Look at the file as far as its heads; the rehearsal reads it to the end."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is None:
            return cleaned
        if file.size > MAX_BYTES:
            self.add_error("file", "O arquivo passa de 20 MB. Divida em arquivos menores.")
            return cleaned
        try:
            runs.look_at(file.file, file.name, bool(cleaned.get("is_latin1")))
        except UnreadableFile as error:
            self.add_error("file", str(error))
        return cleaned
