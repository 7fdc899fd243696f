"""What every search engine promises, whichever answers: one suite for all of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audience import ANYBODY, SIGNED_IN
from search import services
from search.embedded import EmbeddedEngine
from search.engines import FACETS, SearchAnswer, SearchEngine, SearchRequest
from search.models import Entry
from tests.factories import entries
from tests.search.asking import ask, found

pytestmark = pytest.mark.django_db


def counts(answer: SearchAnswer, name: str) -> dict[str, int]:
    return {value.value: value.count for value in answer.facets[name]}


class TestFinding:
    """Words in, entries out, the best first."""

    @pytest.mark.parametrize(
        "query",
        [
            "licitação",
            "licitacao",
            "LICITAÇÃO",
            "licitações",
            "licitacoes",
            "a licitação",
            "?licitação!",
        ],
    )
    def test_without_accents_and_in_any_form(self, engine: SearchEngine, query: str) -> None:
        entries.entry(title="Licitações sem susto")
        entries.entry(title="Outra coisa")
        assert found(engine, query) == ["Licitações sem susto"]

    def test_a_title_that_holds_every_word_comes_before_a_shorter_text(
        self, engine: SearchEngine
    ) -> None:
        entries.entry(title="O caminho da vaga na creche", summary="A fila.", body="")
        entries.entry(title="Fila da creche com critério público", body="A lista anda. " * 400)
        assert found(engine, "fila da creche")[0] == "Fila da creche com critério público"

    @pytest.mark.parametrize("where", ["title", "keywords", "summary", "body"])
    def test_in_every_field(self, engine: SearchEngine, where: str) -> None:
        made = entries.entry(**{where: "Arborização"})
        assert found(engine, "arborizacao") == [made.title]

    @pytest.mark.parametrize("query", ["lei 14133", "14.133", "Lei nº 14.133", "lei 14.133/2021"])
    def test_laws_by_their_number(self, engine: SearchEngine, query: str) -> None:
        entries.entry(title="Compras", body="Segundo a Lei 14.133/2021, art. 23.")
        entries.entry(title="Contas", body="Segundo a Lei 4.320/1964.")
        assert found(engine, query)[0] == "Compras"

    def test_what_is_to_be_left_out_is_as_if_it_were_not_there(self, engine: SearchEngine) -> None:
        left_out = entries.entry(title="Fila da creche", themes=["educacao"])
        entries.entry(title="Fila de banco")
        for text in ("fila", ""):
            answer = ask(engine, text, without=frozenset({left_out.pk}))
            assert [hit.entry.title for hit in answer.hits] == ["Fila de banco"]
            assert answer.total == 1
            assert counts(answer, "tema") == {"financas": 1}
        part = ask(engine, "fila creche", without=frozenset({left_out.pk}))
        assert (part.total, part.is_relaxed) == (1, True)

    def test_all_words_before_any(self, engine: SearchEngine) -> None:
        entries.entry(title="Fila de banco")
        entries.entry(title="Creche nova")
        entries.entry(title="Sobre vagas", body="A fila da creche e seus critérios.")
        assert found(engine, "fila creche") == ["Sobre vagas"]

    def test_of_many_words_one_may_be_missing(self, engine: SearchEngine) -> None:
        wanted = entries.entry(title="Feira livre", body="A barraca abre cedo na praça nova.")
        entries.entry(title="Outra feira", body="A barraca fecha tarde.")
        answer = ask(engine, "feira barraca praça cedo domingo")
        assert [hit.entry.pk for hit in answer.hits] == [wanted.pk]

    def test_of_three_things_all_come_before_two_and_one_is_not_enough(
        self, engine: SearchEngine
    ) -> None:
        entries.entry(title="Feira na praça", summary="Feira na praça.", body="Feira, praça.")
        entries.entry(title="Feira", body="Só a feira.")
        entries.entry(title="Sem nome", body="Na feira e na praça há uma barraca.")
        answer = ask(engine, "feira praça barraca")
        assert [hit.entry.title for hit in answer.hits] == ["Sem nome", "Feira na praça"]
        assert not answer.is_relaxed

    def test_a_word_that_tells_no_subject_need_not_be_met(self, engine: SearchEngine) -> None:
        wanted = entries.entry(title="Feira livre", body="A barraca abre cedo.")
        entries.entry(title="Outra feira", body="Quero saber o que posso fazer.")
        answer = ask(engine, "quero saber o que posso fazer com a barraca da feira")
        assert [hit.entry.pk for hit in answer.hits] == [wanted.pk]
        assert not answer.is_relaxed

    def test_words_side_by_side_before_the_same_words_apart(self, engine: SearchEngine) -> None:
        filler = "Este texto ocupa o mesmo espaço que outro ocuparia."
        for title, summary in (
            ("Um", f"Plano antigo. {filler} Serve ao diretor."),
            ("Dois", f"{filler} Serve ao plano diretor antigo."),
            ("Três", f"O diretor fala. {filler} Vem o plano antigo."),
        ):
            entries.entry(title=title, summary=summary, body=filler)
        assert found(engine, "plano diretor")[0] == "Dois"

    def test_what_a_text_repeats_counts_more_than_what_it_mentions(
        self, engine: SearchEngine
    ) -> None:
        about = " ".join(
            f"O viveiro cuida de muda número {n}, como diz a regra." for n in range(60)
        )
        laws = " Veja a Lei nº 19.876/2031." * 2
        entries.entry(title="Em poucas linhas", body="Um viveiro. Cita a Lei nº 19.876/2031.")
        long = entries.entry(title="Por extenso", body=about + laws)
        for typed in ("viveiro", "lei 19876"):
            assert found(engine, typed)[0] == long.title

    def test_any_word_when_none_has_all(self, engine: SearchEngine) -> None:
        entries.entry(title="Fila de banco")
        entries.entry(title="Creche nova")
        assert set(found(engine, "fila creche")) == {"Fila de banco", "Creche nova"}

    def test_title_before_keywords_before_summary_before_body(self, engine: SearchEngine) -> None:
        filler = "Texto que não trata do assunto e ocupa o mesmo espaço."
        for where in ("body", "summary", "keywords", "title"):
            fields = {"title": f"Material em {where}", "summary": filler, "body": filler}
            fields["keywords"] = "outros"
            fields[where] = f"{fields[where]} merenda"
            entries.entry(**fields)
        assert [title.split()[2] for title in found(engine, "merenda")] == [
            "title",
            "keywords",
            "summary",
            "body",
        ]

    @pytest.mark.parametrize("query", ["zebra", "de a o", "?!", '"', "\x00", "\ud800", "字"])
    def test_nothing_where_nothing_meets(self, engine: SearchEngine, query: str) -> None:
        entries.entry(title="Licitações sem susto")
        answer = ask(engine, query)
        assert ([*answer.hits], answer.total) == ([], 0)
        assert set(answer.facets) == set(FACETS)

    @pytest.mark.parametrize(
        "query",
        [
            'licitação" OR title:x',
            "licitação AND NOT susto",
            "NEAR(licitação susto, 2)",
            "licit*",
            "^licitação",
            "licitação - susto",
            "{title summary} : licitação",
            "licitação'); DROP TABLE search_terms; --",
            "licitação " * 3000,
        ],
    )
    def test_the_syntax_of_an_engine_is_only_words(self, engine: SearchEngine, query: str) -> None:
        entries.entry(title="Licitações sem susto")
        entries.entry(title="Outra coisa")
        assert "Outra coisa" not in found(engine, query)
        assert found(engine, "licitação") == ["Licitações sem susto"]

    def test_an_acronym_that_is_also_a_small_word(self, engine: SearchEngine) -> None:
        entries.entry(title="O SUAS na sua cidade")
        entries.entry(title="Conte suas histórias")
        assert found(engine, "suas") == ["O SUAS na sua cidade"]


class TestFacets:
    """What can still be chosen, and how much it would leave."""

    @pytest.fixture(autouse=True)
    def library(self, engine: SearchEngine) -> None:
        entries.entry(title="A", kind="guia", themes=["saude"], licence="CC-BY-4.0")
        entries.entry(title="B", kind="guia", themes=["saude", "financas"], licence="CC0-1.0")
        entries.entry(title="C", kind="artigo", themes=["financas"], licence="CC-BY-4.0")
        entries.entry(title="D", kind="artigo", themes=["saude"], licence="CC-BY-4.0")

    def test_every_value_is_counted_and_named(self, engine: SearchEngine) -> None:
        answer = ask(engine)
        assert counts(answer, "formato") == {"guia": 2, "artigo": 2}
        assert counts(answer, "tema") == {"saude": 3, "financas": 2}
        assert counts(answer, "licenca") == {"CC-BY-4.0": 3, "CC0-1.0": 1}
        assert {value.label for value in answer.facets["tema"]} == {"Saude", "Financas"}

    def test_the_fullest_value_comes_first(self, engine: SearchEngine) -> None:
        assert [value.value for value in ask(engine).facets["tema"]] == ["saude", "financas"]

    def test_a_facet_is_counted_without_its_own_filter(self, engine: SearchEngine) -> None:
        answer = ask(engine, filters={"formato": "guia"})
        assert answer.total == 2
        assert counts(answer, "formato") == {"guia": 2, "artigo": 2}
        assert counts(answer, "tema") == {"saude": 2, "financas": 1}
        assert counts(answer, "licenca") == {"CC-BY-4.0": 1, "CC0-1.0": 1}

    @pytest.mark.parametrize(
        "chosen",
        [
            {},
            {"formato": "artigo"},
            {"tema": "saude"},
            {"formato": "artigo", "tema": "saude"},
            {"formato": "guia", "tema": "financas", "licenca": "CC-BY-4.0"},
        ],
    )
    @pytest.mark.parametrize("name", FACETS)
    def test_a_count_is_what_choosing_the_value_gives(
        self, engine: SearchEngine, chosen: dict[str, str], name: str
    ) -> None:
        for value, count in counts(ask(engine, filters=chosen), name).items():
            assert ask(engine, filters=chosen | {name: value}).total == count

    def test_counts_follow_the_words(self, engine: SearchEngine) -> None:
        entries.entry(title="Merenda", kind="guia", themes=["educacao"])
        answer = ask(engine, "merenda")
        assert counts(answer, "tema") == {"educacao": 1}
        assert counts(answer, "formato") == {"guia": 1}

    def test_a_value_that_nobody_has_leaves_nothing(self, engine: SearchEngine) -> None:
        answer = ask(engine, filters={"tema": "nao-ha"})
        assert ([*answer.hits], answer.total) == ([], 0)

    def test_a_person_can_be_asked_for(self, engine: SearchEngine) -> None:
        entries.entry(title="Dela", people=["helena-prado"])
        assert found(engine, filters={"pessoa": "helena-prado"}) == ["Dela"]


class TestReaders:
    """Nobody finds or counts what they may not read."""

    def test_a_stranger_finds_what_is_for_everybody(self, engine: SearchEngine) -> None:
        entries.entry(title="Aberto", themes=["saude"])
        entries.entry(title="Fechado", themes=["saude"], audience=frozenset({SIGNED_IN}))
        entries.entry(title="Da turma", themes=["educacao"], audience=frozenset({"group:7"}))
        entries.entry(title="De ninguém", themes=["educacao"], audience=frozenset())
        for text in ("", "aberto fechado turma ninguém"):
            answer = ask(engine, text)
            assert [hit.entry.title for hit in answer.hits] == ["Aberto"]
            assert answer.total == 1
            assert counts(answer, "tema") == {"saude": 1}

    def test_one_key_in_common_is_enough(self, engine: SearchEngine) -> None:
        entries.entry(title="Das turmas", audience=frozenset({"group:7", "group:8"}))
        for keys in ({"group:7"}, {"group:8", "public"}):
            assert found(engine, keys=frozenset(keys)) == ["Das turmas"]
        assert found(engine, keys=frozenset({"group:77", "signed-in"})) == []

    def test_a_reader_without_keys_finds_nothing(self, engine: SearchEngine) -> None:
        entries.entry()
        assert ask(engine, keys=frozenset()).total == 0

    def test_a_new_audience_counts_at_once(self, engine: SearchEngine) -> None:
        made = entries.entry(title="Aberto")
        services.write_audiences({made.pk: frozenset({SIGNED_IN})})
        assert found(engine, "aberto") == []
        assert found(engine, "aberto", keys=frozenset({SIGNED_IN})) == ["Aberto"]

    def test_what_has_expired_is_not_found(self, engine: SearchEngine) -> None:
        now = timezone.now()
        entries.entry(title="Vencido", expires_at=now - timedelta(seconds=1))
        entries.entry(title="A vencer", expires_at=now + timedelta(hours=1))
        answer = ask(engine)
        assert [hit.entry.title for hit in answer.hits] == ["A vencer"]
        assert (answer.total, counts(answer, "formato")) == (1, {"guia": 1})


class TestOrderAndPages:
    def test_the_newest_comes_first_without_words(self, engine: SearchEngine) -> None:
        for title in ("Velho", "Médio", "Novo"):
            entries.entry(title=title)
        assert found(engine) == found(engine, order="recentes") == ["Novo", "Médio", "Velho"]

    def test_words_can_be_ordered_by_date(self, engine: SearchEngine) -> None:
        entries.entry(title="Merenda")
        entries.entry(title="Outra", body="merenda")
        assert found(engine, "merenda") == ["Merenda", "Outra"]
        assert found(engine, "merenda", order="recentes") == ["Outra", "Merenda"]

    def test_titles_are_ordered_as_a_dictionary_orders_them(self, engine: SearchEngine) -> None:
        titles = ["Água", "área verde", "Bairro", "Órgãos", "ouvir", "zelo", "Zona"]
        for title in reversed(titles):
            entries.entry(title=title, body="merenda")
        assert found(engine, order="titulo") == titles
        assert found(engine, "merenda", order="titulo") == titles

    @pytest.mark.parametrize("text", ["", "merenda"])
    @pytest.mark.parametrize("order", ["", "relevancia", "recentes", "titulo"])
    def test_pages_together_are_the_whole_each_once(
        self, engine: SearchEngine, text: str, order: str
    ) -> None:
        made = {entries.entry(title="Merenda").pk for _ in range(7)}
        seen = []
        for page in (1, 2, 3):
            answer = ask(engine, text, order=order, page=page, per_page=3)
            assert answer.total == 7
            seen += [hit.entry.pk for hit in answer.hits]
        assert len(seen) == 7
        assert set(seen) == made

    @pytest.mark.parametrize("text", ["", "merenda"])
    @pytest.mark.parametrize("page", [4, 999_999_999])
    def test_a_page_beyond_the_end_is_empty_and_knows_the_total(
        self, engine: SearchEngine, text: str, page: int
    ) -> None:
        for _ in range(3):
            entries.entry(title="Merenda")
        answer = ask(engine, text, page=page, per_page=2)
        assert ([*answer.hits], answer.total) == ([], 3)


class TestChanging:
    def test_a_rewritten_entry_is_found_by_its_new_words_alone(self, engine: SearchEngine) -> None:
        made = entries.entry(title="Merenda", themes=["saude"])
        entries.entry(page=made.page, title="Transporte", themes=["educacao"])
        assert found(engine, "merenda") == []
        assert found(engine, "transporte") == ["Transporte"]
        assert counts(ask(engine), "tema") == {"educacao": 1}

    def test_each_writing_raises_the_version(self, engine: SearchEngine) -> None:
        made = entries.entry()
        entries.entry(page=made.page)
        services.write_audiences({made.pk: frozenset({SIGNED_IN})})
        assert Entry.objects.get(pk=made.pk).version == made.version + 2

    def test_an_audience_that_does_not_change_writes_nothing(self, engine: SearchEngine) -> None:
        made = entries.entry()
        services.write_audiences({made.pk: ANYBODY})
        assert Entry.objects.get(pk=made.pk).version == made.version

    def test_a_removed_entry_is_gone(self, engine: SearchEngine) -> None:
        made = entries.entry(title="Merenda")
        services.remove(made.pk)
        services.remove(made.pk)
        assert ask(engine, "merenda").total == ask(engine).total == 0

    def test_an_entry_goes_with_its_page(self, engine: SearchEngine) -> None:
        made = entries.entry(title="Merenda")
        made.page.delete()
        assert ask(engine, "merenda").total == ask(engine).total == 0
        again = entries.entry(title="Outra")
        assert found(engine, "merenda") == []
        assert found(engine) == [again.title]

    def test_writing_all_again_changes_nothing(self, engine: SearchEngine) -> None:
        for number in range(3):
            entries.entry(title=f"Merenda {number}")
        before = found(engine, "merenda")
        for entry in Entry.objects.all():
            engine.write(entry)
        assert found(engine, "merenda") == before


class TestCost:
    @pytest.mark.parametrize("order", ["", "recentes", "titulo"])
    @pytest.mark.parametrize("text", ["", "merenda", "merenda zebra", "zebra"])
    @pytest.mark.parametrize("ring", [None, 1, 0])
    def test_at_most_six_queries_for_3_entries_or_60(
        self, text: str, order: str, ring: int | None
    ) -> None:
        engine = EmbeddedEngine()
        costs = []
        for count in (3, 57):
            for number in range(count):
                entries.entry(title=f"Merenda {number}", body="palavra " * 50)
            with CaptureQueriesContext(connection) as queries:
                list(engine.search(SearchRequest(ANYBODY, text, order=order, ring=ring)).hits)
            costs.append(len(queries))
        most = 4 if ring is not None or " " not in text else 6
        assert costs[0] == costs[1] <= most
