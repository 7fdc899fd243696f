"""What a feed of 1,000 episodes costs, beside django-cast and plain feedgen in the same run.

    .venv/bin/python bench/feeds.py [episodes]

Makes an installation with its demo library in a temporary folder, gives the first show so many
copies of an episode, and asks for the feed in process (no network). The others run in an
environment of their own (bench/peers). Writes a section of bench/RESULTS.md; the times are CPU.
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
MEASURE = """
import json, sys
import django
django.setup()
sys.path.insert(0, "bench/peers")
from feeds import cpu_ms
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page
from podcasts import feeds
from podcasts.models import EpisodePage, FeedItem, ShowPage
settings.ALLOWED_HOSTS = ["*"]
number = int(sys.argv[1])
show = ShowPage.objects.get(slug="expediente-aberto")
model = EpisodePage.objects.filter(path__startswith=show.path, live=True).first()
for count in range(number):
    made = EpisodePage(
        title=f"Episódio {count}", slug=f"episodio-{count}", summary=model.summary,
        licence=model.licence, recording=model.recording, audio=model.audio,
        transcript=model.transcript, chapters=model.chapters, body=model.body, live=False,
    )
    show.add_child(instance=made)
made = EpisodePage.objects.filter(slug__startswith="episodio-")
Page.objects.filter(pk__in=made.values("pk")).update(live=True, first_published_at=timezone.now())
def rewrite():
    with transaction.atomic():
        feeds.write_show(show)
written = cpu_ms(rewrite, 1)
client = Client()
def get(page=1, **headers):
    path = f"{show.feed_path}?pagina={page}" if page > 1 else show.feed_path
    answer = client.get(path, headers=headers)
    assert answer.status_code in (200, 304), answer.status_code
    return answer
def cold(page=1):
    feeds._joined.pages.clear()
    return get(page)
first = cold()
feeds._joined.pages.clear()
with CaptureQueriesContext(connection) as queries:
    get()
asked = len(queries)
tag = {"if-none-match": first.headers["ETag"]}
assert get(**tag).status_code == 304
with CaptureQueriesContext(connection) as queries:
    get(**tag)
asked_again = len(queries)
show.feed.refresh_from_db()
pages = show.feed.pages or [number]
def all_pages():
    for page in range(1, len(pages) + 1):
        cold(page)
print(json.dumps({
    "items": FeedItem.objects.filter(show=show).count(), "pages": len(pages),
    "queries": asked, "cold": cpu_ms(cold), "all": cpu_ms(all_pages), "warm": cpu_ms(get, 50),
    "unchanged": cpu_ms(lambda: get(**tag), 50), "unchanged_queries": asked_again,
    "bytes": len(first.content), "written": written,
}))
"""


def ours(folder: Path) -> dict[str, Any]:
    variables = {
        "DATA_DIR": str(folder / "dados"),
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
    }
    run([sys.executable, "manage.py", "serve", "--prepare-only"], ROOT, **variables)
    said = run([sys.executable, "-c", MEASURE, str(EPISODES)], ROOT, **variables)
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
            f"Written by `bench/feeds.py`: a show of {EPISODES} episodes with notes, chapters and",
            "transcripts, SQLite, in process. CPU milliseconds, medians. Cold: nothing kept in memory.",
            "",
            "| feed | queries | cold | kept | 304 | queries of a 304 | bytes |",
            "|---|---|---|---|---|---|---|",
            row(
                f"ours, first of {own['pages']} pages",
                *(
                    own[key]
                    for key in ("queries", "cold", "warm", "unchanged", "unchanged_queries")
                ),
                own["bytes"],
            ),
            row("ours, all pages", "", own["all"], "", "", "", ""),
            row(
                "django-cast",
                *(cast[key] for key in ("queries", "cold", "warm", "unchanged")),
                "",
                cast["bytes"],
            ),
            row("feedgen, no database", 0, feedgen["cold"], "", "", "", feedgen["bytes"]),
            "",
            f"Rendering all {own['items']} items anew (a show renamed): {own['written']:.0f} ms.",
        ],
    )


if __name__ == "__main__":
    main()
