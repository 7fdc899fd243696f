"""Text that comes in as a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from files.inspection import clean_text

_MOST = 2 * 1024 * 1024  # bytes


class TextFileField(forms.FileField):
    """A file with text in it; its value is the text. `named` is how sentences begin."""

    named = "O arquivo"

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if not isinstance(cleaned, UploadedFile):
            return ""
        if (cleaned.size or 0) > _MOST:
            raise forms.ValidationError(f"{self.named} passa de 2 MB. Confira se é este.")
        try:
            text = cleaned.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(
                f"{self.named} não está em UTF-8. Salve de novo em UTF-8 e envie."
            ) from None
        return clean_text(text).strip()
