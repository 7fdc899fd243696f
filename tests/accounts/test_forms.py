"""Every page of an account in every state: Portuguese, labelled, tied to its errors."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.accounts.visitor import Visitor, last_code
from tests.conftest import signed_in
from tests.factories import pages, people

pytestmark = pytest.mark.django_db

PASSWORD = "senha-de-teste-123"
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|sign|log|address|account|incorrect|invalid|code|must|"
    r"required|already|have|been|sent|successfully|not|is|are|for|with|again|forgot|verify)\b",
    re.IGNORECASE,
)


def stranger(path: str, **values: str) -> Visitor:
    visitor = Visitor()
    visitor.open(path)
    if values:
        visitor.send(**values)
    return visitor


def insider(path: str, **values: str) -> Visitor:
    user = people.user(email="ana@cidade.test", first_name="Ana")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    visitor = Visitor()
    visitor.sign_in(user.email, PASSWORD)
    visitor.open(path)
    if values:
        visitor.send(**values)
    return visitor


def waiting_for_code(**values: str) -> Visitor:
    visitor = Visitor()
    visitor.sign_up()
    if values:
        visitor.send(**values)
    return visitor


def resetting(**values: str) -> Visitor:
    visitor = stranger("/conta/senha/nova/", email="ninguem@cidade.test")
    if values:
        visitor.send(**values)
    return visitor


def choosing(**values: str) -> Visitor:
    visitor = insider("/conta/")
    visitor.press("Sair")
    visitor.open("/conta/senha/nova/")
    visitor.send(email="ana@cidade.test")
    visitor.send(code=last_code())
    if values:
        visitor.send(**values)
    return visitor


def guessing() -> Visitor:
    visitor = waiting_for_code()
    for _ in range(3):
        visitor.send(code="AAAA-AAAA")
    return visitor


def email_action(label: str, **values: str) -> Visitor:
    visitor = insider("/conta/email/")
    visitor.press(label, **values)
    return visitor


STATES: dict[str, Callable[[], Visitor]] = {
    "sign up": lambda: stranger("/conta/criar/"),
    "sign up, empty": lambda: stranger(
        "/conta/criar/", first_name="", email="", password1="", password2=""
    ),
    "sign up, wrong": lambda: stranger(
        "/conta/criar/", first_name="a" * 151, email="x", password1="1", password2="2"
    ),
    "sign up, different": lambda: stranger(
        "/conta/criar/",
        first_name="Ana",
        email="a@b.test",
        password1="uma senha boa 9",
        password2="outra senha 9",
    ),
    "sign up, like the address": lambda: stranger(
        "/conta/criar/",
        first_name="Ana",
        email="a@cidadegrande.test",
        password1="cidadegrande",
        password2="cidadegrande",
    ),
    "code": waiting_for_code,
    "code, empty": lambda: waiting_for_code(code=""),
    "code, wrong": lambda: waiting_for_code(code="AAAA-AAAA"),
    "code, too often": guessing,
    "sign in": lambda: stranger("/conta/entrar/"),
    "sign in, empty": lambda: stranger("/conta/entrar/", login="", password=""),
    "sign in, no address": lambda: stranger("/conta/entrar/", login="x", password="y"),
    "sign in, wrong": lambda: stranger("/conta/entrar/", login="x@y.test", password="y"),
    "closed": lambda: stranger("/conta/desativada/"),
    "forgotten": lambda: stranger("/conta/senha/nova/"),
    "forgotten, empty": lambda: stranger("/conta/senha/nova/", email=""),
    "forgotten, wrong": lambda: stranger("/conta/senha/nova/", email="x"),
    "forgotten, code": resetting,
    "forgotten, wrong code": lambda: resetting(code="AAAA-AAAA"),
    "choose": choosing,
    "choose, wrong": lambda: choosing(password1="1", password2="2"),
    "chosen": lambda: choosing(password1="uma senha boa 9", password2="uma senha boa 9"),
    "profile": lambda: insider("/conta/"),
    "change password": lambda: insider("/conta/senha/"),
    "change password, wrong": lambda: insider(
        "/conta/senha/", oldpassword="x", password1="1", password2="2"
    ),
    "addresses": lambda: insider("/conta/email/"),
    "addresses, taken": lambda: email_action("Acrescentar", email="ana@cidade.test"),
    "addresses, wrong": lambda: email_action("Acrescentar", email="x"),
    "addresses, last one": lambda: email_action("Tirar"),
    "sign out": lambda: insider("/conta/sair/"),
    "who are you": lambda: insider("/conta/confirmar/"),
    "who are you, wrong": lambda: insider("/conta/confirmar/", password="x"),
}
EVERY_STATE = pytest.mark.parametrize("arrive", STATES.values(), ids=STATES.keys())


def inputs(page: BeautifulSoup) -> list[Tag]:
    return [
        field
        for field in page.select("main input, main select, main textarea")
        if field.get("type") not in ("hidden", "radio")
    ]


@EVERY_STATE
def test_page_is_in_portuguese(arrive: Callable[[], Visitor]) -> None:
    page = arrive().page
    assert page.html is not None
    assert page.html["lang"] == "pt-BR"
    for picture in page.select("svg, script"):
        picture.decompose()
    said = [page.title.get_text() if page.title else "", page.main.get_text(" ")]  # type: ignore[union-attr]
    said += [
        str(tag[name])
        for tag in page.select("main *")
        for name in ("placeholder", "title", "aria-label", "alt")
        if tag.has_attr(name)
    ]
    assert ENGLISH.findall(" ".join(said)) == []


@EVERY_STATE
def test_every_field_has_a_label_and_is_tied_to_hint_and_error(
    arrive: Callable[[], Visitor],
) -> None:
    page = arrive().page
    identifiers = [tag["id"] for tag in page.select("[id]")]
    assert len(identifiers) == len(set(identifiers))
    for field in inputs(page):
        label = page.find("label", attrs={"for": field["id"]})
        assert label is not None, field
        assert label.get_text(strip=True)
        described = str(field.get("aria-describedby", "")).split()
        assert all(page.find(id=name) for name in described), described
        error = page.find(id=f"{field['id']}-erro")
        assert (field.get("aria-invalid") == "true") is (error is not None)
        if error is not None:
            assert error["id"] in described
            assert error.get_text(strip=True)
        if page.find(id=f"{field['id']}-dica") is not None:
            assert f"{field['id']}-dica" in described
    for radio in page.select("main input[type=radio]"):
        assert radio.find_parent("label")
        assert radio.find_parent("fieldset").find("legend")


WRONG = [
    name
    for name in STATES
    if name.endswith((", wrong", ", empty", "different", "taken", "wrong code", "like the address"))
]


@pytest.mark.parametrize("name", WRONG)
def test_no_refusal_is_silent(name: str) -> None:
    page = STATES[name]().page
    assert page.select(".field .error") or page.select("[role=alert]")


@EVERY_STATE
def test_page_has_one_heading_and_is_not_for_search_engines(arrive: Callable[[], Visitor]) -> None:
    page = arrive().page
    assert len(page.select("h1")) == 1
    robots = page.find("meta", attrs={"name": "robots"})
    assert isinstance(robots, Tag)
    assert robots["content"] == "noindex"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "/conta/criar/",
            {
                "first_name": "name",
                "email": "email",
                "password1": "new-password",
                "password2": "new-password",
            },
        ),
        ("/conta/entrar/", {"login": "email", "password": "current-password"}),
        ("/conta/senha/nova/", {"email": "email"}),
    ],
)
def test_the_browser_knows_what_to_fill_in(path: str, expected: dict[str, str]) -> None:
    """WCAG 2.2, 1.3.5."""
    found = {field["name"]: field.get("autocomplete") for field in inputs(stranger(path).page)}
    assert found == expected


def test_a_code_can_be_filled_in_from_the_message() -> None:
    (field,) = inputs(waiting_for_code().page)
    assert field["autocomplete"] == "one-time-code"


# --- cookies and tokens -------------------------------------------------------------------------

WITH_FORM = ["account_login", "account_signup", "account_reset_password"]
WITHOUT_FORM = ["account_inactive", "account_password_reset_completed"]


@pytest.mark.parametrize("name", WITH_FORM)
def test_an_account_form_carries_one_token_a_form_and_its_cookie(name: str) -> None:
    answer = Client().get(reverse(name))
    page = BeautifulSoup(answer.content, "html5lib")
    posting = page.select("form[method=post]")
    assert posting
    assert [len(form.select("[name=csrfmiddlewaretoken]")) for form in posting] == [1] * len(
        posting
    )
    assert set(answer.cookies) == {settings.CSRF_COOKIE_NAME}
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", WITHOUT_FORM)
def test_an_account_page_without_form_carries_neither(name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 200
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert not answer.cookies


def test_no_other_page_carries_a_cookie_or_a_token() -> None:
    guide = pages.guide()
    for client in (Client(), signed_in(people.user())):
        for path in ("/", "/acervo/", "/licencas/", "/busca/?q=x", guide.get_url(), "/nada/"):
            answer = client.get(path)
            assert not answer.cookies, path
            page = BeautifulSoup(answer.content, "html5lib")
            assert not page.find(attrs={"name": "csrfmiddlewaretoken"}), path
            assert not page.select("form[method=post]"), path


@pytest.mark.parametrize("name", [*WITH_FORM, "account_logout"])
def test_a_form_without_its_token_is_refused(name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.user())
    assert client.post(reverse(name), {}).status_code == 403
