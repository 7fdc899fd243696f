"""What place a show or an episode is about."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from podcasts.places import check_coordinates


def place_panel() -> FieldRowPanel:
    return FieldRowPanel([FieldPanel("place"), FieldPanel("coordinates")])


class HasPlace(models.Model):
    """A place by name, and perhaps a point on the map (`podcast:location`)."""

    place = models.CharField(
        "lugar",
        max_length=128,
        blank=True,
        help_text="Do que se fala, não onde foi gravado: um município, uma praça, uma escola.",
    )
    coordinates = models.CharField(
        "coordenadas",
        max_length=40,
        blank=True,
        validators=[check_coordinates],
        help_text="Latitude e longitude, como os mapas mostram: -23.6864, -46.6228.",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.coordinates and not self.place:
            raise ValidationError({"place": "Diga o nome do lugar destas coordenadas."})
