"""What curators decide about answers, beside words: what is never suggested."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from search.language import words


class UnwantedSuggestion(models.Model):
    """Words that the search field never suggests, though the library has them."""

    text = models.CharField(
        "palavra ou expressão",
        max_length=120,
        unique=True,
        help_text="O que tiver estas palavras, nesta ordem, não é sugerido. Na busca, continua a ser "
        "achado.",
    )

    class Meta:
        verbose_name = "palavra que não se sugere"
        verbose_name_plural = "palavras que não se sugerem"
        ordering: ClassVar = ["text"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if not words(self.text):
            raise ValidationError({"text": "Escreva ao menos uma letra ou um número."})
