"""Inviting readers to a draft, and seeing to what they said."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from home.models import HomePage
from home.site import ADMINISTRATORS, AUTHORS, CURATORS, REVIEWERS
from knowledge.draft_reading import services
from knowledge.models import DraftComment, DraftInvitation
from tests.conftest import signed_in
from tests.factories import editor, pages, people
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Any:
    return draft(pages.guide(live=False, title="Por fazer"))


def url(page: Any) -> str:
    return f"/admin/rascunho/{page.pk}/"


def text_of(answer: Any) -> str:
    main = BeautifulSoup(answer.content, "html5lib").select_one("main")
    return " ".join(main.get_text(" ").split())


def link_in(answer: Any) -> str:
    field = BeautifulSoup(answer.content, "html5lib").select_one("input[readonly]")
    return field["value"].removeprefix("http://rede.test")


def test_a_curator_invites_and_gets_the_link_once(page: Any, curator_client: Client) -> None:
    answer = curator_client.post(url(page), {"name": "Bia Moura", "email": "", "days": "3"})
    assert answer.status_code == 200
    link = link_in(answer)
    assert Client().get(link).status_code == 200
    invitation = DraftInvitation.objects.get()
    assert timezone.now() + timedelta(days=3) - invitation.expires_at < timedelta(minutes=1)
    assert link not in curator_client.get(url(page)).content.decode()
    assert mail.outbox == []


def test_seven_days_are_offered(page: Any, curator_client: Client) -> None:
    form = BeautifulSoup(curator_client.get(url(page)).content, "html5lib")
    assert form.select_one("[name=days]")["value"] == "7"


def test_the_link_goes_by_mail_to_whoever_has_an_address(page: Any, curator_client: Client) -> None:
    fields = {"name": "Bia", "email": "bia@cidade.test", "days": "7"}
    answer = curator_client.post(url(page), fields)
    [message] = mail.outbox
    assert message.to == ["bia@cidade.test"]
    assert message.subject == "Leia o rascunho “Por fazer”"
    assert f"http://rede.test{link_in(answer)}" in message.body
    assert "Enviamos o link para bia@cidade.test." in text_of(answer)


def test_mail_that_cannot_leave_is_said_and_the_link_is_there(
    page: Any, curator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise OSError("no server")

    monkeypatch.setattr("knowledge.draft_reading.notices.send_mail", fail)
    fields = {"name": "Bia", "email": "bia@cidade.test", "days": "7"}
    answer = curator_client.post(url(page), fields)
    assert "Não deu para enviar a bia@cidade.test. Copie o link e envie você." in text_of(answer)
    assert Client().get(link_in(answer)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Escreva o nome de quem vai ler."),
        ({"days": "0"}, "Escolha de 1 a 30 dias."),
        ({"days": "31"}, "Escolha de 1 a 30 dias."),
        ({"days": "sete"}, "Escolha de 1 a 30 dias."),
        ({"days": ""}, "Escolha de 1 a 30 dias."),
        ({"email": "bia"}, "e-mail"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(
    fields: dict[str, str], sentence: str, page: Any, curator_client: Client
) -> None:
    sent = {"name": "Bia", "email": "", "days": "7"} | fields
    answer = curator_client.post(url(page), sent)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not DraftInvitation.objects.exists()


@pytest.mark.parametrize(
    ("role", "own", "others"),
    [(AUTHORS, True, False), (REVIEWERS, True, True), (CURATORS, True, True)],
)
@pytest.mark.parametrize("what", ["invite", "revoke", "resolve"])
def test_whoever_may_edit_the_page_may(
    what: str, role: str, own: bool, others: bool, page: Any
) -> None:
    user = people.user(role)
    for owner, may in ((user, own), (people.user(ADMINISTRATORS), others)):
        Page.objects.filter(pk=page.pk).update(owner=owner)
        DraftInvitation.objects.all().delete()
        invitation, _ = services.invite(page=page, name="Bia", email="", days=7, by=None)
        comment = services.add_comment(invitation=invitation, name="Bia", text="Oi")
        address, fields = {
            "invite": (url(page), {"name": "Caio", "days": "7"}),
            "revoke": (f"/admin/rascunho/convite/{invitation.pk}/revogar/", {}),
            "resolve": (f"/admin/rascunho/comentario/{comment.pk}/resolver/", {}),
        }[what]
        signed_in(user).post(address, fields)
        done = {
            "invite": DraftInvitation.objects.filter(name="Caio").exists(),
            "revoke": DraftInvitation.objects.filter(revoked_at__isnull=False).exists(),
            "resolve": DraftComment.objects.filter(resolved_at__isnull=False).exists(),
        }[what]
        assert done is may, (role, owner == user)


@pytest.mark.parametrize("what", ["convite/1/revogar", "comentario/1/resolver"])
def test_strangers_and_readers_of_addresses_do_nothing(what: str, curator_client: Client) -> None:
    assert Client().post(f"/admin/rascunho/{what}/").status_code == 302
    assert curator_client.get(f"/admin/rascunho/{what}/").status_code == 405
    assert curator_client.post(f"/admin/rascunho/{what}/").status_code == 404


def test_pages_that_are_no_resources_are_not_read_by_link(curator_client: Client) -> None:
    home = HomePage.objects.get()
    assert curator_client.get(url(home)).status_code == 404


def test_a_link_is_revoked_in_the_list(page: Any, curator_client: Client) -> None:
    link = link_in(curator_client.post(url(page), {"name": "Bia", "days": "7"}))
    Client().get(link)
    soup = BeautifulSoup(curator_client.get(url(page)).content, "html5lib")
    row = soup.select_one("table tbody tr")
    assert "ainda não" not in row.text
    assert row.select("td")[0].text == "vale"
    answer = curator_client.post(row.select_one("form")["action"], follow=True)
    assert "O link de Bia não abre mais nada." in text_of(answer)
    assert Client().get(link).status_code == 404
    row = BeautifulSoup(answer.content, "html5lib").select_one("table tbody tr")
    assert row.select("td")[0].text == "revogado"
    assert row.select_one("form") is None


def test_comments_are_in_the_editor_until_resolved(page: Any, curator_client: Client) -> None:
    invitation, _ = services.invite(page=page, name="Bia", email="", days=7, by=None)
    services.add_comment(
        invitation=invitation, name="Bia", text="Falta o prazo.", section="As três leis"
    )
    edit = editor.edit_url(page)
    assert "sobre “As três leis”: Falta o prazo." in text_of(curator_client.get(edit))
    soup = BeautifulSoup(curator_client.get(url(page)).content, "html5lib")
    [button] = soup.select("form[action$=resolver\\/]")
    answer = curator_client.post(button["action"], follow=True)
    assert "Resolvido em" in text_of(answer)
    assert "Falta o prazo." not in text_of(curator_client.get(edit))
    assert "Nenhum comentário por resolver." in text_of(curator_client.get(edit))
    assert DraftComment.objects.get().resolved_by is not None


def test_the_editor_leads_to_inviting(page: Any, curator_client: Client) -> None:
    soup = BeautifulSoup(curator_client.get(editor.edit_url(page)).content, "html5lib")
    assert len(soup.select(f'a[href="{url(page)}"]')) >= 2


def test_a_page_is_still_written_published_and_deleted(page: Any, curator_client: Client) -> None:
    invitation, _ = services.invite(page=page, name="Bia", email="", days=7, by=None)
    services.add_comment(invitation=invitation, name="Bia", text="Oi")
    assert editor.edit(curator_client, page).status_code == 302
    assert Page.objects.get(pk=page.pk).live
    Page.objects.get(pk=page.pk).specific.delete()
    assert not DraftComment.objects.exists()
