"""The first page of the CMS: what waits, for whom, and at what cost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from wagtail.models import Page, Workflow

from knowledge.models import Checkup, GuidePage, HeldPublication
from knowledge.publishing.checkups import look_again
from tests.conftest import signed_in
from tests.factories import files, pages, people
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db


def panel(client: Client, name: str, path: str = "/admin/") -> list[str]:
    """The lines of one panel, as text."""
    tree = html.fromstring(client.get(path).content)
    rows = tree.xpath(f'//*[@id="{name}-section"]//tbody/tr')
    return [" ".join(row.text_content().split()) for row in rows]


def in_review(author: Any = None, **fields: Any) -> Any:
    page = draft(pages.guide(live=False, **fields))
    author = author or people.user("Autores")
    Page.objects.filter(pk=page.pk).update(owner=author)
    page = GuidePage.objects.get(pk=page.pk)
    Workflow.objects.get().start(page, author)
    return page


# --- each panel ---------------------------------------------------------------------------------


def test_what_is_in_review_waits_for_reviewers_alone(
    reviewer_client: Client, author_client: Client
) -> None:
    in_review(title="Praça limpa")
    (line,) = panel(reviewer_client, "espera-por-voce")
    assert line.startswith("Praça limpa Guia")
    assert "Aprovar" in line
    assert panel(author_client, "espera-por-voce") == []


def test_what_has_been_decided_waits_for_nobody(reviewer_client: Client) -> None:
    page = in_review()
    page.current_workflow_task_state.reject(user=people.user("Revisores"), comment="Falta a lei.")
    assert panel(reviewer_client, "espera-por-voce") == []


def test_ones_own_drafts_say_how_they_stand() -> None:
    user = people.user("Autores")
    back = in_review(user, title="Voltou")
    back.current_workflow_task_state.reject(user=people.user("Revisores"), comment="Falta a lei.")
    in_review(user, title="Em análise")
    for title, live in (("No ar", True), ("Começo", False)):
        page = pages.guide(title=title, live=live)
        Page.objects.filter(pk=page.pk).update(owner=user)
        page.refresh_from_db()
        page.save_revision()
        Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    in_review(title="De outra pessoa")
    lines = "\n".join(panel(signed_in(user), "seus-rascunhos"))
    assert "Voltou Guia Devolvido: Falta a lei." in lines
    assert "Em análise Guia Em revisão" in lines
    assert "No ar Guia Publicado, com alterações" in lines
    assert "Começo Guia Rascunho" in lines
    assert "De outra pessoa" not in lines


def test_what_is_whole_and_published_is_no_draft() -> None:
    user = people.user("Autores")
    Page.objects.filter(pk=pages.guide().pk).update(owner=user)
    assert panel(signed_in(user), "seus-rascunhos") == []


@pytest.mark.parametrize(("days", "is_due"), [(-1, True), (0, True), (1, False)])
def test_a_date_of_review_calls_on_its_day(days: int, is_due: bool, curator_client: Client) -> None:
    pages.guide(review_by=timezone.localdate() + timedelta(days=days))
    assert bool(panel(curator_client, "rever")) == is_due


def test_a_draft_has_nothing_to_review(curator_client: Client) -> None:
    pages.guide(live=False, review_by=timezone.localdate())
    assert panel(curator_client, "rever") == []


def test_rights_that_are_withdrawn_are_noticed_by_the_clock(curator_client: Client) -> None:
    image = files.image(title="Ponte nova")
    page = pages.guide(cover_image=image)
    look_again()
    assert panel(curator_client, "incompletos") == []
    image.licence = None
    image.save()
    look_again()
    (line,) = panel(curator_client, "incompletos")
    assert line.startswith(page.title)
    assert "“Ponte nova” está sem licença" in line
    image.licence = page.licence
    image.save()
    look_again()
    assert panel(curator_client, "incompletos") == []


def test_a_look_is_given_when_it_is_time_and_not_before() -> None:
    page = pages.guide()
    now = timezone.now()
    look_again(now)
    type(page).objects.filter(pk=page.pk).update(summary="")
    assert look_again(now + timedelta(hours=5)) == 0
    assert look_again(now + timedelta(hours=7)) == 1
    assert Checkup.objects.get(page=page).reasons == ["Escreva o resumo: uma ou duas frases."]


def test_what_is_taken_down_lacks_nothing(curator_client: Client) -> None:
    page = pages.guide()
    type(page).objects.filter(pk=page.pk).update(summary="")
    look_again()
    assert panel(curator_client, "incompletos")
    type(page).objects.get(pk=page.pk).unpublish()
    assert not Checkup.objects.exists()


def test_the_calendar_shows_what_comes_and_goes_in_a_month(curator_client: Client) -> None:
    coming = draft(pages.guide(live=False, title="Entra"))
    revision = coming.get_latest_revision()
    revision.approved_go_live_at = datetime(2031, 3, 1, 2, 30, tzinfo=UTC)  # 28 February here
    revision.save()
    going = pages.guide(title="Sai")
    Page.objects.filter(pk=going.pk).update(expire_at=datetime(2031, 2, 10, 12, 0, tzinfo=UTC))
    lines = panel(curator_client, "calendario", "/admin/?mes=2031-02")
    assert [line.rsplit(",", 1)[1].strip() for line in lines] == [
        "09:00 Sai do ar Sai Guia",
        "23:30 Entra no ar Entra Guia",
    ]
    assert panel(curator_client, "calendario", "/admin/?mes=2031-03") == []


@pytest.mark.parametrize("month", ["", "x", "2026-13", "0001-01", "9999-12", "2026-1-1"])
def test_a_month_that_is_none_is_this_one(month: str, curator_client: Client) -> None:
    content = curator_client.get(f"/admin/?mes={month}").content.decode()
    assert f"de {timezone.localdate().year}</strong>" in content


def test_what_was_held_is_told_to_those_who_may_mend_it(
    curator_client: Client, author_client: Client
) -> None:
    page = draft(pages.guide(live=False, summary=""))
    HeldPublication.objects.create(
        page=page, due_at=timezone.now(), reasons=["Escreva o resumo."], is_waiting=False
    )
    (line,) = panel(curator_client, "retidas")
    assert "Voltou a rascunho" in line
    assert "Escreva o resumo." in line
    assert panel(author_client, "retidas") == []


def test_what_came_out_lately_goes_first(curator_client: Client) -> None:
    for title in ("Primeiro", "Segundo"):
        pages.guide(title=title)
    assert [line.split()[0] for line in panel(curator_client, "publicados")] == [
        "Segundo",
        "Primeiro",
    ]


# --- permissions and cost -----------------------------------------------------------------------


def test_an_author_sees_nothing_of_others(author_client: Client) -> None:
    page = pages.guide(title="De outra pessoa", review_by=timezone.localdate())
    Checkup.objects.update_or_create(page=page, defaults={"reasons": ["Falta algo."]})
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(seconds=1))
    content = author_client.get("/admin/").content.decode()
    assert "De outra pessoa" not in content


def _everything(user: Any, number: int) -> None:
    for _ in range(number):
        page = in_review(user)
        HeldPublication.objects.create(page=page, due_at=timezone.now(), reasons=["x"])
        revision = page.get_latest_revision()
        revision.approved_go_live_at = timezone.now() + timedelta(seconds=1)
        revision.save()
        live = pages.guide(review_by=timezone.localdate())
        Checkup.objects.update_or_create(page=live, defaults={"reasons": ["Falta algo."]})


def test_it_costs_the_same_for_one_and_fifty() -> None:
    user = people.user("Curadores")

    def cost() -> int:
        client = signed_in(user)
        client.get("/admin/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/admin/").status_code == 200
        return len(queries)

    _everything(user, 1)
    one = cost()
    _everything(user, 49)
    assert cost() == one
