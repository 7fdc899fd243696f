"""Imports in the CMS."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from sharing.urls import admin_urlpatterns
from sharing.views import PERMISSION


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return admin_urlpatterns


class ImportMenuItem(MenuItem):
    """Shown to those who may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem("Importar", reverse("sharing_imports"), icon_name="upload", order=380)
