"""What an invited reader fills in, and what the curator who invites does."""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from knowledge.models import DraftComment, DraftInvitation

WHOLE = "O texto todo"
_COOKIE = "rascunho"


class CommentForm(forms.Form):
    """A comment on one section or on the whole. `sections` are (anchor, title)."""

    name = forms.CharField(
        label="Seu nome", max_length=80, error_messages={"required": "Escreva seu nome."}
    )
    section = forms.ChoiceField(
        label="Sobre o quê",
        required=False,
        error_messages={"invalid_choice": "Esta parte mudou de nome. Escolha de novo."},
    )
    text = forms.CharField(
        label="Comentário",
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": DraftComment.MAX_LENGTH}),
        max_length=DraftComment.MAX_LENGTH,
        help_text="Até 2.000 caracteres. Só quem edita o material lê.",
        error_messages={"required": "Escreva o comentário."},
    )

    def __init__(
        self, sections: list[tuple[str, str]], data: Any = None, initial: Any = None
    ) -> None:
        super().__init__(data, auto_id="comentario-%s", initial=initial)
        self.fields["section"].choices = [("", WHOLE), *sections]  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    """Who is invited, and for how long."""

    name = forms.CharField(
        label="Nome", max_length=80, error_messages={"required": "Escreva o nome de quem vai ler."}
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Se preencher, o link vai por e-mail. Em branco, você copia e envia.",
    )
    days = forms.IntegerField(
        label="Vale por quantos dias",
        min_value=1,
        max_value=30,
        initial=7,
        error_messages={
            "required": "Escolha de 1 a 30 dias.",
            "invalid": "Escolha de 1 a 30 dias.",
            "min_value": "Escolha de 1 a 30 dias.",
            "max_value": "Escolha de 1 a 30 dias.",
        },
    )


# --- the seal -----------------------------------------------------------------------------------
# The page asks for no referrer, so browsers send `Origin: null` with its form, which Django's own
# check refuses. The form is sealed instead: a value that only this page, in this browser, has.


def seal_of(request: HttpRequest, invitation: DraftInvitation) -> str:
    """The seal that the form must carry; "" for a browser without the cookie."""
    nonce = request.COOKIES.get(_COOKIE, "")
    return _seal(nonce, invitation) if nonce else ""


def is_sealed(request: HttpRequest, invitation: DraftInvitation) -> bool:
    """Whether the form that was sent comes from the page that the same browser was given."""
    expected = seal_of(request, invitation)
    return bool(expected) and constant_time_compare(request.POST.get("selo", ""), expected)


def new_seal(invitation: DraftInvitation) -> tuple[str, str]:
    """(value of the cookie, seal), for a browser that comes for the first time."""
    nonce = secrets.token_urlsafe(16)
    return nonce, _seal(nonce, invitation)


def keep_nonce(response: HttpResponse, nonce: str, path: str, *, secure: bool) -> None:
    """Give the browser its cookie, for this draft alone, until it closes."""
    response.set_cookie(_COOKIE, nonce, path=path, secure=secure, httponly=True, samesite="Lax")


def _seal(nonce: str, invitation: DraftInvitation) -> str:
    return salted_hmac("knowledge.draft_reading", f"{invitation.pk}:{nonce}").hexdigest()
