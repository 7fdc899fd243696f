"""Whatever people write is shown as they wrote it, and is never anything but text."""

import json
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree, html

from knowledge.models import Withdrawal
from tests.factories import editor, pages, people
from tests.knowledge.lacking import draft
from tests.knowledge.test_item_documents import jsonld_of

pytestmark = pytest.mark.django_db

EVIL = "</script><script>alert(1)</script> & \"aspas\" 'x' <b>n</b> {{ 7 }} ]]> \u2028 fim"
SUMMARY = f"Resumo {EVIL}"
NAME = 'Ana <img src=x onerror="alert(1)"> & Cia'
THEME = "Finanças </a><script>1</script>"


@pytest.fixture
def guide() -> Any:
    people.theme("tema-dificil", name=THEME)
    body = [
        ("text", "<p>Texto.</p>"),
        ("heading", EVIL),
        ("quote", {"text": EVIL, "source": EVIL}),
        ("callout", {"tone": "dica", "title": EVIL[:80], "text": "<p>Leia.</p>"}),
    ]
    page = pages.guide(
        title=EVIL,
        summary=SUMMARY,
        authors=(NAME,),
        themes=("tema-dificil",),
        body=body,
        live=False,
    )
    page.tags.add('etiqueta "<i>"')
    page.save()
    return pages.publish(page)


def tree_at(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code in (200, 410), path
    return html.fromstring(answer.content)


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


PLACES = ["/", "/acervo/", "/temas/", "/temas/tema-dificil/", "/pessoas/", "/busca/?q=fim"]


def test_no_page_runs_or_draws_what_was_written(guide: Any) -> None:
    trail = pages.trail(guide, title=EVIL, summary=SUMMARY, audience_note=EVIL[:200])
    step = trail.steps.first().url_in(trail)
    person = guide.people.first().person.get_absolute_url()
    for path in (*PLACES, guide.get_url(), trail.get_url(), step, person, "/trilhas/"):
        tree = tree_at(path)
        scripts = [script for script in tree.iter("script") if script.text]
        assert all(script.get("type") == "application/ld+json" for script in scripts), path
        assert not tree.xpath("//@onerror"), path
        assert not tree.xpath('//img[@src="x"]'), path
        assert not [bold for bold in tree.iter("b") if bold.text == "n"], path


def test_the_page_says_what_was_written(guide: Any) -> None:
    tree = tree_at(guide.get_url())
    said = " ".join(EVIL.split())
    assert words(tree.xpath("//h1")[0]) == said
    assert words(tree.xpath('//p[@class="lead"]')[0]) == " ".join(SUMMARY.split())
    assert words(tree.xpath("//blockquote/p")[0]) == said
    assert words(tree.xpath('//div[@class="prose"]/h2')[0]) == said
    assert tree.xpath('//meta[@property="og:title"]/@content') == [EVIL]
    assert tree.xpath('//meta[@name="description"]/@content') == [SUMMARY]
    assert NAME in words(tree.xpath('//*[@class="meta"]')[0])
    assert EVIL in tree.xpath("//button/@data-text")[0]
    assert words(tree.get_element_by_id("credito")).startswith(f'"{said}"')


def test_the_json_ld_says_what_was_written(guide: Any) -> None:
    data = jsonld_of(guide)
    assert data["name"] == EVIL
    assert data["description"] == SUMMARY
    assert data["author"][0]["name"] == NAME
    assert data["about"][0]["name"] == THEME


@pytest.mark.parametrize("path", ["/acervo/", "/busca/?q=fim", "/temas/tema-dificil/"])
def test_lists_say_what_was_written(guide: Any, path: str) -> None:
    [row] = tree_at(path).xpath('//article[@class="row"]')
    assert words(row.xpath('.//*[contains(@class, "row__t")]')[0]) == " ".join(EVIL.split())
    assert " ".join(SUMMARY.split()) in words(row)


def test_the_news_say_what_was_written(guide: Any) -> None:
    tree = etree.fromstring(Client().get("/novidades.atom").content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert tree.xpath("string(//a:entry/a:title)", namespaces=names) == EVIL
    assert tree.xpath("string(//a:entry/a:summary)", namespaces=names) == SUMMARY
    assert tree.xpath("string(//a:entry/a:author/a:name)", namespaces=names) == NAME
    assert tree.xpath("string(//a:entry/a:category/@label)", namespaces=names) == THEME


def test_the_news_are_xml_whatever_characters_were_pasted() -> None:
    pages.guide(title="Guia\x0b da\ufffe cidade", summary="Linha\x00 um\x1f.".replace("\x00", ""))
    feed = feedparser.parse(Client().get("/novidades.atom").content)
    assert not feed.bozo
    assert feed.entries[0].title == "Guia da cidade"


def test_a_search_for_something_hostile_is_only_words(guide: Any) -> None:
    answer = Client().get("/busca/", {"q": '"><script>alert(1)</script> OR NEAR(*)'})
    assert answer.status_code == 200
    tree = html.fromstring(answer.content)
    assert not [script for script in tree.iter("script") if script.text]


def test_a_notice_says_what_was_written(guide: Any) -> None:
    successor = pages.guide(title=EVIL)
    guide.unpublish()
    Withdrawal.objects.update(sentence=EVIL, successor=successor)
    tree = tree_at(guide.get_url())
    assert words(tree.xpath('//p[@class="lead"]')[0]) == " ".join(EVIL.split())
    assert not [script for script in tree.iter("script") if script.text]


def test_the_card_is_drawn_for_any_title(guide: Any) -> None:
    assert guide.card.is_ready
    svg = etree.fromstring(guide.card.svg.encode())
    assert not list(svg.iter("{*}script"))
    assert "<script>" in "".join(svg.itertext())


def test_a_link_that_was_made_up_does_not_pass_the_editor(curator_client: Client) -> None:
    page = draft(pages.guide(live=False))
    fields = editor.fields_at(curator_client, editor.edit_url(page))
    text = json.loads(fields["body-0-value"])
    text["entityMap"]["0"] = {
        "type": "LINK",
        "mutability": "MUTABLE",
        "data": {"url": "javascript:alert(1)"},
    }
    text["blocks"][0]["entityRanges"] = [{"offset": 0, "length": 5, "key": 0}]
    answer = editor.edit(curator_client, page, **{"body-0-value": json.dumps(text)})
    assert answer.status_code == 302
    hrefs = tree_at(page.get_url()).xpath('//div[@class="prose"]//a/@href')
    assert not [href for href in hrefs if "javascript" in href]
