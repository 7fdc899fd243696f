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


register_converter(DigestConverter, "digest")

urlpatterns = [
    path("imagens/<int:pk>/<slug:size>.<slug:ext>", views.image, name="image"),
    path("imagens/<int:image_pk>/previa/<int:pk>/", views.preview, name="image_preview"),
    path("arquivos/<int:pk>/<slug:name>.pdf", views.document, name="document"),
    path("audios/<int:pk>/<slug:name>.mp3", views.recording, name="recording"),
    path("videos/<int:pk>/<int:size>.mp4", views.video, name="video"),
    path("videos/<int:pk>/poster.jpg", views.poster, name="video_poster"),
    path("videos/<int:pk>/legendas.vtt", views.captions, name="video_captions"),
    path("arte/<digest:name>.png", views.art, name="art"),
]
