"""What the people of a review are written: plain words, and the public address with its port."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.utils import timezone

from knowledge.models import GuidePage
from knowledge.publishing.outcomes import outcome_of_review
from tests.conftest import signed_in
from tests.factories import editor, pages, people
from tests.home.test_review import decide, submitted

pytestmark = pytest.mark.django_db

PUBLIC = "http://acervo.cidade.test:8123"


@pytest.fixture(autouse=True)
def behind_a_port() -> Any:
    """The one public address; the site's row in the database knows another."""
    with override_settings(PUBLIC_URL=PUBLIC, WAGTAILADMIN_BASE_URL=PUBLIC):
        yield


@pytest.fixture
def author() -> Any:
    return people.user("Autores", first_name="Ana & Eva", last_name="Reis")


@pytest.fixture
def reviewer() -> Any:
    return people.user("Revisores", first_name="Rui", last_name="Lima")


def addresses_in(message: EmailMessage) -> list[str]:
    return re.findall(r"https?://\S+", str(message.body))


def test_every_mail_of_a_review_leads_to_the_public_address_and_each_address_opens(
    author: Any, reviewer: Any, mailoutbox: list[EmailMessage]
) -> None:
    people.user(is_superuser=True, is_staff=True)
    page = submitted(author)
    decide(reviewer, page, "reject", "Falta <citar> a “lei” & o prazo.")
    editor.edit(signed_in(author), page, editor.SUBMIT, summary="Agora com a lei.")
    decide(reviewer, page, "approve")
    title = "“Como abrir uma licitação”"
    subjects = {message.subject for message in mailoutbox}
    assert subjects == {
        f"{title} foi para revisão",
        f"{title} espera por sua revisão",
        f"{title} voltou da revisão",
        f"{title} foi aprovado",
    }
    readers = {person.email: signed_in(person) for person in (author, reviewer)}
    for message in mailoutbox:
        found = addresses_in(message)
        assert len(found) >= 2
        for address in found:
            assert address.startswith(f"{PUBLIC}/"), message.body
            client = readers.get(message.to[0])
            path = address.removeprefix(PUBLIC).split("#")[0]
            if client is not None and "/workflow/preview/" not in path:
                assert client.get(path).status_code == 200, address
        assert not re.search(r"&(amp|lt|gt|quot|#\d+);", str(message.body))
        assert not re.search(
            r"\b(the|you|page|workflow)\b",
            f"{message.subject}\n{message.body}".replace(PUBLIC, "").replace("/workflow/", "/"),
        )


def test_who_wrote_is_told_what_the_reviewer_said(
    author: Any, reviewer: Any, mailoutbox: list[EmailMessage]
) -> None:
    page = submitted(author)
    decide(reviewer, page, "reject", "Falta <citar> a “lei” & o prazo.")
    [told] = [message for message in mailoutbox if author.email in message.to]
    assert str(told.body).startswith("Olá, Ana & Eva.")
    assert "Quem revisou: Rui Lima." in str(told.body)
    assert "Falta <citar> a “lei” & o prazo." in str(told.body)


def approved_mail(
    author: Any, reviewer: Any, page: Any, mailoutbox: list[EmailMessage]
) -> EmailMessage:
    mailoutbox.clear()
    decide(reviewer, page, "approve")
    [told] = [message for message in mailoutbox if message.subject.endswith("foi aprovado")]
    assert told.to == [author.email]
    return told


def test_who_wrote_is_led_to_the_page_that_went_out(
    author: Any, reviewer: Any, mailoutbox: list[EmailMessage]
) -> None:
    page = submitted(author)
    told = approved_mail(author, reviewer, page, mailoutbox)
    assert "Está no ar." in str(told.body)
    address = addresses_in(told)[0]
    assert address == f"{PUBLIC}{page.get_url()}"
    assert Client().get(address.removeprefix(PUBLIC)).status_code == 200


def test_who_wrote_is_told_when_an_approved_page_goes_out_later(
    author: Any, reviewer: Any, mailoutbox: list[EmailMessage]
) -> None:
    page = submitted(author)
    moment = timezone.localtime(timezone.now() + timedelta(days=30))
    draft = GuidePage.objects.get(pk=page.pk).get_latest_revision()
    draft.content["go_live_at"] = moment.isoformat()
    draft.save()
    told = approved_mail(author, reviewer, page, mailoutbox)
    assert f"Sai sozinho em {moment.day} de" in str(told.body)
    assert not GuidePage.objects.get(pk=page.pk).live


def test_nobody_is_told_that_a_page_is_out_when_it_is_not() -> None:
    page = pages.guide(live=False)
    assert outcome_of_review(page).sentence.startswith("Ainda não saiu")
    assert outcome_of_review(page).path == editor.edit_url(page)
    revision = page.save_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    assert "assim que os arquivos ficarem prontos" in outcome_of_review(page).sentence
