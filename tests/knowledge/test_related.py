"""What to read next: chosen by curators, then by likeness; never what the reader may not see."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from knowledge.models import RelatedResource, ResourcePage
from knowledge.related import Bearings, choose, likeness
from tests.factories import pages, people
from tests.knowledge.situations import anew

OWN = Bearings(("financas", "saude"), frozenset({"LRF", "despesa"}), frozenset({"helena"}))


def bearings(*themes: str, tags: tuple[str, ...] = (), who: tuple[str, ...] = ()) -> Bearings:
    return Bearings(themes, frozenset(tags), frozenset(who))


def test_nothing_in_common_weighs_nothing() -> None:
    assert likeness(OWN, bearings("educacao", tags=("merenda",), who=("davi",))) == 0
    assert likeness(Bearings(), Bearings()) == 0


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (bearings("financas"), bearings("saude")),
        (bearings("financas"), bearings(tags=("LRF",))),
        (bearings(tags=("LRF",)), bearings(who=("helena",))),
        (bearings("financas", tags=("LRF",)), bearings("financas")),
        (bearings("saude", "financas"), bearings("saude")),
        (bearings("financas", who=("helena",)), bearings("financas")),
    ],
)
def test_what_has_more_in_common_weighs_more(more: Bearings, less: Bearings) -> None:
    assert likeness(OWN, more) > likeness(OWN, less)


def test_what_curators_chose_comes_first_in_their_order() -> None:
    candidates = [(1, OWN), (2, Bearings()), (3, Bearings())]
    assert choose(OWN, [3, 2], candidates) == [3, 2, 1]


def test_of_two_equally_alike_the_newer_comes_first() -> None:
    candidates = [(7, bearings("saude")), (9, bearings("saude")), (8, OWN)]
    assert choose(OWN, [], candidates) == [8, 7, 9]


def test_there_are_four_at_most_and_none_twice() -> None:
    candidates = [(number, OWN) for number in range(9)]
    assert choose(OWN, [3, 3, 5], candidates) == [3, 5, 0, 1]


def test_what_is_no_candidate_is_never_chosen() -> None:
    assert choose(OWN, [99], [(1, Bearings())]) == []


# --- on the page ----------------------------------------------------------------------------------


def shown(page: Any, client: Client | None = None) -> list[str]:
    tree = html.fromstring((client or Client()).get(page.get_url()).content)
    return [
        link.get("href")
        for link in tree.xpath('//section[@aria-labelledby="leia"]//*[@class="row__t"]/a')
    ]


def lead_to(page: Any, *resources: ResourcePage) -> Any:
    for order, resource in enumerate(resources):
        page.related.add(RelatedResource(resource=resource, sort_order=order))
    return pages.publish(page)


@pytest.mark.django_db
def test_a_page_leads_to_its_likes_but_not_to_itself() -> None:
    page = pages.guide(themes=("saude",))
    near = pages.guide(themes=("saude",), authors=("Outra pessoa",))
    pages.guide(themes=("educacao",), authors=("Mais uma",))
    assert shown(page) == [near.get_url()]
    assert shown(near) == [page.get_url()]


@pytest.mark.django_db
def test_a_page_leads_first_where_its_curators_say() -> None:
    page = pages.guide(themes=("saude",))
    near = pages.guide(themes=("saude",))
    far = pages.guide(themes=("educacao",), authors=("Mais uma",))
    assert shown(lead_to(page, far)) == [far.get_url(), near.get_url()]


@pytest.mark.django_db
def test_what_a_stranger_may_not_see_is_not_suggested() -> None:
    closed, draft = pages.guide(), pages.guide()
    page = lead_to(pages.guide(), closed, draft)
    pages.restrict(closed, people.group())
    draft.unpublish()
    assert shown(page) == []
    member = people.user()
    member.groups.add(people.group())
    client = Client()
    client.force_login(member)
    assert shown(page, client) == [closed.get_url()]


@pytest.mark.django_db
def test_an_alias_is_neither_suggested_nor_suggests_its_source() -> None:
    page = pages.guide(themes=("saude",))
    alias = anew(page.create_alias(update_slug="atalho"))
    near = pages.guide(themes=("saude",))
    assert shown(page) == [near.get_url()]
    assert shown(alias) == [near.get_url()]


@pytest.mark.django_db
def test_a_trail_suggests_none_of_its_steps_and_a_step_suggests_nothing() -> None:
    guide = pages.guide()
    other = pages.guide()
    trail = pages.trail(guide)
    assert shown(trail) == [other.get_url()]
    answer = Client().get(trail.steps.first().url_in(trail))
    assert not html.fromstring(answer.content).xpath('//*[@id="leia"]')


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["article", "booklet", "episode"])
def test_every_kind_of_item_leads_on(kind: str) -> None:
    page = getattr(pages, kind)(themes=("saude",))
    near = pages.guide(themes=("saude",))
    assert near.get_url() in shown(page)
