"""How well search finds: our engines and baselines, on judged queries, among invented pages.

    .venv/bin/python bench/search/relevance.py [--half tune|report] [--data FOLDER] [--failures]
    .venv/bin/python bench/search/relevance.py --judgements FILE [--data FOLDER] [--failures]

Makes an installation with its demo library and 5,000 invented pages (`manage.py seed_scale`), in a
temporary folder or in FOLDER, where the next run finds it; with DATABASE_URL in that database, which
should be empty and one's own. Elasticsearch is that of ELASTICSEARCH_URL, or one that is started for
it (deploy/services.py); where none can be had, the result says which rows are missing. Asks each
engine the queries of `judgements.csv`: the half `tune` is there to improve the ranking by, the half
`report` to report, and only it is written into bench/RESULTS.md. `--failures` shows the worst
queries of our engines, of the half `tune` alone.

A FILE with the same columns is a set of somebody else's: all of it is asked, and nothing is written.
`blind.csv` holds such sets, by readers who had seen the library and neither the engine nor our queries.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from measures import Judged, Score, page_of, read_judgements  # noqa: E402
from results import write_section  # noqa: E402

DISTRACTORS = 5000
Scores = dict[str, list[Score]]


def prepare(data: Path, documents: int) -> None:
    """An installation with the demo library and invented pages, unless it is there."""
    done = data / "medida.ready"
    if done.exists():
        return
    data.mkdir(parents=True, exist_ok=True)
    for command in (
        ("serve", "--prepare-only"),
        ("seed_scale", "--documents", str(documents), "--measuring-library"),
    ):
        # It has no Elasticsearch: only what is measured there is told to it.
        alone = {**os.environ, "ELASTICSEARCH_URL": ""}
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=alone, check=True)
    done.touch()


@contextmanager
def with_elasticsearch() -> Iterator[None]:
    """The environment names one, and indexes of this run alone, if one can be had."""
    os.environ["ELASTICSEARCH_PREFIX"] = f"medida-{os.getpid()}"
    os.environ["ELASTICSEARCH_SECONDS"] = "30"
    if os.environ.get("ELASTICSEARCH_URL"):
        yield
        return
    services = [sys.executable, str(ROOT / "deploy" / "services.py")]
    given = {**os.environ, "DATABASE_URL": "postgres://not-needed"}
    said = subprocess.run(
        [*services, "start"], env=given, capture_output=True, text=True, check=False
    )
    found = re.search(r"ELASTICSEARCH_URL='(.*)'", said.stdout)
    if found is None:
        print(said.stderr or said.stdout, file=sys.stderr)
        yield
        return
    os.environ["ELASTICSEARCH_URL"] = found[1]
    try:
        yield
    finally:
        subprocess.run([*services, "stop", "ELASTICSEARCH_URL"], check=True)


def measure(judged: list[Judged], *, with_failures: bool) -> dict[str, Scores]:
    """Engine → kind of query → scores."""
    from contenders import all_contenders, forget_elasticsearch

    try:
        return {
            name: _scores(make_ready(), judged, told=with_failures and is_ours(name))
            for name, make_ready in all_contenders().items()
        }
    finally:
        forget_elasticsearch()


def _scores(ask: Callable[[str], list[str]], judged: list[Judged], *, told: bool) -> Scores:
    scores = defaultdict(list)
    for each in judged:
        answer = [page_of(url) for url in ask(each.query)]
        score = Score.of_answer(each, answer)
        scores[each.kind].append(score)
        if told and score.ndcg < 0.9:
            print(f"{score.ndcg:.2f} {each.kind}: {each.query}\n     ", *answer[:6])
    return scores


def is_ours(name: str) -> bool:
    return name.startswith("ours")


def tables(found: dict[str, Scores]) -> list[str]:
    """nDCG, then recall and the share of empty answers, over all and by kind of query."""
    kinds = list(next(iter(found.values())))
    means = {
        name: [
            Score.mean([each for some in scores.values() for each in some]),
            *(Score.mean(scores[kind]) for kind in kinds),
        ]
        for name, scores in found.items()
    }
    return [
        *_table("nDCG@10", kinds, {n: [f"{m[0]:.3f}" for m in some] for n, some in means.items()}),
        "",
        *_table(
            "recall@50, no result",
            kinds,
            {n: [f"{m[1]:.2f}, {m[2]:.0%}" for m in some] for n, some in means.items()},
        ),
    ]


def _table(what: str, kinds: list[str], rows: dict[str, list[str]]) -> list[str]:
    lines = [f"| {what} | all | {' | '.join(kinds)} |", "|---" * (len(kinds) + 2) + "|"]
    return [*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())]


def closed(found: dict[str, Scores]) -> str:
    """How much of what the best baseline leaves to be wished for each of ours gives."""
    means = {
        name: Score.mean([each for some in scores.values() for each in some])[0]
        for name, scores in found.items()
    }
    best, name = max((mean, name) for name, mean in means.items() if not is_ours(name))
    shares = ", ".join(
        f"{(mean - best) / (1 - best):.0%} ({own})" for own, mean in means.items() if is_ours(own)
    )
    return f"Of the gap between the best baseline ({name}) and 1, ours close {shares}."


def commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--judgements", type=Path)
    parser.add_argument("--failures", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing, with_elasticsearch():
        data = chosen.data or Path(passing, "dados")
        os.environ["DATA_DIR"] = str(data.resolve())
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
        prepare(data, DISTRACTORS)
        import django

        django.setup()
        if chosen.judgements:
            judged = read_judgements(chosen.judgements)
        else:
            judged = [each for each in read_judgements() if each.half == chosen.half]
        is_reported = chosen.half == "report" and not chosen.judgements
        with_failures = chosen.failures and not is_reported
        found = measure(judged, with_failures=with_failures)
    print(*tables(found), closed(found), sep="\n")
    if is_reported:
        write_section(*section(judged, found))


def section(judged: list[Judged], found: dict[str, Scores]) -> tuple[str, list[str]]:
    where = "PostgreSQL" if any("PostgreSQL" in name for name in found) else "SQLite"
    has_elastic = any("Elasticsearch" in name for name in found)
    missing = [] if has_elastic else ["No Elasticsearch could be had: its rows are missing.", ""]
    return f"How well search finds, {where}", [
        f"Written by `bench/search/relevance.py`: {len(judged)} queries of the half by which",
        f"the ranking was not tuned, the demo library among {DISTRACTORS:,} invented pages.",
        "nDCG@10 over all, and by kind of query. Baselines look for any word in the same columns;",
        "Elasticsearch by `multi_match` (the best field, title 10, keywords and summary 5, body 2).",
        "",
        *missing,
        *tables(found),
        "",
        closed(found),
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, {commit()}.",
    ]


if __name__ == "__main__":
    main()
