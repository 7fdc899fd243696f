"""Addresses of what is not in the page tree."""

from django.urls import path, re_path

import files.urls  # noqa: F401 (registers the converter “number”)
from knowledge import citations, feeds, views
from knowledge.draft_reading import views as drafts

urlpatterns = [
    # Before the files of pages, which lie below the address of a draft as well.
    path("rascunho/<str:token>/", drafts.read, name="draft"),
    path("rascunho/<str:token>/<path:path>", drafts.file, name="draft_file"),
    path("temas/", views.themes, name="themes"),
    path("temas/<slug:slug>/", views.theme, name="theme"),
    path("pessoas/", views.people, name="people"),
    path("pessoas/<slug:slug>/", views.person, name="person"),
    path("licencas/", views.licences, name="licences"),
    path("novidades.atom", feeds.news, name="news"),
    path("busca/atom", feeds.saved_search, name="search_feed"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)indicadores\.csv$", views.indicators, name="indicators"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)transcricao\.vtt$", views.transcript, name="transcript"),
    path("r/<number:pk>/", views.permalink, name="permalink"),
    re_path(r"^((?:[\w\-]+/)+[\w\-]+)\.amb\.json$", views.amb, name="amb"),
    path(
        "capas/v<number:version>/<slug:module>/<slug:form>/<slug:slug>.svg",
        views.cover,
        name="cover",
    ),
    path("capas/v<number:version>/<slug:module>/tema.svg", views.theme_tiles, name="theme_tiles"),
    path(
        "capas/v<number:version>/<slug:module>/azulejo-<number:variant>.svg",
        views.tile,
        name="tile",
    ),
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)citar\.(?P<form>bib|ris)$", citations.citation, name="citation"
    ),
]
