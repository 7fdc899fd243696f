"""List where the search differs from the library, and put it right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge.index_check import check, mend
from search.engines import EngineAway


class Command(BaseCommand):
    help = "Compara a busca com o acervo e lista o que difere. Com --mend, corrige."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Corrige o que difere.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._check(mends=options["mend"])
        except EngineAway as error:
            raise CommandError(str(error)) from error

    def _check(self, *, mends: bool) -> None:
        found = 0
        for drift in check():
            found += 1
            self.stdout.write(f"{drift.page_id} {drift.title}: {', '.join(drift.what)}")
            if mends:
                mend(drift)
        if found and not mends:
            raise CommandError(f"{found} itens diferem. Corrija com: manage.py search_check --mend")
        self.stdout.write(f"{found} itens corrigidos." if found else "A busca está em dia.")
