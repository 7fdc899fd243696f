"""`manage.py import_podcast URL_OR_FILE`: brings a whole show from another host."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outbound.fetch import fetch
from podcasts.importing.paging import LyingFeed
from podcasts.importing.runs import Line, Refused, Report, import_show


class Command(BaseCommand):
    help = (
        "Traz um podcast inteiro de outro serviço. Parado no meio, continua de onde parou quando é "
        "chamado de novo; repetido, só traz o que falta."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("feed", help="endereço do feed, ou arquivo")
        parser.add_argument(
            "--show",
            default="",
            metavar="ENDERECO",
            help="podcast daqui em que os episódios entram",
        )
        parser.add_argument(
            "--unlocked",
            action="store_true",
            help="o podcast é seu: traz também o que está trancado (podcast:locked)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_show(
                options["feed"],
                fetch=fetch,
                slug=options["show"],
                unlocked=options["unlocked"],
                told=self._tell if options["verbosity"] else lambda line: None,
            )
        except (LyingFeed, Refused) as error:
            raise CommandError(str(error)) from error
        for sentence in sentences(report):
            self.stdout.write(sentence)

    def _tell(self, line: Line) -> None:
        done = "veio" if line.is_new else "já estava"
        self.stdout.write(f"{line.title}: {done}{', rascunho' if line.is_draft else ''}")


def sentences(report: Report) -> list[str]:
    """The report at the end, in plain words."""
    new = sum(line.is_new for line in report.episodes)
    known = report.known + len(report.episodes) - new
    if report.changed:
        first = f"Pronto. Episódios que vieram: {new}. Já estavam: {known}."
    else:
        first = f"Nada mudou. Episódios que já estavam: {known}."
    told = [first]
    if report.drafts:
        told.append(f"Ficaram em rascunho: {len(report.drafts)}.")
        told += [f"- {line.title}: {' '.join(line.why)}" for line in report.drafts]
    noted = [line for line in [report.show, *report.episodes] if line.notes]
    if noted:
        told.append(f"Confira: {len(noted)}.")
        told += [f"- {line.title}: {' '.join(line.notes)}" for line in noted]
    if report.skipped:
        told.append(f"Ficaram de fora: {len(report.skipped)}.")
        told += [f"- {sentence}" for sentence in report.skipped]
    return told
