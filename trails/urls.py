from django.urls import path

from trails import views

urlpatterns = [
    path("trilhas/<slug:trail>/<slug:step>/", views.step, name="trail_step"),
]
