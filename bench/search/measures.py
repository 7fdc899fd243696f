"""How good an answer is, by what people judged of it beforehand.

Judged were the first ten of every engine and baseline together, without telling which found what.
Invented pages answer nothing.
"""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

JUDGEMENTS = Path(__file__).with_name("judgements.csv")
COLUMNS = ("half", "kind", "query", "answers", "helps", "touches")
# What a page is worth to who asked: it answers, it helps, it touches the matter.
_GRADES = {"answers": 3, "helps": 2, "touches": 1}
_SHOWN, _LOOKED_THROUGH = 10, 50


@dataclass(frozen=True)
class Judged:
    """A query, and the pages that are of use to who typed it: the end of the address → grade."""

    half: str
    kind: str
    query: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Score:
    """What an answer is worth: nDCG of the first ten, recall of the first fifty, nothing at all."""

    ndcg: float
    recall: float
    is_empty: bool

    @classmethod
    def of_answer(cls, judged: Judged, answer: Sequence[str]) -> "Score":
        gains = [gain(judged.grades.get(page, 0)) for page in answer[:_SHOWN]]
        best = sorted(map(gain, judged.grades.values()), reverse=True)[:_SHOWN]
        found = set(answer[:_LOOKED_THROUGH]) & set(judged.grades)
        return cls(
            discounted(gains) / discounted(best), len(found) / len(judged.grades), not answer
        )

    @classmethod
    def mean(cls, scores: "Sequence[Score]") -> tuple[float, float, float]:
        """nDCG, recall, and the share of answers that were empty."""
        count = len(scores)
        return (
            sum(each.ndcg for each in scores) / count,
            sum(each.recall for each in scores) / count,
            sum(each.is_empty for each in scores) / count,
        )


def read_judgements(path: Path = JUDGEMENTS) -> list[Judged]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                row["half"],
                row["kind"],
                row["query"],
                {page: grade for name, grade in _GRADES.items() for page in row[name].split()},
            )
            for row in csv.DictReader(file)
        ]


def page_of(address: str) -> str:
    """A page as the judgements name it: the end of its address."""
    return address.rstrip("/").rsplit("/", 1)[-1]


def gain(grade: int) -> int:
    return 2**grade - 1


def discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
