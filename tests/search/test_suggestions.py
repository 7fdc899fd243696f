"""What the search field suggests: to everybody the same, and only what everybody may read."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audience import SIGNED_IN, group_key
from search import kept, services
from search.curation import UnwantedSuggestion
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import entries, people

pytestmark = pytest.mark.django_db

ADDRESS = "/busca/sugestoes/"


def suggested(typed: str, client: Client | None = None) -> list[str]:
    answer = (client or Client()).get(ADDRESS, {"q": typed})
    assert answer.status_code == 200
    return [each["text"] for each in answer.json()["suggestions"]]


@pytest.fixture
def library() -> None:
    entries.entry(title="Orçamento público sem medo", people=["helena"], more=[])
    entries.entry(title="Como ler o orçamento", themes=["saude"])
    entries.entry(title="Pesquisa de preços, passo a passo", body="A LRF manda publicar.")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("orca", ["Orçamento público sem medo", "Como ler o orçamento"]),
        ("ORÇA", ["Orçamento público sem medo", "Como ler o orçamento"]),
        ("públ", ["Orçamento público sem medo"]),
        ("publico orc", ["Orçamento público sem medo"]),
        ("pesquisa de", ["Pesquisa de preços, passo a passo"]),
        ("pesquisa em pre", ["Pesquisa de preços, passo a passo"]),
        ("ler o orcamento", ["Como ler o orçamento"]),
        ("rcamento", []),
        ("o", []),
        ("", []),
        ("orçamento zebra", []),
    ],
)
def test_the_beginning_of_any_word_is_enough_without_accents(
    library: None, typed: str, found: list[str]
) -> None:
    assert suggested(typed) == found


def test_themes_people_and_acronyms_are_suggested_and_named(library: None) -> None:
    answer = Client().get(ADDRESS, {"q": "sau"}).json()["suggestions"]
    assert answer == [{"text": "Saude", "kind": "tema", "label": "Tema"}]
    answer = Client().get(ADDRESS, {"q": "hel"}).json()["suggestions"]
    assert answer == [{"text": "Helena", "kind": "pessoa", "label": "Pessoa"}]
    answer = Client().get(ADDRESS, {"q": "lrf"}).json()["suggestions"]
    assert answer[0] == {
        "text": "LRF",
        "kind": "expressao",
        "label": "Lei de Responsabilidade Fiscal",
    }
    assert suggested("responsa")[0] == "Lei de Responsabilidade Fiscal"


def test_an_acronym_of_which_the_library_says_nothing_is_not_suggested(library: None) -> None:
    assert suggested("fundeb") == []


def test_at_most_eight_are_suggested_the_newest_titles_first() -> None:
    for number in range(12):
        entries.entry(title=f"Portaria número {number}")
    assert suggested("portaria") == [f"Portaria número {number}" for number in range(11, 3, -1)]


def test_what_has_the_same_words_is_suggested_once() -> None:
    for title in ("Portaria de obra", "Portaria de Obra!"):
        entries.entry(title=title)
    assert suggested("portaria") == ["Portaria de Obra!"]


def hide(entry: Entry, how: str) -> None:
    if how == "expired":
        Entry.objects.filter(pk=entry.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    elif how == "gone":
        services.remove(entry.pk)
    else:
        keys = {"signed-in": SIGNED_IN, "group": group_key(people.group().pk)}
        services.write_audiences({entry.pk: frozenset({keys[how]})})


@pytest.mark.parametrize("how", ["expired", "gone", "signed-in", "group"])
@pytest.mark.parametrize("known_before", [True, False])
def test_what_is_not_for_everybody_is_never_suggested(known_before: bool, how: str) -> None:
    entry = entries.entry(title="Segredo da turma", themes=["sigilo"], people=["sigfredo"])
    member = people.user("Curadores")
    member.groups.add(people.group())
    if known_before:
        assert suggested("seg") == ["Segredo da turma"]
        assert suggested("sig") == ["Sigilo", "Sigfredo"]
    hide(entry, how)
    for client in (Client(), signed_in(member)):
        assert suggested("seg", client) == []
        assert suggested("sig", client) == []


def test_a_former_title_is_not_suggested_any_more() -> None:
    entry = entries.entry(title="Nome antigo")
    assert suggested("antigo") == ["Nome antigo"]
    Entry.objects.filter(pk=entry.pk).update(title="Nome novo")
    assert suggested("antigo") == []


def test_what_is_new_is_suggested_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    assert suggested("novidade") == []
    entries.entry(title="Novidade")
    later = time.monotonic() + 59
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)
    assert suggested("novidade") == ["Novidade"]


@pytest.mark.parametrize("typed", ["orca", "sau", "lrf", "hel", "xyz", "pa"])
def test_it_costs_two_queries_at_most(library: None, typed: str) -> None:
    suggested(typed)
    with CaptureQueriesContext(connection) as queries:
        suggested(typed)
    assert len(queries) <= 2


def test_everybody_gets_the_same_bytes_and_a_tag(library: None) -> None:
    answers = [
        client.get(ADDRESS, {"q": "orca"})
        for client in (Client(), signed_in(people.user()), signed_in(people.user("Curadores")))
    ]
    assert len({answer.content for answer in answers}) == 1
    public = answers[0]
    assert not public.cookies
    assert public.headers["Cache-Control"] == "public, no-cache"
    again = Client().get(ADDRESS, {"q": "orca"}, headers={"If-None-Match": public["ETag"]})
    assert again.status_code == 304


def test_curators_say_what_is_not_suggested(library: None, curator_client: Client) -> None:
    assert suggested("orca")[0] == "Orçamento público sem medo"
    address = reverse("wagtailsnippets_search_unwantedsuggestion:add")
    assert curator_client.post(address, {"text": "Publico  sem"}).status_code == 302
    assert suggested("orca") == ["Como ler o orçamento"]
    assert Client().get("/busca/?q=orcamento+publico").context["shelf"].total == 1


def test_an_unwanted_suggestion_without_words_is_refused(curator_client: Client) -> None:
    address = reverse("wagtailsnippets_search_unwantedsuggestion:add")
    answer = curator_client.post(address, {"text": "?!"})
    assert "Escreva ao menos uma letra ou um número." in answer.content.decode()
    assert not UnwantedSuggestion.objects.exists()


def test_authors_do_not_say_what_is_suggested(author_client: Client) -> None:
    address = reverse("wagtailsnippets_search_unwantedsuggestion:add")
    assert author_client.get(address).status_code == 302
