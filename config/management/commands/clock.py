"""Run the site's clock."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import clock


class Command(BaseCommand):
    help = "Publica, retira e retoma o que está na hora, a cada minuto. Um por site."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="Faz uma volta e termina.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with clock.holding():
                if options["once"]:
                    clock.tick()
                    return
                stopped = Event()
                for number in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(number, lambda *_: stopped.set())
                clock.run(stopped)
        except clock.ClockHeld:
            raise CommandError(
                "Já existe um relógio rodando para este site. Só pode haver um."
            ) from None
