"""Whatever is typed into a public parameter, every page that takes it answers, and is whole."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from tests.factories.library import Library, library
from tests.shared import shared_rows

PARAMETERS = ("q", "tema", "formato", "licenca", "ordem", "pagina")

# name → value, percent-encoded as it stands in the address
VALUES = {
    "empty": "",
    "10,000 characters": "a" * 10_000,
    "10,000 words": "a+" * 10_000,
    "null byte": "%00",
    "null in a word": "sa%00ude",
    "controls": "%01%02%1b%7f%0d%0a",
    "double quote": "%22",
    "quotes": "%22%27%60",
    "unfinished phrase": "%22or%C3%A7amento",
    "operators": quote('AND OR NOT NEAR( * ^ - + : { } [ ] ~ \\ "'),
    "prefix": "or%C3%A7*",
    "column": "title:x",
    "first": "%5Eor%C3%A7amento",
    "minus": "-or%C3%A7amento",
    "near": quote('NEAR("a" "b", 2)'),
    "sql": quote("'; DROP TABLE search_entry; --"),
    "sql union": quote("1 UNION SELECT password FROM accounts_user"),
    "sql wildcards": quote("%_%"),
    "markup": quote("<script>alert(1)</script>"),
    "attribute": quote('" onmouseover="alert(1)'),
    "template": quote("{{ 7|add:7 }}{% include x %}"),
    "format": quote("%s %d {0} ${x}"),
    "right to left": "%E2%80%AEabc",
    "emoji": quote("👩🏽‍⚕️🏳️‍🌈"),
    "arabic digits": quote("٣"),
    "combining": quote("e" + "\u0301" * 50),
    "lone surrogate": "%ED%A0%80",
    "broken utf-8": "%C3%28%FF%FE",
    "cut utf-8": "%C3",
    "noncharacter": quote("\uffff\ufffe"),
    "big number": "9" * 400,
    "negative": "-1",
    "float": "1e308",
    "hexadecimal": "0x10",
    "infinity": "inf",
    "path": quote("../../etc/passwd"),
    "address": quote("https://exemplo.org/"),
    "percent alone": "%",
    "semicolons": "a;tema=saude;b",
}

# More than one value, or none of them plain.
QUERIES = {
    "repeated": "q=a&q=b&tema=saude&tema=financas&pagina=1&pagina=2",
    "arrays": "q[]=a&q[0]=b&tema[]=saude&pagina[]=2&ordem[x]=y",
    "all at once": "&".join(f"{name}=%00%22{name}" for name in PARAMETERS),
    "no values": "&".join(PARAMETERS),
    "only signs": "&&==&=&q",
    "many": "&".join(f"x{number}=1" for number in range(900)),
    "names": "%00=1&%ED%A0%80=2&__class__=3",
}


def place_names() -> tuple[str, ...]:
    return ("busca", "acervo", "trilhas", "tema", "pessoa")


def places(world: Library) -> dict[str, str]:
    return {
        "busca": "/busca/",
        "acervo": "/acervo/",
        "trilhas": "/trilhas/",
        "tema": "/temas/financas/",
        "pessoa": world.person.get_absolute_url(),
    }


@pytest.fixture(scope="module")
def _addresses(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    yield from shared_rows(django_db_blocker, lambda: places(library()))


@pytest.fixture
def addresses(_addresses: dict[str, str], db: None) -> dict[str, str]:
    """Name of a page that takes the parameters → its address."""
    return _addresses


WAYS = ("/", "#", "https://creativecommons.org/", "mailto:contato@redeaberta.example?subject=")


def check(address: str) -> None:
    """The answer is a whole page, or says that it could not be understood."""
    answer = Client().get(address)
    assert answer.status_code in (200, 400), (answer.status_code, address[:200])
    soup = BeautifulSoup(answer.content, "html5lib")
    assert soup.h1
    assert not soup.select("main script, main [onmouseover]")
    if answer.status_code == 200:
        assert answer.headers["ETag"]
        for link in soup.select("main a[href]"):
            assert link["href"].startswith(WAYS)
            assert len(link["href"]) < 4_000


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("place", place_names())
def test_no_value_of_any_parameter_breaks_a_page(
    addresses: dict[str, str], place: str, value: str
) -> None:
    for name in PARAMETERS:
        check(f"{addresses[place]}?{name}={value}")


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
@pytest.mark.parametrize("place", place_names())
def test_no_query_breaks_a_page(addresses: dict[str, str], place: str, query: str) -> None:
    check(f"{addresses[place]}?{query}")


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_nothing_asked_in_earnest_changes_the_library(
    addresses: dict[str, str], value: str
) -> None:
    before = Page.objects.count()
    check(f"/busca/?q={value}&tema={value}")
    assert Page.objects.count() == before
    assert Client().get("/busca/?q=plano").context["shelf"].total > 0


@pytest.mark.parametrize(
    "path",
    [
        "/temas/%00/",
        "/temas/%ED%A0%80/",
        "/pessoas/%22%3E/",
        "/pessoas/" + "a" * 5000 + "/",
        "/acervo/%2e%2e/",
        "/trilhas/a/" + "b" * 5000 + "/",
        "/trilhas/%00/%00/",
        "/r/999999999999999999999999/",
        "/r/-1/",
        "/podcasts/%00/feed.xml",
        "/podcasts/audio/00000000-0000-0000-0000-000000000000.mp3",
        "/capas/v1/financas/quadro/" + "a" * 300 + ".svg",
        "/capas/v99999999999999999999/financas/quadro/a.svg",
        "/imagens/99999999999999999999/m.webp",
        "/arte/zzzz.png",
        "/arquivos/99999999999999999999/x.pdf",
    ],
)
def test_no_address_breaks_the_site(addresses: dict[str, str], path: str) -> None:
    assert Client().get(path).status_code in (301, 400, 404)
