"""Forms through which files come in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from files.footage import check_video
from files.inspection import check_document, check_image, clean_text
from files.models import Image, Recording, Rights, Video
from files.models.documents import format_of
from files.soundfiles import check_recording
from files.text_files import TextFileField
from files.transcripts import Transcript, UnreadableTranscript
from files.uses import live_pages_using
from licensing.again import offer_again
from licensing.gate import UsedWork, lacks_of_sources


class PictureField(WagtailImageField):
    """A picture, judged by its content before anything tries to open it."""

    def to_python(self, data: Any) -> Any:
        if data:
            check_image(data)
        return super().to_python(data)


class DocumentField(WagtailDocumentField):
    """A PDF, an ODT or a DOCX, judged by its content."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            check_document(cleaned)
        return cleaned


class RecordingField(forms.FileField):
    """A recording, judged by its content."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            check_recording(cleaned)
        return cleaned


class VideoField(forms.FileField):
    """A video, judged by its content."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            check_video(cleaned)
        return cleaned


class PosterField(forms.FileField):
    """A picture to show before a video plays, judged by its content."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            check_image(cleaned)
        return cleaned


class CaptionsField(TextFileField):
    """A WebVTT file; its value is the text in it."""

    named = "O arquivo de legendas"

    def clean(self, data: Any, initial: Any = None) -> Any:
        return checked_captions(super().clean(data, initial))


def checked_captions(text: str) -> str:
    """Captions as they are kept. Refuses what is not WebVTT, with a sentence."""
    text = clean_text(text).strip()
    if text:
        try:
            Transcript.parse(text, "o arquivo de legendas")
        except UnreadableTranscript as error:
            raise forms.ValidationError(str(error)) from None
    return text


class RightsFormMixin:
    """Asks for author and licence as soon as a file comes in: they are never guessed later."""

    fields: dict[str, forms.Field]

    def offer_last_rights(self, sent_by: str) -> None:
        """Offer the author and the licence of the last file of the same person; `sent_by` is the
        field that says who sent a file."""
        file: Any = self.instance  # type: ignore[attr-defined]
        user = getattr(file, sent_by) or getattr(self, "for_user", None)
        if user is None or file.creator:
            return
        files = type(file)._default_manager.filter(**{sent_by: user}).exclude(pk=file.pk)
        last = files.exclude(creator="").order_by("-created_at", "-pk").first()
        if last is not None:
            offer_again(self.fields["creator"], last.creator)
            if last.licence:
                offer_again(self.fields["licence"], last.licence.identifier, str(last.licence))

    def require_rights(self) -> None:
        self.fields["creator"].required = True
        self.fields["licence"].required = True
        self.fields["licence"].error_messages["required"] = "Escolha a licença do arquivo."
        self.fields["creator"].error_messages["required"] = "Diga quem fez o arquivo."
        self.tell_uses()

    def tell_uses(self) -> None:
        """Withdrawing rights is for files that are there; whoever does it sees what it touches."""
        if not self.instance.pk:  # type: ignore[attr-defined]
            del self.fields["withdrawn_on"], self.fields["withdrawn_reason"]
            return
        pages = live_pages_using(self.instance)  # type: ignore[attr-defined]
        field = self.fields["withdrawn_on"]
        if not pages:
            field.help_text = f"{field.help_text} Nenhuma página no ar usa este arquivo."
            return
        links = format_html_join(
            "; ",
            '<a href="{}">{}</a>',
            ((reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title) for page in pages),
        )
        field.help_text = format_html("{} Está no ar em: {}.", field.help_text, links)

    def judge_file(self, kind: type[forms.FileField]) -> None:
        """Take the file through a field that looks into it. Of many files sent at once each has
        been judged before this form, which then asks for everything else."""
        if "file" in self.fields:
            self.fields["file"] = kind(
                label="Arquivo",
                widget=self.fields["file"].widget,
                required=not self.instance.pk,  # type: ignore[attr-defined]
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        if cleaned.get("withdrawn_on") and not cleaned.get("withdrawn_reason"):
            self.add_error(  # type: ignore[attr-defined]
                "withdrawn_reason", "Escreva quem pediu para tirar e quando."
            )
        licence = cleaned.get("licence")
        if licence and not licence.is_open and not cleaned.get("permission"):
            self.add_error(  # type: ignore[attr-defined]
                "permission",
                "Com todos os direitos reservados, escreva quem autorizou o uso e quando.",
            )
        return cleaned


_FIELD_OF_LACK = {
    "source-licence": "adapted_licence",
    "source-reserved": "adapted_licence",
    "source-locked": "adapted_licence",
    "source-modifications": "modifications",
    "licence-sources": "licence",
}


class ImageForm(RightsFormMixin, BaseImageForm):
    """Upload and edit a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.require_rights()
        self.judge_file(PictureField)
        self.offer_last_rights("uploaded_by_user")

    def clean(self) -> dict[str, Any]:
        """A picture that adapts somebody's work is judged as a page that does."""
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in Image.adapted_fields):
            return cleaned
        title, licence = cleaned.get("adapted_title"), cleaned.get("licence")
        if not title:
            self.add_error("adapted_title", "Escreva o título da obra que a imagem adapta.")
            return cleaned
        changes = tuple((cleaned.get("modifications") or "").splitlines())
        adapted = UsedWork(title, cleaned.get("adapted_licence"), True, changes)
        for lack in lacks_of_sources(licence if licence and licence.is_open else None, [adapted]):
            self.add_error(_FIELD_OF_LACK[lack.code], lack.message)
        return cleaned

    def clean_file(self) -> Any:
        """A picture that pages show keeps its file: readers would see a hole until the new one
        has been prepared."""
        if "file" in self.changed_data and self.instance.pk and self.instance.uses.exists():
            raise forms.ValidationError(
                "Esta imagem está em páginas publicadas. Envie a nova como outra imagem e troque "
                "nas páginas."
            )
        return self.cleaned_data["file"]


