"""Fixed addresses of published files."""

from django.urls import path, register_converter

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


register_converter(DigestConverter, "digest")
register_converter(FormatConverter, "format")

urlpatterns = [
    path("imagens/<int:pk>/<slug:size>.<slug:ext>", views.image, name="image"),
    path("imagens/<int:image_pk>/previa/<int:pk>/", views.preview, name="image_preview"),
    path("arquivos/<int:pk>/<slug:name>.<format:ext>", views.document, name="document"),
    path("audios/<int:pk>/<slug:name>.mp3", views.recording, name="recording"),
    path("arte/<digest:name>.png", views.art, name="art"),
]
