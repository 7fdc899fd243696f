"""Who publishes the library."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from licensing.fields import LicenceField
from licensing.values import HOUSE, Licence


@register_setting(icon="home")
class Publisher(BaseGenericSetting):
    """The institution behind the site, as law and licences ask it to be named."""

    name = models.CharField("nome", max_length=120, default="Rede Aberta")
    about = models.CharField(
        "em uma frase",
        max_length=250,
        default="Conhecimento de quem faz o serviço público, para quem faz o serviço público.",
    )
    email = models.EmailField("e-mail de contato", default="contato@redeaberta.example")
    protection_officer = models.CharField(
        "encarregado de dados", max_length=120, default="Encarregado de dados da Rede Aberta"
    )
    protection_email = models.EmailField(
        "e-mail do encarregado", default="privacidade@redeaberta.example"
    )
    house_licence = LicenceField(
        "licença da casa", help_text="A que vale para textos institucionais e sugere as outras."
    )

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("about"),
        FieldPanel("email"),
        MultiFieldPanel(
            [FieldPanel("protection_officer"), FieldPanel("protection_email")],
            heading="Proteção de dados (LGPD, art. 41)",
        ),
        FieldPanel("house_licence"),
    ]

    class Meta:
        verbose_name = "quem publica"

    def __str__(self) -> str:
        return self.name

    @property
    def licence(self) -> Licence:
        return self.house_licence or HOUSE
