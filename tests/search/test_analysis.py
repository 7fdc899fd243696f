"""Elasticsearch keeps the terms of a text one by one, as the site read them. Without its address there
is nothing here to run."""

import unicodedata
from pathlib import Path

import pytest
from django.conf import settings as configured

from search.elastic.analysis import LONGEST_TERM
from search.elastic.client import patient_client
from search.elastic.documents import kept
from search.elastic.index import alias
from search.language import OVERRIDES, STOP_WORDS, terms, words
from tests.search.test_language import APART, MEET

DEMO = Path(configured.BASE_DIR) / "fixtures" / "demo"
WRITTEN = [
    "O SUAS cuida das suas famílias. SUAS! suasório SUASx",
    "R$ 1.500.000, art. 1º, 2ª, 14.133/2021, 14.133-A, v1.2 2.5kg 1.2.3.4 Covid19 1990s 3acoes m² ½",
    "lei nº 14.133, N.º 5, n 5, 10.º nono",
    "alvará alvarás comitês avós maiô ômega Água ÁREA áreas",
    "pesquisa de preços e da qualidade dos serviços públicos",
    "útil inútil úteis país países paisagem lápis ônibus creas creás",
    "mulheres, homens, animais; papéis, funis, lençóis: viagens… capitães mãos",
    "professora professoras rapidamente administrativas patroa holandesa menina montanha",
    "straße cœur Ærø naïve piñata São-José d'água guarda-chuva e-SIC CadÚnico",
    "под землёй 学校 مدرسة ١٤ 👩🏽‍⚕️ \u202eabc a_b __x__ x" + "y" * 300,
    "a" * 5000,
    "1." * 20 + "7",
]


def check(text: str) -> None:
    """Every term is one in the index, in the same order: no word is lost, or split, or read again."""
    found = terms(text)
    said = patient_client().indices.analyze(index=alias(), analyzer="terms", text=kept(words(text)))
    assert [token["position"] for token in said["tokens"]] == list(range(len(found)))
    for term, token in zip(found, said["tokens"], strict=True):
        if term.isascii():
            assert token["token"] == term[:LONGEST_TERM]


if configured.TEST_ELASTICSEARCH_URL:
    pytestmark = pytest.mark.usefixtures("elasticsearch")

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_the_words_of_the_measure(form: str) -> None:
        for pair in (*MEET, *APART):
            for text in pair:
                check(unicodedata.normalize(form, text))

    @pytest.mark.parametrize("text", WRITTEN, ids=range(len(WRITTEN)))
    def test_what_is_hard_to_read(text: str) -> None:
        check(text)
        check(text.upper())

    def test_stop_words_and_overrides() -> None:
        for words in (sorted(STOP_WORDS), sorted(OVERRIDES)):
            check(" ".join(words))
            check(" ".join(words).upper())

    def test_every_word_of_the_demo_library() -> None:
        read = 0
        for path in sorted(DEMO.rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            for start in range(0, len(text), 20_000):
                check(text[start : start + 20_000])
            read += 1
        assert read > 20
