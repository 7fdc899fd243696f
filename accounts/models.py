"""The people who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models


class UserManager(DjangoUserManager["User"]):
    """Creates users by e-mail address; there are no user names."""

    def _create(self, email: str, password: str | None, **fields: Any) -> "User":
        if not email:
            raise ValueError("Falta o e-mail da pessoa.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]
        return self._create(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]
        return self._create(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person who signs in with an e-mail address.

    Reading never needs an account. What somebody may do in the CMS comes from the groups Autores,
    Revisores, Curadores and Administradores.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        "e-mail", unique=True, error_messages={"unique": "Já existe uma conta com este e-mail."}
    )

    objects = UserManager()  # type: ignore[misc]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "pessoa com conta"
        verbose_name_plural = "pessoas com conta"

    def __str__(self) -> str:
        return self.get_full_name() or self.email
