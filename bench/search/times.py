"""How long search takes: whole pages, in process, of the judged queries, among invented pages.

    .venv/bin/python bench/search/times.py [--documents 10000] [--data FOLDER]

Makes an installation as `relevance.py` does, with as many invented pages, and asks for the page of
each judged query once, after a few that are not counted. Writes a section of bench/RESULTS.md.
CPU is the process's own; seconds on the clock are worse where others share the machine.
"""

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from measures import read_judgements
from relevance import commit, prepare
from results import write_section

_WARM_UP = 5


def measure() -> list[tuple[float, float, str]]:
    """Milliseconds of CPU and on the clock of each query's page, the slowest last."""
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    queries = [judged.query for judged in read_judgements()]
    found = []
    for number, text in enumerate(queries[:_WARM_UP] + queries):
        clock, cpu = time.perf_counter(), time.process_time()
        answer = client.get("/busca/", {"q": text})
        used = (time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000
        assert answer.status_code == 200, text
        if number >= _WARM_UP:
            found.append((*used, text))
    return sorted(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--data", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        data = chosen.data or Path(passing, "dados")
        os.environ["DATA_DIR"] = str(data.resolve())
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
        prepare(data, chosen.documents)
        import django

        django.setup()
        found = measure()
    cpu, clock = [each[0] for each in found], sorted(each[1] for each in found)
    middle, late = len(found) // 2, len(found) * 99 // 100
    lines = [
        f"Written by `bench/search/times.py`: the page of each of {len(found)} queries once, in",
        "process, SQLite unless DATABASE_URL says otherwise.",
        "",
        "| | p50 ms | p99 ms |",
        "|---|---|---|",
        f"| CPU | {cpu[middle]:.0f} | {cpu[late]:.0f} |",
        f"| on the clock | {clock[middle]:.0f} | {clock[late]:.0f} |",
        "",
        f"The slowest: {', '.join(f'“{text}” {used:.0f}' for used, _, text in found[-3:])} (CPU ms).",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores shared with others, {commit()}.",
    ]
    print(*lines, sep="\n")
    write_section(f"How long search takes among {chosen.documents:,} invented pages", lines)


if __name__ == "__main__":
    main()
