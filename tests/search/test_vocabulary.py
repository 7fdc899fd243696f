"""Acronyms and synonyms: the first words of a site, and curators who change them."""

import time
from itertools import combinations, permutations

import pytest
from django.test import Client
from django.urls import reverse

from search import kept
from search.language import fold, terms
from search.models import Expression
from search.query import understand
from search.seeds import first_words, seed
from search.seeds.everyday import EVERYDAY
from search.seeds.spoken import SPOKEN

pytestmark = pytest.mark.django_db


def test_a_new_site_knows_the_acronyms_of_municipal_work() -> None:
    known = {item.text: item for item in Expression.objects.all()}
    assert len(known) > 120
    assert known["LRF"].meanings.startswith("Lei de Responsabilidade Fiscal")
    assert known["PAR"].is_word
    assert not known["merenda"].is_acronym


def test_every_first_word_means_something_in_words() -> None:
    for item in Expression.objects.all():
        item.full_clean()
        for reading in item.as_readings():
            assert all(form.terms for form in reading), item.text


def test_first_words_say_each_thing_once() -> None:
    """No expression has two lines, no line says a form twice, no two lines say the same two forms."""
    texts: list[str] = []
    pairs: list[tuple[tuple[str, ...], ...]] = []
    for item in first_words():
        texts.append(fold(item.text))
        for reading in item.as_readings():
            forms = [form.terms for form in reading]
            assert len(set(forms)) == len(forms), item.text
            if not item.is_acronym:
                pairs += combinations(sorted(forms), 2)
    assert sorted(texts) == sorted(set(texts))
    assert sorted(pairs) == sorted(set(pairs))


@pytest.mark.parametrize(("words", "least"), [(EVERYDAY, 300), (SPOKEN, 200)])
def test_everyday_words_lead_to_those_of_offices_and_back(words: str, least: int) -> None:
    lines = [line for line in words.strip().splitlines() if not line.startswith("#")]
    assert len(lines) > least
    for text, meanings in (line.split(" = ") for line in lines):
        forms = [text, *meanings.split("; ")]
        for typed, other in permutations(forms, 2):
            met = {atom.terms for clause in understand(typed).wanted for atom in clause.atoms}
            assert tuple(terms(other)) in met, (typed, other)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("SIOPE", "orçamentos públicos em saúde"),
        ("SIOPS", "orçamentos públicos em educação"),
        ("LOA", "assistência social"),
        ("LDO", "plano plurianual"),
        ("RREO", "gestão fiscal"),
        ("RPPS", "regime geral"),
        ("CRAS", "especializado"),
        ("terreno", "escritura"),
        ("imposto", "IPTU"),
        ("esgoto", "água"),
        ("aluno", "professor"),
        ("fiscal", "fiscalização"),
    ],
)
def test_what_is_only_near_stays_apart(typed: str, other: str) -> None:
    met = {
        term for clause in understand(typed).wanted for atom in clause.atoms for term in atom.terms
    }
    assert not set(terms(other)) <= met


def test_first_words_are_given_once() -> None:
    Expression.objects.exclude(text="LRF").delete()
    assert seed() == 0
    assert Expression.objects.count() == 1


def test_another_process_learns_of_a_change_within_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(understand("xyzt").wanted[0].atoms) == 1
    Expression.objects.bulk_create([Expression(text="XYZT", meanings="Outra coisa")])  # no signal
    assert len(understand("xyzt").wanted[0].atoms) == 1
    later = time.monotonic() + 59
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)
    assert len(understand("xyzt").wanted[0].atoms) == 2


def test_a_curator_adds_an_acronym(curator_client: Client) -> None:
    address = reverse("wagtailsnippets_search_expression:add")
    form = {"text": "NALE", "meanings": "Núcleo de Apoio à Leitura", "is_acronym": "on"}
    assert curator_client.post(address, form).status_code == 302
    assert len(understand("nale").wanted[0].atoms) == 2


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": "?!", "meanings": "Coisa"}, "Escreva ao menos uma letra ou um número."),
        ({"text": "NALE", "meanings": "; ;"}, "Escreva ao menos um sentido, em palavras."),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    curator_client: Client, form: dict[str, str], sentence: str
) -> None:
    answer = curator_client.post(reverse("wagtailsnippets_search_expression:add"), form)
    assert sentence in answer.content.decode()


def test_authors_do_not_change_the_words_of_the_search(author_client: Client) -> None:
    assert author_client.get(reverse("wagtailsnippets_search_expression:add")).status_code == 302
