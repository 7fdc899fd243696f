"""Files in the CMS."""

from typing import Any

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from files.forms import RecordingForm
from files.models import Recording, Rights


class RecordingCreateView(CreateView):
    """Notes who sent a recording."""

    def save_instance(self) -> Any:
        self.form.instance.uploaded_by = self.request.user
        return super().save_instance()


class RecordingChooserCreateView(SnippetCreateView):
    """Notes who sent a recording from within a page."""

    def save_form(self, form: RecordingForm) -> Recording:
        form.instance.uploaded_by = self.request.user
        return super().save_form(form)


class RecordingChooserViewSet(SnippetChooserViewSet):
    """Choose a recording, or send one without leaving the page that needs it."""

    creation_form_class = RecordingForm
    create_view_class = RecordingChooserCreateView
    create_action_label = "Enviar"


class RecordingViewSet(SnippetViewSet):
    """Recordings in the menu."""

    model = Recording
    icon = "media"
    menu_label = "Gravações"
    menu_order = 350
    add_to_admin_menu = True
    list_display = ("title", "creator", "licence", "created_at")
    search_fields = ("title", "creator")
    add_view_class = RecordingCreateView
    chooser_viewset_class = RecordingChooserViewSet
    panels = [FieldPanel("title"), FieldPanel("file"), *map(FieldPanel, Rights.rights_fields)]

    def get_form_class(self, for_update: bool = False) -> type:
        return RecordingForm


register_snippet(RecordingViewSet)
