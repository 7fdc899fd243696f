"""Which words are Portuguese, and which are said alike."""

from pathlib import Path
from typing import Any

import pytest
import simplemma
from django.core.management import call_command

from search import portuguese

pytestmark = pytest.mark.django_db  # with it comes what `prepare_site` makes


@pytest.mark.parametrize("word", ["vidro", "licitacao", "licitassem", "pregoes", "correr"])
def test_a_form_is_known_as_it_is_folded(word: str) -> None:
    assert portuguese.is_word(word)


@pytest.mark.parametrize("word", ["exesso", "trasporte", "licitação", "", "14133"])
def test_what_is_no_form_is_not(word: str) -> None:
    assert not portuguese.is_word(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("presos", "preços"),
        ("praso", "prazo"),
        ("crexe", "creche"),
        ("linguajem", "linguagem"),
        ("fiscau", "fiscal"),
        ("conçelho", "conselho"),
        ("acesso", "aceço"),
        ("exceção", "esceção"),
        ("ora", "hora"),
        ("canpo", "campo"),
        ("orçamento", "orsamento"),
    ],
)
def test_said_alike(one: str, other: str) -> None:
    assert portuguese.sound_of(one) == portuguese.sound_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("gato", "jato"), ("caso", "saso"), ("banho", "bano"), ("filho", "fio"), ("chá", "cá")],
)
def test_not_said_alike(one: str, other: str) -> None:
    assert portuguese.sound_of(one) != portuguese.sound_of(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exesso", "excesso"),  # a letter is missing
        ("ouviddoria", "ouvidoria"),  # there is one too many
        ("merebda", "merenda"),  # another one
        ("merneda", "merenda"),  # exchanged
        ("revizao", "revisão"),  # of several, the one that is said alike
        ("licitassao", "licitação"),  # two letters for one
        ("fata", None),  # of several, none
        ("zoneamneto", None),  # of none
    ],
)
def test_one_letter_away(typed: str, meant: str | None) -> None:
    assert portuguese.one_letter_from(typed) == meant


def test_it_is_made_once(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert not portuguese.is_word("vidro")
    assert portuguese.one_letter_from("vidrro") is None
    call_command("prepare_site")
    (made,) = tmp_path.glob("*.trie")
    before = made.stat()
    call_command("prepare_site")
    assert made.stat().st_mtime_ns == before.st_mtime_ns
    assert portuguese.is_word("vidro")


def test_what_was_half_written_is_not_read(settings: Any, tmp_path: Path) -> None:
    """Who was stopped while making it leaves a file of another name."""
    settings.DATA_DIR = tmp_path
    (tmp_path / f"portuguese-{simplemma.__version__}.123").write_bytes(b"half")
    assert not portuguese.is_word("vidro")
    portuguese.prepare()
    assert portuguese.is_word("vidro")
