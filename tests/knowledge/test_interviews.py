"""The page of an interview: questions to find, answers to read, and a recording to hear."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from files.models import FileUse
from search.models import Entry
from tests.factories import files, pages, people

pytestmark = pytest.mark.django_db


def soup_of(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html5lib")


def test_each_question_is_a_section_that_can_be_linked_to(client: Client) -> None:
    soup = soup_of(client, pages.interview().get_url())
    asked = soup.select(".prose > h2.asked")
    assert [question.text for question in asked] == ["Como começou?", "E o que mudou?"]
    assert [question["id"] for question in asked] == ["como-comecou", "e-o-que-mudou"]
    links = [link["href"] for link in soup.select("nav.toc a")]
    assert links == ["#como-comecou", "#e-o-que-mudou"]
    answers = [question.find_next_sibling() for question in asked]
    assert [answer["class"] for answer in answers] == [["answer"], ["answer"]]
    assert answers[0].b.text == "planilha"


def test_the_same_question_twice_has_two_anchors(client: Client) -> None:
    page = pages.interview(exchanges=[*pages.EXCHANGES, pages.EXCHANGES[0]])
    ids = [question["id"] for question in soup_of(client, page.get_url()).select("h2.asked")]
    assert ids == ["como-comecou", "e-o-que-mudou", "como-comecou-2"]


def test_the_sources_come_after_the_last_answer(client: Client) -> None:
    body = [pages.BODY[0], ("references", {"sources": ["<p>Lei nº 4.320/1964</p>"]})]
    soup = soup_of(client, pages.interview(body=body).get_url())
    titles = [heading["id"] for heading in soup.select(".prose > h2")]
    assert titles == ["como-comecou", "e-o-que-mudou", "fontes"]


def test_it_says_who_answers_and_who_asks(client: Client) -> None:
    soup = soup_of(client, pages.interview(authors=("Ana Reis",)).get_url())
    facts = " ".join(soup.select_one(".facts").get_text(" ", strip=True).split())
    assert facts == "Responde Cleide Santos Pergunta Ana Reis"


def test_an_answer_links_to_what_the_reader_may_see(client: Client) -> None:
    guide = pages.guide()
    answer = f'<p>Leia <a linktype="page" id="{guide.pk}">o guia</a>.</p>'
    page = pages.interview(exchanges=[("exchange", {"question": "Onde?", "answer": answer})])
    assert soup_of(client, page.get_url()).select_one(".answer a")["href"] == guide.get_url()


def test_search_finds_question_answer_and_what_is_said_in_the_recording() -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:04.000\nUma palavra incomum: almotacel."
    page = pages.interview(recording=files.recording(), transcript=vtt)
    body = Entry.objects.get(pk=page.pk).body
    for part in ("Como começou?", "planilha", "almotacel"):
        assert part in body


def test_a_recording_is_heard_saved_and_read(client: Client) -> None:
    recording = files.recording(title="Conversa com Cleide")
    page = pages.interview(recording=recording, transcript=files.vtt_text())
    soup = soup_of(client, page.get_url())
    assert soup.audio["src"] == recording.url
    assert soup.select(".said > div")
    offered = [link["href"] for link in soup.select(".files a")]
    assert offered == [recording.url, page.transcript_path]
    sound = client.get(recording.url)
    assert sound.headers["Content-Type"] == "audio/mpeg"
    text = client.get(page.transcript_path)
    assert text.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert text.content.startswith(b"WEBVTT")
    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    assert data["associatedMedia"]["contentUrl"] == f"http://rede.test{recording.url}"


def test_a_recording_closes_with_its_page(client: Client) -> None:
    recording = files.recording()
    page = pages.interview(recording=recording, transcript=files.vtt_text())
    pages.restrict(page, people.group())
    assert client.get(recording.url).status_code == 404
    assert client.get(page.transcript_path).status_code == 302
    page.unpublish()
    assert not FileUse.objects.filter(recording=recording).exists()


def test_a_reason_may_stand_for_the_transcript(client: Client) -> None:
    page = pages.interview(
        recording=files.recording(), no_transcript_reason="O texto é a gravação inteira."
    )
    assert page.live
    assert "O texto é a gravação inteira." in soup_of(client, page.get_url()).main.text
    assert client.get(page.transcript_path).status_code == 404
