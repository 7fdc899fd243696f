"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

SIGNED_IN_COOKIE = "entrou"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail; plain sentences in place of codes."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "E-mail e senha não combinam. Tente de novo ou peça uma senha nova."
        ),
        "too_many_login_attempts": "Foram muitas tentativas. Espere alguns minutos e tente de novo.",
        "email_taken": "Já existe uma conta com este e-mail. Entre com ela ou peça uma senha nova.",
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_profile")

    def is_safe_url(self, url: str | None) -> bool:
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        # Readable by scripts and worth nothing: it only says that asking for the personal
        # fragment makes sense, so that strangers' pages ask for nothing.
        response.set_cookie(
            SIGNED_IN_COOKIE,
            "1",
            max_age=settings.SESSION_COOKIE_AGE,  # as long as the session itself
            samesite="Lax",
            secure=request.is_secure(),
        )
        return response
