"""Fill a library made for measuring with invented pages, or take them out again."""

import time
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.scale import planting
from search.scale.corpus import SEED

_WHERE = (
    "Este comando põe na busca milhares de páginas inventadas, à vista de quem lê. "
    "Use uma biblioteca só para medir, com um DATA_DIR ou um banco dela, "
    "e confirme com --measuring-library."
)


class Command(BaseCommand):
    help = "Põe páginas inventadas na busca, para medir. Com --remove, tira todas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=_count, default=10_000, help="Quantas páginas.")
        parser.add_argument("--seed", default=SEED, help="A mesma semente dá as mesmas páginas.")
        parser.add_argument("--remove", action="store_true", help="Tira as páginas inventadas.")
        parser.add_argument(
            "--measuring-library",
            action="store_true",
            help="Confirma que esta biblioteca existe só para medir.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        if options["remove"]:
            removed = planting.uproot(self._tell)
            self.stdout.write(f"{removed} páginas inventadas saíram.")
            return
        if not options["measuring_library"]:
            raise CommandError(_WHERE)
        if planting.folder() is not None:
            raise CommandError(
                "Já há páginas inventadas. Tire antes: manage.py seed_scale --remove"
            )
        planting.plant(options["documents"], options["seed"], self._tell)
        seconds = time.monotonic() - started
        rate = options["documents"] / seconds
        self.stdout.write(
            f"{options['documents']} páginas em {seconds:.0f} s, {rate:.0f} por segundo."
        )

    def _tell(self, done: int) -> None:
        if done % 10_000 == 0:
            self.stdout.write(f"{done}…")


def _count(typed: str) -> int:
    if not typed.isdecimal() or not 0 < int(typed) <= 1_000_000:
        raise ArgumentTypeError("escreva um número de 1 a 1000000")
    return int(typed)
