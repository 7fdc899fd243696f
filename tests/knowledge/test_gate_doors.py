"""Every door to “live”: what lacks is refused in plain words and nothing changes.

Doors that share the form, or the message, share the code that asks what lacks; so all that may
lack is tried at three doors of different make, and a choice of it at every door.
"""

from typing import Any

import pytest
from wagtail.models import Page, Revision, WorkflowState

from files.models import FileUse
from knowledge.models import HeldPublication, Withdrawal
from search.models import Entry
from tests.factories import editor
from tests.knowledge.doors import (
    DOORS,
    Door,
    approve_in_the_dialogue,
    bulk_publish,
    create_and_publish,
    edit_and_publish,
    schedule_in_the_editor,
)
from tests.knowledge.lacking import CASES, WHOLE, Lacking

pytestmark = pytest.mark.django_db

every_door = pytest.mark.parametrize("door", DOORS, ids=lambda each: each.name)
ALL_CASES_AT = (edit_and_publish, approve_in_the_dialogue, bulk_publish)
AT_EVERY_DOOR = ("licence", "credit", "alt", "image that was prepared", "step that is live")
TRIED = [
    pytest.param(door, case, id=f"{door.name}-{case.name}")
    for door in DOORS
    for case in CASES
    if door.go in ALL_CASES_AT or case.name in AT_EVERY_DOOR
]


def state() -> dict[str, Any]:
    """Everything that going live, or being saved, would have changed."""
    return {
        "pages": sorted(
            Page.objects.values_list(
                "pk",
                "live",
                "title",
                "slug",
                "live_revision",
                "latest_revision",
                "has_unpublished_changes",
                "go_live_at",
                "first_published_at",
            )
        ),
        "revisions": sorted(Revision.objects.values_list("pk", "approved_go_live_at")),
        "reviews": sorted(WorkflowState.objects.values_list("pk", "status", "current_task_state")),
        "entries": sorted(Entry.objects.values_list("pk", "version")),
        "open files": sorted(FileUse.objects.values_list("page", "pk")),
        "notices": sorted(Withdrawal.objects.values_list("path", flat=True)),
        "held": sorted(HeldPublication.objects.values_list("page", flat=True)),
    }


class Watched:
    """A door that notes how things stood just before it was gone through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.before: dict[str, Any] = {}
        post = editor.Client.post

        def noted(client: Any, *args: Any, **kwargs: Any) -> Any:
            self.before = state()
            return post(client, *args, **kwargs)

        monkeypatch.setattr(editor.Client, "post", noted)


@pytest.mark.parametrize(("door", "case"), TRIED)
def test_what_lacks_is_refused_and_nothing_changes(
    door: Door, case: Lacking, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = case.make()
    watched = Watched(monkeypatch)
    attempt = door.go(page)
    if case.passing and door.can_wait:
        assert attempt.answer.status_code == 302
        assert not Page.objects.get(pk=page.pk).live
        return
    assert state() == watched.before
    if door.form:
        assert attempt.answer.status_code == 200
        assert any(case.sentence in told for told in editor.errors_in(attempt.answer, case.field))
        assert case.sentence in editor.shown_beside(attempt.answer, case.field)
    else:
        assert attempt.answer.status_code in (200, 302)
        told = " ".join(editor.messages_in(attempt.client))
        assert page.title in told
        if case.name == "alt":
            assert "Descreva a imagem" in told
        else:
            assert case.sentence in told


@every_door
@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_whole_passes(door: Door, kind: str) -> None:
    page = WHOLE[kind]()
    known = set(Page.objects.values_list("pk", flat=True))
    attempt = door.go(page)
    if door.go is create_and_publish and kind == "episode":
        # Its audio carries its own number, which it gets with the first draft.
        assert "Salve o rascunho" in editor.shown_beside(attempt.answer, "recording")
        return
    assert attempt.answer.status_code in (200, 302)
    if door.go is create_and_publish:
        page = Page.objects.exclude(pk__in=known).get()
    page = Page.objects.get(pk=page.pk)
    assert page.live == (not door.can_wait)
    assert page.workflow_in_progress == door.name.startswith("submit")
    assert page.approved_schedule == (door.go is schedule_in_the_editor)
    assert Entry.objects.filter(pk=page.pk).exists() == page.live
