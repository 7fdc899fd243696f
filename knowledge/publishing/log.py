"""What the history of a page in the CMS says of its licence and of its public notes."""

from typing import Any

from wagtail.log_actions import LogFormatter

from knowledge.models.changes import NOTE_CORRECTED
from knowledge.models.lineage import LICENCE_CHANGED


class LicenceChanged(LogFormatter):
    label = "Mudar a licença do que já saiu"

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        return f"Mudou a licença de {data['from']} para {data['to']}"


class NoteCorrected(LogFormatter):
    label = "Corrigir o que mudou"

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        return f"Corrigiu o que diz que mudou: “{data['from']}” virou “{data['to']}”"


def log_actions(actions: Any) -> None:
    actions.register_action(LICENCE_CHANGED)(LicenceChanged)
    actions.register_action(NOTE_CORRECTED)(NoteCorrected)
