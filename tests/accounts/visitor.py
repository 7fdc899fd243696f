"""Somebody at the pages of an account, with nothing but what the pages offer."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.core import mail
from django.http import HttpResponse
from django.test import Client

PASSWORD = "uma senha boa 9"


class Visitor:
    """A browser that sends forms as they stand, with the token they carry, and keeps the page."""

    def __init__(self, host: str = "testserver") -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"host": host})
        self.answer: HttpResponse
        self.path = "/"

    def open(self, path: str) -> HttpResponse:
        """Go to a page, and on where it sends."""
        self.path = path
        return self._arrive(self.client.get(path))

    def _arrive(self, answer: Any) -> HttpResponse:
        self.answer = answer
        while self.answer.status_code in (301, 302):
            self.path = urljoin(self.path, self.answer.headers["Location"])
            self.answer = self.client.get(self.path)
        return self.answer

    @property
    def place(self) -> str:
        """The path of the page where the visitor is."""
        return urlsplit(self.path).path

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.content, "html5lib")

    @property
    def text(self) -> str:
        main = self.page.find("main")
        assert isinstance(main, Tag)
        return main.get_text(" ", strip=True)

    @property
    def heading(self) -> str:
        heading = self.page.h1
        assert heading is not None
        return heading.get_text(strip=True)

    def form_with(self, *names: str) -> Tag:
        """The form of the page that asks for all of `names`."""
        for form in self.page.select("main form"):
            if all(form.find(attrs={"name": name}) for name in names):
                return form
        raise AssertionError(f"no form asks for {names} at {self.path}")

    def send(self, **values: str) -> HttpResponse:
        """Fill in the form that asks for these fields, and send it."""
        return self._submit(self.form_with(*values), values)

    def press(self, label: str, **values: str) -> HttpResponse:
        """Press the button so named, with what its form holds and `values`."""
        for button in self.page.select("main form button"):
            if button.get_text(strip=True) == label:
                form = button.find_parent("form")
                assert form is not None
                if button.get("name"):
                    values[str(button["name"])] = str(button.get("value", ""))
                return self._submit(form, values)
        raise AssertionError(f"no button “{label}” at {self.path}")

    def _submit(self, form: Tag, values: dict[str, str]) -> HttpResponse:
        data = {
            str(field["name"]): field.get("value", "")
            for field in form.select("input[name]")
            if field.get("type") not in ("radio", "checkbox") or field.has_attr("checked")
        }
        self.path = urljoin(self.path, str(form.get("action") or self.path))
        return self._arrive(self.client.post(self.path, data | values))

    # --- the ways through -------------------------------------------------------------------

    def sign_up(self, email: str = "ana@cidade.test", name: str = "Ana", where: str = "") -> None:
        self.open(f"/conta/criar/{where}")
        self.send(first_name=name, email=email, password1=PASSWORD, password2=PASSWORD)

    def sign_in(self, email: str, password: str = PASSWORD, where: str = "") -> None:
        self.open(f"/conta/entrar/{where}")
        self.send(login=email, password=password)

    @property
    def is_signed_in(self) -> bool:
        return self.client.get("/conta/fragmento/").status_code == 200


def last_code() -> str:
    """The code in the last message sent."""
    found = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]
