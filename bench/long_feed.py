"""The feed of a show with so many episodes, in an installation with its demo library; as JSON.

    python bench/long_feed.py 1000

Called by bench/feeds.py.
"""

import json
import sys
from typing import Any

from asking import Answer, ask, cpu_ms
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.wsgi import application
from podcasts import feeds
from podcasts.models import EpisodePage, FeedItem, ShowPage

SLUG = "expediente-aberto"


def add_episodes(show: ShowPage, number: int) -> None:
    """Copies of one of the episodes that are there, with its notes, chapters and transcript."""
    model = EpisodePage.objects.filter(path__startswith=show.path, live=True).earliest("path")
    copied = ("summary", "licence", "recording", "audio", "transcript", "chapters", "body")
    fields = {name: getattr(model, name) for name in copied}
    for count in range(number):
        page = EpisodePage(
            title=f"Episódio {count}", slug=f"episodio-{count}", live=False, **fields
        )
        show.add_child(instance=page)
    made = EpisodePage.objects.filter(slug__startswith="episodio-")
    made.update(live=True, first_published_at=timezone.now())


def rewrite(show: ShowPage) -> None:
    with transaction.atomic():
        feeds.write_show(show)


def measure(show: ShowPage) -> dict[str, Any]:
    tag = {"HTTP_IF_NONE_MATCH": get(show).headers["ETag"]}
    assert get(show, **tag).status == 304
    pages = len(show.feed.pages)
    first = cold(show)
    queries = queries_of(lambda: cold(show))
    rewrite(show)
    return {
        "items": FeedItem.objects.filter(show=show).count(),
        "pages": pages,
        "bytes": len(first.body),
        "is_same": cold(show).body == first.body,
        "queries": queries,
        "cold": cpu_ms(lambda: cold(show), 15),
        "warm_queries": queries_of(lambda: get(show)),
        "warm": cpu_ms(lambda: get(show), 200),
        "unchanged_queries": queries_of(lambda: get(show, **tag)),
        "unchanged": cpu_ms(lambda: get(show, **tag), 200),
        "all": cpu_ms(lambda: [cold(show, page) for page in range(1, pages + 1)]),
    }


def get(show: ShowPage, page: int = 1, **headers: str) -> Answer:
    path = f"{show.feed_path}?pagina={page}" if page > 1 else show.feed_path
    answer = ask(application, path, **headers)
    assert answer.status in (200, 304), answer.status
    return answer


def cold(show: ShowPage, page: int = 1) -> Answer:
    feeds._joined.pages.clear()
    return get(show, page)


def queries_of(work: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    show = ShowPage.objects.get(slug=SLUG)
    add_episodes(show, int(sys.argv[1]))
    written = cpu_ms(lambda: rewrite(show), 1)
    print(json.dumps({**measure(ShowPage.objects.get(slug=SLUG)), "written": written}))


if __name__ == "__main__":
    main()
