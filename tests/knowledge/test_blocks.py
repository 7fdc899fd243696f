"""What the blocks of a body show, say, and hold."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from files.models import FileUse
from knowledge.footnotes import Footnotes
from knowledge.text import documents_in, linked_pages, pictures_in, text_of
from licensing.values import BY, BY_SA, RESERVED
from podcasts.notes import notes_of
from tests.factories import files, pages
from tests.factories.library import body_with

# --- footnotes ------------------------------------------------------------------------------------


def test_calls_are_numbered_in_the_order_of_the_text() -> None:
    notes = Footnotes({"b": "Nota B", "a": "Nota A"})
    tree = html.fromstring(notes.numbered("<p>Um[^a] dois[^b].</p>"))
    assert [link.text for link in tree.xpath(".//sup/a")] == ["1", "2"]
    assert [note.text for note in notes.listed()] == ["Nota A", "Nota B"]


def test_every_call_and_note_has_an_id_of_its_own_and_they_meet() -> None:
    notes = Footnotes({"lei": "Lei"})
    shown = notes.numbered("<p>Um[^lei].</p>") + notes.numbered("<p>Dois[^lei].</p>")
    calls = html.fromstring(f"<div>{shown}</div>").xpath(".//sup/a")
    [note] = notes.listed()
    assert [call.get("id") for call in calls] == note.calls
    assert len(set(note.calls)) == 2
    assert {call.get("href") for call in calls} == {f"#{note.anchor}"}


def test_a_mark_without_a_note_and_what_is_in_a_tag_stay() -> None:
    notes = Footnotes({"lei": "Lei"})
    written = '<p><img alt="a [^lei] b">[^outra]</p>'
    assert notes.numbered(written) == written


def test_a_note_that_nothing_calls_is_listed_last() -> None:
    notes = Footnotes({"solta": "Solta", "lei": "Lei"})
    notes.numbered("<p>[^lei]</p>")
    assert [(note.number, note.text) for note in notes.listed()] == [(1, "Lei"), (2, "Solta")]


# --- on the page ----------------------------------------------------------------------------------


@pytest.fixture
def page(db: None) -> Any:
    link = '<p>Veja <a linktype="page" id="7">isto</a>.</p>'
    body = [
        *body_with(files.image(), files.document(title="Caderno", licence=BY)),
        ("fold", {"title": "Mais", "text": link}),
    ]
    return pages.guide(body=body)


def tree_of(path: str) -> Any:
    return html.fromstring(Client().get(path).content)


def test_each_block_says_its_words(page: Any) -> None:
    words = text_of(page.body)
    for said in (
        "Abra o portal",
        "Ele é da prefeitura.",
        "E se não houver portal?",
        "Peça por escrito.",
        "Caderno",
        "O mapa",
        "Lei nº 12.527/2011.",
        "A ponte pronta.",
        "RREO",
        "O plano pertence à cidade.",
    ):
        assert said in words
    assert "[^" not in words


def test_each_block_knows_its_files_and_links(page: Any) -> None:
    assert [picture.title for picture in pictures_in(page.body)] == ["Ponte nova"]
    assert [document.title for document in documents_in(page.body)] == ["Caderno"]
    assert linked_pages(page.body) == {7}


def test_a_file_of_a_body_is_open_while_the_page_is(page: Any) -> None:
    [document] = documents_in(page.body)
    assert FileUse.objects.filter(page=page, document=document).exists()
    assert Client().get(document.url).status_code == 200
    page.unpublish()
    assert Client().get(document.url).status_code == 404


def test_a_file_is_offered_with_format_size_and_credit(page: Any) -> None:
    [take] = tree_of(page.get_url()).xpath('//*[@class="take"]')
    [document] = documents_in(page.body)
    words = " ".join(take.text_content().split())
    assert take.xpath(".//p[1]/a/@href") == [document.url]
    assert words.startswith("Caderno PDF, ")
    assert "Davi Nogueira, 2026. CC BY 4.0." in words


def test_a_file_without_rights_keeps_the_page_from_going_live(db: None) -> None:
    body = [
        *pages.BODY,
        ("file", {"document": files.document(licence=None), "title": "", "about": ""}),
    ]
    lacks = pages.guide(body=body, live=False).lacks()
    assert ("body", True) in {(lack.field, "Cartilha" in lack.message) for lack in lacks}


def test_notes_are_linked_both_ways(page: Any) -> None:
    tree = tree_of(page.get_url())
    [call] = tree.xpath('//sup/a[@aria-label="Nota 1"]')
    note = tree.get_element_by_id(call.get("href")[1:])
    [back] = note.xpath('.//a[starts-with(@href, "#")]')
    assert back.get("href") == f"#{call.get('id')}"
    assert "12.527" in note.text_content()


def test_notes_work_inside_a_step_of_a_trail(page: Any) -> None:
    trail = pages.trail(page)
    tree = tree_of(trail.steps.first().url_in(trail))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in tree.xpath('//a[starts-with(@href, "#")]/@href'):
        assert target[1:] in ids


def test_a_call_without_a_note_keeps_the_page_from_going_live(db: None) -> None:
    page = pages.guide(body=[("text", "<p>Diz a lei.[^lei]</p>")], live=False)
    assert any("[^lei]" in lack.message for lack in page.lacks())


@pytest.mark.parametrize("terms", [BY_SA, RESERVED], ids=str)
def test_material_of_others_is_left_out_of_the_licence_of_the_page(db: None, terms: Any) -> None:
    value = {"what": "O mapa", "whose": "IBGE", "terms": terms.identifier, "address": ""}
    page = pages.guide(body=[*pages.BODY, ("third_party", value)])
    [note] = tree_of(page.get_url()).xpath('//*[@role="note"]')
    assert "A licença desta página não vale para esta parte." in note.text_content()
    assert (terms.short_name if terms.uri else terms.name) in note.text_content()
    assert not note.xpath(".//*[@rel]")


def test_steps_are_an_ordered_list_and_folds_open_without_script(page: Any) -> None:
    tree = tree_of(page.get_url())
    assert tree.xpath('//ol[contains(@class, "walk")]/li/h3/text()') == [
        "Abra o portal",
        "Ache o programa",
    ]
    assert "E se não houver portal?" in tree.xpath("//details/summary/text()")


def test_the_notes_of_an_episode_say_everything_to_apps(page: Any) -> None:
    notes = html.fromstring(f"<div>{notes_of(page.body)}</div>")
    words = " ".join(notes.text_content().split())
    for said in ("Abra o portal", "Peça por escrito.", "Caderno", "O mapa", "[1]", "12.527"):
        assert said in words
    assert not notes.xpath(".//@class")


@pytest.mark.django_db
def test_each_cell_of_a_table_names_its_column_for_narrow_screens(client: Client) -> None:
    page = pages.guide(body=body_with(files.image()))
    tree = html.fromstring(client.get(page.get_url()).content)
    heads = [head.text_content() for head in tree.xpath("(//table)[1]/thead//th")]
    named = [cell.get("data-l") for cell in tree.xpath("(//table)[1]/tbody/tr[1]/td")]
    assert named == heads[1:]
    assert all(named)
