"""Coming in, going out, and where one lands."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from tests.accounts.visitor import Visitor, last_code
from tests.conftest import signed_in
from tests.factories import people

pytestmark = pytest.mark.django_db

TEST_PASSWORD = "senha-de-teste-123"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def ana() -> object:
    user = people.user(email="ana@cidade.test", first_name="Ana")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def come_in(visitor: Visitor, where: str = "") -> None:
    visitor.sign_in("ana@cidade.test", TEST_PASSWORD, where)


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("email", ["ana@cidade.test", "ANA@Cidade.Test", " ana@cidade.test "])
def test_somebody_comes_in_with_address_and_password(visitor: Visitor, email: str) -> None:
    visitor.sign_in(email, TEST_PASSWORD)
    assert visitor.place == "/conta/"
    assert visitor.heading == "Ana"


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize(
    ("email", "password"),
    [("ana@cidade.test", "outra senha"), ("ninguem@cidade.test", TEST_PASSWORD)],
)
def test_a_wrong_pair_is_refused_without_saying_which_half(
    visitor: Visitor, email: str, password: str
) -> None:
    visitor.sign_in(email, password)
    (alert,) = visitor.page.select("[role=alert]")
    assert alert.get_text(strip=True) == (
        "E-mail e senha não combinam. Tente de novo ou peça uma senha nova."
    )
    assert not visitor.is_signed_in


def test_a_closed_account_says_whom_to_write_to(visitor: Visitor) -> None:
    people.user(email="ana@cidade.test", is_active=False)
    come_in(visitor)
    assert visitor.heading == "Esta conta está desativada"
    (link,) = visitor.page.select("main a[href^='mailto:']")
    assert "@" in link.get_text()
    assert not visitor.is_signed_in


@pytest.mark.usefixtures("ana")
def test_somebody_goes_out_and_leaves_nothing_behind(visitor: Visitor) -> None:
    come_in(visitor)
    visitor.press("Sair")
    assert visitor.place == "/"
    assert not visitor.is_signed_in
    kept = {name for name, cookie in visitor.client.cookies.items() if cookie.value}
    assert kept <= {settings.CSRF_COOKIE_NAME}
    visitor.open("/conta/entrar/")
    assert "Ana" not in visitor.text


@pytest.mark.usefixtures("ana")
def test_a_link_signs_nobody_out(visitor: Visitor) -> None:
    """Another site could hold such a link: it only asks."""
    come_in(visitor)
    visitor.open("/conta/sair/")
    assert visitor.heading == "Sair da conta?"
    assert visitor.is_signed_in
    visitor.press("Sair")
    assert not visitor.is_signed_in


@pytest.mark.usefixtures("ana")
def test_signing_in_and_out_leaves_no_notice_for_a_page_that_shows_none(visitor: Visitor) -> None:
    come_in(visitor, "?next=/acervo/")
    visitor.open("/conta/")
    assert not visitor.page.select(".status")
    visitor.press("Sair")
    visitor.open("/conta/entrar/")
    assert not visitor.page.select(".status")


def test_going_out_takes_along_what_nobody_has_read_yet(visitor: Visitor) -> None:
    """A notice may name the person; the next one at this computer is another."""
    visitor.sign_up(where="?next=/acervo/")
    visitor.send(code=last_code())
    assert visitor.client.cookies["messages"].value
    token = visitor.client.cookies[settings.CSRF_COOKIE_NAME].value
    visitor.client.post("/conta/sair/", {"csrfmiddlewaretoken": token})
    assert not visitor.is_signed_in
    assert not visitor.client.cookies["messages"].value


# --- where one lands ----------------------------------------------------------------------------

OWN = ["/acervo/", "/busca/?q=or%C3%A7amento&tipo=guia", "/admin/", "/trilhas/um/#passo-2"]
FOREIGN = [
    "https://mau.test/",
    "http://rede.test.mau.test/",
    "http://rede.test/acervo/",
    "//mau.test/",
    "///mau.test/",
    "/\\mau.test/",
    "\\\\mau.test/",
    "https:mau.test",
    "http:///mau.test/",
    "javascript:alert(1)",
    "data:text/html,x",
    " //mau.test/",
    "\t//mau.test/",
    "",
]


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("target", OWN)
def test_signing_in_leads_on_to_the_page_that_asked_for_it(target: str) -> None:
    assert landing(target) == target


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("target", FOREIGN)
def test_signing_in_never_leads_elsewhere(target: str) -> None:
    assert landing(target) == "/conta/"


def landing(target: str) -> str:
    """Where the answer to a right password sends, for `next` in the form and in the address."""
    data = {"login": "ana@cidade.test", "password": TEST_PASSWORD}
    by_address = Client().post(f"/conta/entrar/?next={quote(target)}", data)
    by_form = Client().post("/conta/entrar/", data | {"next": target})
    assert by_address.status_code == by_form.status_code == 302
    assert by_address.headers["Location"] == by_form.headers["Location"]
    return str(by_form.headers["Location"])


@pytest.mark.parametrize("target", FOREIGN)
def test_whoever_is_in_already_or_goes_out_is_led_nowhere_else_either(target: str) -> None:
    client = signed_in(people.user())
    inside = client.get("/conta/entrar/", {"next": target})
    assert (inside.status_code, inside.headers["Location"]) == (302, "/conta/")
    outside = client.post("/conta/sair/", {"next": target})
    assert (outside.status_code, outside.headers["Location"]) == (302, "/")


def test_a_page_for_people_with_an_account_asks_to_sign_in_first(client: Client) -> None:
    for path in ("/conta/", "/conta/senha/", "/conta/email/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/conta/entrar/?next={path}",
        )


@pytest.mark.usefixtures("ana")
def test_the_way_into_the_cms_goes_through_the_same_door(visitor: Visitor) -> None:
    visitor.open("/admin/")
    assert visitor.place == "/conta/entrar/"
    people.user("Curadores", email="curadora@cidade.test").emailaddress_set.create(
        email="curadora@cidade.test", verified=True, primary=True
    )
    visitor.send(login="curadora@cidade.test", password=TEST_PASSWORD)
    assert visitor.place == "/admin/"
    assert visitor.answer.status_code == 200


# --- the marker ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("ana")
def test_the_marker_comes_with_the_session_and_lasts_as_long() -> None:
    client = Client()
    client.post("/conta/entrar/", {"login": "ana@cidade.test", "password": TEST_PASSWORD})
    marker, session = client.cookies["entrou"], client.cookies[settings.SESSION_COOKIE_NAME]
    assert marker.value == "1"
    assert marker["max-age"] == session["max-age"] == settings.SESSION_COOKIE_AGE
    assert marker["samesite"] == "Lax"
    assert not marker["httponly"], "the script of the page looks for it"
    assert session["httponly"]


@pytest.mark.usefixtures("ana")
def test_the_marker_goes_with_the_session() -> None:
    client = Client()
    client.post("/conta/entrar/", {"login": "ana@cidade.test", "password": TEST_PASSWORD})
    client.post("/conta/sair/")
    assert client.cookies["entrou"].value == ""
    assert client.cookies["entrou"]["max-age"] == 0


def test_a_marker_without_a_session_is_taken_back() -> None:
    client = Client()
    client.cookies["entrou"] = "1"
    answer = client.get("/conta/fragmento/")
    assert answer.status_code == 204
    assert answer.cookies["entrou"]["max-age"] == 0
