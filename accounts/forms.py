"""The fields that an account asks for beyond e-mail and password."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest


class LoginForm(allauth_forms.LoginForm):
    """E-mail and password; the way to a new password stands beside the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["password"].label = "Senha"
        self.fields["password"].help_text = ""


class SignupForm(forms.Form):
    """Asks how the person wants to be called."""

    first_name = forms.CharField(
        label="Nome",
        help_text="Como você quer ser chamado aqui.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["first_name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        user.first_name = self.cleaned_data["first_name"].strip()
        user.save(update_fields=["first_name"])
