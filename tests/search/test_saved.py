"""/busca/atom: a search that somebody keeps, read by real readers."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audience import ANYBODY, SIGNED_IN
from search import services
from search.curation import BestBet, HiddenPage, PinnedPage
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import entries, people

pytestmark = pytest.mark.django_db

ADDRESS = "/busca/atom"


def feed(**parameters: str) -> Any:
    answer = Client().get(ADDRESS, parameters)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    return read


def titles(**parameters: str) -> list[str]:
    return [entry.title for entry in feed(**parameters).entries]


@pytest.fixture
def library() -> None:
    for slug in ("financas", "saude"):
        people.theme(slug)
    entries.entry(title="Orçamento antigo, orçamento", themes=["financas"])
    entries.entry(title="Fila da creche", themes=["saude"])
    entries.entry(title="Sobre o dinheiro", body="O orçamento.", themes=["saude"])


def test_the_newest_comes_first_whatever_is_nearest(library: None) -> None:
    assert titles(q="orcamento") == ["Sobre o dinheiro", "Orçamento antigo, orçamento"]
    assert titles(q="orcamento", ordem="titulo", pagina="2") == titles(q="orcamento")
    assert len(titles()) == 3


def test_filters_hold_and_are_named(library: None) -> None:
    found = feed(q="orçamento", tema="saude")
    assert [entry.title for entry in found.entries] == ["Sobre o dinheiro"]
    assert found.feed.title == "Rede Aberta: busca por “orçamento”, Saude"


def test_a_filter_that_means_nothing_finds_nothing(library: None) -> None:
    assert titles(q="orçamento", tema="nao-existe") == []
    assert titles(q="orçamento", autor="ninguem") == []


def test_what_meets_only_a_part_is_not_new_in_it(library: None) -> None:
    assert titles(q="orçamento creche") == []


def test_its_addresses_are_absolute_and_lead_back(library: None) -> None:
    found = feed(q="orçamento", tema="saude", ordem="titulo", x="1")
    query = f"?q={quote('orçamento')}&tema=saude"
    assert found.feed.id == f"{settings.PUBLIC_URL}{ADDRESS}{query}"
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {"self": found.feed.id, "alternate": f"{settings.PUBLIC_URL}/busca/{query}"}
    (entry,) = found.entries
    assert entry.link.startswith(f"{settings.PUBLIC_URL}/acervo/")
    assert [link.href for link in entry.links if link.rel == "license"] == [
        "https://creativecommons.org/licenses/by/4.0/"
    ]


def test_the_page_of_a_search_leads_to_its_feed(library: None) -> None:
    soup = BeautifulSoup(Client().get("/busca/?q=or%C3%A7amento&tema=saude").content, "html5lib")
    addresses = {link["href"] for link in soup.select(f"[href^='{ADDRESS}']")}
    assert addresses == {f"{ADDRESS}?q={quote('orçamento')}&tema=saude"}
    assert len(soup.select(f"link[rel=alternate][href^='{ADDRESS}']")) == 1
    (address,) = addresses
    read = feedparser.parse(Client().get(str(address)).content)
    assert [entry.title for entry in read.entries] == ["Sobre o dinheiro"]
    bare = BeautifulSoup(Client().get("/busca/").content, "html5lib")
    assert not bare.select(f"[href^='{ADDRESS}']")


def test_only_what_everybody_may_read(library: None) -> None:
    closed = entries.entry(title="Orçamento fechado", audience=frozenset({SIGNED_IN}))
    expired = entries.entry(title="Orçamento vencido")
    Entry.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    member, curator = signed_in(people.user()), signed_in(people.user("Curadores"))
    answers = [c.get(ADDRESS, {"q": "orcamento"}).content for c in (Client(), member, curator)]
    assert len(set(answers)) == 1
    assert titles(q="orcamento") == ["Sobre o dinheiro", "Orçamento antigo, orçamento"]
    services.write_audiences({closed.pk: ANYBODY})
    assert titles(q="orcamento")[0] == "Orçamento fechado"


def test_what_curators_hid_is_not_in_it_and_what_they_chose_in_its_place(library: None) -> None:
    by_title = {entry.title: entry.pk for entry in Entry.objects.all()}
    bet = BestBet(queries="orçamento")
    bet.pinned = [PinnedPage(page_id=by_title["Fila da creche"])]
    bet.hidden = [HiddenPage(page_id=by_title["Orçamento antigo, orçamento"])]
    bet.save()
    assert titles(q="orcamento") == ["Sobre o dinheiro", "Fila da creche"]


@pytest.mark.parametrize("query", ["q=orcamento", "q=nada-disso"])
def test_who_has_it_is_told_so(library: None, query: str) -> None:
    first = Client().get(f"{ADDRESS}?{query}")
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    again = Client().get(f"{ADDRESS}?{query}", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_it_costs_what_a_page_costs_however_much_it_holds(library: None) -> None:
    def cost() -> int:
        titles(q="orcamento")
        with CaptureQueriesContext(connection) as queries:
            titles(q="orcamento")
        return len(queries)

    few = cost()
    for _ in range(35):
        entries.entry(title="Mais um orçamento")
    assert cost() == few <= 8
    assert len(titles(q="orcamento")) == 30
