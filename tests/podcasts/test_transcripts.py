"""The transcript of an episode: on its page, and as WebVTT for apps."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from files.transcripts import Transcript
from podcasts.models import EpisodePage
from tests.factories import pages
from tests.files.test_transcripts import TWO_VOICES, cue
from tests.journeys.curating import body_of, form_of
from tests.podcasts.reading import NAMESPACES, Feed

# --- in the episode ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "   ", "WEBVTT\n\nAna: bom dia.", "{}"], ids=["empty", "blank", "no times", "JSON"]
)
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


# --- as running text, or not at all --------------------------------------------------------------

PROSE = "Ana: bom dia.\n\nHelena: bom dia & <obrigada>."


def test_running_text_is_a_transcript_too(first: EpisodePage, client: Client) -> None:
    first.transcript = PROSE
    first = pages.publish(first)
    soup = BeautifulSoup(client.get(first.get_url()).content, "html5lib")
    said = soup.select_one("[aria-labelledby=transcricao]")
    assert [p.text for p in said.select(".prose p")] == PROSE.split("\n\n")
    assert said.select_one("a")["href"] == first.transcript_path_as("txt")
    assert "obrigada" in first.plain_text()
    item = Feed.get(client, first.show.feed_path).item(first.title)
    offered = item.findall("podcast:transcript", NAMESPACES)
    assert [element.get("type") for element in offered] == ["text/plain", "text/html"]
    for element in offered:
        answer = client.get(element.get("url").removeprefix(settings.PUBLIC_URL))
        assert answer.headers["Content-Type"] == f"{element.get('type')}; charset=utf-8"
    assert client.get(first.transcript_path_as("txt")).content.decode() == PROSE + "\n"
    page = BeautifulSoup(client.get(first.transcript_path_as("html")).content, "html5lib")
    assert [p.text for p in page.select("p")] == PROSE.split("\n\n")
    assert client.get(first.transcript_path).status_code == 404


def test_times_are_not_offered_as_running_text(first: EpisodePage, client: Client) -> None:
    assert client.get(first.transcript_path_as("txt")).status_code == 404


def test_without_a_transcript_page_and_feed_say_why(first: EpisodePage, client: Client) -> None:
    first.transcript, first.no_transcript_reason = "", "só música & palmas"
    first = pages.publish(first)
    soup = BeautifulSoup(client.get(first.get_url()).content, "html5lib")
    assert "Sem transcrição: só música & palmas" in soup.text
    assert not soup.select("a[href*=transcricao]")
    item = Feed.get(client, first.show.feed_path).item(first.title)
    notes = item.findtext("content:encoded", namespaces=NAMESPACES)
    assert notes.endswith("<p>Sem transcrição: só música &amp; palmas</p>")
    assert not item.findall("podcast:transcript", NAMESPACES)
    assert first.lacks_accessible_text() == "Sem transcrição: só música & palmas."
    assert client.get(first.transcript_path_as("html")).status_code == 404
    assert "Ler a transcrição" not in client.get(first.embed_path).content.decode()


def test_a_reason_beside_a_transcript_is_not_told(first: EpisodePage, client: Client) -> None:
    first.no_transcript_reason = "só música"
    first = pages.publish(first)
    assert "só música" not in client.get(first.get_url()).content.decode()


# --- in the form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("fala.txt", b"\xef\xbb\xbfAna: bom dia.\r\n", "Ana: bom dia."),
        ("fala.vtt", TWO_VOICES.encode(), TWO_VOICES.strip()),
        (
            "fala.srt",
            b"1\n00:00:01,000 --> 00:00:02,000\nOi\n",
            "00:00:01.000 --> 00:00:02.000\nOi",
        ),
    ],
)
def test_a_transcript_comes_in_as_a_file(
    first: EpisodePage, curator_client: Client, name: str, content: bytes, kept: str
) -> None:
    answer = send(curator_client, first, transcript_file=SimpleUploadedFile(name, content))
    assert answer.status_code == 302
    draft = EpisodePage.objects.get(pk=first.pk).get_latest_revision_as_object()
    assert kept in draft.transcript
    assert draft.transcript != first.transcript


@pytest.mark.parametrize("how", ["file", "pasted"])
def test_a_transcript_in_another_form_is_published_in_one_step(
    first: EpisodePage, curator_client: Client, how: str
) -> None:
    said = "1\n00:00:01,000 --> 00:00:02,000\nFala nova\n"
    url = reverse("wagtailadmin_pages:edit", args=[first.pk])
    data = form_of(curator_client, url)
    given: dict[str, Any] = {"transcript": said}
    if how == "file":
        given = {"transcript_file": SimpleUploadedFile("fala.srt", said.encode())}
    sent = {name: data[name] for name in data} | body_of(first) | given
    answer = curator_client.post(url, sent | {"action-publish": "1"})
    assert answer.status_code == 302
    assert (
        "00:00:01.000 --> 00:00:02.000\nFala nova"
        in EpisodePage.objects.get(pk=first.pk).transcript
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Olá, você".encode("latin-1"), "O arquivo não está em UTF-8."),
        (b"x" * (2 * 1024 * 1024 + 1), "O arquivo passa de 2 MB."),
    ],
    ids=["Latin-1", "too long"],
)
def test_a_file_that_is_no_transcript_is_refused_in_words(
    first: EpisodePage, curator_client: Client, content: bytes, told: str
) -> None:
    answer = send(curator_client, first, transcript_file=SimpleUploadedFile("fala.txt", content))
    assert answer.status_code == 200
    assert told in BeautifulSoup(answer.content, "html5lib").text
    kept = EpisodePage.objects.get(pk=first.pk).get_latest_revision_as_object()
    assert kept.transcript == first.transcript


def send(client: Client, page: EpisodePage, **files: SimpleUploadedFile) -> Any:
    """Save the draft of a page from its form, as it stands, with files."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(client, url)
    return client.post(url, {name: data[name] for name in data} | body_of(page) | files)
