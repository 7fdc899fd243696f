"""Portuguese as search reads it: which words meet, and which must stay apart."""

import unicodedata

import pytest

from search.language import fold, term_of, terms, tokens

MEET = [
    # accents and case
    ("orçamento", "orcamento"),
    ("ORÇAMENTO", "orçamento"),
    ("Licitação", "licitacao"),
    ("ônibus", "onibus"),
    ("saúde", "saude"),
    # plurals
    ("orçamento", "orçamentos"),
    ("orçamento", "orcamentos"),
    ("escola", "escolas"),
    ("creche", "creches"),
    ("licitação", "licitações"),
    ("licitação", "licitacoes"),
    ("licitacao", "licitações"),
    ("licitacao", "licitacoes"),
    ("gestão", "gestões"),
    ("pregão", "pregoes"),
    ("cidadão", "cidadãos"),
    ("cidadao", "cidadaos"),
    ("pão", "pães"),
    ("municipal", "municipais"),
    ("hospital", "hospitais"),
    ("edital", "editais"),
    ("papel", "papéis"),
    ("papel", "papeis"),
    ("útil", "úteis"),
    ("util", "uteis"),
    ("país", "países"),
    ("lençol", "lençóis"),
    ("funil", "funis"),
    ("professor", "professores"),
    ("servidor", "servidores"),
    ("luz", "luzes"),
    ("mês", "meses"),
    ("viagem", "viagens"),
    ("jovem", "jovens"),
    # feminine
    ("professora", "professor"),
    ("servidoras", "servidor"),
    ("público", "públicas"),
    ("administrativo", "administrativas"),
    # adverbs
    ("anual", "anualmente"),
    # numbers
    ("art. 1º", "art 1"),
    ("2ª", "2"),
    ("14.133", "14133"),
    ("101/2000", "101/2000"),
    ("R$ 1.500.000", "R$ 1500000"),
    ("alvará", "alvara"),
    ("Tupinambá", "tupinamba"),
    ("comitê", "comite"),
    ("alvarás", "alvara"),
]

APART = [
    ("universidade", "universo"),
    ("casa", "caso"),
    ("gestão", "gestante"),
    ("carta", "carro"),
    ("plano", "planta"),
    ("lei", "leitura"),
    ("saúde", "saudade"),
    ("merenda", "emenda"),
    ("obra", "obrigação"),
    ("14.133", "13.133"),
    ("SUAS", "sua"),
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_words_meet(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["orçamento público", "Licitações", "às crianças não há país"])
def test_both_ways_of_writing_an_accent_are_one(text: str, form: str) -> None:
    """What is pasted from a PDF or typed on a Mac often has its accents apart."""
    assert terms(unicodedata.normalize(form, text)) == terms(text)


@pytest.mark.parametrize(
    "written",
    ["lei 14133", "lei 14.133", "Lei nº 14.133", "lei n. 14.133", "LEI N° 14133", "lei n.º 14.133"],
)
def test_a_law_is_found_however_its_number_is_written(written: str) -> None:
    assert terms(written) == ["lei", "14133"]


def test_the_year_of_a_law_is_a_word_of_its_own() -> None:
    assert terms("14.133/2021") == ["14133", "2021"]


@pytest.mark.parametrize(
    "text", ["como é que a gente não", "de da do dos das", "para os", "você já foi", "", "  ", "?!"]
)
def test_words_that_say_nothing_are_left_out(text: str) -> None:
    assert set(terms(text)) <= {"gent"}


def test_acronyms_that_look_like_small_words_are_kept() -> None:
    assert terms("SUS") == ["sus"]
    assert terms("CRAS") == ["cras"]
    assert terms("O SUAS cuida das suas famílias") == ["suas", "cuid", "famili"]


def test_tokens_say_where_each_word_stands() -> None:
    text = "Às 8h, a Lei 14.133/2021."
    found = [(text[token.start : token.end], token.term) for token in tokens(text)]
    assert found == [("8h", "8h"), ("Lei", "lei"), ("14.133", "14133"), ("2021", "2021")]


def test_a_token_with_separate_accents_is_one_word_of_the_text() -> None:
    text = unicodedata.normalize("NFD", "a gestão")
    [token] = tokens(text)
    assert unicodedata.normalize("NFC", text[token.start : token.end]) == "gestão"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÀÉÎÕÜÇ", "aeiouc"), ("São João", "sao joao"), ("straße", "straße"), ("", "")],
)
def test_fold_takes_case_and_accents_away(text: str, folded: str) -> None:
    assert fold(text) == folded


HOSTILE = [
    "\x00",
    "\ud800",
    "\u202eabc",
    "👩🏽‍⚕️",
    "字字字",
    "a" * 10_000,
    "ã" * 10_000,
    "1.2.3.4.5",
    "." * 1000,
    "\u0301\u0301",
    "e\u0301" * 3000,
    "'; DROP TABLE",
    'AND OR NOT NEAR("x" "y", 3) * ^ - + : { } [ ]',
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_has_terms_of_letters_and_digits_alone(text: str) -> None:
    for term in terms(text):
        assert term
        assert all(char.isalnum() or unicodedata.combining(char) for char in term), term


@pytest.mark.parametrize("word", [word for pair in MEET for word in pair if word.isalpha()])
def test_a_term_is_its_own_term_or_shorter(word: str) -> None:
    """Stemming a stem takes nothing essential away: a term typed as a word is found again."""
    assert len(term_of(word)) <= len(word)
