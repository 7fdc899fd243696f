"""What Elasticsearch does beyond the contract of every engine. Without its address there is nothing
here to run."""

import json
from itertools import product
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote_plus

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import services
from search.elastic import asking, engine
from search.engines import SearchEngine, SearchRequest
from search.models import Entry, Expression
from tests.factories import entries
from tests.search.asking import ask, found
from tests.search.conftest import PromptEngine
from tests.search.test_hostile_input import VALUES

if configured.TEST_ELASTICSEARCH_URL:
    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("elasticsearch")]

    @pytest.fixture
    def elastic(monkeypatch: pytest.MonkeyPatch) -> SearchEngine:
        made = PromptEngine()
        monkeypatch.setattr(services, "engine", lambda: made)
        return made

    @pytest.mark.parametrize(
        ("language", "title", "queries"),
        [
            ("en", "Planning for cities", ["city", "plans", "the city", '"planning for cities"']),
            ("es", "Los lápices de las escuelas", ["lápiz", "lapiz escuela"]),
        ],
    )
    def test_a_text_in_another_language_is_found_in_its_forms(
        elastic: SearchEngine, language: str, title: str, queries: list[str]
    ) -> None:
        entries.entry(title="Outra coisa")
        entries.entry(title=title, more=[("lingua", language, language)])
        for query in queries:
            assert found(elastic, query) == [title], query

    def test_a_page_is_one_call_and_two_queries(elastic: SearchEngine) -> None:
        for number in range(20):
            entries.entry(title=f"Merenda {number}", themes=[f"tema{number}"])
        ask(elastic, "merenda")
        with (
            patch.object(engine, "_ask", wraps=engine._ask) as asked,
            CaptureQueriesContext(connection) as queries,
        ):
            list(ask(elastic, "merenda", filters={"tema": "tema3"}).hits)
        assert asked.call_count == 1
        assert len(queries) <= 2

    @pytest.mark.parametrize(
        "text",
        [
            *("merenda", "merenda zebra", "merenda escolar zebra", "zebra merenda girafa avestruz"),
            *("merennda escolar", "lei 99999 merenda"),
        ],
    )
    def test_a_page_is_one_call_whatever_is_met(elastic: SearchEngine, text: str) -> None:
        """Its next page, and with a filter, as well: whether all of it is met, a part, or other words
        were meant."""
        for number in range(20):
            entries.entry(title=f"Merenda escolar {number}", themes=[f"tema{number}"])
        for how in ({}, {"page": 2}, {"filters": {"tema": "tema3"}}):
            with patch.object(engine, "_ask", wraps=engine._ask) as asked:
                assert ask(elastic, text, **how).hits
            assert asked.call_count == 1

    def test_what_only_another_language_meets_is_found(elastic: SearchEngine) -> None:
        """The rows know Portuguese alone."""
        entries.entry(title="Planning for cities", more=[("lingua", "en", "en")])
        entries.entry(title="Planta da cidade")
        answer = ask(elastic, "city plans")
        assert (answer.total, answer.is_relaxed) == (1, False)

    def test_what_meets_more_meanwhile_is_enough(elastic: SearchEngine) -> None:
        some = [entries.entry(title=f"Merenda escolar {number}") for number in range(12)]
        assert ask(elastic, "merenda escolar zebra").total == 12
        for each in some:
            Entry.objects.filter(pk=each.pk).update(title=f"{each.title} zebra", version=2)
            elastic.write(Entry.objects.get(pk=each.pk))
        entries.entry(title="Merenda escolar")
        assert ask(elastic, "merenda escolar zebra").total == 12

    def test_the_vocabulary_is_known_without_building_anew(elastic: SearchEngine) -> None:
        entries.entry(title="Plano de arborização urbana")
        assert found(elastic, "PAU") == []
        Expression.objects.create(text="PAU", meanings="plano de arborização urbana")
        assert found(elastic, "PAU") == ["Plano de arborização urbana"]

    def test_a_rare_value_that_was_chosen_is_counted(
        elastic: SearchEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking, "MOST_VALUES", 1)
        for theme in ("saude", "saude", "financas"):
            entries.entry(themes=[theme])
        answer = ask(elastic, filters={"tema": "financas"})
        counted = {(each.value, each.label, each.count) for each in answer.facets["tema"]}
        assert counted == {("saude", "Saude", 2), ("financas", "Financas", 1)}

    def test_more_than_are_looked_at(
        elastic: SearchEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (asking, engine):
            monkeypatch.setattr(module, "MAX_MATCHES", 5)
        for _ in range(7):
            entries.entry(title="Merenda")
        answer = ask(elastic, "merenda", page=2, per_page=3)
        assert (answer.total, answer.has_more, len(answer.hits)) == (5, True, 2)
        assert not ask(elastic, "merenda", page=3, per_page=3).hits

    def test_every_call_is_bound_to_the_reader(elastic: SearchEngine) -> None:
        """Counts are made of what the query finds, and the query finds nothing for others."""
        requests = [
            SearchRequest(keys=frozenset({"public"}), text=text)
            for text in ("", "merenda escolar", '"a b" -c autor:d')
        ]
        for request, ring in product(requests, (2, 1, 0)):
            page, counts = asking.page(request, ring), asking.counts(request, ring)
            for each in (page, counts, asking.held(request, ring, 12)):
                assert {"terms": {"audience": ["public"]}} in each["query"]["bool"]["filter"]
                assert "global" not in json.dumps(each)

    @pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
    def test_nothing_that_is_typed_is_syntax(elastic: SearchEngine, value: str) -> None:
        made = entries.entry(title="Orçamento")
        typed = unquote_plus(value)
        for how in ({"text": typed}, {"filters": {"tema": typed}}, {"text": f"autor:{typed}"}):
            asked: dict[str, Any] = {"keys": frozenset({"public"}), **how}
            elastic.search(SearchRequest(**asked))
        request = SearchRequest(keys=frozenset({"public"}), text=typed)
        sent = json.dumps([asking.page(request, 1), asking.counts(request, 1)])
        assert not any(
            f'"{kind}": ' in sent for kind in ("query_string", "regexp", "wildcard", "script")
        )
        assert found(elastic, "orcamento") == [made.title]

    def test_holds_an_entry_as_it_is_and_no_other(elastic: SearchEngine) -> None:
        made = entries.entry(title="Merenda")
        assert elastic.holds(made)
        assert elastic.held() == {made.pk}
        Entry.objects.filter(pk=made.pk).update(title="Outra")
        assert not elastic.holds(Entry.objects.get(pk=made.pk))
        assert not elastic.holds(Entry(pk=999_999_999))
