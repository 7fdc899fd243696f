"""The pages of an account, and the small personal part of every other page."""

from allauth.account.views import LogoutView
from django.contrib.auth.decorators import login_required
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.adapter import SIGNED_IN_COOKIE
from accounts.audience import has_session


@require_GET
@login_required
@cache_control(private=True, no_store=True)
def profile(request: HttpRequest) -> HttpResponse:
    """What the site knows of the person, and the ways to change it."""
    return render(request, "account/profile.html")


@require_GET
@cache_control(private=True, no_store=True)
def fragment(request: HttpRequest) -> HttpResponse:
    """The piece of the header that depends on who reads: name and sign-out, or nothing (204)."""
    if not has_session(request) or not request.user.is_authenticated:
        response = HttpResponse(status=204)
        response.delete_cookie(SIGNED_IN_COOKIE, samesite="Lax")
        return response
    return render(request, "account/fragment.html")


class SignOutView(LogoutView):
    """Signs out after a confirmation, and forgets that there was somebody."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(*args, **kwargs)
        # What nobody has read yet may name the person, and the next reader may be another.
        list(get_messages(self.request))
        response.delete_cookie(SIGNED_IN_COOKIE, samesite="Lax")
        return response
