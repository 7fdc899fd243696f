"""What is sent by e-mail: plain Portuguese, and the public address whatever host was asked."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings

from tests.accounts.visitor import Visitor, last_code
from tests.factories import people

pytestmark = pytest.mark.django_db

PUBLIC = "https://rede.example"
HOST = "127.0.0.1"
OLD, NEW = "senha-de-teste-123", "outra senha boa 7"


@pytest.fixture(autouse=True)
def behind_another_host() -> Iterator[None]:
    """A proxy or an attacker may put any allowed name into the request."""
    with override_settings(PUBLIC_URL=PUBLIC):
        yield


def visitor_of(user: object | None = None) -> Visitor:
    visitor = Visitor(host=HOST)
    if user is not None:
        visitor.sign_in("ana@cidade.test", OLD)
    return visitor


def ana() -> object:
    user = people.user(email="ana@cidade.test", first_name="Ana & Eva")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def sign_up() -> None:
    visitor_of().sign_up(name="Ana")


def sign_up_with_taken_address() -> None:
    ana()
    visitor_of().sign_up()


def forgotten() -> None:
    ana()
    visitor = visitor_of()
    visitor.open("/conta/senha/nova/")
    visitor.send(email="ana@cidade.test")


def forgotten_by_a_stranger() -> None:
    visitor = visitor_of()
    visitor.open("/conta/senha/nova/")
    visitor.send(email="ninguem@cidade.test")


def replaced() -> None:
    ana()
    visitor = visitor_of()
    visitor.open("/conta/senha/nova/")
    visitor.send(email="ana@cidade.test")
    visitor.send(code=last_code())
    visitor.send(password1=NEW, password2=NEW)


def changed() -> None:
    visitor = visitor_of(ana())
    visitor.open("/conta/senha/")
    visitor.send(oldpassword=OLD, password1=NEW, password2=NEW)


def address_added() -> Visitor:
    visitor = visitor_of(ana())
    visitor.open("/conta/email/")
    visitor.press("Acrescentar", email="ana@outra.test")
    return visitor


def address_made_principal() -> None:
    visitor = address_added()
    visitor.send(code=last_code())
    visitor.open("/conta/email/")
    visitor.press("Tornar principal", email="ana@outra.test")


def address_removed() -> None:
    visitor = address_added()
    visitor.send(code=last_code())
    visitor.open("/conta/email/")
    visitor.press("Tirar", email="ana@outra.test")


MESSAGES: list[tuple[Callable[[], object], str, str]] = [
    (sign_up, "Seu código de confirmação", "ana@cidade.test"),
    (sign_up_with_taken_address, "Você já tem conta", "ana@cidade.test"),
    (forgotten, "Seu código para senha nova", "ana@cidade.test"),
    (forgotten_by_a_stranger, "Não há conta com este e-mail", "ninguem@cidade.test"),
    (replaced, "Sua senha foi trocada", "ana@cidade.test"),
    (changed, "Sua senha foi trocada", "ana@cidade.test"),
    (address_added, "Seu código de confirmação", "ana@outra.test"),
    (address_made_principal, "O e-mail da sua conta mudou", "ana@cidade.test"),
    (address_removed, "Um e-mail saiu da sua conta", "ana@cidade.test"),
]
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|account|received|code|hello)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("act", "subject", "to"), MESSAGES, ids=[act.__name__ for act, _, _ in MESSAGES]
)
def test_message_is_plain_portuguese_from_the_public_address(
    act: Callable[[], object], subject: str, to: str
) -> None:
    act()
    message = mail.outbox[-1]
    assert (message.subject, message.to) == (subject, [to])
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    body = str(message.body)
    assert ENGLISH.findall(f"{message.subject} {body}") == []
    addresses = re.findall(r"https?://[^\s/]+", body)
    assert addresses
    assert set(addresses) == {PUBLIC}
    assert HOST not in message.message().as_string()
    assert not re.search(r"&(amp|lt|gt|quot|#\d+);|<[a-z/]", body), "HTML in a plain text"
    assert "{" not in body
    assert body.strip().splitlines()[-1] == PUBLIC


@pytest.mark.parametrize(
    ("act", "path"),
    [
        (sign_up_with_taken_address, "/conta/senha/nova/"),
        (forgotten_by_a_stranger, "/conta/criar/"),
        (changed, "/conta/senha/nova/"),
    ],
    ids=["taken", "unknown", "changed"],
)
def test_an_address_in_a_message_leads_to_a_page(act: Callable[[], object], path: str) -> None:
    act()
    (address,) = re.findall(rf"{PUBLIC}(/\S+)", str(mail.outbox[-1].body))
    assert address == path
    assert Visitor().open(address).status_code == 200


def test_a_code_is_alone_on_its_line_to_be_read_out_or_copied() -> None:
    sign_up()
    lines = str(mail.outbox[-1].body).splitlines()
    at = lines.index(last_code())
    assert lines[at - 1] == lines[at + 1] == ""


def test_the_name_of_the_person_is_in_no_message_to_a_stranger() -> None:
    """Somebody may have typed the address of another."""
    sign_up()
    assert "Ana" not in str(mail.outbox[-1].body)
