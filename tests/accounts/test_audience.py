"""Readers are known by keys, and asking costs one query at most."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.audience import group_key, has_session, is_editor, keys_of, reader_keys
from accounts.middleware import AudienceMiddleware
from tests.factories import people

pytestmark = pytest.mark.django_db


def request_of(user: Any, session: bool = True) -> HttpRequest:
    request = RequestFactory().get("/")
    if session:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.user = user
    return request


def fresh(user: Any) -> Any:
    """The user as the next request finds it."""
    return get_user_model().objects.get(pk=user.pk)


def in_groups(*names: str) -> Any:
    user = people.user()
    user.groups.set([people.group(name) for name in names])
    return user


def test_a_stranger_has_the_key_of_everybody() -> None:
    assert keys_of(AnonymousUser()) == {"public"}


def test_somebody_signed_in_has_that_key_as_well() -> None:
    assert keys_of(people.user()) == {"public", "signed-in"}


def test_a_member_has_the_key_of_each_group() -> None:
    user = in_groups("Turma A", "Turma B")
    people.group("Turma C")
    groups = {f"group:{people.group(name).pk}" for name in ("Turma A", "Turma B")}
    assert keys_of(user) == {"public", "signed-in"} | groups


def test_a_superuser_has_the_key_of_every_group() -> None:
    people.group("Turma A")
    user = people.user(is_superuser=True)
    groups = {group_key(group.pk) for group in Group.objects.all()}
    assert len(groups) >= 5
    assert keys_of(user) == {"public", "signed-in"} | groups


@pytest.mark.parametrize("fields", [{}, {"is_superuser": True}])
def test_a_closed_account_has_the_keys_of_a_stranger(fields: dict[str, bool]) -> None:
    user = people.user("Curadores", is_active=False, **fields)
    assert keys_of(user) == {"public"}
    assert not is_editor(request_of(user))


@pytest.mark.parametrize(
    ("who", "queries"),
    [("stranger", 0), ("closed", 0), ("user", 1), ("member", 1), ("superuser", 1)],
)
def test_asking_costs_one_query_at_most_however_often(
    who: str, queries: int, django_assert_num_queries: Any
) -> None:
    user = {
        "stranger": AnonymousUser,
        "closed": lambda: fresh(people.user(is_active=False)),
        "user": lambda: fresh(people.user()),
        "member": lambda: fresh(in_groups("Turma A", "Turma B", "Turma C")),
        "superuser": lambda: fresh(people.user(is_superuser=True)),
    }[who]()
    with django_assert_num_queries(queries):
        first = reader_keys(request_of(user))
        assert reader_keys(request_of(user)) == first


def test_a_new_group_counts_from_the_next_request() -> None:
    user = people.user()
    assert len(keys_of(user)) == 2
    user.groups.add(people.group())
    assert group_key(people.group().pk) in keys_of(fresh(user))


def test_without_a_session_nobody_looks_who_it_is(django_assert_num_queries: Any) -> None:
    class Untouchable:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(name)

    request = request_of(Untouchable(), session=False)
    with django_assert_num_queries(0):
        assert not has_session(request)
        assert reader_keys(request) == {"public"}
        assert not is_editor(request)


def test_the_keys_of_a_request_are_looked_up_when_they_are_used(
    django_assert_num_queries: Any,
) -> None:
    user = fresh(people.user())
    seen: list[Any] = []
    middleware = AudienceMiddleware(lambda request: seen.append(request.audience))  # type: ignore[arg-type, func-returns-value, attr-defined]
    with django_assert_num_queries(0):
        middleware(request_of(user))
    with django_assert_num_queries(1):
        assert seen[0] == {"public", "signed-in"}


@pytest.mark.parametrize(
    ("groups", "fields", "expected"),
    [
        ((), {}, False),
        (("Turma A",), {}, False),
        (("Autores",), {}, True),
        (("Revisores",), {}, True),
        (("Curadores",), {}, True),
        (("Administradores",), {}, True),
        ((), {"is_superuser": True}, True),
        ((), {"is_staff": True}, False),
    ],
)
def test_an_editor_is_who_may_enter_the_cms(
    groups: tuple[str, ...], fields: dict[str, bool], expected: bool
) -> None:
    people.group("Turma A")
    assert is_editor(request_of(people.user(*groups, **fields))) is expected


# --- people with an account ---------------------------------------------------------------------


def test_an_account_is_an_address() -> None:
    user = get_user_model().objects.create_user("Ana@CIDADE.test", "uma senha boa 9")
    assert user.email == "Ana@cidade.test"
    assert user.check_password("uma senha boa 9")
    assert not (user.is_staff or user.is_superuser)
    assert str(user) == "Ana@cidade.test"
    user.first_name = "Ana"
    assert str(user) == "Ana"


def test_two_accounts_have_two_addresses() -> None:
    people.user(email="ana@cidade.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        people.user(email="ana@cidade.test")


def test_no_account_is_without_an_address() -> None:
    with pytest.raises(ValueError, match="Falta o e-mail"):
        get_user_model().objects.create_user("")


def test_a_superuser_is_made_by_address_as_well() -> None:
    user = get_user_model().objects.create_superuser("raiz@cidade.test", "uma senha boa 9")
    assert user.is_superuser
    assert user.is_staff
