"""A podcast feed of N episodes by django-cast and by plain feedgen: CPU, queries, bytes, as JSON.

    python bench/peers/feeds.py 1000 FOLDER

Runs in an environment of its own (bench/peers/requirements.txt); bench/feeds.py calls it.
"""

import datetime
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))

from asking import ask, cpu_ms


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
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
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
    application = get_wsgi_application()
    paths = [f"{root}/{show.slug}/feed/podcast/mp3/rss.xml" for root in ("/cast", "")]
    path = next(each for each in paths if ask(application, each).status == 200)

    def cold() -> Any:
        cache.clear()
        return ask(application, path)

    def queries_of(work: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            work()
        return len(queries)

    answer = cold()
    queries = queries_of(cold)
    tag = {"HTTP_IF_NONE_MATCH": answer.headers.get("ETag", "")}
    return {
        "items": answer.body.count(b"<item>"),
        "bytes": len(answer.body),
        "queries": queries,
        "cold": cpu_ms(cold),
        "warm_queries": queries_of(lambda: ask(application, path)),
        "warm": cpu_ms(lambda: ask(application, path)),
        "unchanged_queries": queries_of(lambda: ask(application, path, **tag)),
        "unchanged": cpu_ms(lambda: ask(application, path, **tag)),
        "unchanged_status": ask(application, path, **tag).status,
    }


def main() -> None:
    number, folder = int(sys.argv[1]), Path(sys.argv[2])
    feedgen = {"cold": cpu_ms(lambda: feedgen_feed(number)), "bytes": len(feedgen_feed(number))}
    print(json.dumps({"feedgen": feedgen, "django-cast": django_cast(number, folder)}))


if __name__ == "__main__":
    main()
