"""The editing form: the gate where the curator meets it, at the field it is about."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField, StreamBlockValidationError
from wagtail.models import Page

from knowledge.models.changes import is_told
from knowledge.publishing.again import offer_last_licence
from knowledge.publishing.gate import lacks_of, prepare

_REQUIRED = {
    "title": "Escreva o título.",
    "slug": "Escreva o endereço: letras sem acento, algarismos e hifens.",
}


class LicenceSelect(forms.Select):
    """The choice of a licence; once a change has been warned of, with a note that it was."""

    CONFIRMATION = "licence-confirmed"
    asked = ""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        chosen = super().render(*args, **kwargs)
        if not self.asked:
            return chosen
        note = format_html(
            '<input type="hidden" name="{}" value="{}">', self.CONFIRMATION, self.asked
        )
        return mark_safe(chosen + note)  # noqa: S308 (both halves are escaped)


class ResourceForm(WagtailAdminPageForm):
    """Asks what lacks when the page is sent to review, approved, scheduled or published.

    Saving a draft asks nothing, whatever is missing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._speak_plainly()
        if "licence" in self.fields:
            self.fields["licence"].widget = LicenceSelect(choices=self.fields["licence"].choices)
            if self.instance.licence is None:
                offer_last_licence(self.fields["licence"], self.for_user, self.instance)
        if self.instance.pk and is_told(self.instance):
            # What was said of the last publication is not said again of the next.
            self.initial |= {"change_note": "", "is_minor": False}

    def _speak_plainly(self) -> None:
        for name, sentence in _REQUIRED.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = sentence
        for field in self.fields.values():
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = (
                    "Escreva o e-mail inteiro. Exemplo: nome@prefeitura.gov.br"
                )

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if self.is_bound and self._goes_on():
            return self._passes_the_gate() and valid
        return valid

    # --- what the person asked for ----------------------------------------------------------

    def _goes_on(self) -> bool:
        sent = ("action-submit", "action-restart-workflow")
        return self._publishes() or any(map(self.data.get, sent)) or self._approves()

    def _publishes(self) -> bool:
        if not self.data.get("action-publish"):
            return False
        place: Page = self.instance if self.instance.pk else self.parent_page
        rights = place.permissions_for_user(self.for_user)
        return rights.can_publish() if self.instance.pk else rights.can_publish_subpage()

    def _approves(self) -> bool:
        return (
            bool(self.data.get("action-workflow-action"))
            and self.data.get("workflow-action-name") == "approve"
        )

    def _can_wait(self) -> bool:
        """Whether there is time before this goes live: a review, or a date still to come."""
        if not self._publishes() and not self._approves():
            return True
        go_live_at = self.cleaned_data.get("go_live_at")
        return bool(go_live_at and go_live_at > timezone.now())

    # --- the answer ---------------------------------------------------------------------------

    def _passes_the_gate(self) -> bool:
        if any(formset.errors and any(formset.errors) for formset in self.formsets.values()):
            return True  # the person is told of these first; super() has refused already
        page = self._as_it_would_be()
        if not self.errors:
            prepare(page)
        lacks = [lack for lack in lacks_of(page) if not (lack.passing and self._can_wait())]
        told = set(self.errors)  # the form's own complaint about a field goes before ours
        for field in dict.fromkeys(lack.field for lack in lacks if lack.field not in told):
            self._tell(field, [lack.message for lack in lacks if lack.field == field])
        return not lacks and self._is_sure_of_the_licence()

    def _is_sure_of_the_licence(self) -> bool:
        """Another licence for what is out already: said once, and done when it is asked again."""
        from knowledge.models.lineage import published_licence

        chosen, former = self.cleaned_data.get("licence"), published_licence(self.instance)
        if former is None or chosen is None or chosen == former:
            return True
        if self.data.get(LicenceSelect.CONFIRMATION) == chosen.identifier:
            return True
        self.fields["licence"].widget.asked = chosen.identifier
        self.add_error(
            "licence",
            f"Este material já saiu com {former}, e licença não se revoga: quem o copiou pode "
            f"continuar a usar assim. A {chosen} vale só daqui em diante. Se é isso, publique de novo.",
        )
        return False

    def _as_it_would_be(self) -> Page:
        """The page with all that was filled in; a field that is not valid keeps what it had."""
        if not self.errors:
            return self.save(commit=False)
        self.save_cluster_m2m()
        for formset in self.formsets.values():
            formset.instance = self.instance
            formset.save(commit=False)
        return self.instance

    def add_error(self, field: str | None, error: Any) -> None:
        if isinstance(error, StreamBlockValidationError):
            # Above the form the error is told in a line of its own; Wagtail's is for programmers.
            told = [str(message) for message in error.non_block_errors]
            error.message = " ".join(told) or "Há um bloco incompleto. Ele está marcado no texto."
        super().add_error(field, error)

    def _tell(self, field: str, sentences: list[str]) -> None:
        if isinstance(self.fields.get(field), BlockField):
            # A body shows one error, which may hold several sentences.
            self.add_error(field, StreamBlockValidationError(non_block_errors=sentences))
            return
        if field in self.formsets:
            self.formsets[field].non_form_errors().extend(sentences)
        for sentence in sentences:
            self.add_error(field if field in self.fields else None, sentence)
