"""The addresses of an account, in Portuguese, under the names that allauth looks up."""

from allauth.account import views as allauth_views
from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path("fragmento/", views.fragment, name="account_fragment"),
    path("entrar/", allauth_views.login, name="account_login"),
    path("sair/", views.SignOutView.as_view(), name="account_logout"),
    path("criar/", allauth_views.signup, name="account_signup"),
    path("desativada/", allauth_views.account_inactive, name="account_inactive"),
    path("confirmar/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("email/", allauth_views.email, name="account_email"),
    path(
        "email/confirmar/",
        allauth_views.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("senha/", allauth_views.password_change, name="account_change_password"),
    path("senha/definir/", allauth_views.password_set, name="account_set_password"),
    path("senha/nova/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "senha/nova/codigo/",
        allauth_views.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "senha/nova/escolher/",
        allauth_views.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "senha/nova/pronta/",
        allauth_views.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
]
