"""Links from a text to other pages: one query for all of them, and none to what is hidden."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from tests.conftest import signed_in
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


def link_to(page: Any, text: str = "") -> str:
    return f'<p>Leia <a linktype="page" id="{page.pk}">{text or page.title}</a>.</p>'


def links_in(page: Any, client: Client | None = None) -> dict[str, str]:
    answer = (client or Client()).get(page.get_url())
    found = html.fromstring(answer.content).xpath('//div[@class="prose"]//a')
    return {link.text_content(): link.get("href") for link in found if link.get("href")}


def queries_of(page: Any) -> int:
    Client().get(page.get_url())
    with CaptureQueriesContext(
        connection,
    ) as captured:
        Client().get(page.get_url())
    return len(captured)


def test_all_links_of_a_text_cost_one_query() -> None:
    targets = [pages.guide() for _ in range(12)]
    none = pages.guide(body=[("text", "<p>Sem ligação nenhuma.</p>")])
    one = pages.guide(body=[("text", link_to(targets[0]))])
    many = pages.guide(
        body=[
            *(("text", link_to(target)) for target in targets[:6]),
            ("callout", {"tone": "dica", "title": "", "text": link_to(targets[6])}),
            ("references", {"sources": [link_to(target) for target in targets[7:]]}),
        ]
    )
    assert len(links_in(many)) == 12
    assert queries_of(one) == queries_of(none) + 1
    assert queries_of(many) == queries_of(one)


def test_a_link_leads_to_where_the_page_is_now() -> None:
    target = pages.guide(slug="antes")
    page = pages.guide(body=[("text", link_to(target, "o guia"))])
    target.slug = "depois"
    pages.publish(target)
    assert links_in(page) == {"o guia": "/acervo/depois/"}


def withdraw(page: Any) -> None:
    page.unpublish()


def delete(page: Any) -> None:
    page.delete()


def restrict(page: Any) -> None:
    pages.restrict(page)


@pytest.mark.parametrize("hide", [withdraw, delete, restrict])
@pytest.mark.parametrize("where", ["text", "callout", "table", "references"])
def test_a_link_to_what_is_hidden_is_text(hide: Callable[[Any], None], where: str) -> None:
    target = pages.guide()
    piece = link_to(target, "o guia")
    table = {
        "columns": [{"type": "text", "heading": "A"}, {"type": "text", "heading": "B"}],
        "rows": [{"values": ["<p>x</p>", piece]}],
        "caption": "",
    }
    value: Any = {
        "text": piece,
        "callout": {"tone": "dica", "title": "", "text": piece},
        "table": {"caption": "Tabela", "table": table},
        "references": {"sources": [piece]},
    }[where]
    page = pages.guide(body=[("text", "<p>Início.</p>"), (where, value)])
    assert links_in(page) == {"o guia": target.get_url()}
    hide(target)
    assert links_in(page) == {}
    assert "o guia" in Client().get(page.get_url()).content.decode()
    assert target.get_url() not in Client().get(page.get_url()).content.decode()


def test_whoever_may_see_the_page_gets_the_link() -> None:
    target = pages.guide()
    page = pages.guide(body=[("text", link_to(target, "o guia"))])
    pages.restrict(page, people.group("Turma A"))
    pages.restrict(target, people.group("Turma A"))
    member = signed_in(people.user("Turma A"))
    assert links_in(page, member) == {"o guia": target.get_url()}


def test_a_public_page_with_a_closed_link_is_kept_out_of_caches() -> None:
    target = pages.guide()
    page = pages.guide(body=[("text", link_to(target, "o guia"))])
    pages.restrict(target, people.group("Turma A"))
    member = signed_in(people.user("Turma A")).get(page.get_url())
    assert target.get_url() in member.content.decode()
    assert member.headers["Cache-Control"] == "private, no-store"
    outsider, stranger = (
        client.get(page.get_url()) for client in (signed_in(people.user()), Client())
    )
    assert outsider.content == stranger.content
    assert outsider.headers["Cache-Control"] == stranger.headers["Cache-Control"]


def test_links_elsewhere_are_left_alone() -> None:
    body = [("text", '<p><a href="https://planalto.gov.br/?a=1&amp;b=2">a lei</a></p>')]
    assert links_in(pages.guide(body=body)) == {"a lei": "https://planalto.gov.br/?a=1&b=2"}


def test_an_institutional_text_hides_links_as_well() -> None:
    from home.models import TextPage

    target = pages.guide()
    text = TextPage.objects.get(slug="sobre")
    text.body = [("text", link_to(target, "o guia"))]
    text.save()
    assert links_in(text) == {"o guia": target.get_url()}
    pages.restrict(target)
    assert links_in(text) == {}
