"""List where the search differs from the library, and put it right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge.index_check import check, mend
from search.inspection import Inspection


class Command(BaseCommand):
    help = "Compara a busca com o acervo e lista o que difere. Com --mend, corrige."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Corrige o que difere.")

    def handle(self, *args: Any, **options: Any) -> None:
        inspection, found = Inspection(), 0
        for drift in check(inspection):
            found += 1
            self.stdout.write(f"{drift.page_id} {drift.title}: {', '.join(drift.what)}")
            if options["mend"]:
                mend(drift)
        if found and options["mend"]:
            self.stdout.write(f"{found} itens corrigidos.")
        elif found:
            raise CommandError(
                f"{found} itens diferem. Corrija com: manage.py search_check --mend"
                f" {inspection.away}".rstrip()
            )
        if inspection.away:
            raise CommandError(f"{inspection.away} Todo o resto foi conferido.")
        if not found:
            self.stdout.write("A busca está em dia.")
