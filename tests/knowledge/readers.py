"""Those who may read, and the keys they carry."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from accounts.audience import ANYBODY, keys_of
from tests.conftest import signed_in
from tests.factories import people

STRANGER, SIGNED_IN, MEMBER_A, MEMBER_B, MEMBER_AB, SUPERUSER = READERS = (
    "stranger",
    "signed-in",
    "member of A",
    "member of B",
    "member of A and B",
    "superuser",
)
ALL = frozenset(READERS)
WITH_ACCOUNT = ALL - {STRANGER}
OF_A = frozenset({MEMBER_A, MEMBER_AB, SUPERUSER})
OF_B = frozenset({MEMBER_B, MEMBER_AB, SUPERUSER})
NOBODY: frozenset[str] = frozenset()


def groups() -> tuple[Group, Group]:
    """The two groups, A and B."""
    return people.group("Turma A"), people.group("Turma B")


def readers() -> dict[str, Any]:
    """One user of each sort; None is the stranger."""
    people.group("Turma A"), people.group("Turma B")
    return {
        STRANGER: None,
        SIGNED_IN: people.user(),
        MEMBER_A: people.user("Turma A"),
        MEMBER_B: people.user("Turma B"),
        MEMBER_AB: people.user("Turma A", "Turma B"),
        SUPERUSER: people.user(is_superuser=True),
    }


def keys_of_reader(user: Any) -> frozenset[str]:
    """The keys of a reader, looked up anew."""
    return keys_of(type(user).objects.get(pk=user.pk)) if user else ANYBODY


def client_of(user: Any) -> Client:
    """The browser of a reader; None is the stranger."""
    return signed_in(user) if user else Client()
