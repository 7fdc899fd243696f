from django.urls import path

from search import views

urlpatterns = [
    path("busca/", views.search, name="search"),
    path("busca/sugestoes/", views.suggestions, name="suggestions"),
]
