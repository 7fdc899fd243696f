from django.urls import path

from podcasts import views

urlpatterns = [
    path("podcasts/audio/<uuid:episode>.mp3", views.audio, name="episode_audio"),
    path("podcasts/transcricao/<uuid:episode>.vtt", views.transcript, name="episode_transcript"),
    path("podcasts/<slug:show>/feed.xml", views.feed, name="show_feed"),
]
