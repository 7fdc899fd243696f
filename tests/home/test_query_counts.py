"""How many queries a page costs a stranger: within its budget, and the same for 1 item and for 50."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from knowledge.models import (
    Contribution,
    GuidePage,
    ResourceIndexPage,
    ResourceSource,
    ResourceTheme,
)
from licensing.values import BY
from podcasts.models import EpisodePage, FeedItem, ShowFeed
from search.models import Entry, EntryFacet
from search.services import engine
from tests.factories import pages, people
from tests.factories.library import Library, body_with, library
from tests.shared import shared_rows
from trails.models import TrailStep

pytestmark = pytest.mark.django_db  # else a selection of these tests finds no tables

MANY = 50

# name of the page → at most so many queries
BUDGETS = {
    "home": 10,
    "library": 10,
    "library, filtered": 10,
    "theme": 10,
    "themes": 10,
    "people": 10,
    "person": 10,
    "guide": 9,
    "article": 9,
    "booklet": 9,
    "case": 9,
    "interview": 9,
    "editable document": 9,
    "video": 9,
    "video elsewhere": 9,
    "episode": 9,
    "show": 10,
    "shows": 10,
    "trails": 10,
    "trail": 10,
    "step": 10,
    "step, episode": 10,
    "step, booklet": 10,
    "step, case": 10,
    "step, interview": 10,
    "step, editable document": 10,
    "step, video": 10,
    "step, video elsewhere": 10,
    "search": 4 + 4,
    "search, nothing found": 4 + 4,
    "search, without words": 4 + 4,
    "feed": 3,
    "news": 3,
}


def addresses(world: Library) -> dict[str, str]:
    steps = {step.resource_id: step.url_in(world.trail) for step in world.trail.ordered_steps()}
    return {
        "home": "/",
        "library": "/acervo/",
        "library, filtered": "/acervo/?tema=financas&formato=guia&ordem=titulo",
        "theme": "/temas/financas/",
        "themes": "/temas/",
        "people": "/pessoas/",
        "person": world.person.get_absolute_url(),
        "guide": world.guide.get_url(),
        "article": world.article.get_url(),
        "booklet": world.booklet.get_url(),
        "case": world.case.get_url(),
        "interview": world.interview.get_url(),
        "editable document": world.editable_document.get_url(),
        "video": world.video.get_url(),
        "video elsewhere": world.embedded.get_url(),
        "episode": world.episode.get_url(),
        "show": world.show.get_url(),
        "shows": "/podcasts/",
        "trails": "/trilhas/",
        "trail": world.trail.get_url(),
        "step": steps[world.guide.pk],
        "step, episode": steps[world.episode.pk],
        "step, booklet": steps[world.booklet.pk],
        "step, case": steps[world.case.pk],
        "step, interview": steps[world.interview.pk],
        "step, editable document": steps[world.editable_document.pk],
        "step, video": steps[world.video.pk],
        "step, video elsewhere": steps[world.embedded.pk],
        "search": "/busca/?q=orcamento",
        "search, nothing found": "/busca/?q=zebra+listrada",
        "search, without words": "/busca/",
        "feed": world.show.feed_path,
        "news": "/novidades.atom",
    }


def cost(path: str) -> int:
    """The queries of one GET by a stranger, after one that warms what is kept in memory."""
    client = Client()
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def copy_entry(source: Entry, page: Page) -> None:
    """List `page` as `source` is listed. Rows copied: nothing is drawn or published for it."""
    facets = list(source.facets.all())
    entry = Entry.objects.get(pk=source.pk)
    entry.pk, entry.url, entry._state.adding = page.pk, page.get_url(), True
    entry.published_at -= timedelta(minutes=page.pk)
    entry.save(force_insert=True)
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, name=f.name, value=f.value, label=f.label) for f in facets
    )
    engine().write(entry)


def grow(world: Library) -> None:
    """Forty-nine more of everything that pages list."""
    theme, person = people.theme("financas"), world.person
    index = ResourceIndexPage.objects.get()
    made = []
    for number in range(MANY - 1):
        guide = GuidePage(title=f"Guia {number}", slug=f"guia-{number}", live=False)
        guide.licence = world.guide.licence
        guide.resource_themes.add(ResourceTheme(theme=theme))
        guide.people.add(Contribution(person=person))
        made.append(index.add_child(instance=guide))
        episode = EpisodePage(title=f"Episódio {number}", slug=f"episodio-{number}", live=False)
        episode.licence = world.episode.licence
        made.append(world.show.add_child(instance=episode))
    Page.objects.filter(pk__in=[page.pk for page in made]).update(live=True)
    sources = {GuidePage: world.guide, EpisodePage: world.episode}
    item = FeedItem.objects.get(pk=world.episode.pk)
    for page in made:
        copy_entry(sources[type(page)].search_entry, page)
        people.theme(f"tema-{page.pk}")
        if isinstance(page, EpisodePage):
            FeedItem.objects.create(
                episode=page, show=world.show, published_at=item.published_at, xml=item.xml
            )
    ShowFeed.objects.update(changed_at=timezone.now())  # as whoever writes an item does
    TrailStep.objects.bulk_create(
        TrailStep(trail=world.trail, resource_id=page.pk, slug=f"etapa-{page.pk}", sort_order=9)
        for page in made
    )
    for number in range(MANY - 1):
        credit = Contribution(person=people.person(f"Pessoa {number}"), sort_order=number)
        world.guide.people.add(credit)
    derive(world, made)
    write_bodies(world, pictures=5, links=[page.pk for page in made])


def derive(world: Library, others: list[Any]) -> None:
    """Every one of `others` is an adaptation of the guide, and the guide and the article are made
    from as many works from outside. Seen once the library is published."""
    for number, other in enumerate(others):
        made_from = {"use": "adaptacao", "modifications": "encurtado", "sort_order": number}
        ResourceSource.objects.create(page_id=other.pk, resource_id=world.guide.pk, **made_from)
        for page in (world.guide, world.article):
            outside = {"title": f"Obra {number}", "licence": BY}
            page.sources.add(ResourceSource(**outside, **made_from))


def write_bodies(world: Library, pictures: int, links: list[int]) -> None:
    """Pictures, files, and links to other pages, in everything that has a body."""
    anchors = "".join(f'<a linktype="page" id="{pk}">x</a>' for pk in links)
    written = (world.guide, world.article, world.booklet, world.case, world.interview)
    shown = (world.video, world.embedded, world.episode, world.show)
    for page in (*written, world.editable_document, *shown):
        bodies = [body_with(world.image) for _ in range(pictures)]  # each with a file of its own
        page.body = [*chain.from_iterable(bodies), ("text", f"<p>{anchors}</p>")]
        pages.publish(page)


def measure() -> tuple[dict[str, int], dict[str, int]]:
    world = library()
    derive(world, [world.booklet])
    write_bodies(world, pictures=1, links=[world.article.pk])
    paths = addresses(world)
    few = {name: cost(path) for name, path in paths.items()}
    grow(world)
    return few, {name: cost(path) for name, path in paths.items()}


@pytest.fixture(scope="module")
def costs(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[dict[str, int], dict[str, int]]]:
    """Name of the page → queries, in a small library and in a large one."""
    yield from shared_rows(django_db_blocker, measure)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_keeps_to_its_budget(
    costs: tuple[dict[str, int], dict[str, int]], name: str
) -> None:
    few, _ = costs
    assert few[name] <= BUDGETS[name]


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_of_50_costs_what_a_page_of_1_costs(
    costs: tuple[dict[str, int], dict[str, int]], name: str
) -> None:
    few, many = costs
    assert many[name] == few[name]
