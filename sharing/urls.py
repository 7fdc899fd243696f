"""Addresses of the CMS, below /admin/."""

from django.urls import path

from sharing import views

admin_urlpatterns = [
    path("importar/", views.index, name="sharing_imports"),
    path("importar/para-comecar.csv", views.sample, name="sharing_import_sample"),
    path("importar/<int:pk>/", views.detail, name="sharing_import"),
    path("importar/<int:pk>/comecar/", views.begin, name="sharing_import_begin"),
    path("importar/<int:pk>/cancelar/", views.cancel, name="sharing_import_cancel"),
    path("importar/<int:pk>/resultado.csv", views.result, name="sharing_import_result"),
]
