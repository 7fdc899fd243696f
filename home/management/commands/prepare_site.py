"""Make the skeleton of the site, and take note of a changed public address."""

from typing import Any

from django.core.management.base import BaseCommand

from files.services import refresh_wants
from home.site import prepare_site
from search.services import prepare_language


class Command(BaseCommand):
    help = (
        "Cria o que falta do site (páginas, papéis, revisão, palavras da busca). Pode ser repetido."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_site()
        prepare_language()
        changed = refresh_wants()
        if changed:
            self.stdout.write(f"{changed} arquivos serão refeitos com o novo endereço público.")
