"""A new password: by code for who forgot it, with the old one for who is in."""

import re

import pytest
from django.core import mail

from tests.accounts.visitor import PASSWORD, Visitor, last_code
from tests.factories import people

pytestmark = pytest.mark.django_db

NEW = "outra senha boa 7"
OLD = "senha-de-teste-123"


@pytest.fixture
def visitor() -> Visitor:
    user = people.user(email="ana@cidade.test", first_name="Ana")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return Visitor()


def ask(visitor: Visitor, email: str = "ana@cidade.test") -> None:
    visitor.open("/conta/senha/nova/")
    visitor.send(email=email)


def test_a_forgotten_password_is_replaced_with_a_code(visitor: Visitor) -> None:
    ask(visitor)
    assert visitor.heading == "Código para senha nova"
    assert mail.outbox[-1].to == ["ana@cidade.test"]
    visitor.send(code=last_code())
    assert visitor.heading == "Escolha a senha nova"
    visitor.send(password1=NEW, password2=NEW)
    assert visitor.heading == "Senha trocada"
    visitor.sign_in("ana@cidade.test", OLD)
    assert not visitor.is_signed_in
    visitor.sign_in("ana@cidade.test", NEW)
    assert visitor.is_signed_in


def test_an_unknown_address_looks_the_same_and_tells_only_its_owner(visitor: Visitor) -> None:
    ask(visitor)
    known = visitor.text
    ask(visitor, "ninguem@cidade.test")
    assert visitor.text == known.replace("ana@", "ninguem@")
    assert mail.outbox[-1].to == ["ninguem@cidade.test"]
    assert mail.outbox[-1].subject == "Não há conta com este e-mail"


@pytest.mark.parametrize("code", ["", "AAAA-AAAA"])
def test_a_wrong_code_is_refused_beside_its_field(visitor: Visitor, code: str) -> None:
    ask(visitor)
    visitor.send(code=code)
    assert visitor.heading == "Código para senha nova"
    assert [field["name"] for field in visitor.page.select("[aria-invalid=true]")] == ["code"]


def test_guessing_codes_ends_after_three_attempts_with_a_word_why(visitor: Visitor) -> None:
    ask(visitor)
    code = last_code()
    for _ in range(3):
        visitor.send(code="AAAA-AAAA")
    assert visitor.heading != "Código para senha nova"
    assert re.search(r"tentativas", visitor.text)
    answer = visitor.client.post("/conta/senha/nova/codigo/", {"code": code})
    assert answer.status_code in (302, 403)
    visitor.open("/conta/senha/nova/escolher/")
    assert visitor.heading != "Escolha a senha nova"


def test_nobody_chooses_a_password_without_a_code(visitor: Visitor) -> None:
    for path in ("/conta/senha/nova/codigo/", "/conta/senha/nova/escolher/"):
        visitor.open(path)
        assert visitor.heading in ("Senha nova", "Entrar")


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [("curta", "curta", "password1"), (NEW, PASSWORD, "password2"), ("", "", "password1")],
)
def test_a_poor_choice_is_refused_beside_its_field(
    visitor: Visitor, first: str, second: str, field: str
) -> None:
    ask(visitor)
    visitor.send(code=last_code())
    visitor.send(password1=first, password2=second)
    assert visitor.heading == "Escolha a senha nova"
    assert field in [found["name"] for found in visitor.page.select("[aria-invalid=true]")]


def test_whoever_is_in_changes_the_password_with_the_old_one(visitor: Visitor) -> None:
    visitor.sign_in("ana@cidade.test", OLD)
    visitor.open("/conta/senha/")
    visitor.send(oldpassword="errada", password1=NEW, password2=NEW)
    assert [field["name"] for field in visitor.page.select("[aria-invalid=true]")] == [
        "oldpassword"
    ]
    visitor.send(oldpassword=OLD, password1=NEW, password2=NEW)
    assert "Senha alterada com sucesso." in visitor.text
    assert visitor.is_signed_in
    another = Visitor()
    another.sign_in("ana@cidade.test", NEW)
    assert another.is_signed_in


def test_a_new_password_ends_the_sessions_elsewhere(visitor: Visitor) -> None:
    elsewhere = Visitor()
    for person in (visitor, elsewhere):
        person.sign_in("ana@cidade.test", OLD)
    visitor.open("/conta/senha/")
    visitor.send(oldpassword=OLD, password1=NEW, password2=NEW)
    assert not elsewhere.is_signed_in


def test_another_address_is_added_with_a_code_and_becomes_the_principal_one(
    visitor: Visitor,
) -> None:
    visitor.sign_in("ana@cidade.test", OLD)
    visitor.open("/conta/email/")
    visitor.press("Acrescentar", email="ana@outra.test")
    assert mail.outbox[-1].to == ["ana@outra.test"]
    visitor.send(code=last_code())
    assert "Você confirmou ana@outra.test." in visitor.text
    visitor.open("/conta/email/")
    choices = [radio["value"] for radio in visitor.page.select("main input[type=radio]")]
    assert set(choices) == {"ana@cidade.test", "ana@outra.test"}
    visitor.press("Tornar principal", email="ana@outra.test")
    visitor.open("/conta/")
    assert "ana@outra.test" in visitor.text
