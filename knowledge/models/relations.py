"""What surrounds a resource: its themes, those who made it, its tags."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from knowledge.models.people import Person
from knowledge.models.themes import Theme


class ResourceTag(TaggedItemBase):
    content_object = ParentalKey(
        "knowledge.ResourcePage", related_name="tagged_items", on_delete=models.CASCADE
    )


class ResourceTheme(Orderable):
    """A theme of a resource. The first is the principal one: it draws the cover."""

    page = ParentalKey(
        "knowledge.ResourcePage", related_name="resource_themes", on_delete=models.CASCADE
    )
    theme = models.ForeignKey(
        Theme, verbose_name="tema", related_name="+", on_delete=models.PROTECT
    )

    panels: ClassVar = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        verbose_name = "tema"

    def __str__(self) -> str:
        return str(self.theme)


class Contribution(Orderable):
    """What somebody did for a resource."""

    class Role(models.TextChoices):
        AUTHOR = "autoria", "Autoria"
        ORGANISER = "organizacao", "Organização"
        HOST = "apresentacao", "Apresentação"
        GUEST = "convidado", "Participação"
        REVIEWER = "revisao", "Revisão"
        TRANSLATOR = "traducao", "Tradução"
        ILLUSTRATOR = "ilustracao", "Ilustração"

    AUTHORING: ClassVar = (Role.AUTHOR, Role.ORGANISER, Role.HOST, Role.GUEST)

    page = ParentalKey("knowledge.ResourcePage", related_name="people", on_delete=models.CASCADE)
    person = models.ForeignKey(
        Person, verbose_name="pessoa ou órgão", related_name="+", on_delete=models.PROTECT
    )
    role = models.CharField("papel", max_length=15, choices=Role.choices, default=Role.AUTHOR)

    panels: ClassVar = [FieldPanel("person"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = "pessoa ou equipe"

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    @property
    def is_authoring(self) -> bool:
        return self.role in self.AUTHORING
