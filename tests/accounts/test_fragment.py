"""The small personal part of every page."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.conftest import signed_in
from tests.factories import pages, people

pytestmark = pytest.mark.django_db

PATH = "/conta/fragmento/"


def fragment(client: Client) -> BeautifulSoup:
    answer = client.get(PATH)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def test_a_stranger_gets_nothing_and_costs_nothing(
    client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = client.get(PATH)
    assert answer.status_code == 204
    assert not answer.content
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert set(answer.cookies) == {"entrou"}


def test_a_session_that_is_over_gets_nothing() -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "velha"
    assert client.get(PATH).status_code == 204


def test_a_closed_account_gets_nothing() -> None:
    user = people.user()
    client = signed_in(user)
    user.is_active = False
    user.save()
    assert client.get(PATH).status_code == 204


def test_somebody_signed_in_gets_name_and_way_out() -> None:
    client = signed_in(people.user(first_name="Ana <b>", email="ana@cidade.test"))
    answer = client.get(PATH)
    assert answer.headers["Cache-Control"] == "private, no-store"
    page = fragment(client)
    link = page.select_one("a[href='/conta/']")
    assert link is not None
    assert link.get_text() == "Ana <b>"
    form = page.select_one("form[method=post][action='/conta/sair/']")
    assert form is not None
    assert form.select_one("button").get_text() == "Sair"  # type: ignore[union-attr]


def test_the_token_in_the_fragment_is_good_for_going_out() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.user())
    token = fragment(client).select_one("[name=csrfmiddlewaretoken]")
    assert token is not None
    answer = client.post("/conta/sair/", {"csrfmiddlewaretoken": token["value"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get(PATH).status_code == 204


def test_without_a_name_the_address_stands_for_it() -> None:
    page = fragment(signed_in(people.user(email="ana@cidade.test")))
    assert page.select_one("a[href='/conta/']").get_text() == "ana@cidade.test"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("groups", "may_publish"), [((), False), (("Autores",), True), (("Curadores",), True)]
)
def test_the_way_into_the_cms_is_shown_to_those_who_work_in_it(
    groups: tuple[str, ...], may_publish: bool
) -> None:
    page = fragment(signed_in(people.user(*groups)))
    assert bool(page.select(f"a[href='{reverse('wagtailadmin_home')}']")) is may_publish


def test_the_fragment_is_only_read() -> None:
    assert signed_in(people.user()).post(PATH).status_code == 405


def test_every_page_says_where_its_personal_part_is(client: Client) -> None:
    for path in ("/", pages.guide().get_url(), "/conta/entrar/"):
        page = BeautifulSoup(client.get(path).content, "html5lib")
        (place,) = page.select("[data-fragment]")
        assert place["data-fragment"] == PATH
        assert place.select_one("a[href='/conta/entrar/']"), "works without a script"
