"""Build the index of Elasticsearch anew from the entries, while reads and writes go on."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.elastic.client import AWAY, patient_client
from search.elastic.documents import Document, documents
from search.elastic.index import build
from search.elastic.notes import catch_up
from search.models import Entry

_AT_ONCE = 100  # entries in memory


class Command(BaseCommand):
    help = "Constrói de novo o índice do Elasticsearch. A busca e a publicação seguem no ar."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("Diga onde está o Elasticsearch: ELASTICSEARCH_URL.")
        try:
            count = build(patient_client(), _everything)
            catch_up(patient_client())
        except AWAY as error:
            raise CommandError(
                f"O Elasticsearch não respondeu: {error}. O índice de antes continua no ar; "
                "chame de novo quando ele voltar."
            ) from error
        self.stdout.write(f"{count} itens no índice novo, que já responde.")


def _everything() -> Iterator[tuple[int, Document]]:
    """The documents of all entries, some at a time."""
    last = 0
    while True:
        entries = Entry.objects.filter(pk__gt=last).defer("segments", "facet_values")
        batch = list(entries.order_by("pk")[:_AT_ONCE])
        if not batch:
            return
        yield from documents(batch)
        last = batch[-1].pk
