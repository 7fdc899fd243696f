"""What curators chose for a query: first, marked, counted, and never past a closed door."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audience import ANYBODY, SIGNED_IN
from search import kept, services
from search.curation import BestBet, HiddenPage, PinnedPage
from search.engines import SearchAnswer, SearchEngine, SearchRequest
from search.models import Entry
from tests.factories import entries

pytestmark = pytest.mark.django_db


def bet(queries: str, pinned: Iterable[Entry] = (), hidden: Iterable[Entry] = ()) -> BestBet:
    made = BestBet(queries=queries)
    made.pinned = [PinnedPage(page_id=each.pk, sort_order=n) for n, each in enumerate(pinned)]
    made.hidden = [HiddenPage(page_id=each.pk) for each in hidden]
    made.save()
    return made


def ask(text: str, **how: Any) -> SearchAnswer:
    return services.search(SearchRequest(**{"keys": ANYBODY, "text": text} | how))


def titles(text: str, **how: Any) -> list[str]:
    return [hit.entry.title for hit in ask(text, **how).hits]


@pytest.fixture
def plan() -> list[Entry]:
    """Three about the plan, the last the newest, and one that does not say the word."""
    made = [entries.entry(title=f"Plano {name}") for name in ("um", "dois", "três")]
    return [*made, entries.entry(title="Guia da cidade", themes=["saude"])]


def test_what_is_pinned_comes_first_in_order_and_marked(
    engine: SearchEngine, plan: list[Entry]
) -> None:
    bet("plano", pinned=[plan[3], plan[0]])
    answer = ask("plano", order="recentes")
    assert [(hit.entry.title, hit.is_pinned) for hit in answer.hits] == [
        ("Guia da cidade", True),
        ("Plano um", True),
        ("Plano três", False),
        ("Plano dois", False),
    ]
    assert answer.total == 4
    assert {each.value: each.count for each in answer.facets["tema"]} == {"financas": 3, "saude": 1}


def test_what_is_hidden_is_neither_shown_nor_counted(
    engine: SearchEngine, plan: list[Entry]
) -> None:
    bet("plano", hidden=[plan[2], plan[3]])
    answer = ask("plano", order="titulo")
    assert [hit.entry.title for hit in answer.hits] == ["Plano dois", "Plano um"]
    assert answer.total == 2
    assert [each.count for each in answer.facets["tema"]] == [2]
    assert "Plano três" in titles("plano três")
    assert titles("") != []


@pytest.mark.parametrize("query", ["Planos", "PLANO", "  plano? ", "“plano”"])
def test_a_query_is_known_in_any_form(plan: list[Entry], query: str) -> None:
    bet("outra coisa\nplano", pinned=[plan[3]])
    assert titles(query)[0] == "Guia da cidade"
    assert "Guia da cidade" not in titles("plano dois")


def test_an_acronym_and_what_it_stands_for_are_one_query_in_any_order(plan: list[Entry]) -> None:
    bet("LRF\npreço pesquisa", pinned=[plan[3]])
    for query in ("lrf", "Lei de Responsabilidade Fiscal", "pesquisa de preços"):
        assert titles(query)[:1] == ["Guia da cidade"], query


@pytest.mark.parametrize("order", ["relevancia", "recentes", "titulo"])
@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 5])
def test_pages_hold_everything_once(
    engine: SearchEngine, plan: list[Entry], order: str, per_page: int
) -> None:
    more = [entries.entry(title=f"Plano extra {number}") for number in range(8)]
    bet("plano", pinned=[plan[3], more[0], plan[1]], hidden=[more[1]])
    seen: list[str] = []
    for page in range(1, 12):
        answer = ask("plano", order=order, page=page, per_page=per_page)
        assert answer.total == 11
        shown = [hit.entry.title for hit in answer.hits]
        assert len(shown) == max(0, min(per_page, 11 - (page - 1) * per_page))
        seen += shown
    assert seen[:3] == ["Guia da cidade", "Plano extra 0", "Plano dois"]
    plain = titles("plano", order=order, without=frozenset({more[0].pk, more[1].pk, plan[1].pk}))
    assert seen[3:] == [title for title in plain if title not in seen[:3]]
    assert len(set(seen)) == 11


def test_filters_hold_for_what_is_pinned_and_counts_are_kept(
    engine: SearchEngine, plan: list[Entry]
) -> None:
    bet("plano", pinned=[plan[3]])
    for value, total in (("financas", 3), ("saude", 1)):
        answer = ask("plano", filters={"tema": value})
        assert answer.total == len(answer.hits) == total
        counted = {each.value: each.count for each in answer.facets["tema"]}
        assert counted == {"financas": 3, "saude": 1}


def test_what_the_reader_may_not_read_is_not_shown_and_not_counted(plan: list[Entry]) -> None:
    services.write_audiences({plan[3].pk: frozenset({SIGNED_IN})})
    bet("plano", pinned=[plan[3]])
    assert "Guia da cidade" not in titles("plano")
    assert ask("plano").total == 3
    assert titles("plano", keys=ANYBODY | {SIGNED_IN})[0] == "Guia da cidade"


def test_what_has_expired_or_is_gone_is_not_shown(plan: list[Entry]) -> None:
    bet("plano", pinned=[plan[3], plan[0]])
    Entry.objects.filter(pk=plan[3].pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    services.remove(plan[0].pk)
    assert titles("plano", order="titulo") == ["Plano dois", "Plano três"]
    assert ask("plano").total == 2


def test_a_choice_answers_where_nothing_else_does(plan: list[Entry]) -> None:
    bet("xilofone\nplano xilofone", pinned=[plan[3]])
    assert titles("xilofone") == ["Guia da cidade"]
    answer = ask("plano xilofone")
    assert [hit.entry.title for hit in answer.hits] == ["Guia da cidade"]
    assert not answer.is_relaxed


def test_what_curators_chose_for_mistyped_words_is_meant(
    engine: SearchEngine, plan: list[Entry]
) -> None:
    assert ask("plamo").read_as == "plano"
    bet("plamo", pinned=[plan[3]])
    assert (ask("plamo").read_as, titles("plamo")) == ("", ["Guia da cidade"])


def test_what_is_hidden_is_no_reason_to_take_words_as_they_are_typed(
    engine: SearchEngine, plan: list[Entry]
) -> None:
    made = entries.entry(title="Outro", body="plamo")
    assert (ask("plamo").read_as, titles("plamo")) == ("", ["Outro"])
    bet("plamo", hidden=[made])
    assert (ask("plamo").read_as, ask("plamo").total) == ("plano", 3)


def test_what_is_pinned_for_what_was_meant_comes_first(
    engine: SearchEngine, plan: list[Entry]
) -> None:
    bet("plano", pinned=[plan[3]], hidden=[plan[0]])
    for _ in range(2):
        assert ask("plamo").read_as == "plano"
        assert titles("plamo", order="titulo") == ["Guia da cidade", "Plano dois", "Plano três"]


def test_who_is_pinned_and_hidden_is_hidden(plan: list[Entry]) -> None:
    bet("plano", pinned=[plan[0]], hidden=[plan[0]])
    assert "Plano um" not in titles("plano")


def test_another_process_learns_of_a_choice_within_a_minute(
    plan: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert titles("plano")[0] != "Guia da cidade"
    made = BestBet.objects.bulk_create([BestBet(queries="plano")])[0]  # no signal
    PinnedPage.objects.bulk_create([PinnedPage(bet=made, page_id=plan[3].pk)])
    assert titles("plano")[0] != "Guia da cidade"
    later = time.monotonic() + 59
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)
    assert titles("plano")[0] == "Guia da cidade"


def test_a_choice_costs_two_queries_more(plan: list[Entry]) -> None:
    def cost() -> int:
        ask("plano")
        with CaptureQueriesContext(connection) as queries:
            ask("plano")
        return len(queries)

    before = cost()
    bet("plano", pinned=plan)
    assert cost() <= before + 2


def test_the_page_says_what_was_chosen(plan: list[Entry]) -> None:
    bet("plano", pinned=[plan[3]])
    soup = BeautifulSoup(Client().get("/busca/?q=plano").content, "html5lib")
    rows = soup.select(".row")
    assert ["Escolha da curadoria" in row.get_text() for row in rows] == [True, *[False] * 3]
    assert "4 resultados" in soup.get_text()


# --- in the CMS -----------------------------------------------------------------------------------


def form(queries: str, pinned: list[Entry], hidden: list[Entry]) -> dict[str, str]:
    fields = {"queries": queries}
    for name, chosen in (("pinned", pinned), ("hidden", hidden)):
        fields |= {f"{name}-TOTAL_FORMS": str(len(chosen)), f"{name}-INITIAL_FORMS": "0"}
        fields |= {f"{name}-MIN_NUM_FORMS": "0", f"{name}-MAX_NUM_FORMS": "1000"}
        for number, each in enumerate(chosen):
            fields |= {f"{name}-{number}-page": str(each.pk), f"{name}-{number}-ORDER": str(number)}
    return fields


ADD = "wagtailsnippets_search_bestbet:add"


def test_a_curator_pins_and_hides(curator_client: Client, plan: list[Entry]) -> None:
    assert titles("plano")[0] != "Guia da cidade"
    sent = form("plano", [plan[3]], [plan[0]])
    assert curator_client.post(reverse(ADD), sent).status_code == 302
    assert set(titles("plano")) == {"Guia da cidade", "Plano dois", "Plano três"}
    made = BestBet.objects.get()
    curator_client.post(reverse("wagtailsnippets_search_bestbet:delete", args=[made.pk]))
    assert "Plano um" in titles("plano")


@pytest.mark.parametrize(
    ("queries", "sentence"),
    [
        (" \n ", "Este campo é obrigatório."),
        ("plano\n?!", "Escreva ao menos uma palavra em cada linha."),
        ("planos\nnada", "“planos” já tem escolhas, em “obra, plano”. Mude as que estão lá."),
    ],
)
def test_what_cannot_be_used_is_said(
    curator_client: Client, plan: list[Entry], queries: str, sentence: str
) -> None:
    bet("obra\nplano")
    answer = curator_client.post(reverse(ADD), form(queries, [plan[3]], []))
    assert sentence in BeautifulSoup(answer.content, "html5lib").get_text()
    assert BestBet.objects.count() == 1


def test_a_choice_may_be_changed_without_meeting_itself(
    curator_client: Client, plan: list[Entry]
) -> None:
    made = bet("plano")
    address = reverse("wagtailsnippets_search_bestbet:edit", args=[made.pk])
    assert curator_client.post(address, form("Plano", [plan[3]], [])).status_code == 302
    assert titles("plano")[0] == "Guia da cidade"


def test_authors_choose_nothing(author_client: Client) -> None:
    assert author_client.get(reverse(ADD)).status_code == 302
