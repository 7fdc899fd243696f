"""How long search takes: engine, page and suggestions, in process, of the judged queries.

    .venv/bin/python bench/search/times.py [--documents 10000] [--data FOLDER]

Makes an installation as `relevance.py` does, with as many invented pages, and asks each judged query
once, after five rounds that are not counted: a server has answered before, and Java compiles only
what it has done some thousand times. With ELASTICSEARCH_URL it builds the index first, and says how long
that took. Writes a section of bench/RESULTS.md. CPU is the process's own; seconds on the clock, and
those of Elasticsearch, are worse where others share the machine.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measures import read_judgements
from relevance import commit, prepare
from results import write_section

_UNCOUNTED = 5


@dataclass(frozen=True)
class Taken:
    """Milliseconds of CPU and on the clock of one answer, and what was asked."""

    cpu: float
    clock: float
    text: str


def measure(ask: Callable[[str], Any], texts: list[str]) -> list[Taken]:
    """What each answer takes, the slowest last."""
    for text in texts * _UNCOUNTED:
        ask(text)
    found = []
    for text in texts:
        clock, cpu = time.perf_counter(), time.process_time()
        ask(text)
        used = (time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000
        found.append(Taken(*used, text))
    return sorted(found, key=lambda each: each.cpu)


def line(name: str, found: list[Taken]) -> str:
    cpu, clock = [each.cpu for each in found], sorted(each.clock for each in found)
    middle, late = len(found) // 2, len(found) * 99 // 100
    return f"| {name} | {cpu[middle]:.0f} | {cpu[late]:.0f} | {clock[middle]:.0f} | {clock[late]:.0f} |"


def rebuilt() -> str:
    """Build the index of Elasticsearch; how long that took, and how much memory."""
    from django.core.management import call_command

    from search.models import Entry

    clock, cpu = time.perf_counter(), time.process_time()
    call_command("reindex")
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    count, peak = Entry.objects.count(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"`manage.py reindex`: {count / clock:,.0f} documents a second on the clock, "
        f"{count / cpu:,.0f} a second of our CPU, {peak:.0f} MB at the most."
    )


def measured(queries: list[str]) -> list[str]:
    """The lines of the section."""
    from django.conf import settings
    from django.test import Client

    from accounts.audience import ANYBODY
    from search import services
    from search.engines import SearchRequest

    settings.ALLOWED_HOSTS = ["*"]
    settings.ELASTICSEARCH_SECONDS = 30.0  # a slow answer is to be counted, not given up
    built = [rebuilt(), ""] if settings.ELASTICSEARCH_URL else []
    client = Client()

    def engine(text: str) -> None:
        answer = services.search(SearchRequest(keys=ANYBODY, text=text, order="relevancia"))
        assert not answer.is_simpler, text

    def page(text: str) -> None:
        assert client.get("/busca/", {"q": text}).status_code == 200, text

    def suggested(text: str) -> None:
        assert client.get("/busca/sugestoes/", {"q": text[:5]}).status_code == 200, text

    pages = measure(page, queries)
    slowest = ", ".join(f"“{each.text}” {each.cpu:.0f}" for each in pages[-3:])
    return [
        "| | CPU p50 ms | CPU p99 ms | clock p50 ms | clock p99 ms |",
        "|---|---|---|---|---|",
        line("engine", measure(engine, queries)),
        line("page", pages),
        line("suggestions", measure(suggested, queries)),
        "",
        *built,
        f"The slowest pages: {slowest} (CPU ms).",
    ]


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
        import config.wsgi  # noqa: F401  (as a server has it)

        queries = [judged.query for judged in read_judgements()]
        found = measured(queries)
    engine = "Elasticsearch" if os.environ.get("ELASTICSEARCH_URL") else "the embedded engine"
    rows = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    lines = [
        f"Written by `bench/search/times.py`: each of {len(queries)} queries once, in process, "
        f"after {_UNCOUNTED} rounds that are not counted.",
        "",
        *found,
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores shared with others, {commit()}.",
    ]
    print(*lines, sep="\n")
    write_section(
        f"How long {engine} takes among {chosen.documents:,} invented pages, {rows}", lines
    )


if __name__ == "__main__":
    main()