class DocumentForm(RightsFormMixin, BaseDocumentForm):
    """Upload and edit a document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.require_rights()
        self.judge_file(DocumentField)
        self.offer_last_rights("uploaded_by_user")

    def clean_file(self) -> Any:
        """A document that pages offer keeps its format: a booklet is no booklet without a PDF."""
        file = self.cleaned_data["file"]
        is_offered = (
            "file" in self.changed_data and self.instance.pk and self.instance.uses.exists()
        )
        if is_offered and format_of(file) != self.instance.format:
            named = self.instance.get_format_display()
            raise forms.ValidationError(
                f"Este arquivo está em páginas publicadas como {named}. Envie outro {named}, ou "
                "envie o novo como outro documento e troque nas páginas."
            )
        return file


class RecordingForm(RightsFormMixin, WagtailAdminModelForm):
    """Upload and edit a recording."""

    file = RecordingField(
        label="Arquivo",
        help_text="MP3 até 300 MB; WAV, FLAC, M4A ou OGG até 1 GB. Até 6 horas. O original fica "
        "guardado; quem ouve recebe um MP3 com o volume ajustado.",
        widget=forms.FileInput(attrs={"accept": ".mp3,.wav,.flac,.m4a,.ogg,.opus,audio/*"}),
    )

    class Meta:
        model = Recording
        fields = ("title", "file", *Rights.rights_fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.require_rights()
        self.fields["file"].required = not self.instance.pk
        self.offer_last_rights("uploaded_by")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "file" in self.changed_data:
            self.instance.is_finished = False
        return cleaned


class VideoForm(RightsFormMixin, WagtailAdminModelForm):
    """Upload and edit a video, its captions and its poster."""

    file = VideoField(
        label="Arquivo",
        help_text="MP4, MOV ou WebM, até 2 GB e 4 horas. O original fica guardado; quem visita "
        "recebe cópias menores.",
        widget=forms.FileInput(attrs={"accept": ".mp4,.m4v,.mov,.webm,video/*"}),
    )
    poster_file = PosterField(
        label="Imagem de abertura",
        help_text=Video._meta.get_field("poster_file").help_text,
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )
    captions_file = CaptionsField(
        label="Arquivo de legendas",
        help_text="WebVTT (.vtt). Troca o texto que estiver no campo abaixo.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )

    class Meta:
        model = Video
        fields = (
            "title",
            "file",
            "poster_file",
            "captions",
            "captions_language",
            "no_captions_reason",
            "transcript",
            *Rights.rights_fields,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.require_rights()
        self.fields["file"].required = not self.instance.pk
        self.offer_last_rights("uploaded_by")

    def clean_captions(self) -> str:
        # A file that came with the form goes before what was in the field.
        if self.files.get(self.add_prefix("captions_file")):
            return str(self.cleaned_data["captions"])
        return checked_captions(self.cleaned_data["captions"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["captions"] = cleaned.get("captions_file") or cleaned.get("captions", "")
        silent = not cleaned["captions"] and not cleaned.get("no_captions_reason", "").strip()
        if silent and not self.errors and self.instance.pk and self.instance.uses.exists():
            self.add_error(
                "captions",
                "Este vídeo está em páginas publicadas. Deixe as legendas, ou diga abaixo por que "
                "não há.",
            )
        return cleaned
