"""The first page of the CMS: what waits for somebody, in the order in which it presses.

Each panel costs the same for one item and fifty, shows the first ten, and only what the person may
edit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Revision,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)
from wagtail.permissions import page_permission_policy

from files.models import FileUse
from knowledge.models import Checkup, HeldPublication, ResourcePage

SHOWN = 10
PUBLISHED_SHOWN = 6
_MONTHS = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
MONTHS = _MONTHS.split()


@dataclass(frozen=True)
class Row:
    """A line of a panel: a page to edit, what is to be said of it, and since when."""

    page: Page
    note: str = ""
    at: date | None = None
    reasons: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.page.get_admin_display_title()

    @property
    def url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    @property
    def kind(self) -> str:
        kind = getattr(self.page.specific_class, "kind", None)
        return kind.label if kind else str(self.page.page_type_display_name)


def editable_by(user: Any) -> QuerySet[Page]:
    """The pages that somebody may edit."""
    pages: QuerySet[Page] = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages


class ListPanel(Component):
    """A list of pages with a heading; nothing at all while it is empty."""

    template_name = "knowledge/desk/list_panel.html"
    heading = ""
    note_heading = ""
    date_heading = ""
    more_url_name = ""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def editable(self) -> Any:
        return editable_by(self.request.user).values("pk")

    def rows(self) -> list[Row]:
        raise NotImplementedError

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        rows = self.rows()
        return {
            "panel": self,
            "rows": rows[:SHOWN],
            "has_more": len(rows) > SHOWN,
            "more_url": reverse(self.more_url_name) if self.more_url_name else "",
        }


class HeldPanel(ListPanel):
    """What should be out by now, and why it is not."""

    order = 90
    name = "retidas"
    heading = "Não saíram na hora marcada"
    note_heading = "Situação"
    date_heading = "Devia sair em"

    def rows(self) -> list[Row]:
        held = HeldPublication.objects.filter(page__in=self.editable).select_related("page")
        return [
            Row(
                item.page,
                "Espera" if item.is_waiting else "Voltou a rascunho",
                item.due_at,
                tuple(item.reasons),
            )
            for item in held[: SHOWN + 1]
        ]


class WaitingForMePanel(Component):
    """Reviews that the person may decide, with the buttons to do so."""

    order = 100
    name = "espera-por-voce"
    template_name = "knowledge/desk/waiting_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def _tasks(self) -> list[int]:
        """The tasks of review for groups that the person belongs to."""
        tasks = GroupApprovalTask.objects.filter(active=True)
        if not self.request.user.is_superuser:
            tasks = tasks.filter(groups__in=self.request.user.groups.all())
        return list(tasks.values_list("pk", flat=True).distinct())

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        states = (
            TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=self._tasks())
            .filter(workflow_state__base_content_type=get_default_page_content_type())
            .select_related("revision__user", "task", "workflow_state")
            .order_by("started_at")
        )
        found = list(states[: SHOWN + 1])
        ids = [int(state.revision.object_id) for state in found]
        pages = {page.pk: page for page in Page.objects.filter(pk__in=ids)}
        editable = set(
            editable_by(self.request.user).filter(pk__in=ids).values_list("pk", flat=True)
        )
        rows = [
            {
                "row": Row(page, at=state.started_at),
                "state": state,
                "sender": state.revision.user,
                "may_edit": page.pk in editable,
                "is_live": bool(page.live_revision_id),
            }
            for state in found
            if (page := pages.get(int(state.revision.object_id)))
        ]
        return {
            "panel": self,
            "rows": rows[:SHOWN],
            "has_more": len(found) > SHOWN,
            "actions": _actions(self.request.user) if rows else [],
            "request": self.request,
            "csrf_token": (parent_context or {}).get("csrf_token", ""),
        }


def _actions(user: Any) -> list[tuple[str, str, bool]]:
    """What a reviewer may do, in Wagtail's words. Which tasks are the person's has been asked."""
    task = GroupApprovalTask(pk=0)
    task._user_in_groups = lambda user: True
    actions: list[tuple[str, str, bool]] = task.get_actions(None, user)
    return actions


class MinePanel(ListPanel):
    """What the person has begun and not finished: drafts, changes, what came back from review."""

    order = 110
    name = "seus-rascunhos"
    heading = "Seus rascunhos"
    note_heading = "Situação"
    date_heading = "Última alteração"

    def rows(self) -> list[Row]:
        mine = Page.objects.filter(owner=self.request.user, alias_of__isnull=True)
        open_ = mine.filter(live=False) | mine.filter(has_unpublished_changes=True)
        begun = open_.exclude(latest_revision=None).order_by("-latest_revision_created_at")
        pages = list(begun[: SHOWN + 1])
        states = self._states(pages)
        return [
            Row(page, self._note(page, states.get(str(page.pk))), page.latest_revision_created_at)
            for page in pages
        ]

    def _states(self, pages: list[Page]) -> dict[str, WorkflowState]:
        comment = TaskState.objects.filter(workflow_state=OuterRef("pk")).order_by("-pk")
        states = (
            WorkflowState.objects.filter(
                base_content_type=get_default_page_content_type(),
                object_id__in=[str(page.pk) for page in pages],
                status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
            )
            .annotate(said=Subquery(comment.values("comment")[:1]))
            .order_by("created_at")
        )
        return {state.object_id: state for state in states}

    def _note(self, page: Page, state: Any) -> str:
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return f"Devolvido: {state.said}" if state.said else "Devolvido para mudar"
        if state is not None:
            return "Em revisão"
        return "Publicado, com alterações por publicar" if page.live else "Rascunho"


class ReviewDuePanel(ListPanel):
    """Live resources whose date of review has passed."""

    order = 120
    name = "rever"
    heading = "Está na hora de rever"
    date_heading = "Rever até"
    more_url_name = "desk_reviews"

    def rows(self) -> list[Row]:
        due = ResourcePage.objects.filter(
            live=True, alias_of__isnull=True, review_by__lte=timezone.localdate()
        )
        pages = due.filter(pk__in=self.editable).order_by("review_by", "pk")
        return [Row(page, at=page.review_by) for page in pages[: SHOWN + 1]]


class LackingPanel(ListPanel):
    """What is live and lacks something since: rights withdrawn, a file that failed. Texts of the
    institution are not looked at by the clock; of them it knows the files that were withdrawn."""

    order = 130
    name = "incompletos"
    heading = "Publicados a que falta algo"
    note_heading = "O que falta"
    date_heading = "Conferido em"

    def rows(self) -> list[Row]:
        lacking = Checkup.objects.exclude(reasons=[]).filter(page__in=self.editable)
        found = lacking.select_related("page").order_by("page__title")[: SHOWN + 1]
        rows = [Row(item.page, at=item.checked_at, reasons=tuple(item.reasons)) for item in found]
        return [*rows, *self._texts()]

    def _texts(self) -> list[Row]:
        kinds = ("image", "document", "recording", "video")
        withdrawn = Q()
        for kind in kinds:
            withdrawn |= Q(**{f"{kind}__withdrawn_on__isnull": False})
        uses = FileUse.objects.filter(withdrawn, page__in=self.editable)
        uses = uses.exclude(page__in=ResourcePage.objects.values("pk"))
        rows = []
        for use in uses.select_related("page", *kinds).order_by("page__title", "pk")[: SHOWN + 1]:
            file = next(file for kind in kinds if (file := getattr(use, kind)))
            sentence = f"“{file.title}” teve os direitos retirados. Tire do texto ou ponha outro."
            rows.append(Row(use.page, at=file.withdrawn_on, reasons=(sentence,)))
        return rows


class PublishedPanel(ListPanel):
    """What came out lately, for everybody who writes here."""

    order = 150
    name = "publicados"
    heading = "Publicados há pouco"
    date_heading = "Publicado em"

    def rows(self) -> list[Row]:
        live = ResourcePage.objects.filter(live=True, alias_of__isnull=True)
        pages = live.filter(pk__in=self.editable).order_by("-last_published_at")
        return [Row(page, at=page.last_published_at) for page in pages[:PUBLISHED_SHOWN]]


Events = Callable[[datetime, datetime, Any], list[dict[str, Any]]]
_more_events: list[Events] = []


def register_events(events: Events) -> None:
    """Let another room add to the calendar: `events(begin, end, editable)` returns dicts with `at`,
    `what`, `row`, and `all_day` for what has no hour; `editable` selects the pages that the person
    may edit."""
    if events not in _more_events:
        _more_events.append(events)


class CalendarPanel(Component):
    """A month: what goes live and what comes down, day by day."""

    order = 140
    name = "calendario"
    template_name = "knowledge/desk/calendar_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def first_day(self) -> date:
        """The first day of the month asked for; of this month, if none was."""
        try:
            asked = datetime.strptime(self.request.GET.get("mes", ""), "%Y-%m")
        except ValueError:
            return timezone.localdate().replace(day=1)
        return asked.date() if 1900 < asked.year < 9000 else timezone.localdate().replace(day=1)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        first = self.first_day
        following = (first + timedelta(days=32)).replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        return {
            "panel": self,
            "month": f"{MONTHS[first.month - 1]} de {first.year}",
            "events": self._events(first, following),
            "before": before,
            "before_name": MONTHS[before.month - 1],
            "following": following,
            "following_name": MONTHS[following.month - 1],
        }

    def _events(self, first: date, following: date) -> list[dict[str, Any]]:
        zone = timezone.get_current_timezone()
        begin, end = (
            datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, following)
        )
        editable = editable_by(self.request.user)
        revisions = Revision.page_revisions.filter(
            approved_go_live_at__gte=begin, approved_go_live_at__lt=end
        )
        goes_live = {int(item.object_id): item.approved_go_live_at for item in revisions}
        events = [
            {"at": goes_live[page.pk], "what": "Entra no ar", "row": Row(page)}
            for page in editable.filter(pk__in=list(goes_live))
        ]
        over = editable.filter(expire_at__gte=begin, expire_at__lt=end, expired=False)
        events += [{"at": page.expire_at, "what": "Sai do ar", "row": Row(page)} for page in over]
        for more in _more_events:
            events += more(begin, end, editable.values("pk"))
        return sorted(events, key=lambda event: (event["at"], event["row"].title))


PANELS = (
    HeldPanel,
    WaitingForMePanel,
    MinePanel,
    ReviewDuePanel,
    LackingPanel,
    CalendarPanel,
    PublishedPanel,
)


def arrange(request: HttpRequest, panels: list[Any]) -> None:
    """Put our panels in the place of Wagtail's, which cost more with each page they show."""
    ours = {
        "workflow_objects_to_moderate",
        "user_objects_in_workflow_moderation",
        "recent_edits",
    }
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in ours]
    panels += [panel(request) for panel in PANELS]
