from django.urls import path, register_converter

from podcasts import views


class TranscriptForm:
    """A form of a transcript, with times or without."""

    regex = "vtt|srt|json|html|txt"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TranscriptForm, "transcript_form")

urlpatterns = [
    path("podcasts/audio/<uuid:episode>.mp3", views.audio, name="episode_audio"),
    path("podcasts/audio/<uuid:episode>.opus", views.low_audio, name="episode_low_audio"),
    path(
        "podcasts/transcricao/<uuid:episode>.<transcript_form:form>",
        views.transcript,
        name="episode_transcript",
    ),
    path("podcasts/capitulos/<uuid:episode>.json", views.chapters, name="episode_chapters"),
    path("podcasts/feed.xml", views.library_feed, name="library_feed"),
    path("podcasts/podcasts.opml", views.opml, name="podcast_list"),
    path("podcasts/tocador/<uuid:episode>/", views.embed, name="episode_embed"),
    path("podcasts/<slug:show>/assinar/", views.subscribe, name="show_subscribe"),
    path("podcasts/<slug:show>/feed.xml", views.feed, name="show_feed"),
]
