"""The transcript of an episode: on its page, and as WebVTT for apps."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from files.transcripts import Transcript
from podcasts.models import EpisodePage
from tests.factories import pages
from tests.files.test_transcripts import TWO_VOICES, cue

# --- in the episode ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "Ana: bom dia."], ids=["empty", "blank", "prose"])
def test_an_episode_with_such_a_transcript_lacks_it(first: EpisodePage, text: str) -> None:
    first.transcript = text
    lacks = [lack for lack in first.lacks() if lack.field == "transcript"]
    assert len(lacks) == 1
    assert not lacks[0].passing


def test_the_page_shows_every_line_with_voice_and_time(first: EpisodePage, client: Client) -> None:
    first.transcript = TWO_VOICES
    first = pages.publish(first)
    soup = BeautifulSoup(client.get(first.get_url()).content, "html5lib")
    lines = soup.select(".said > div")
    assert [line.select_one("p:last-child").text for line in lines] == [
        "Bom dia. Comigo está Helena Prado.",
        "Obrigada & bom dia.",
        "Tchau.",
    ]
    assert lines[1].select_one(".who").text.split() == ["Helena", "Prado", "01:05"]
    assert lines[1]["data-at"] == "65.50"
    for line in lines:
        assert line.select_one("a")["href"] == f"#{line['id']}"


def test_lines_of_one_second_have_each_an_anchor(first: EpisodePage, client: Client) -> None:
    first.transcript = cue(
        "<v Ana>Sim.</v> <v Bia>Não.</v> <v Ana>Sim!</v>\n\n"
        "00:02.000 --> 00:03.000\n<v Bia>Juntas.\n\n00:02.000 --> 00:03.000\n<v Ana>Juntas.",
        "00:01.000 --> 00:01.900",
    )
    first = pages.publish(first)
    soup = BeautifulSoup(client.get(first.get_url()).content, "html5lib")
    anchors = [line["id"] for line in soup.select(".said > div")]
    assert len(set(anchors)) == len(anchors) == 5


def test_a_voice_with_markup_in_its_name_is_only_text(first: EpisodePage, client: Client) -> None:
    first.transcript = cue("<v Ana &amp; &lt;script&gt;>Oi &lt;img src=x&gt;")
    first = pages.publish(first)
    soup = BeautifulSoup(client.get(first.get_url()).content, "html5lib")
    assert soup.select_one(".said .who").text.startswith("Ana & <script>")
    assert not soup.select(".said script, .said img")


# --- over HTTP ---------------------------------------------------------------------------------


def test_the_transcript_is_served_as_it_was_written(first: EpisodePage, client: Client) -> None:
    answer = client.get(first.transcript_path)
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.content.decode() == first.transcript.strip() + "\n"
    assert Transcript.parse(answer.content.decode()) == Transcript.parse(first.transcript)


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_an_app_that_has_the_transcript_gets_304(
    first: EpisodePage, client: Client, header: str
) -> None:
    got = client.get(first.transcript_path).headers[header]
    asked = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}[header]
    assert client.get(first.transcript_path, headers={asked: got}).status_code == 304


def test_a_corrected_transcript_reaches_apps_that_have_the_old_one(
    first: EpisodePage, client: Client
) -> None:
    EpisodePage.objects.filter(pk=first.pk).update(
        last_published_at=first.last_published_at - timedelta(hours=1)
    )
    before = client.get(first.transcript_path)
    first.transcript = TWO_VOICES
    pages.publish(first)
    for name, value in (
        ("if-none-match", before.headers["ETag"]),
        ("if-modified-since", before.headers["Last-Modified"]),
    ):
        answer = client.get(first.transcript_path, headers={name: value})
        assert answer.status_code == 200
        assert answer.content.decode() == TWO_VOICES
    newer = parsedate_to_datetime(answer.headers["Last-Modified"])
    assert newer > parsedate_to_datetime(before.headers["Last-Modified"])
