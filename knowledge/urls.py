"""Addresses of what is not in the page tree."""

from django.urls import path, re_path

from knowledge import citations, feeds, views

urlpatterns = [
    path("temas/", views.themes, name="themes"),
    path("temas/<slug:slug>/", views.theme, name="theme"),
    path("pessoas/", views.people, name="people"),
    path("pessoas/<slug:slug>/", views.person, name="person"),
    path("licencas/", views.licences, name="licences"),
    path("novidades.atom", feeds.news, name="news"),
    path("r/<int:pk>/", views.permalink, name="permalink"),
    path(
        "capas/v<int:version>/<slug:module>/<slug:form>/<slug:slug>.svg", views.cover, name="cover"
    ),
    path("capas/v<int:version>/<slug:module>/tema.svg", views.theme_tiles, name="theme_tiles"),
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)citar\.(?P<form>bib|ris)$", citations.citation, name="citation"
    ),
    path("capas/v<int:version>/<slug:module>/azulejo-<int:variant>.svg", views.tile, name="tile"),
]
