"""The judged queries by which search is measured, and the measure itself."""

import csv
import importlib.util
import math
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings

from home.demo import trails

FOLDER = Path(settings.BASE_DIR) / "bench" / "search"
DEMO = Path(settings.BASE_DIR) / "fixtures" / "demo"
ROWS = list(csv.DictReader((FOLDER / "judgements.csv").open(encoding="utf-8", newline="")))
BLIND = list(csv.DictReader((FOLDER / "blind.csv").open(encoding="utf-8", newline="")))
GRADES = ("answers", "helps", "touches")


@pytest.fixture(scope="module")
def measures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measures", FOLDER / "measures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pages() -> set[str]:
    texts = [*(DEMO / "acervo").glob("*.md"), *(DEMO / "podcasts").glob("*.md")]
    return {path.stem for path in texts} | {each["slug"] for each in trail_texts()}


def trail_texts() -> list[Any]:
    return list(trails.TRAILS)


def test_every_judged_page_is_in_the_demo_library() -> None:
    judged = {page for row in ROWS + BLIND for grade in GRADES for page in row[grade].split()}
    assert judged - pages() == set()


def test_every_page_of_the_demo_library_is_looked_for() -> None:
    judged = {page for row in ROWS for grade in GRADES for page in row[grade].split()}
    assert pages() - judged == set()


def test_there_are_enough_queries_of_each_kind() -> None:
    kinds = Counter(row["kind"] for row in ROWS)
    assert len(kinds) == 6
    assert min(kinds.values()) >= 25
    assert len(ROWS) >= 150


def test_queries_of_others_are_asked_once_and_not_graded_twice() -> None:
    asked = [row["query"].lower() for row in BLIND]
    assert sorted(asked) == sorted(set(asked))
    for row in BLIND:
        graded = [page for grade in GRADES for page in row[grade].split()]
        assert graded
        assert sorted(graded) == sorted(set(graded)), row["query"]


def test_halves_take_turns() -> None:
    """Nobody has chosen what the ranking is tuned by and what is reported."""
    assert [row["half"] for row in ROWS] == ["tune", "report"] * (len(ROWS) // 2)


def test_rows_are_well_formed() -> None:
    assert [row for row in ROWS if None in row or None in row.values()] == []
    queries = [row["query"] for row in ROWS]
    assert [text for text, count in Counter(queries).items() if count > 1] == []
    for row in ROWS:
        judged = [page for grade in GRADES for page in row[grade].split()]
        assert judged, row["query"]
        assert len(judged) == len(set(judged)), row["query"]


def test_the_best_order_scores_one_and_a_worse_one_less(measures: ModuleType) -> None:
    judged = measures.Judged("tune", "acronym", "q", {"a": 3, "b": 1})
    best = measures.Score.of_answer(judged, ["a", "b", "x"])
    assert (best.ndcg, best.recall, best.is_empty) == (1.0, 1.0, False)
    worse = measures.Score.of_answer(judged, ["x", "b"])
    assert worse.ndcg == pytest.approx((1 / math.log2(3)) / (7 + 1 / math.log2(3)))
    assert worse.recall == 0.5
    nothing = measures.Score.of_answer(judged, [])
    assert (nothing.ndcg, nothing.recall, nothing.is_empty) == (0.0, 0.0, True)


def test_the_judgements_are_read_with_their_grades(measures: ModuleType) -> None:
    read = measures.read_judgements()
    assert len(read) == len(ROWS)
    first = read[0]
    assert first.query == "LRF"
    assert first.grades["limites-da-lrf-sem-susto"] == 3
    assert first.grades["orcamento-publico-sem-medo"] == 2
    assert measures.page_of("/acervo/limites-da-lrf-sem-susto/") in first.grades
