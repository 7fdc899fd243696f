"""What a feed of 1,000 episodes costs, beside django-cast and plain feedgen in the same run.

    .venv/bin/python bench/feeds.py [episodes]

Makes an installation with its demo library in a temporary folder, gives a show so many copies of an
episode, and asks for the feed in process (bench/long_feed.py). The others run in an environment of
their own (bench/peers). Writes a section of bench/RESULTS.md; the times are CPU.
"""

import json
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from results import write_section
from running import run

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).with_name("peers")
EPISODES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000


def ours(folder: Path) -> dict[str, Any]:
    variables = {
        "DATA_DIR": str(folder / "dados"),
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
    }
    run([sys.executable, "manage.py", "serve", "--prepare-only"], ROOT, **variables)
    variables["PYTHONPATH"] = str(ROOT)
    said = run([sys.executable, "bench/long_feed.py", str(EPISODES)], ROOT, **variables)
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def peers(folder: Path) -> dict[str, dict[str, Any]]:
    python = folder / "peers" / "bin" / "python"
    venv.create(folder / "peers", with_pip=True)
    install = [str(python), "-m", "pip", "install", "-q", "-r", str(PEERS / "requirements.txt")]
    run(install, ROOT)
    (folder / "peer-site").mkdir()
    asked = [str(python), str(PEERS / "feeds.py"), str(EPISODES), str(folder / "peer-site")]
    found: dict[str, dict[str, Any]] = json.loads(run(asked, ROOT).splitlines()[-1])
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own, others = ours(folder), peers(folder)
    cast, feedgen = others["django-cast"], others["feedgen"]

    def row(name: str, *cells: object) -> str:
        shown = [f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells]
        return f"| {name} | {' | '.join(shown)} |"

    write_section(
        "What a long feed costs",
        [
            f"Written by `bench/feeds.py`: a show of {own['items']} episodes with notes, chapters and",
            "transcripts, SQLite. One request to the WSGI application, in process: all middlewares, the",
            "database, the body read to its end, and closing; no network. CPU milliseconds, medians.",
            "Cold: the items stand rendered in the database, nothing of the feed is in memory.",
            "",
            "| feed | queries | cold | queries, warm | warm | queries, 304 | 304 | bytes |",
            "|---|---|---|---|---|---|---|---|",
            row(
                f"ours, first of {own['pages']} pages",
                own["queries"],
                own["cold"],
                own["warm_queries"],
                own["warm"],
                own["unchanged_queries"],
                own["unchanged"],
                own["bytes"],
            ),
            row("ours, all pages", "", own["all"], *[""] * 5),
            row(
                f"django-cast, {cast['items']} items",
                *(cast[key] for key in ("queries", "cold", "warm_queries", "warm")),
                *(cast[key] for key in ("unchanged_queries", "unchanged", "bytes")),
            ),
            row("feedgen, no database", 0, feedgen["cold"], *[""] * 4, feedgen["bytes"]),
            "",
            f"Rendering all items anew (a show renamed): {own['written']:.0f} ms. "
            + ("The feed was the same, byte for byte." if own["is_same"] else "The feed DIFFERED."),
        ],
    )


if __name__ == "__main__":
    main()
