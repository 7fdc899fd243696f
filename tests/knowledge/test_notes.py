"""Mending the sentence that tells readers what changed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import PageLogEntry

from knowledge.models import Change
from tests.factories import pages
from tests.factories.editor import edit, edit_url, messages_in
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db

SLIP, RIGHT = "Incluímos a lei nvoa.", "Incluímos a lei nova."


@pytest.fixture
def page(curator_client: Client) -> Any:
    made = pages.guide()
    edit(curator_client, made, change_note=SLIP)
    return anew(made)


def url_of(page: Any) -> str:
    return reverse("correct_notes", args=[page.pk])


def told(page: Any) -> Change:
    return Change.objects.told().get(page=page.pk)


def send(client: Client, page: Any, note: str, change: Change | None = None) -> Any:
    change = change or told(page)
    return client.post(url_of(page), {"change": change.pk, f"n{change.pk}-note": note})


def shown(page: Any) -> list[str]:
    tree = html.fromstring(Client().get(page.get_url()).content)
    return [item.text_content() for item in tree.xpath('//*[@id="mudancas"]//li/span')]


def test_a_slip_is_mended_without_a_new_entry(page: Any, curator_client: Client) -> None:
    before, revision = told(page), page.latest_revision_id
    assert send(curator_client, page, f" {RIGHT} ").status_code == 302
    assert shown(page) == [RIGHT, "Publicado"]
    after = told(page)
    assert (after.pk, after.published_at) == (before.pk, before.published_at)
    page = anew(page)
    assert page.latest_revision_id == revision
    assert page.live
    assert any("Frase corrigida" in said for said in messages_in(curator_client))


def test_publishing_again_leaves_it_mended(page: Any, curator_client: Client) -> None:
    send(curator_client, page, RIGHT)
    edit(curator_client, page)
    assert shown(page) == [RIGHT, "Publicado"]


def test_who_mended_it_is_written_down(page: Any, curator_client: Client) -> None:
    send(curator_client, page, RIGHT)
    [entry] = PageLogEntry.objects.filter(page=page.pk, action="knowledge.note_corrected")
    assert entry.user.pk == int(curator_client.session["_auth_user_id"])
    assert entry.data == {"from": SLIP, "to": RIGHT}
    history = reverse("wagtailadmin_pages:history", args=[page.pk])
    assert (
        f"“{SLIP}” virou “{RIGHT}”"
        in html.fromstring(curator_client.get(history).content).text_content()
    )


def test_the_same_sentence_again_is_no_correction(page: Any, curator_client: Client) -> None:
    send(curator_client, page, SLIP)
    assert not PageLogEntry.objects.filter(action="knowledge.note_corrected").exists()


@pytest.mark.parametrize("note", ["", "   ", "x" * 251])
def test_what_cannot_be_said_changes_nothing(note: str, page: Any, curator_client: Client) -> None:
    answer = send(curator_client, page, note)
    assert answer.status_code == 200
    assert html.fromstring(answer.content).xpath(
        '//*[contains(@class, "error-message") and normalize-space()]'
    )
    assert shown(page) == [SLIP, "Publicado"]


@pytest.mark.parametrize("role", ["author_client", "reviewer_client"])
def test_whoever_may_not_publish_may_not_mend(
    role: str, page: Any, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(role)
    assert client.get(url_of(page)).status_code == 302
    send(client, page, RIGHT)
    assert shown(page) == [SLIP, "Publicado"]
    assert "Corrigir o que mudou" not in client.get(edit_url(page)).content.decode()


def test_a_stranger_is_asked_to_sign_in(page: Any) -> None:
    assert "/entrar" in Client().get(url_of(page)).url or "login" in Client().get(url_of(page)).url


def test_the_note_of_another_page_is_out_of_reach(page: Any, curator_client: Client) -> None:
    other = pages.guide()
    answer = send(curator_client, other, RIGHT, told(page))
    assert answer.status_code == 302
    assert shown(page) == [SLIP, "Publicado"]


def test_the_editor_leads_there_where_a_change_was_told(page: Any, curator_client: Client) -> None:
    assert url_of(page) in curator_client.get(edit_url(page)).content.decode()
    silent = pages.guide()
    assert url_of(silent) not in curator_client.get(edit_url(silent)).content.decode()
    assert "ainda não contou" in curator_client.get(url_of(silent)).content.decode()


def test_what_somebody_wrote_is_text(page: Any, curator_client: Client) -> None:
    send(curator_client, page, "<b>x</b> & “y”")
    assert shown(page)[0] == "<b>x</b> & “y”"
    assert "<b>x</b>" not in curator_client.get(url_of(page)).content.decode()
