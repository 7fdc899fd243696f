"""Every address of the site. What no line names is looked for in the page tree."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from config import views
from knowledge.publishing.doors import workflow_action
from knowledge.views import serve_page

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        workflow_action,
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("conta/", include("accounts.urls")),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("", include("files.urls")),
    path("", include("search.urls")),
    path("", include("trails.urls")),
    path("", include("podcasts.urls")),
    path("", include("knowledge.urls")),
    # Wagtail looks this name up to know where pages are.
    re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
]

handler400 = "knowledge.views.bad_request"
handler403 = "knowledge.views.forbidden"
handler404 = "knowledge.views.not_found"
