"""The query language, as every engine answers it."""

import pytest

from accounts.audience import SIGNED_IN
from search.engines import SearchEngine
from search.models import Expression
from tests.factories import entries
from tests.search.asking import ask, found

pytestmark = pytest.mark.django_db

LONG = "Lei de Responsabilidade Fiscal"


class TestWords:
    def test_a_phrase_stands_as_it_was_typed(self, engine: SearchEngine) -> None:
        entries.entry(title="A pesquisa de preços")
        entries.entry(title="Preços, e depois a pesquisa")
        assert found(engine, '"pesquisa de preços"') == ["A pesquisa de preços"]
        assert len(found(engine, "pesquisa de preços")) == 2

    def test_a_phrase_does_not_go_on_in_another_part(self, engine: SearchEngine) -> None:
        entries.entry(title="Compras e pesquisa", keywords="preço", summary="Frase.", body="Texto.")
        assert found(engine, '"pesquisa de preço"') == []

    def test_a_phrase_is_marked_where_it_stands(self, engine: SearchEngine) -> None:
        entries.entry(
            title="Preço e pesquisa", summary="Como fazer a pesquisa de preços. Um preço."
        )
        [hit] = ask(engine, '"pesquisa de preços"').hits
        assert hit.title_html == "Preço e pesquisa"
        assert hit.excerpt_html == "Como fazer a <mark>pesquisa de preços</mark>. Um preço."

    def test_what_has_a_minus_is_absent(self, engine: SearchEngine) -> None:
        entries.entry(title="Fila da creche")
        entries.entry(title="Merenda da creche", body="Sem filas.")
        entries.entry(title="Obra da creche")
        assert found(engine, "creche -fila") == ["Obra da creche"]
        assert len(found(engine, '-"merenda da creche" creche')) == 2

    def test_what_has_a_minus_is_absent_from_what_meets_a_part(self, engine: SearchEngine) -> None:
        entries.entry(title="Fila do banco")
        entries.entry(title="Creche nova")
        assert found(engine, "fila creche -banco") == ["Creche nova"]

    def test_authors_are_asked_for_by_name(self, engine: SearchEngine) -> None:
        entries.entry(title="Orçamento dela", authors=["Helena Prado", "José Araújo"])
        entries.entry(title="Orçamento sobre Helena", body="Helena Prado, Araújo")
        for query in ("autor:helena", 'autora:"helena prado" orçamento', "autor:ARAUJO"):
            assert found(engine, query) == ["Orçamento dela"]
        assert found(engine, "autor:ninguem") == []

    def test_what_meets_only_a_part_says_so(self, engine: SearchEngine) -> None:
        entries.entry(title="Fila do banco")
        assert ask(engine, "fila creche").is_relaxed
        assert not ask(engine, "fila banco").is_relaxed
        assert not ask(engine, "zebra").is_relaxed

    def test_what_is_hidden_does_not_keep_a_part_from_being_found(
        self, engine: SearchEngine
    ) -> None:
        entries.entry(title="Fila da creche", audience=frozenset({SIGNED_IN}))
        entries.entry(title="Creche nova")
        assert found(engine, "fila creche") == ["Creche nova"]
        assert found(engine, "fila creche", keys=frozenset({SIGNED_IN})) == ["Fila da creche"]


class TestLaws:
    @pytest.mark.parametrize(
        "written", ["Lei 14.133/2021", "a Lei nº 14.133, de 2021", "lei 14133"]
    )
    @pytest.mark.parametrize(
        "typed", ["lei 14133", "14.133/2021", "lei nº 14.133", "Lei n. 14.133/21", "14133"]
    )
    def test_a_law_in_any_form_meets_any_other(
        self, engine: SearchEngine, typed: str, written: str
    ) -> None:
        entries.entry(title="Compras", body=f"Segundo {written}, compre assim.")
        entries.entry(title="Contas", body="Segundo a Lei 4.320/1964, de 2021.")
        answer = ask(engine, typed)
        assert [hit.entry.title for hit in answer.hits] == ["Compras"]
        assert not answer.is_relaxed
        assert "<mark>14" in answer.hits[0].excerpt_html

    def test_a_short_number_is_met_with_its_kind(self, engine: SearchEngine) -> None:
        entries.entry(title="Limites", body="Segundo a Lei Complementar nº 101, de 2000.")
        entries.entry(title="Outra lei", body="A lei diz que são 101 pontos.")
        assert found(engine, "LC 101/2000") == ["Limites"]


class TestAcronyms:
    def test_an_acronym_finds_and_marks_its_long_form(self, engine: SearchEngine) -> None:
        entries.entry(title="Limites de gasto", summary=f"O que diz a {LONG}.")
        [hit] = ask(engine, "lrf").hits
        assert hit.excerpt_html == f"O que diz a <mark>{LONG}</mark>."

    def test_a_long_form_finds_and_marks_its_acronym(self, engine: SearchEngine) -> None:
        entries.entry(title="A LRF na prática", summary="Limites.")
        [hit] = ask(engine, "lei de responsabilidade fiscal").hits
        assert hit.title_html == "A <mark>LRF</mark> na prática"

    def test_the_number_of_a_law_finds_its_acronym(self, engine: SearchEngine) -> None:
        entries.entry(title="Pedidos pela LAI")
        entries.entry(title="Outra coisa")
        assert found(engine, "lei 12.527") == ["Pedidos pela LAI"]

    def test_an_acronym_that_is_a_word_is_met_in_capitals_alone(self, engine: SearchEngine) -> None:
        entries.entry(title="Recursos do PAR", summary="Como pedir.")
        entries.entry(title="Ao par de tudo", summary="Um par.")
        [hit] = ask(engine, "plano de ações articuladas").hits
        assert hit.title_html == "Recursos do <mark>PAR</mark>"
        entries.entry(title="O plano", body="O Plano de Ações Articuladas do município.")
        assert "O plano" in found(engine, "PAR")

    def test_a_change_by_a_curator_is_in_effect_at_once(self, engine: SearchEngine) -> None:
        entries.entry(title="Núcleo de Apoio à Leitura")
        assert found(engine, "NALE") == []
        made = Expression.objects.create(text="NALE", meanings="Núcleo de Apoio à Leitura")
        assert found(engine, "nale") == ["Núcleo de Apoio à Leitura"]
        made.delete()
        assert found(engine, "nale") == []


def test_acronyms_of_an_entry_are_kept_with_it(engine: SearchEngine) -> None:
    made = entries.entry(title="A LRF", summary="E o par.", body="O Sistema Único de Saúde.")
    assert made.acronyms.split() == ["lrf", "sus"]
