"""Those who make the library: persons, bodies, municipalities."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from knowledge.redirects import remember_address


class Person(models.Model):
    """Somebody who is credited. The page about them exists while there is work of theirs to read."""

    class Nature(models.TextChoices):
        PERSON = "person", "Pessoa"
        BODY = "body", "Órgão ou equipe"
        MUNICIPALITY = "municipality", "Município"

    name = models.CharField("nome", max_length=120)
    slug = models.SlugField("endereço", max_length=120, unique=True)
    nature = models.CharField("tipo", max_length=12, choices=Nature.choices, default=Nature.PERSON)
    about = models.TextField("sobre", blank=True, help_text="Duas ou três frases.")
    cited_as = models.CharField(
        "nome em citações",
        max_length=140,
        blank=True,
        help_text="Sobrenome, vírgula, nome: Castelo Branco, Camilo. Em branco, sai do nome.",
    )
    website = models.URLField("página na internet", blank=True)

    class Meta:
        verbose_name = "pessoa ou órgão"
        verbose_name_plural = "pessoas e órgãos"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Person.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        if before is not None and before.slug != self.slug:
            remember_address(before.get_absolute_url(), self.get_absolute_url())

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])

    @property
    def schema_type(self) -> str:
        """The schema.org type."""
        return {
            self.Nature.PERSON: "Person",
            self.Nature.BODY: "Organization",
            self.Nature.MUNICIPALITY: "GovernmentOrganization",
        }[self.Nature(self.nature)]
