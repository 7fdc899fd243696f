"""Who made a file, and under which licence it may be used."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.conf import settings
from django.db import models

from licensing.attribution import Author, Source, Work
from licensing.fields import LicenceField
from licensing.values import licence


class Rights(models.Model):
    """The rights of one file, as they are credited beside it and written into its copies."""

    creator = models.CharField(
        "quem fez",
        max_length=250,
        blank=True,
        help_text="Nome de quem criou, como deve aparecer no crédito.",
    )
    licence = LicenceField("licença do arquivo", reserved=True)
    year = models.PositiveSmallIntegerField("ano", null=True, blank=True)
    source_url = models.URLField(
        "endereço de origem",
        max_length=500,
        blank=True,
        help_text="De onde veio, se não foi feito aqui.",
    )
    permission = models.CharField(
        "autorização",
        max_length=250,
        blank=True,
        help_text="Quem autorizou e quando, se todos os direitos são reservados.",
    )

    # Somebody with a right to it asked for the file back: it is served to nobody from then on.
    withdrawn_on = models.DateField(
        "direitos retirados em",
        null=True,
        blank=True,
        help_text="Se quem tem os direitos pediu para tirar. O arquivo sai do ar na hora.",
    )
    withdrawn_reason = models.CharField(
        "por que foi retirado",
        max_length=250,
        blank=True,
        help_text="Quem pediu e quando. Só a curadoria lê.",
    )

    # Earlier works on which the file is based, as the page published it whose main file this is:
    # {works: [{title, authors, licence, url}], changes: [...]}, or nothing.
    lineage = models.JSONField(default=dict, editable=False)

    rights_fields: ClassVar[list[str]] = [
        "creator",
        "licence",
        "year",
        "source_url",
        "permission",
        "withdrawn_on",
        "withdrawn_reason",
    ]

    class Meta:
        abstract = True

    def as_work(self, url: str) -> Work:
        """The file as a work to credit; `url` is used where no origin is given."""
        if self.licence is None:
            raise ValueError("Um arquivo sem licença não pode ser creditado.")
        authors = (Author(self.creator, self.source_url),) if self.creator else ()
        return Work(
            title=self.title,  # type: ignore[attr-defined]
            authors=authors,
            licence=self.licence,
            url=self.source_url or url,
            year=self.year,
            modifications=tuple(self.lineage.get("changes", ())),
            based_on=earlier_works(self.lineage.get("works", ())),
        )

    def rights_inputs(self) -> dict[str, object]:
        """Everything about the rights that ends up inside a published copy."""
        field = cast(LicenceField, self._meta.get_field("licence"))
        return {
            "title": self.title,  # type: ignore[attr-defined]
            "creator": self.creator,
            "licence": field.get_prep_value(self.licence),
            "year": self.year,
            "source": self.source_url,
            **({"lineage": self.lineage} if self.lineage else {}),
        }


def earlier_works(works: Iterable[dict[str, Any]]) -> tuple[Source, ...]:
    """Earlier works as they are credited, of what is kept of them; addresses of this site become
    absolute."""
    base = settings.PUBLIC_URL
    return tuple(
        Source(
            title=work["title"],
            authors=tuple(work["authors"]),
            licence=licence(work["licence"]),
            url=f"{base}{work['url']}" if work["url"].startswith("/") else work["url"],
        )
        for work in works
    )
