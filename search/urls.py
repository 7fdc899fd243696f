from django.urls import path

from search import api, views

urlpatterns = [
    path("busca/", views.search, name="search"),
    path("busca/sugestoes/", views.suggestions, name="suggestions"),
    path("busca/aberto/", views.opened, name="opened"),
    path("api/v2/search/", api.search, name="api_search"),
]
