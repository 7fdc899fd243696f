"""What to read next: the rules of `knowledge.related` beside Elasticsearch's `more_like_this`.

    .venv/bin/python bench/search/related.py [--pool] [--data FOLDER]

Needs ELASTICSEARCH_URL. Makes an installation with its demo library in a temporary folder, or in
FOLDER, where the next run finds it. For forty pages both give their first four. `--pool` writes what
has yet to be judged into `related.csv`, by the end of the address and without saying who suggested it;
without it the judgements there are counted and the result is written into bench/RESULTS.md.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from measures import discounted, gain, page_of  # noqa: E402
from results import write_section  # noqa: E402

JUDGEMENTS = Path(__file__).with_name("related.csv")
COLUMNS = (
    "page",
    "suggested",
    "grade",
)  # 3 the next step, 2 helps, 1 touches the matter, 0 nothing
PAGES, SHOWN = 40, 4
Grades = dict[tuple[str, str], int]
Suggester = Callable[[int], list[str]]


def by_rules(pk: int, *, themes: bool = True) -> list[str]:
    """The rules, without what curators chose; without themes as in a library that has just begun."""
    from dataclasses import replace

    from accounts.audience import ANYBODY
    from knowledge import related
    from knowledge.models import ResourcePage

    facts = replace(ResourcePage.objects.get(pk=pk).specific.facts(), related=[])
    if not themes:
        facts = replace(facts, themes=[])
    return [page_of(entry.url) for entry in related.related_to(facts, ANYBODY, {pk})]


def by_likeness(pk: int) -> list[str]:
    """Elasticsearch, over all that it reads of a page."""
    from search.elastic.asking import readable
    from search.elastic.client import patient_client
    from search.elastic.index import alias
    from search.models import Entry

    like = {
        "fields": ["title", "keywords", "summary", "body", "subject"],
        "like": [{"_index": alias(), "_id": str(pk)}],
        "min_term_freq": 1,
        "min_doc_freq": 2,
        "max_query_terms": 40,
        "minimum_should_match": "20%",
    }
    query = {"bool": {"must": {"more_like_this": like}, "filter": readable({"public"})}}
    said = patient_client().search(index=alias(), query=query, size=SHOWN, source=False)
    urls = dict(Entry.objects.values_list("pk", "url"))
    return [page_of(urls[int(hit["_id"])]) for hit in said["hits"]["hits"]]


def pages() -> list[tuple[int, str]]:
    """Forty pages of the library, evenly over the alphabet."""
    from search.models import Entry

    known = sorted(
        (page_of(url), pk)
        for pk, url in Entry.objects.exclude(kind="podcast").values_list("pk", "url")
    )
    step = len(known) / PAGES
    return [(known[int(at * step)][1], known[int(at * step)][0]) for at in range(PAGES)]


def suggesters() -> dict[str, Suggester]:
    return {
        "rules": by_rules,
        "`more_like_this`": by_likeness,
        "rules, no page has a theme": lambda pk: by_rules(pk, themes=False),
    }


def read() -> Grades:
    if not JUDGEMENTS.exists():
        return {}
    with JUDGEMENTS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["grade"]]
    return {(row["page"], row["suggested"]): int(row["grade"]) for row in rows}


def pool(pairs: Iterable[tuple[str, str]], grades: Grades) -> None:
    """Write what was judged, and what was not with no grade, in the order of the alphabet."""
    with JUDGEMENTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for pair in sorted({*pairs, *grades}):
            writer.writerow([*pair, grades.get(pair, "")])


def row(name: str, found: dict[str, list[str]], grades: Grades) -> str:
    """What the suggestions of one are worth, over all pages."""
    best: dict[str, list[int]] = {}
    for (page, _), grade in grades.items():
        best.setdefault(page, []).append(grade)
    given = {page: [grades[page, each] for each in some] for page, some in found.items()}
    ndcg = [
        discounted(map(gain, some))
        / discounted(sorted(map(gain, best[page]), reverse=True)[:SHOWN])
        for page, some in given.items()
    ]
    all_given = [grade for some in given.values() for grade in some]
    useful, useless = (sum(test(each) for each in all_given) for test in ((2).__le__, (0).__eq__))
    short = sum(len(some) < SHOWN for some in given.values())
    count = len(given)
    return (
        f"| {name} | {sum(ndcg) / count:.3f} | {sum(all_given) / (SHOWN * count):.2f} "
        f"| {useful / count:.2f} | {useless / count:.2f} | {short} |"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pool", action="store_true", help="write what has yet to be judged")
    options.add_argument("--data", type=Path, help="where the installation is, or will be")
    chosen = options.parse_args()
    os.environ.setdefault("ELASTICSEARCH_PREFIX", "medida")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    os.environ["DATA_DIR"] = str((chosen.data or Path(tempfile.mkdtemp())).resolve())
    for command in (("serve", "--prepare-only"), ("reindex",)):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)
    import django

    django.setup()
    grades = read()
    found = {
        name: {page: suggest(pk) for pk, page in pages()} for name, suggest in suggesters().items()
    }
    pairs = {
        (page, each) for some in found.values() for page, given in some.items() for each in given
    }
    if chosen.pool or pairs - grades.keys():
        pool(pairs, grades)
        print(f"{len(pairs - grades.keys())} to be judged in {JUDGEMENTS.name}")
        return
    write_section(
        "What to read next",
        [
            f"Written by `bench/search/related.py`: {PAGES} pages of the demo library, the first four",
            f"of each way, {len(grades)} pairs judged from 0 to 3 without knowing whose they were.",
            "",
            "| | nDCG@4 | mean grade | of four, useful (2, 3) | of no use (0) | pages with fewer |",
            "|---|---|---|---|---|---|",
            *(row(name, given, grades) for name, given in found.items()),
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, Elasticsearch beside SQLite.",
        ],
    )


if __name__ == "__main__":
    main()
