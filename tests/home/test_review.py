"""From an author's draft through a reviewer to the readers, by the views of the CMS alone."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from knowledge.models import GuidePage, ResourceIndexPage
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import editor, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Any:
    return people.user("Autores")


@pytest.fixture
def reviewer() -> Any:
    return people.user("Revisores")


def what_she_writes(client: Client, url: str) -> dict[str, Any]:
    """A whole guide, typed into the empty form."""
    person, theme = people.person("Ana Reis"), people.theme()
    return (
        editor.fields_at(client, url)
        | {
            "title": "Como abrir uma licitação",
            "slug": "como-abrir-uma-licitacao",
            "summary": "Os cinco passos, do pedido ao edital.",
            "licence": "CC-BY-NC-4.0",
            "tags": "licitação, compras",
        }
        | nested_form_data(
            {
                "body": streamfield(
                    [
                        ("heading", "Antes de começar"),
                        ("text", rich_text("<p>Reúna a <b>demanda</b> de cada setor.</p>")),
                    ]
                )
            }
        )
        | editor.rows("people", {"person": person.pk, "role": "autoria"})
        | editor.rows("resource_themes", {"theme": theme.pk})
    )


def submitted(author: Any) -> Any:
    client = signed_in(author)
    url = editor.add_url(GuidePage, ResourceIndexPage.objects.get())
    answer = client.post(url, what_she_writes(client, url) | editor.SUBMIT)
    assert answer.status_code == 302
    return GuidePage.objects.get()


def decide(reviewer: Any, page: Any, action: str, comment: str = "") -> None:
    task = Page.objects.get(pk=page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
    assert signed_in(reviewer).post(url, {"comment": comment}).status_code == 302


def test_a_guide_goes_from_author_to_reviewer_to_readers(
    author: Any, reviewer: Any, mailoutbox: list[EmailMessage]
) -> None:
    page = submitted(author)
    assert not page.live
    assert page.owner == author
    assert Client().get(page.get_url()).status_code == 404
    asked = [mail for mail in mailoutbox if reviewer.email in mail.to]
    assert len(asked) == 1
    assert page.title in asked[0].subject

    waiting = signed_in(reviewer).get("/admin/").content.decode()
    assert page.title in waiting
    mailoutbox.clear()
    decide(reviewer, page, "approve", "Muito bom.")

    answer = Client().get(page.get_url())
    assert answer.status_code == 200
    text = answer.content.decode()
    for words in ("Como abrir uma licitação", "Ana Reis", "Antes de começar", "<b>demanda</b>"):
        assert words in text
    assert Entry.objects.get(pk=page.pk).title == page.title
    assert [mail.to for mail in mailoutbox if author.email in mail.to]


def test_what_a_reviewer_sends_back_is_mended_and_sent_again(author: Any, reviewer: Any) -> None:
    page = submitted(author)
    decide(reviewer, page, "reject", "Falta citar a lei.")
    assert not GuidePage.objects.get().live

    client = signed_in(author)
    assert "Falta citar a lei." in client.get(editor.edit_url(page)).content.decode()
    answer = editor.edit(client, page, editor.SUBMIT, summary="Agora com a Lei nº 14.133/2021.")
    assert answer.status_code == 302
    decide(reviewer, page, "approve")
    assert "14.133" in Client().get(page.get_url()).content.decode()


def test_an_author_cannot_approve(author: Any) -> None:
    page = submitted(author)
    task = Page.objects.get(pk=page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    signed_in(author).post(url, {"comment": ""})
    assert not GuidePage.objects.get().live
    editor.edit(signed_in(author), page, editor.APPROVE)
    assert not GuidePage.objects.get().live


def test_an_author_changes_a_live_guide_only_through_review(author: Any, reviewer: Any) -> None:
    page = submitted(author)
    decide(reviewer, page, "approve")
    client = signed_in(author)
    editor.edit(client, page, editor.SUBMIT, title="Outro título")
    assert "Outro título" not in Client().get(page.get_url()).content.decode()
    decide(reviewer, page, "approve")
    assert "Outro título" in Client().get(page.get_url()).content.decode()


def test_a_stranger_sees_no_draft_and_the_author_does(author: Any) -> None:
    page = submitted(author)
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert signed_in(author).get(url).status_code == 200
    assert Client().get(url).status_code == 302
