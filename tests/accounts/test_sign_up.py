"""An account in a minute: name, e-mail, password, code."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from tests.accounts.visitor import PASSWORD, Visitor, last_code
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_somebody_signs_up_with_a_code_and_is_in(visitor: Visitor) -> None:
    visitor.sign_up()
    assert visitor.heading == "Confirme o e-mail"
    assert "ana@cidade.test" in visitor.text
    assert mail.outbox[-1].to == ["ana@cidade.test"]
    assert not visitor.is_signed_in
    visitor.send(code=last_code())
    assert visitor.place == "/conta/"
    assert visitor.heading == "Ana"
    user = get_user_model().objects.get()
    assert (user.first_name, user.email) == ("Ana", "ana@cidade.test")
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    assert not user.groups.exists()


def test_a_new_person_lands_where_they_were_going(visitor: Visitor) -> None:
    visitor.sign_up(where="?next=/acervo/")
    visitor.send(code=last_code())
    assert visitor.place == "/acervo/"
    assert visitor.is_signed_in
    assert visitor.client.cookies["entrou"].value == "1"


def test_the_way_is_kept_from_signing_in_to_signing_up(visitor: Visitor) -> None:
    visitor.open("/conta/entrar/?next=/acervo/")
    (link,) = visitor.page.select("main a[href^='/conta/criar/']")
    visitor.open(str(link["href"]))
    (link,) = visitor.page.select("main a[href^='/conta/entrar/']")
    assert link["href"] == "/conta/entrar/?next=%2Facervo%2F"


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "1", "x" * 500])
def test_a_wrong_code_lets_nobody_in(visitor: Visitor, code: str) -> None:
    visitor.sign_up()
    visitor.send(code=code)
    assert visitor.heading == "Confirme o e-mail"
    (error,) = visitor.page.select(".field .error")
    assert error.get_text(strip=True)
    assert not visitor.is_signed_in


def test_guessing_codes_ends_after_three_attempts_with_a_word_why(visitor: Visitor) -> None:
    visitor.sign_up()
    for _ in range(3):
        visitor.send(code="AAAA-AAAA")
    assert visitor.place != "/conta/email/confirmar/"
    assert re.search(r"tentativas", visitor.text)
    visitor.open("/conta/email/confirmar/")
    assert visitor.heading != "Confirme o e-mail"
    assert not visitor.is_signed_in


def test_a_code_that_did_not_arrive_can_be_asked_for_again(visitor: Visitor) -> None:
    visitor.sign_up()
    first = last_code()
    visitor.press("Enviar outro código")
    assert len(mail.outbox) == 2
    assert last_code() != first
    visitor.send(code=last_code())
    assert visitor.is_signed_in


def test_whoever_gave_up_half_way_is_asked_for_the_code_at_sign_in(visitor: Visitor) -> None:
    visitor.sign_up()
    later = Visitor()
    later.sign_in("ana@cidade.test")
    assert later.heading == "Confirme o e-mail"
    assert not later.is_signed_in
    later.send(code=last_code())
    assert later.is_signed_in


def test_signing_up_with_a_taken_address_tells_only_its_owner(visitor: Visitor) -> None:
    user = people.user(email="ana@cidade.test")
    visitor.sign_up(name="Outra")
    assert visitor.heading == "Confirme o e-mail"
    assert "já" not in visitor.text.lower()
    assert [message.subject for message in mail.outbox] == ["Você já tem conta"]
    assert mail.outbox[0].to == ["ana@cidade.test"]
    assert list(get_user_model().objects.all()) == [user]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"first_name": "A" * 151}, "first_name"),
        ({"email": ""}, "email"),
        ({"email": "ana"}, "email"),
        ({"password1": "curta", "password2": "curta"}, "password1"),
        ({"password1": "1234567890123", "password2": "1234567890123"}, "password1"),
        ({"password1": "ana@cidade.test", "password2": "ana@cidade.test"}, "password1"),
        ({"password2": "outra coisa 99"}, "password2"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    visitor: Visitor, changes: dict[str, str], field: str
) -> None:
    values = {
        "first_name": "Ana",
        "email": "ana@cidade.test",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    visitor.open("/conta/criar/")
    visitor.send(**values | changes)
    assert visitor.place == "/conta/criar/"
    wrong = visitor.page.select("[aria-invalid=true]")
    assert [found["name"] for found in wrong] == [field]
    assert visitor.page.find(id=f"id_{field}-erro").get_text(strip=True)
    assert not get_user_model().objects.exists()
    assert not mail.outbox


def test_names_and_addresses_are_shown_as_text(visitor: Visitor) -> None:
    visitor.sign_up(name="<script>alert(1)</script>")
    visitor.send(code=last_code())
    assert visitor.heading == "<script>alert(1)</script>"
    fragment = visitor.client.get("/conta/fragmento/").content.decode()
    assert "<script" not in fragment
