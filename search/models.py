"""Entries: the rows from which everything is found and listed.

They are written in the transaction that publishes, so nothing is lost while an engine is away;
they are the source of a rebuild, all that a line in a list needs, and the index of the embedded
engine.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

AUDIENCE = "audiencia"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, asked for as readers ask."""

    def visible_to(self, keys: Iterable[str]) -> Self:
        """Entries that share a key with the reader and have not expired."""
        return self.having(AUDIENCE, keys).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        )

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
    body = models.TextField()
    published_at = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    card = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "item da busca"
        verbose_name_plural = "itens da busca"

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
