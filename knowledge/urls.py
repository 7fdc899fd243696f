"""Addresses of what is not in the page tree."""

from django.urls import path

from knowledge import feeds, views
from knowledge.draft_reading import views as drafts

urlpatterns = [
    path("temas/", views.themes, name="themes"),
    path("temas/<slug:slug>/", views.theme, name="theme"),
    path("pessoas/", views.people, name="people"),
    path("pessoas/<slug:slug>/", views.person, name="person"),
    path("licencas/", views.licences, name="licences"),
    path("novidades.atom", feeds.news, name="news"),
    path("rascunho/<str:token>/", drafts.read, name="draft"),
    path("rascunho/<str:token>/<path:path>", drafts.file, name="draft_file"),
    path("r/<int:pk>/", views.permalink, name="permalink"),
    path(
        "capas/v<int:version>/<slug:module>/<slug:form>/<slug:slug>.svg", views.cover, name="cover"
    ),
    path("capas/v<int:version>/<slug:module>/tema.svg", views.theme_tiles, name="theme_tiles"),
    path("capas/v<int:version>/<slug:module>/azulejo-<int:variant>.svg", views.tile, name="tile"),
]
