"""Sites that have words already are given the newer ones once, beside what curators wrote."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from search.models import Expression
from search.seeds import first_words

pytestmark = pytest.mark.django_db


def add_words(name: str = "0010_everyday_words") -> None:
    migration = import_module(f"search.migrations.{name}")
    migration.add_words(apps, SimpleNamespace(connection=connection))


@pytest.fixture
def _a_site_of_before() -> None:
    """It has one of the first words, changed, one of its own, and one that is new elsewhere."""
    Expression.objects.all().delete()
    Expression.objects.create(text="LRF", meanings="Lei do Rio Fundo")
    Expression.objects.create(text="bairro", is_acronym=False, meanings="vizinhança")
    Expression.objects.create(text="Buraco na Rua", is_acronym=False, meanings="cratera")


@pytest.mark.usefixtures("_a_site_of_before")
def test_newer_words_come_beside_those_of_curators_which_stay_as_they_are() -> None:
    add_words()
    now = dict(Expression.objects.values_list("text", "meanings"))
    assert now["LRF"] == "Lei do Rio Fundo"
    assert now["Buraco na Rua"] == "cratera"
    assert "buraco na rua" not in now
    assert "bairro" in now
    newer = {word.text: word for word in first_words()}
    for text in ("bater ponto", "EIV", "Código Florestal"):
        assert now[text] == newer[text].meanings
    assert Expression.objects.get(text="SIM").is_word
    assert not Expression.objects.get(text="bater ponto").is_acronym


@pytest.mark.usefixtures("_a_site_of_before")
def test_what_a_curator_took_away_does_not_come_back() -> None:
    add_words()
    assert not Expression.objects.filter(text__in=["LDO", "merenda", "Estatuto da Cidade"]).exists()


@pytest.mark.usefixtures("_a_site_of_before")
def test_words_are_added_once() -> None:
    add_words()
    count = Expression.objects.count()
    add_words()
    assert Expression.objects.count() == count


def test_a_site_without_words_is_left_to_be_set_up() -> None:
    Expression.objects.all().delete()
    add_words()
    assert not Expression.objects.exists()


@pytest.mark.usefixtures("_a_site_of_before")
def test_words_of_everyday_speech_come_last_and_once() -> None:
    Expression.objects.create(text="Holerite", is_acronym=False, meanings="folha")
    for _ in range(2):
        add_words("0013_spoken_words")
    now = dict(Expression.objects.values_list("text", "meanings"))
    assert now["postinho"] == "posto de saúde; atenção básica"
    assert now["Holerite"] == "folha"
    assert "holerite" not in now
    assert "bater ponto" not in now
    assert not Expression.objects.get(text="postinho").is_acronym


def test_a_site_without_words_is_given_none_of_everyday_speech() -> None:
    Expression.objects.all().delete()
    add_words("0013_spoken_words")
    assert not Expression.objects.exists()
