"""Forms through which files come in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from files.inspection import check_image, check_mp3, check_pdf
from files.models import Recording, Rights
from licensing.again import offer_again


class PictureField(WagtailImageField):
    """A picture, judged by its content before anything tries to open it."""

    def to_python(self, data: Any) -> Any:
        if data:
            check_image(data)
        return super().to_python(data)


class PDFField(WagtailDocumentField):
    """A PDF, judged by its content."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            check_pdf(cleaned)
        return cleaned


class MP3Field(forms.FileField):
    """A recording, judged by its content."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            check_mp3(cleaned)
        return cleaned


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
        licence = cleaned.get("licence")
        if licence and not licence.is_open and not cleaned.get("permission"):
            self.add_error(  # type: ignore[attr-defined]
                "permission",
                "Com todos os direitos reservados, escreva quem autorizou o uso e quando.",
            )
        return cleaned


class ImageForm(RightsFormMixin, BaseImageForm):
    """Upload and edit a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.require_rights()
        self.judge_file(PictureField)
        self.offer_last_rights("uploaded_by_user")

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
        self.judge_file(PDFField)
        self.offer_last_rights("uploaded_by_user")


class RecordingForm(RightsFormMixin, WagtailAdminModelForm):
    """Upload and edit a recording."""

    file = MP3Field(
        label="Arquivo",
        help_text="MP3, até 300 MB.",
        widget=forms.FileInput(attrs={"accept": ".mp3,audio/mpeg"}),
    )

    class Meta:
        model = Recording
        fields = ("title", "file", *Rights.rights_fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.require_rights()
        self.fields["file"].required = not self.instance.pk
        self.offer_last_rights("uploaded_by")
