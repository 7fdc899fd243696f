"""What the first page of the CMS says of podcasts."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from knowledge.desk.first_page import SHOWN, ListPanel, Row
from podcasts.models import ShowPage
from podcasts.promises import Promise, due_between, promises_of


class LateShowsPanel(ListPanel):
    """Shows whose next episode should be out by now."""

    order = 95
    name = "podcasts-atrasados"
    heading = "Podcast atrasado"
    note_heading = "Situação"
    date_heading = "Devia sair em"

    def rows(self) -> list[Row]:
        shows = _promising().filter(pk__in=self.editable)
        now = timezone.now()
        late = [promise for promise in promises_of(shows) if promise.is_late(now)]
        return [
            Row(promise.show, _situation(promise), promise.due_at) for promise in late[: SHOWN + 1]
        ]


def _situation(promise: Promise) -> str:
    if promise.last_at is None:
        said = "Ainda não saiu nenhum episódio."
    else:
        said = f"O último saiu em {_day(promise.last_at)}."
    if promise.scheduled_at is not None:
        return f"{said} O próximo está marcado para {_day(promise.scheduled_at)}."
    return f"{said} Nada está marcado: agende o próximo ou mude a frequência do programa."


def _day(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.day}/{local.month}/{local.year}"


def promised_days(begin: datetime, end: datetime, editable: Any) -> list[dict[str, Any]]:
    """For the calendar: the days on which listeners expect an episode."""
    return [
        {"at": day, "what": "Episódio prometido", "row": Row(show), "all_day": True}
        for show in _promising().filter(pk__in=editable)
        for day in due_between(show.recurrence, show.first_published_at or begin, begin, end)
    ]


def _promising() -> Any:
    """The live shows that say how often they come out."""
    live = ShowPage.objects.filter(live=True, alias_of__isnull=True, is_finished=False)
    return live.exclude(recurrence="")


def arrange(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(LateShowsPanel(request))
