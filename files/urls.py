"""Fixed addresses of published files."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from files import views


class DigestConverter:
    """The part of a digest by which a drawing is addressed."""

    regex = "[0-9a-f]{24}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FormatConverter:
    """The format of a document, as its name ends."""

    regex = "pdf|odt|docx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class NumberConverter(IntConverter):
    """The number of a row, no longer than a database keeps: what is longer is no address."""

    regex = "[0-9]{1,15}"


register_converter(DigestConverter, "digest")
register_converter(FormatConverter, "format")
register_converter(NumberConverter, "number")

urlpatterns = [
    path("imagens/<number:pk>/<slug:size>.<slug:ext>", views.image, name="image"),
    path("imagens/<number:image_pk>/previa/<number:pk>/", views.preview, name="image_preview"),
    path("arquivos/<number:pk>/<slug:name>.<format:ext>", views.document, name="document"),
    path("audios/<number:pk>/<slug:name>.mp3", views.recording, name="recording"),
    path("videos/<number:pk>/<number:size>.mp4", views.video, name="video"),
    path("videos/<number:pk>/poster.jpg", views.poster, name="video_poster"),
    path("videos/<number:pk>/legendas.vtt", views.captions, name="video_captions"),
    path("arte/<digest:name>.png", views.art, name="art"),
]
