"""What is known of the readers of a draft is forgotten in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config import clock
from knowledge.draft_reading import services
from knowledge.models import DraftComment, DraftInvitation
from tests.factories import pages
from tests.knowledge.lacking import draft
from tests.knowledge.test_draft_reading import link_to, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Any:
    return draft(pages.guide(live=False))


def invited(page: Any, name: str, **ended: Any) -> DraftInvitation:
    """An invitation with a comment; `ended` says when it expired or was revoked."""
    link_to(page, name=name)
    invitation = DraftInvitation.objects.get(name=name)
    DraftComment.objects.create(invitation=invitation, name=name, text=f"Sou {name}.")
    DraftInvitation.objects.filter(pk=invitation.pk).update(**ended)
    return invitation


def ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


def test_the_clock_forgets_who_read_ninety_days_after_the_link_ended(page: Any) -> None:
    far = timezone.now() + timedelta(days=20)
    invited(page, "Venceu há muito", expires_at=ago(90.1))
    invited(page, "Revogado há muito", expires_at=far, revoked_at=ago(90.1))
    invited(page, "Venceu há pouco", expires_at=ago(89.9))
    invited(page, "Revogado há pouco", expires_at=far, revoked_at=ago(89.9))
    invited(page, "Ainda lê", expires_at=far)
    kept = {"Venceu há pouco", "Revogado há pouco", "Ainda lê"}
    assert clock.prune()["invitations"] == 2
    assert set(DraftInvitation.objects.values_list("name", flat=True)) == kept
    assert set(DraftComment.objects.values_list("name", flat=True)) == kept
    assert clock.prune()["invitations"] == 0


def test_nothing_else_of_the_page_is_forgotten(page: Any) -> None:
    invited(page, "Bia", expires_at=ago(400))
    revision = page.latest_revision_id
    services.forget_ended()
    page.refresh_from_db()
    assert page.latest_revision_id == revision


def test_what_fails_to_be_forgotten_stops_nothing_else(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> int:
        raise OSError("no disk")

    invited(page, "Bia", expires_at=ago(91))
    monkeypatch.setattr(clock, "forget_unused", fail)
    assert clock.prune()["invitations"] == 1


def test_reader_and_curator_are_told_how_long(page: Any, curator_client: Client) -> None:
    shown = text_of(Client().get(link_to(page)))
    assert "apagados 90 dias depois que o link deixa de valer" in shown
    shown = text_of(curator_client.get(f"/admin/rascunho/{page.pk}/"))
    assert "90 dias depois que um link vence ou é revogado" in shown
