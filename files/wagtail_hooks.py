"""Files in the CMS."""

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.views.snippets import CreateView

from files.forms import RecordingForm, VideoForm
from files.models import Recording, Rights, Video
from files.panels import PreparableViewSet, StatePanel


class NotesSender(CreateView):
    """Notes who sent a file."""

    def save_instance(self) -> Any:
        self.form.instance.uploaded_by = self.request.user
        return super().save_instance()


class ChooserNotesSender(SnippetCreateView):
    """Notes who sent a file from within a page."""

    def save_form(self, form: Any) -> Any:
        form.instance.uploaded_by = self.request.user
        return super().save_form(form)


class RecordingChooserViewSet(SnippetChooserViewSet):
    """Choose a recording, or send one without leaving the page that needs it."""

    creation_form_class = RecordingForm
    create_view_class = ChooserNotesSender
    create_action_label = "Enviar"


class RecordingViewSet(PreparableViewSet):
    """Recordings in the menu."""

    model = Recording
    icon = "media"
    menu_label = "Gravações"
    menu_order = 350
    add_to_admin_menu = True
    list_display = ("title", "creator", "licence", Column("state_label", label="Preparo"))
    search_fields = ("title", "creator")
    add_view_class = NotesSender
    chooser_viewset_class = RecordingChooserViewSet
    panels = [
        StatePanel(),
        FieldPanel("title"),
        FieldPanel("file"),
        *map(FieldPanel, Rights.rights_fields),
    ]

    def get_form_class(self, for_update: bool = False) -> type:
        return RecordingForm


class VideoChooserViewSet(SnippetChooserViewSet):
    """Choose a video, or send one without leaving the page that needs it."""

    creation_form_class = VideoForm
    create_view_class = ChooserNotesSender
    create_action_label = "Enviar"


class VideoViewSet(PreparableViewSet):
    """Videos in the menu."""

    model = Video
    icon = "media"
    menu_label = "Vídeos"
    menu_order = 360
    add_to_admin_menu = True
    list_display = (
        "title",
        "creator",
        "licence",
        Column("length_label", label="Duração"),
        Column("state_label", label="Preparo"),
    )
    search_fields = ("title", "creator", "captions")
    add_view_class = NotesSender
    chooser_viewset_class = VideoChooserViewSet
    panels = [
        StatePanel(),
        FieldPanel("title"),
        FieldPanel("file"),
        FieldPanel("poster_file"),
        MultiFieldPanel(
            [
                FieldPanel("captions_file"),
                FieldPanel("captions"),
                FieldPanel("captions_language"),
                FieldPanel("no_captions_reason"),
                FieldPanel("transcript"),
            ],
            heading="Legendas e transcrição",
        ),
        MultiFieldPanel([*map(FieldPanel, Rights.rights_fields)], heading="Direitos"),
    ]

    def get_form_class(self, for_update: bool = False) -> type:
        return VideoForm


register_snippet(RecordingViewSet)
register_snippet(VideoViewSet)
