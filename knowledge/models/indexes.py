"""The page under which resources stand."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from knowledge.desk.previews import ThreeWidths
from knowledge.shelf import browse


class ResourceIndexPage(ThreeWidths, Page):
    """/acervo/: everything that is published, filtered by plain links."""

    introduction = models.CharField("apresentação", max_length=300, blank=True)

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels: ClassVar = []
    settings_panels: ClassVar = []

    class Meta:
        verbose_name = "acervo"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"shelf": browse(request)}
