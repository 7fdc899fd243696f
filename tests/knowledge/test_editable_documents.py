"""The page of an editable document: what to change, and the files to take away."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from licensing.values import BY_NC
from search.models import Entry
from tests.factories import editor, files, pages
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db


def soup_of(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html5lib")


def odt(**fields: Any) -> Any:
    return files.document(content=files.odt_bytes(), name="m.odt", licence=BY_NC, **fields)


def test_both_formats_are_offered_with_their_size(client: Client) -> None:
    page = pages.editable_document()
    soup = soup_of(client, page.get_url())
    wanted = [page.odt.url, page.docx.url]
    assert [link["href"] for link in soup.select(".acts a.btn[download]")] == wanted
    assert [link["href"] for link in soup.select(".files a")] == wanted
    sizes = [item.text for item in soup.select(".files span")]
    assert sizes[0].startswith("ODT, ")
    assert sizes[1].startswith("DOCX, ")


def test_it_says_where_how_and_why_to_adapt(client: Client) -> None:
    soup = soup_of(client, pages.editable_document().get_url())
    [place] = soup.select(".adapt > div")
    assert place.dt.text == "Cláusula 3"
    assert [detail.text for detail in place.select("dd")] == [
        "Troque o prazo pelo da sua lei.",
        "Cada município tem o seu.",
    ]
    assert soup.select_one("nav.toc a").text == "O que adaptar"


def test_search_finds_the_words_of_the_document_and_of_the_advice() -> None:
    content = files.odt_bytes("almotacel do município")
    document = files.document(content=content, name="m.odt", licence=BY_NC)
    body = Entry.objects.get(pk=pages.editable_document(odt=document).pk).body
    for part in ("almotacel", "Cláusula 3", "Cada município tem o seu."):
        assert part in body


def test_robots_learn_of_both_encodings(client: Client) -> None:
    page = pages.editable_document()
    soup = soup_of(client, page.get_url())
    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    found = {item["encodingFormat"]: item["contentUrl"] for item in data["encoding"]}
    assert found == {
        page.odt.media_type: f"http://rede.test{page.odt.url}",
        page.docx.media_type: f"http://rede.test{page.docx.url}",
    }


def test_one_format_alone_passes_with_advice(curator_client: Client) -> None:
    page = draft(pages.editable_document(live=False, odt=odt()))
    assert editor.edit(curator_client, page).status_code == 302
    assert any("Ofereça o modelo em DOCX" in told for told in editor.messages_in(curator_client))


def test_both_formats_need_no_advice(curator_client: Client) -> None:
    page = draft(pages.editable_document(live=False))
    editor.edit(curator_client, page)
    assert not any("Ofereça o modelo" in told for told in editor.messages_in(curator_client))


def test_a_booklet_offers_its_original_beside_the_pdf(client: Client) -> None:
    page = pages.booklet(editable=odt())
    soup = soup_of(client, page.get_url())
    assert [link["href"] for link in soup.select(".files a")] == [
        page.document.url,
        page.editable.url,
    ]
    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    assert len(data["encoding"]) == 2
    assert client.get(page.editable.url).status_code == 200
