"""`manage.py check_feed URL_OR_FILE`: what apps would refuse in a feed, here or elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outbound.fetch import Outcome, fetch
from podcasts.checker import Answer, check, check_wire, errors_in
from podcasts.checker.reading import MAX_BYTES

_REASONS = {
    Outcome.NOT_AN_ADDRESS: "Isto não é um endereço.",
    Outcome.REFUSED: "Este endereço leva para dentro de uma rede, e não pode ser aberto daqui.",
    Outcome.UNKNOWN_NAME: "Não há site com este nome. Confira o endereço.",
    Outcome.UNREACHABLE: "O site não respondeu. Tente mais tarde.",
    Outcome.UNTRUSTED: "O certificado do site não vale.",
    Outcome.TOO_SLOW: "O site demorou demais. Tente mais tarde.",
    Outcome.TOO_MANY_REDIRECTS: "O endereço redireciona vezes demais.",
}


class Command(BaseCommand):
    help = "Confere um feed de podcast e diz o que corrigir."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("feed", help="endereço do feed, ou arquivo")
        parser.add_argument(
            "--arquivos",
            type=int,
            default=5,
            metavar="N",
            help="de quantos episódios abrir áudio, arte, transcrição e capítulos (5)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        content = read_feed(options["feed"])
        findings = check(content)
        if options["arquivos"] > 0:
            findings += check_wire(content, open_address, items=options["arquivos"])
        for finding in sorted(findings, key=lambda each: each.level != "erro"):
            self.stdout.write(str(finding))
        errors = errors_in(findings)
        if errors:
            raise CommandError(f"Erros a corrigir: {len(errors)}.")
        self.stdout.write(f"Sem erros. Conselhos: {len(findings)}.")


def read_feed(named: str) -> bytes:
    """The feed at an address or in a file. Raises CommandError, with a sentence."""
    if named.startswith(("http://", "https://")):
        fetched = fetch(named, max_bytes=MAX_BYTES + 1)
        if fetched.outcome != Outcome.ANSWERED:
            raise CommandError(_REASONS[fetched.outcome])
        if not fetched.is_good:
            raise CommandError(f"O endereço respondeu {fetched.status}, e não um feed.")
        return fetched.body
    try:
        with Path(named).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise CommandError(f"Não dá para ler o arquivo {named}.") from problem


def open_address(url: str, wanted: int) -> Answer:
    """An address in the public internet; status 0 for what may not or cannot be opened."""
    fetched = fetch(url, max_bytes=wanted)
    return Answer(fetched.status, fetched.content_type, fetched.length, fetched.body)
