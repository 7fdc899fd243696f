"""What curators decide about answers, beside words: best bets, and what is never suggested."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from search.language import words
from search.query import understand

MOST_PINNED = 6


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


class BestBet(ClusterableModel):
    """What comes first for some queries, and what is left out of their answer."""

    queries = models.TextField(
        "buscas",
        help_text="Uma por linha, como as pessoas escrevem. Acento, maiúscula, plural e ordem das "
        "palavras não mudam nada; uma sigla vale também por extenso.",
    )

    class Meta:
        verbose_name = "escolha para uma busca"
        verbose_name_plural = "escolhas para buscas"
        ordering: ClassVar = ["queries"]

    def __str__(self) -> str:
        return ", ".join(self.lines())

    def lines(self) -> list[str]:
        """The queries as they were written."""
        return [line for each in self.queries.splitlines() if (line := " ".join(each.split()))]

    def clean(self) -> None:
        lines = self.lines()
        for line in lines or [""]:
            if not understand(line):
                sentence = "Escreva ao menos uma palavra em cada linha."
                raise ValidationError({"queries": sentence})
        own = {understand(line).meaning: line for line in lines}
        for other in BestBet.objects.exclude(pk=self.pk):
            for line in other.lines():
                typed = own.get(understand(line).meaning)
                if typed is not None:
                    sentence = f"“{typed}” já tem escolhas, em “{other}”. Mude as que estão lá."
                    raise ValidationError({"queries": sentence})


class ChosenPage(Orderable):
    """A page that a best bet names."""

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name="material", related_name="+", on_delete=models.CASCADE
    )

    panels: ClassVar = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.page)


class PinnedPage(ChosenPage):
    """A page that comes first for the queries of a best bet."""

    bet = ParentalKey(BestBet, related_name="pinned", on_delete=models.CASCADE)

    class Meta(ChosenPage.Meta):
        verbose_name = "material que vem primeiro"


class HiddenPage(ChosenPage):
    """A page that is left out of the answer to the queries of a best bet."""

    bet = ParentalKey(BestBet, related_name="hidden", on_delete=models.CASCADE)

    class Meta(ChosenPage.Meta):
        verbose_name = "material que não aparece"
