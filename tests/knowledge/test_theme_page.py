"""The page of a theme: what it gathers, what curators put first."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from knowledge.models import Theme, ThemeHighlight
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


def tree_of(path: str, client: Client | None = None) -> Any:
    return html.fromstring((client or Client()).get(path).content)


def put_first(*resources: Any) -> Theme:
    theme = people.theme("saude")
    for order, resource in enumerate(resources):
        ThemeHighlight.objects.create(theme=theme, resource=resource, sort_order=order)
    return theme


def shown(path: str, client: Client | None = None) -> list[str]:
    found = tree_of(path, client).xpath('//*[@class="pick"]//h3/a/@href')
    return [str(address) for address in found]


def test_highlights_stand_in_the_order_of_the_curators() -> None:
    older, newer = pages.guide(), pages.guide()
    theme = put_first(older, newer)
    assert shown(theme.get_absolute_url()) == [older.get_url(), newer.get_url()]


def test_what_the_reader_may_not_see_is_no_highlight() -> None:
    open_one, closed, draft = pages.guide(), pages.guide(), pages.guide(live=False)
    theme = put_first(closed, draft, open_one)
    pages.restrict(closed, people.group())
    assert shown(theme.get_absolute_url()) == [open_one.get_url()]
    member = people.user()
    member.groups.add(people.group())
    client = Client()
    client.force_login(member)
    assert shown(theme.get_absolute_url(), client) == [closed.get_url(), open_one.get_url()]


def test_a_filtered_list_shows_no_highlights() -> None:
    guide = pages.guide(themes=("saude",))
    theme = put_first(guide)
    assert shown(f"{theme.get_absolute_url()}?formato=guia") == []


def test_links_in_the_text_of_a_theme_follow_their_pages() -> None:
    guide, closed = pages.guide(slug="aberto"), pages.guide()
    pages.restrict(closed)
    links = [f'<a linktype="page" id="{page.pk}">x</a>' for page in (guide, closed)]
    theme = people.theme("saude")
    theme.text = f"<p>{''.join(links)}</p>"
    theme.save()
    found = tree_of(theme.get_absolute_url()).xpath('//*[contains(@class, "theme-text")]//a/@href')
    assert found == ["/acervo/aberto/"]


def test_a_curator_writes_the_text_and_chooses_the_highlights(admin_client: Client) -> None:
    guide = pages.guide()
    theme = people.theme("saude")
    answer = admin_client.get(f"/admin/snippets/knowledge/theme/edit/{theme.pk}/")
    form = html.fromstring(answer.content)
    assert form.xpath('//*[@name="text"]')
    assert form.xpath('//*[@name="highlights-TOTAL_FORMS"]')
    assert guide.pk
