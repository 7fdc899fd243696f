"""The pages of a trail and of its steps, as readers and robots meet them."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from lxml import etree

from knowledge.models import GuidePage
from licensing.values import BY, BY_SA, CC0
from tests.conftest import signed_in
from tests.factories import pages, people
from trails.models import TrailPage

LONG = [("text", "<p>" + "palavra " * 1000 + "</p>")]


@pytest.fixture
def guides(db: None) -> list[GuidePage]:
    return [
        pages.guide(title="Orçar", licence=BY, body=LONG),
        pages.guide(title="Comprar", licence=BY_SA),
        pages.guide(title="Prestar contas", licence=CC0),
    ]


@pytest.fixture
def trail(guides: list[GuidePage]) -> TrailPage:
    return pages.trail(*guides, title="Primeiros passos", slug="primeiros-passos")


def soup_of(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return BeautifulSoup(answer.content, "html5lib")


def step_path(trail: TrailPage, number: int) -> str:
    return trail.ordered_steps()[number].url_in(trail)


def steps_shown(soup: BeautifulSoup, selector: str = "section.module .steps > li") -> list[Any]:
    """(text of the title, address or None) of each step in a list."""
    found = []
    for item in soup.select(selector):
        link = item.select_one("a")
        found.append((item.select_one(".step__t").text.strip(), link["href"] if link else None))
    return found


# --- a step -----------------------------------------------------------------------------------


def test_a_step_shows_its_resource_and_says_where_it_belongs(
    client: Client, trail: TrailPage, guides: list[GuidePage]
) -> None:
    soup = soup_of(client, step_path(trail, 1))
    assert soup.h1.text == "Comprar"
    assert "O orçamento diz o que a cidade decidiu fazer primeiro." in soup.main.text
    [canonical] = soup.select('link[rel="canonical"]')
    assert canonical["href"] == f"http://rede.test{guides[1].get_url()}"
    assert soup.find("a", href=guides[1].get_url())
    assert soup.find("a", href=trail.get_url())


def test_a_step_has_exactly_one_licence_that_of_its_resource(
    client: Client, trail: TrailPage
) -> None:
    for number, licence in enumerate([BY, BY_SA, CC0]):
        soup = soup_of(client, step_path(trail, number))
        uris = {tag["href"] for tag in soup.select('[rel~="license"]')}
        assert uris == {licence.uri}
        assert len(soup.select(".reuse")) == 1
        answer = client.get(step_path(trail, number))
        assert licence.uri in answer.headers["Link"]


def test_a_step_has_no_metadata_of_its_own_to_compete_with_the_resource(
    client: Client, trail: TrailPage
) -> None:
    soup = soup_of(client, step_path(trail, 0))
    assert not soup.select('script[type="application/ld+json"]')


def test_a_step_of_an_alias_points_to_the_resource_itself(
    client: Client, guides: list[GuidePage]
) -> None:
    alias = guides[0].create_alias(update_slug="apelido")
    trail = pages.trail(alias)
    [canonical] = soup_of(client, step_path(trail, 0)).select('link[rel="canonical"]')
    assert canonical["href"] == f"http://rede.test{guides[0].get_url()}"


def test_a_step_has_a_title_and_a_note_of_its_own(client: Client, trail: TrailPage) -> None:
    draft = trail.get_latest_revision().as_object()
    draft.steps.all()[0].title = "Comece por aqui"
    draft.steps.all()[0].note = "Anote <b>três</b> números."
    trail = pages.publish(draft)
    soup = soup_of(client, step_path(trail, 0))
    assert soup.h1.text == "Comece por aqui"
    assert "Anote <b>três</b> números." in soup.select_one(".note").text


@pytest.mark.parametrize(
    "kind",
    [
        "booklet",
        "episode",
        "article",
        "case",
        "interview",
        "editable_document",
        "trail",
        "show",
    ],
)
def test_a_resource_of_every_kind_can_be_a_step(client: Client, db: None, kind: str) -> None:
    resource = getattr(pages, kind)()
    trail = pages.trail(resource)
    soup = soup_of(client, step_path(trail, 0))
    assert soup.h1.text == resource.title
    assert len(soup.select(".reuse")) == 1


def test_a_step_needs_its_slash_as_any_page_does(client: Client, trail: TrailPage) -> None:
    path = step_path(trail, 0)
    answer = client.get(path.rstrip("/"))
    assert (answer.status_code, answer.headers["Location"]) == (301, path)


# --- before and after --------------------------------------------------------------------------


def turns(soup: BeautifulSoup) -> tuple[str | None, str | None]:
    """Where the links to the previous and the next step lead."""
    found = [soup.select_one(f'.turn a[rel="{rel}"]') for rel in ("prev", "next")]
    return tuple(link["href"] if link else None for link in found)  # type: ignore[return-value]


def test_steps_follow_each_other(client: Client, trail: TrailPage) -> None:
    paths = [step_path(trail, number) for number in range(3)]
    assert turns(soup_of(client, paths[0])) == (None, paths[1])
    assert turns(soup_of(client, paths[1])) == (paths[0], paths[2])
    assert turns(soup_of(client, paths[2])) == (paths[1], None)


def test_the_list_beside_a_step_marks_where_one_is(client: Client, trail: TrailPage) -> None:
    soup = soup_of(client, step_path(trail, 1))
    listed = steps_shown(soup, ".side__stick .steps > li")
    assert [title for title, _ in listed] == ["Orçar", "Comprar", "Prestar contas"]
    [current] = soup.select('.side__stick [aria-current="page"]')
    assert current["href"] == step_path(trail, 1)


# --- what the reader may not see ---------------------------------------------------------------


def _restrict(page: GuidePage) -> None:
    pages.restrict(page)


def _withdraw(page: GuidePage) -> None:
    page.unpublish()


def _expire(page: GuidePage) -> None:
    GuidePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def _delete(page: GuidePage) -> None:
    page.delete()


HIDING = [_restrict, _withdraw, _expire, _delete]


@pytest.mark.parametrize("hide", HIDING, ids=lambda hide: hide.__name__.strip("_"))
def test_a_hidden_step_is_text_without_a_link_and_has_no_page(
    client: Client, trail: TrailPage, guides: list[GuidePage], hide: Any
) -> None:
    paths = [step_path(trail, number) for number in range(3)]
    hide(guides[1])
    shown = steps_shown(soup_of(client, trail.get_url()))
    assert len(shown) == 3
    assert shown[1][1] is None
    answer = client.get(paths[1])
    assert answer.status_code in (302, 404)
    assert "O orçamento diz" not in answer.content.decode()
    assert turns(soup_of(client, paths[0])) == (None, paths[2])
    assert turns(soup_of(client, paths[2])) == (paths[0], None)
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    listed = {loc.text.removeprefix("http://rede.test") for loc in tree.iter("{*}loc")}
    assert {paths[0], paths[2]} <= listed
    assert paths[1] not in listed


def test_those_who_may_read_a_closed_step_find_it(
    client: Client, trail: TrailPage, guides: list[GuidePage]
) -> None:
    pages.restrict(guides[1])
    reader = signed_in(people.user())
    assert steps_shown(soup_of(reader, trail.get_url()))[1][1] == step_path(trail, 1)
    answer = reader.get(step_path(trail, 1))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(step_path(trail, 1)).status_code == 302


def test_the_steps_of_a_closed_trail_are_closed(
    client: Client, trail: TrailPage, guides: list[GuidePage]
) -> None:
    path = step_path(trail, 0)
    pages.restrict(trail)
    assert client.get(path).status_code == 302
    assert client.get(guides[0].get_url()).status_code == 200
    assert path not in client.get("/sitemap.xml").content.decode()


def test_the_steps_of_a_withdrawn_trail_say_that_it_is_gone(
    client: Client, trail: TrailPage
) -> None:
    path = step_path(trail, 0)
    trail.unpublish()
    assert client.get(path).status_code == 410


def test_a_trail_whose_first_step_is_hidden_begins_with_the_second(
    client: Client, trail: TrailPage, guides: list[GuidePage]
) -> None:
    guides[0].unpublish()
    start = soup_of(client, trail.get_url()).select_one("[data-progress-go]")
    assert start["href"] == step_path(trail, 1)


def test_a_trail_with_nothing_to_read_offers_no_beginning(
    client: Client, trail: TrailPage, guides: list[GuidePage]
) -> None:
    for guide in guides:
        guide.unpublish()
    soup = soup_of(client, trail.get_url())
    assert soup.select_one("[data-progress-go]") is None
    assert [address for _, address in steps_shown(soup)] == [None] * 3


# --- the trail ---------------------------------------------------------------------------------


def test_the_trail_lists_its_steps_in_order(client: Client, trail: TrailPage) -> None:
    shown = steps_shown(soup_of(client, trail.get_url()))
    assert [title for title, _ in shown] == ["1. Orçar", "2. Comprar", "3. Prestar contas"]
    assert [address for _, address in shown] == [step_path(trail, n) for n in range(3)]


def test_the_trail_takes_as_long_as_its_steps_together(
    client: Client, trail: TrailPage, guides: list[GuidePage]
) -> None:
    assert [guide.minutes for guide in guides] == [5, 1, 1]
    assert trail.minutes == 7
    assert "cerca de 7 min" in soup_of(client, trail.get_url()).select_one(".meta").text


def test_the_time_of_a_trail_follows_its_resources(
    client: Client, trail: TrailPage, guides: list[GuidePage]
) -> None:
    guides[1].body = LONG * 12
    pages.publish(guides[1])
    assert "cerca de 1 h 6 min" in soup_of(client, trail.get_url()).select_one(".meta").text


def test_the_list_of_trails_follows_a_renamed_resource(
    trail: TrailPage, guides: list[GuidePage]
) -> None:
    guides[1].title = "Comprar bem"
    pages.publish(guides[1])
    assert trail.search_entry.card["steps"] == ["Orçar", "Comprar bem", "Prestar contas"]


def test_a_trail_lacks_steps_and_steps_that_are_published(db: None) -> None:
    draft = pages.guide(live=False, title="Ainda não")
    page = pages.trail(draft, live=False)
    assert [lack.code for lack in page.lacks() if lack.field == "steps"] == ["step-draft"]
    page.steps.all().delete()
    page = TrailPage.objects.get(pk=page.pk)
    assert [lack.code for lack in page.lacks() if lack.field == "steps"] == ["steps"]
