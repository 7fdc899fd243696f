"""Load the demo library into an empty site."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from home.demo.library import DemoLibrary
from home.demo.people import CURATOR_EMAIL
from home.site import ADMINISTRATORS, CURATORS, prepare_site
from knowledge.models import ResourcePage


class Command(BaseCommand):
    help = "Monta a biblioteca de demonstração em um site vazio."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--password", default="", help="Senha da conta de curadoria.")

    def handle(self, *args: Any, **options: Any) -> None:
        if ResourcePage.objects.exists():
            raise CommandError("O acervo não está vazio. Para recomeçar: make reset-demo")
        prepare_site()
        password = options["password"] or secrets.token_urlsafe(9)
        curator = get_user_model().objects.create_user(
            CURATOR_EMAIL, password, first_name="Curadoria", last_name="da demonstração"
        )
        curator.groups.set(Group.objects.filter(name__in=[CURATORS, ADMINISTRATORS]))
        EmailAddress.objects.create(user=curator, email=CURATOR_EMAIL, verified=True, primary=True)
        DemoLibrary().load()
        if not options["password"]:
            self.stdout.write(f"Conta de curadoria: {CURATOR_EMAIL}, senha {password}")
