"""What an answer shows of an entry: HTML, escaped, with the words that met."""

import pytest

from search.engines import SearchEngine
from tests.factories import entries
from tests.search.asking import ask

pytestmark = pytest.mark.django_db


class TestShowing:
    """Title and excerpt: HTML, escaped, with the words that met."""

    def test_the_original_spelling_is_marked(self, engine: SearchEngine) -> None:
        entries.entry(title="As Licitações da Saúde", summary="Sobre LICITAÇÃO e gestão.")
        [hit] = ask(engine, "licitacao gestao").hits
        assert hit.title_html == "As <mark>Licitações</mark> da Saúde"
        assert hit.excerpt_html == "Sobre <mark>LICITAÇÃO</mark> e <mark>gestão</mark>."

    def test_markup_in_a_text_stays_text(self, engine: SearchEngine) -> None:
        evil = "Merenda <script>alert(1)</script> & <mark>x</mark> \"'"
        entries.entry(title=evil, summary=evil, body=evil)
        entries.entry(title="Outra", summary="Resumo.", body=f"{evil} transporte")
        for text in ("merenda", "script", "mark", "transporte", ""):
            for hit in ask(engine, text).hits:
                for shown in (hit.title_html, hit.excerpt_html):
                    bare = shown.replace("<mark>", "").replace("</mark>", "")
                    assert "<" not in bare
                    assert ">" not in bare

    def test_the_excerpt_comes_from_where_the_words_are(self, engine: SearchEngine) -> None:
        before, after = "Nada disso aqui. " * 60, " Nem depois." * 60
        body = f"{before}A merenda escolar chega cedo.{after}"
        entries.entry(title="Escola", summary="Resumo sem a palavra.", body=body)
        [hit] = ask(engine, "merenda").hits
        assert "A <mark>merenda</mark> escolar chega cedo." in hit.excerpt_html
        assert hit.excerpt_html.startswith("… ")
        assert hit.excerpt_html.endswith(" …")
        assert len(hit.excerpt_html) < 350

    def test_the_excerpt_prefers_where_most_words_are_together(self, engine: SearchEngine) -> None:
        body = f"A fila do banco. {'Outra coisa. ' * 60}A fila da creche anda."
        entries.entry(title="X", summary="Y", body=body)
        [hit] = ask(engine, "fila creche").hits
        assert "<mark>creche</mark> anda" in hit.excerpt_html

    def test_words_of_one_root_are_one_word(self, engine: SearchEngine) -> None:
        one_root = "A vacina: vacinar, vacinando, vacinação e vacinado."
        body = f"{one_root} {'Outra coisa. ' * 60}Vacina em dia na creche."
        entries.entry(title="X", summary="Y", body=body)
        [hit] = ask(engine, "vacinação creche").hits
        assert "dia na <mark>creche</mark>" in hit.excerpt_html

    def test_parts_of_a_long_form_count_one_by_one(self, engine: SearchEngine) -> None:
        long = "a responsabilidade que a lei fiscal dá"
        entries.entry(title="X", summary="Y", body=f"A lei. {'Outra coisa. ' * 60}É {long}.")
        [hit] = ask(engine, "lei de responsabilidade fiscal").hits
        assert "<mark>responsabilidade</mark>" in hit.excerpt_html

    def test_the_summary_is_shown_where_only_the_title_meets(self, engine: SearchEngine) -> None:
        entries.entry(title="Merenda", summary="Resumo.", body="Corpo.")
        [hit] = ask(engine, "merenda").hits
        assert hit.excerpt_html == "Resumo."

    def test_without_words_nothing_is_marked(self, engine: SearchEngine) -> None:
        entries.entry(title="Merenda & cia", summary="Resumo <b>.")
        [hit] = ask(engine).hits
        assert (hit.title_html, hit.excerpt_html) == ("Merenda &amp; cia", "Resumo &lt;b&gt;.")
