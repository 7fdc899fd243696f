"""A podcast feed of N episodes by django-cast and by plain feedgen: CPU, queries, bytes, as JSON.

    python bench/peers/feeds.py 1000 FOLDER

Runs in an environment of its own (bench/peers/requirements.txt); bench/feeds.py calls it.
"""

import datetime
import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TIMES = 5


def cpu_ms(work: Callable[[], Any], times: int = TIMES) -> float:
    """The median CPU time of `work`, in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)


def feedgen_feed(number: int) -> bytes:
    """A feed as its own documentation builds it, with the fields that podcast apps ask for."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title("Expediente Aberto")
    feed.link(href="http://localhost/podcasts/expediente-aberto/", rel="alternate")
    feed.description("Conversas sobre o serviço público municipal.")
    feed.language("pt-BR")
    feed.podcast.itunes_category("Government")
    for count in range(number):
        entry = feed.add_entry(order="append")
        entry.id(f"urn:uuid:{count}")
        entry.title(f"Episódio {count}")
        entry.link(href=f"http://localhost/podcasts/expediente-aberto/{count}/")
        entry.description("<p>Do empenho ao pagamento, em três portas.</p>" * 8)
        entry.enclosure(f"http://localhost/audio/{count}.mp3", "900000", "audio/mpeg")
        entry.pubDate(datetime.datetime(2026, 1, 6, tzinfo=datetime.UTC))
        entry.podcast.itunes_duration("2:24")
    return feed.rss_str()


def django_cast(number: int, folder: Path) -> dict[str, Any]:
    """The feed of django-cast's own quick start, with its own test data."""
    from cast import quickstart

    quickstart.create_project_structure("peer", folder)
    for make in ("settings", "urls", "base_template"):
        name = f"create_{make}" if make == "base_template" else f"create_{make}_file"
        getattr(quickstart, name)("peer", folder)
    sys.path.insert(0, str(folder / "peer"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "peer.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    data = importlib.import_module("cast.devdata")
    show = data.create_podcast()
    for count in range(number):
        sound = data.create_mp3_file(unique_name=True)  # its M4A would come from its own tests
        audio = data.create_audio(m4a_file=sound, unique_filenames=True)
        data.create_episode(blog=show, num=count, podcast_audio=audio)
    client, path = Client(), f"/cast/{show.slug}/feed/podcast/mp3/rss.xml"
    found = [path, f"/{show.slug}/feed/podcast/mp3/rss.xml"]
    path = next(each for each in found if client.get(each).status_code == 200)

    def cold() -> Any:
        cache.clear()
        return client.get(path)

    cold()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    asked = len(queries)
    tag = {"If-None-Match": answer.headers.get("ETag", "")}
    unchanged = client.get(path, headers=tag)
    return {
        "items": answer.content.count(b"<item>"),
        "queries": asked,
        "cold": cpu_ms(cold),
        "warm": cpu_ms(lambda: client.get(path)),
        "unchanged": cpu_ms(lambda: client.get(path, headers=tag)),
        "unchanged_status": unchanged.status_code,
        "bytes": len(answer.content),
    }


def main() -> None:
    number, folder = int(sys.argv[1]), Path(sys.argv[2])
    feedgen = {"cold": cpu_ms(lambda: feedgen_feed(number)), "bytes": len(feedgen_feed(number))}
    print(json.dumps({"feedgen": feedgen, "django-cast": django_cast(number, folder)}))


if __name__ == "__main__":
    main()
