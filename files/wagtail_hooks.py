"""Files in the CMS."""

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import CreationFormMixin
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseView, SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.views.snippets import CreateView

from files.forms import RecordingForm, VideoForm
from files.models import Recording, Rights, Video
from files.panels import PreparableViewSet, StatePanel


class NotesSender(CreateView):
    """Notes who sent a file."""

    def save_instance(self) -> Any:
        self.form.instance.uploaded_by = self.request.user
        return super().save_instance()


class SendsFromWithin(CreationFormMixin):
    """The form with which a file is sent from within a page: it knows who sends, so that it can offer
    what they said last time, and its fields are not mistaken for those of the page."""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()
        kwargs["instance"] = self.model_class(uploaded_by=self.request.user)
        return kwargs | {"prefix": f"{self.model_class._meta.model_name}-chooser-upload"}


class SendingChooseView(SendsFromWithin, ChooseView):
    """What there is, and the form that sends another."""


class SendingCreateView(SendsFromWithin, SnippetCreateView):
    """Takes in what was sent."""


class SendingChooserViewSet(SnippetChooserViewSet):
    """Choose a file, or send one without leaving the page that needs it."""

    choose_view_class = SendingChooseView
    create_view_class = SendingCreateView
    create_action_label = "Enviar"


class RecordingChooserViewSet(SendingChooserViewSet):
    """Choose or send a recording."""

    creation_form_class = RecordingForm


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


class VideoChooserViewSet(SendingChooserViewSet):
    """Choose or send a video."""

    creation_form_class = VideoForm


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
