"""What shows and episodes are divided into."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from podcasts.moments import UnreadableMoment, seconds_of


class MomentBlock(blocks.CharBlock):
    """A moment of a recording, as people write it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            seconds_of(text)
        except UnreadableMoment as error:
            raise ValidationError(str(error)) from error
        return text


class ChapterBlock(blocks.StructBlock):
    """A part of an episode, with its beginning."""

    start = MomentBlock(label="Começa em", max_length=8, help_text="Por exemplo 12:30.")
    title = blocks.CharBlock(label="Título", max_length=120)
    link = blocks.URLBlock(label="Endereço do que se fala aqui", required=False)
    picture = ImageChooserBlock(label="Imagem", required=False)

    class Meta:
        label = "Capítulo"
        icon = "time"


class ChapterStream(blocks.StreamBlock):
    """The chapters of an episode."""

    chapter = ChapterBlock()


class SeasonBlock(blocks.StructBlock):
    """A season of a show, by name."""

    number = blocks.IntegerBlock(label="Número", min_value=1)
    name = blocks.CharBlock(label="Nome", max_length=128)

    class Meta:
        label = "Temporada"
        icon = "list-ol"


class RecommendedShowBlock(blocks.StructBlock):
    """A show of somebody else that is recommended."""

    title = blocks.CharBlock(label="Nome", max_length=128)
    feed = blocks.URLBlock(label="Endereço do feed", max_length=500)

    class Meta:
        label = "Programa"
        icon = "media"


class RecommendedShowStream(blocks.StreamBlock):
    """The shows that are recommended to who likes this one."""

    show = RecommendedShowBlock()


class SeasonStream(blocks.StreamBlock):
    """The seasons of a show that have a name."""

    season = SeasonBlock()
