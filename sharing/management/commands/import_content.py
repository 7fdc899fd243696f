"""Import content from a CSV, XLSX or JSON Lines file."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sharing.importing import runs
from sharing.importing.judging import Terms
from sharing.importing.reading.rows import UnreadableFile
from sharing.importing.results import ResultFile, in_words
from sharing.models import ImportLine, ImportRun, Outcome


class Command(BaseCommand):
    help = (
        "Importa materiais de uma planilha (CSV, XLSX ou JSON Lines). Parado no meio, continua de "
        "onde parou quando é chamado de novo com o mesmo arquivo. As colunas estão em docs/import.md."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("arquivo", type=Path, help="A planilha.")
        parser.add_argument(
            "--dry-run",
            "--ensaio",
            action="store_true",
            dest="is_trial",
            help="Diz o que cada linha faria e o que falta a ela, sem gravar nada.",
        )
        parser.add_argument(
            "--criar-pessoas",
            action="store_true",
            dest="create_people",
            help="Cadastra as pessoas que faltam, em vez de recusar a linha.",
        )
        parser.add_argument(
            "--passar-por-cima",
            action="store_true",
            dest="overwrite",
            help="Muda também as páginas que alguém editou no CMS depois da última importação.",
        )
        parser.add_argument(
            "--latin-1",
            action="store_true",
            dest="is_latin1",
            help="O CSV está em latin-1 (o padrão antigo do Windows), não em UTF-8.",
        )
        parser.add_argument(
            "--resultado", type=Path, help="Grava aqui, em CSV, o que aconteceu com cada linha."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["arquivo"]
        terms = Terms(options["create_people"], options["overwrite"])
        counts: Counter[str] = Counter()
        try:
            with ExitStack() as stack:
                file = stack.enter_context(path.open("rb"))
                result = None
                if options["resultado"]:
                    target = options["resultado"].open("w", encoding="utf-8", newline="")
                    result = ResultFile(stack.enter_context(target))

                def tell(line: ImportLine) -> None:
                    counts[line.outcome] += 1
                    if options["verbosity"]:
                        self.stdout.write(sentence_of(line))

                if options["is_trial"]:
                    folder, is_latin1 = path.parent, options["is_latin1"]
                    for line in runs.rehearse(file, path.name, folder, terms, is_latin1):
                        tell(line)
                        if result:
                            result.add(line)
                else:
                    run = self._import(file, path, terms, options["is_latin1"], tell)
                    if result:
                        result.add_all(run.lines.iterator(chunk_size=500))
                    counts = Counter(run.counts())
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename} não abre: {error.strerror}.") from error
        self._sum_up(counts, options["is_trial"])

    def _import(self, file: Any, path: Path, terms: Terms, is_latin1: bool, tell: Any) -> ImportRun:
        digest, total = runs.survey(file, path.name, is_latin1)
        run = runs.left_behind(digest, terms)
        if run is not None and run.done_through:
            self.stdout.write(f"Continua de onde parou: depois da linha {run.done_through}.")
        if run is None:
            run = runs.begin(
                name=path.name,
                digest=digest,
                total=total,
                create_people=terms.create_people,
                overwrite=terms.overwrite,
                is_latin1=is_latin1,
            )
        if not runs.claim(run) or not runs.work(run, file, path.parent, tell):
            raise CommandError("Outra execução assumiu esta importação, ou ela foi cancelada.")
        run.refresh_from_db()
        if run.state == ImportRun.State.FAILED:
            raise CommandError(run.failure)
        return run

    def _sum_up(self, counts: Counter[str], is_trial: bool) -> None:
        done = "Ensaio, nada foi gravado" if is_trial else "Pronto"
        self.stdout.write(f"{done}: {in_words(counts)}.")
        if counts[Outcome.REFUSED]:
            raise CommandError("Há linhas recusadas. Corrija e importe o arquivo de novo.")


def sentence_of(line: ImportLine) -> str:
    """A line of the report on the console."""
    words = line.as_dict()
    standing = f", {words['situacao']}" if words["situacao"] else ""
    named = " · ".join(part for part in (words["codigo"], words["titulo"]) if part)
    why = f". {words['motivo']}" if words["motivo"] else ""
    return f"linha {words['linha']}: {words['resultado']}{standing} ({named or 'sem código'}){why}"
