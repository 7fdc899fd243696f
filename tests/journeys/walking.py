"""Walking through the site without a browser: pages are parsed, links and forms are followed."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.http import QueryDict
from django.test import Client


class Walk:
    """A reader on the way: where they are, and what they see there."""

    def __init__(self, client: Client, path: str = "/") -> None:
        self.client = client
        self.go(path)

    def go(self, path: str, status: int = 200) -> "Walk":
        """Open an address, through redirects, as a browser would."""
        self.answer = self.client.get(path, follow=True)
        assert self.answer.status_code == status, (path, self.answer.status_code)
        self.path = self.answer.request["PATH_INFO"]
        self.address = self.path
        if self.answer.request["QUERY_STRING"]:
            self.address += f"?{self.answer.request['QUERY_STRING']}"
        self.page = BeautifulSoup(self.answer.content, "html5lib")
        return self

    def link(self, text: str = "", css: str = "main a[href]") -> Tag:
        """The first link that says `text`, among those that `css` selects."""
        for found in self.page.select(css):
            if text in words(found):
                return found
        raise AssertionError(f"{self.address} has no link {css} with “{text}”")

    def follow(self, text: str = "", css: str = "main a[href]") -> "Walk":
        target = urlsplit(urljoin(self.address, str(self.link(text, css)["href"])))
        return self.go(f"{target.path}?{target.query}" if target.query else target.path)

    def search_for(self, query: str, css: str = "main form[role=search]") -> "Walk":
        """Fill the search form of the page and send it."""
        form = self.page.select_one(css)
        assert form is not None
        assert form.get("method", "get") == "get"
        field = form.select_one("input[name]")
        assert field is not None
        asked = QueryDict(mutable=True)
        asked[str(field["name"])] = query
        return self.go(f"{form['action']}?{asked.urlencode()}")

    @property
    def title(self) -> str:
        return words(self.page.select_one("h1"))

    @property
    def rows(self) -> list[str]:
        """The titles of what the page lists."""
        return [words(title) for title in self.page.select(".row__t")]


def words(tag: Any) -> str:
    """The text of an element with single spaces."""
    return " ".join(tag.get_text().split())
