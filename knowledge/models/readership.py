"""For whom a resource is written, and how much of its subject it takes for granted. Who may read it is
another question: see `knowledge.visibility`."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst


class Readership(models.TextChoices):
    """People by what they do, each with its value in addresses."""

    LEADING = "gestao", "Gestores e chefias"
    BUDGET = "orcamento", "Equipes de orçamento e finanças"
    PROCUREMENT = "compras", "Equipes de compras e contratos"
    CONTROL = "controle", "Controle interno e ouvidoria"
    COUNTER = "atendimento", "Quem atende no balcão"
    SCHOOLS = "educacao", "Professores e equipes de escola"
    HEALTH = "saude", "Equipes de saúde"
    WELFARE = "assistencia", "Equipes de assistência social"
    PLANNING = "urbanismo", "Equipes de urbanismo e obras"
    SAFETY = "seguranca", "Guardas municipais e defesa civil"
    DATA = "dados", "Equipes de dados e tecnologia"
    COUNCILS = "conselhos", "Conselheiros municipais"
    RESIDENTS = "moradores", "Quem mora na cidade"


class Level(models.TextChoices):
    """What somebody should know of the subject before."""

    BASIC = "basico", "Básico"
    INTERMEDIATE = "intermediario", "Intermediário"
    ADVANCED = "avancado", "Avançado"


class ReadershipField(models.JSONField):
    """Several of Readership, stored as a list of their values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"default": list, "blank": True})

    def formfield(self, **kwargs: Any) -> forms.Field:  # type: ignore[override]
        return forms.MultipleChoiceField(
            label=capfirst(kwargs.get("label", self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            choices=Readership.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def clean(self, value: Any, model_instance: Any) -> list[str]:
        """What is offered no more goes out with the next saving."""
        chosen = super().clean(value, model_instance)
        return [each for each in Readership.values if each in chosen]


class Addressed(models.Model):
    """What a resource says of those for whom it is written."""

    intended_for = ReadershipField(
        "para quem é",
        help_text="Marque só quem usa este material no trabalho. A busca filtra por isto.",
    )
    level = models.CharField(
        "nível",
        max_length=15,
        choices=Level.choices,
        blank=True,
        help_text="Básico: para quem começa no assunto. Avançado: para quem já trabalha com ele.",
    )

    class Meta:
        abstract = True

    @property
    def readership(self) -> list[Readership]:
        """For whom it is, in the order in which that is always said."""
        return [each for each in Readership if each in self.intended_for]
