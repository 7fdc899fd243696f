"""How well search finds: our engine and baselines, on judged queries, among invented pages.

    .venv/bin/python bench/search/relevance.py [--half tune|report] [--data FOLDER] [--failures]

Makes an installation with its demo library and 5,000 invented pages (`manage.py seed_scale`), in a
temporary folder or in FOLDER, where the next run finds it; with DATABASE_URL in that database, which
should be empty and one's own. Asks each engine the queries of `judgements.csv`: the half `tune` is
there to improve the ranking by, the half `report` to report, and only it is written into
bench/RESULTS.md. `--failures` shows the worst
queries of our engine, of the half `tune` alone.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
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
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)
    done.touch()


def measure(judged: list[Judged], *, with_failures: bool) -> dict[str, Scores]:
    """Engine → kind of query → scores."""
    from contenders import all_contenders

    found: dict[str, Scores] = {}
    for name, make_ready in all_contenders().items():
        ask = make_ready()
        found[name] = defaultdict(list)
        for each in judged:
            answer = [page_of(url) for url in ask(each.query)]
            score = Score.of_answer(each, answer)
            found[name][each.kind].append(score)
            if with_failures and name.startswith("ours") and score.ndcg < 0.9:
                print(f"{score.ndcg:.2f} {each.kind}: {each.query}\n     ", *answer[:6])
    return found


def table(found: dict[str, Scores]) -> list[str]:
    kinds = list(next(iter(found.values())))
    lines = [f"| engine | nDCG@10 | {' | '.join(kinds)} | recall@50 | no result |"]
    lines.append("|---" * (len(kinds) + 4) + "|")
    for name, scores in found.items():
        ndcg, recall, empty = Score.mean([each for some in scores.values() for each in some])
        by_kind = " | ".join(f"{Score.mean(scores[kind])[0]:.2f}" for kind in kinds)
        lines.append(f"| {name} | {ndcg:.3f} | {by_kind} | {recall:.2f} | {empty:.0%} |")
    return lines


def closed(found: dict[str, Scores]) -> str:
    """How much of what the best baseline leaves to be wished for ours gives."""
    means = {
        name: Score.mean([each for some in scores.values() for each in some])[0]
        for name, scores in found.items()
    }
    own = max(mean for name, mean in means.items() if name.startswith("ours"))
    best, name = max((mean, name) for name, mean in means.items() if not name.startswith("ours"))
    share = (own - best) / (1 - best)
    return f"Of the gap between the best baseline ({name}) and 1, ours closes {share:.0%}."


def commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--failures", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        data = chosen.data or Path(passing, "dados")
        os.environ["DATA_DIR"] = str(data.resolve())
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
        prepare(data, DISTRACTORS)
        import django

        django.setup()
        judged = [each for each in read_judgements() if each.half == chosen.half]
        with_failures = chosen.failures and chosen.half == "tune"
        found = measure(judged, with_failures=with_failures)
    print(*table(found), closed(found), sep="\n")
    if chosen.half == "report":
        where = "PostgreSQL" if "PostgreSQL" in next(iter(found)) else "SQLite"
        write_section(
            f"How well search finds, {where}",
            [
                f"Written by `bench/search/relevance.py`: {len(judged)} queries of the half by which",
                f"the ranking was not tuned, the demo library among {DISTRACTORS:,} invented pages.",
                "nDCG@10 over all, and by kind of query.",
                "",
                *table(found),
                "",
                closed(found),
                f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
                f"{commit()}.",
            ],
        )


if __name__ == "__main__":
    main()
