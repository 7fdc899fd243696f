"""Entries: the rows from which everything is found and listed.

They are written in the transaction that publishes, so nothing is lost while an engine is away;
they are the source of a rebuild, all that a line in a list needs, and the index of the embedded
engine.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from search import curation, tally  # noqa: F401 (models in modules of their own)
from search.language import words
from search.vocabulary import Form, acronym_form, plain_form

AUDIENCE = "audiencia"
SHAPE = 2  # raise it when entries are to hold something new


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, asked for as readers ask."""

    def visible_to(self, keys: Iterable[str]) -> Self:
        """Entries that share a key with the reader and have not expired."""
        # Which few have expired is read from their index: in a row it stands behind the whole body.
        expired = Entry.objects.filter(expires_at__lte=timezone.now())
        return self.having(AUDIENCE, keys).exclude(pk__in=expired.values("pk"))

    def having(self, name: str, values: Iterable[str]) -> Self:
        """Entries with at least one of `values` in the facet `name`."""
        facet = EntryFacet.objects.filter(entry=OuterRef("pk"), name=name, value__in=list(values))
        return self.filter(Exists(facet))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-page_id")


class Entry(models.Model):
    """A live page as it is found, filtered and listed. `version` grows with each writing."""

    page = models.OneToOneField(
        "wagtailcore.Page",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_entry",
    )
    version = models.PositiveBigIntegerField(default=1)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    summary = models.TextField()
    url = models.CharField(max_length=500)
    keywords = models.TextField()
    acronyms = models.TextField(default="", blank=True)  # folded, with spaces between
    body = models.TextField()
    # What is said in its recording: milliseconds, anchor on the page, text.
    segments = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    card = models.JSONField(default=dict)
    # Facet → value → label: what its rows say, in one piece.
    facet_values = models.JSONField(default=dict, blank=True)
    sort_title = models.CharField(max_length=255, default="", blank=True, db_index=True)
    # How entries were written when this one was; an older one is written again.
    shape = models.PositiveSmallIntegerField(default=0, db_index=True)

    objects = EntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "item da busca"
        verbose_name_plural = "itens da busca"
        indexes: ClassVar = [
            # Few expire, and whether any has is asked with every question.
            models.Index(
                fields=["expires_at"],
                name="search_entry_expires",
                condition=Q(expires_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


class EntryFacet(models.Model):
    """A value of an entry: a theme, a format, a licence, a person, or a key of its audience."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    label = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "value", "entry"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "name", "value"], name="one_facet_value")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class IndexNote(models.Model):
    """An entry that has changed, or is gone, and of which Elasticsearch has yet to hear."""

    page_number = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "aviso ao índice"
        verbose_name_plural = "avisos ao índice"

    def __str__(self) -> str:
        return f"{self.pk}: {self.page_number}"


class Expression(models.Model):
    """An acronym with what it stands for, or an expression with others that mean the same."""

    text = models.CharField(
        "sigla ou expressão",
        max_length=60,
        unique=True,
        help_text="Como se escreve: LRF, FUNDEB, merenda.",
    )
    is_acronym = models.BooleanField("é sigla", default=True)
    is_word = models.BooleanField(
        "também é palavra comum",
        default=False,
        help_text="Como “par” e “sei”: só conta como sigla onde está em maiúsculas.",
    )
    meanings = models.TextField(
        "quer dizer",
        help_text="Um sentido por linha. Separe com ponto e vírgula as formas do mesmo sentido, "
        "como em: Lei de Responsabilidade Fiscal; Lei Complementar 101/2000.",
    )

    class Meta:
        verbose_name = "sigla ou sinônimo"
        verbose_name_plural = "siglas e sinônimos"
        ordering: ClassVar = ["text"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if not words(self.text):
            raise ValidationError({"text": "Escreva ao menos uma letra ou um número."})
        if not self.as_readings():
            raise ValidationError({"meanings": "Escreva ao menos um sentido, em palavras."})

    def as_readings(self) -> list[list[Form]]:
        """A group of equal forms for each meaning."""
        one_word = self.is_acronym and len(words(self.text)) == 1
        own = acronym_form(self.text, is_word=self.is_word) if one_word else plain_form(self.text)
        readings = []
        for line in self.meanings.splitlines():
            forms = [plain_form(" ".join(each.split())) for each in line.split(";") if words(each)]
            if forms:
                readings.append([own, *forms])
        return readings
