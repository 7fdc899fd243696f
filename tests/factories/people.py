"""People who sign in, and people who are credited."""

from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from knowledge.models import Person, Theme

_numbers = count(1)


def user(*groups: str, **fields: Any) -> Any:
    """A user in the named groups."""
    number = next(_numbers)
    fields.setdefault("email", f"pessoa{number}@cidade.test")
    made = get_user_model().objects.create_user(password="senha-de-teste-123", **fields)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


def group(name: str = "Turma fechada") -> Group:
    """A group without any right in the CMS: a closed class."""
    return Group.objects.get_or_create(name=name)[0]


def person(name: str = "Helena Prado", **fields: Any) -> Person:
    fields.setdefault("slug", f"pessoa-{next(_numbers)}")
    return Person.objects.create(name=name, **fields)


def theme(slug: str = "financas", **fields: Any) -> Theme:
    fields.setdefault("name", slug.capitalize())
    fields.setdefault("module", "financas")
    return Theme.objects.get_or_create(slug=slug, defaults=fields)[0]
