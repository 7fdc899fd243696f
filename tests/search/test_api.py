"""/api/v2/search/: the answer of /busca/ for programs, the same for everybody."""

from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from accounts.audience import SIGNED_IN
from search import services
from search.curation import BestBet, PinnedPage
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import entries, people

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/search/"


@pytest.fixture
def library() -> None:
    for number in range(14):
        entries.entry(title=f"Orçamento {number}", themes=["financas"], authors=["Helena Prado"])
    entries.entry(
        title="Vaga na creche",
        summary="A fila <anda>.",
        licence="CC-BY-4.0",
        more=[("ano", "2025", "2025"), ("ano", "2026", "2026")],
        themes=["educacao"],
    )


def test_an_item_says_what_it_is_where_it_is_and_what_may_be_done_with_it(library: None) -> None:
    answer = Client().get(ADDRESS, {"q": "fila creche"})
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found = answer.json()
    assert (found["query"], found["total"], found["pages"]) == ("fila creche", 1, 1)
    (item,) = found["items"]
    assert item["title"] == "Vaga na creche"
    assert item["excerpt_html"] == "A <mark>fila</mark> &lt;anda&gt;."
    assert item["summary"] == "A fila <anda>."
    assert item["licence"] == {
        "identifier": "CC-BY-4.0",
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    }
    for name in ("id", "url", "cover"):
        assert item[name].startswith(f"{settings.PUBLIC_URL}/")
    entry = Entry.objects.get(title="Vaga na creche")
    assert datetime.fromisoformat(item["published_at"]) == entry.published_at
    assert item["is_pinned"] is False


def test_it_finds_and_counts_what_the_page_finds_and_counts(library: None) -> None:
    parameters = {"q": "orçamento", "ordem": "titulo", "pagina": "2"}
    found = Client().get(ADDRESS, parameters).json()
    shelf = Client().get("/busca/", parameters).context["shelf"]
    assert [item["title"] for item in found["items"]] == [h.entry.title for h in shelf.hits]
    assert found["total"] == shelf.total == 14
    counted = {each["value"]: each["count"] for each in found["facets"]["formato"]["values"]}
    assert counted["guia"] == 14


def test_pages_and_facets_lead_on_by_absolute_addresses(library: None) -> None:
    first = Client().get(ADDRESS, {"q": "orcamento"}).json()
    assert (first["page"], first["pages"], first["previous"]) == (1, 2, None)
    titles = [item["title"] for item in first["items"]]
    assert first["next"].startswith(f"{settings.PUBLIC_URL}{ADDRESS}?")
    parts = urlsplit(first["next"])
    second = Client().get(f"{parts.path}?{parts.query}").json()
    assert (second["page"], second["next"]) == (2, None)
    assert len({*titles, *(item["title"] for item in second["items"])}) == 14
    (value,) = [each for each in first["facets"]["formato"]["values"] if each["value"] == "guia"]
    parts = urlsplit(value["url"])
    narrowed = Client().get(f"{parts.path}?{parts.query}").json()
    assert narrowed["total"] == value["count"]
    assert [e["value"] for e in narrowed["facets"]["formato"]["values"] if e["is_chosen"]] == [
        "guia"
    ]


def test_a_value_that_means_nothing_is_said(library: None) -> None:
    found = Client().get(ADDRESS, {"q": "creche", "formato": "planilha"}).json()
    assert found["notices"] == ["Não conhecemos tipo “planilha”. Mostramos todos."]
    assert found["total"] == 1


def test_other_words_are_offered(library: None) -> None:
    assert Client().get(ADDRESS, {"q": "crexe"}).json()["did_you_mean"] == "creche"


def test_where_nothing_is_found_the_nearest_themes_lead_on(library: None) -> None:
    for slug in ("financas", "educacao"):
        people.theme(slug)
    entries.entry(title="Fechado", themes=["educacao"], audience=frozenset({SIGNED_IN}))
    found = Client().get(ADDRESS, {"q": "xilofone na educacao"}).json()
    assert found["total"] == 0
    named = [(theme["value"], theme["count"]) for theme in found["near_themes"]]
    assert named == [("educacao", 1), ("financas", 14)]
    parts = urlsplit(found["near_themes"][1]["url"])
    assert Client().get(f"{parts.path}?{parts.query}").json()["total"] == 14
    assert Client().get(ADDRESS, {"q": "creche"}).json()["near_themes"] == []


def test_choices_of_curators_are_said(library: None) -> None:
    entry = entries.entry(title="Guia da cidade")
    bet = BestBet(queries="creche")
    bet.pinned = [PinnedPage(page_id=entry.pk)]
    bet.save()
    found = Client().get(ADDRESS, {"q": "creche"}).json()
    assert [(item["title"], item["is_pinned"]) for item in found["items"]] == [
        ("Guia da cidade", True),
        ("Vaga na creche", False),
    ]


def test_everybody_gets_what_strangers_get_and_a_tag(library: None) -> None:
    closed = entries.entry(title="Orçamento fechado")
    services.write_audiences({closed.pk: frozenset({SIGNED_IN})})
    clients = [Client(), signed_in(people.user()), signed_in(people.user("Curadores"))]
    answers = [client.get(ADDRESS, {"q": "orcamento"}) for client in clients]
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["total"] == 14
    etag = answers[0].headers["ETag"]
    assert not etag.startswith("W/")
    again = Client().get(ADDRESS, {"q": "orcamento"}, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == "*"
