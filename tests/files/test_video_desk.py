"""Videos in the CMS: sent, captioned, followed while they are prepared, tried again."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from files.models import Preparable, Recording, Video
from tests.factories import files, pages
from tests.files.samples import GOOD_VIDEOS, Sample

pytestmark = pytest.mark.django_db

RIGHTS = {
    "title": "Ponte nova",
    "creator": "Davi Nogueira",
    "licence": "CC-BY-4.0",
    "captions_language": "pt-BR",
}
ADD = "wagtailsnippets_files_video:add"


def edit_url(row: Any) -> str:
    return reverse(f"wagtailsnippets_files_{row._meta.model_name}:edit", args=[row.pk])


def errors_in(answer: Any) -> str:
    soup = BeautifulSoup(answer.content, "html5lib")
    return " ".join(error.get_text(" ", strip=True) for error in soup.select(".error-message"))


def panel(client: Client, row: Any) -> Any:
    return BeautifulSoup(client.get(edit_url(row)).content, "html5lib")


@pytest.mark.parametrize("sample", GOOD_VIDEOS, ids=str)
def test_a_whole_video_is_taken_with_its_captions(curator_client: Client, sample: Sample) -> None:
    captions = SimpleUploadedFile("legendas.vtt", b"\xef\xbb\xbf" + files.CAPTIONS.encode())
    sent = {"file": SimpleUploadedFile(sample.name, sample.content), "captions_file": captions}
    answer = curator_client.post(reverse(ADD), RIGHTS | sent)
    assert answer.status_code == 302, errors_in(answer)
    row = Video.objects.get()
    assert row.captions == files.CAPTIONS.strip()
    assert row.uploaded_by
    assert row.state == Preparable.State.WAITING


BAD_CAPTIONS = [
    ({"captions_file": b"Bom dia."}, "O arquivo de legendas não está em WebVTT."),
    ({"captions_file": "Olá".encode("latin-1")}, "não está em UTF-8"),
    ({"captions_file": b"WEBVTT\n\n" + b"x" * 3 * 1024 * 1024}, "passa de 2 MB"),
    ({"captions": "WEBVTT\n\n00:00:05.000 --> 00:00:01.000\nOi\n"}, "A linha 3 do arquivo"),
    ({"poster_file": b"<svg/>"}, "Este arquivo não é uma imagem JPEG, PNG ou WebP."),
]


@pytest.mark.parametrize(("fields", "told"), BAD_CAPTIONS, ids=[told for _, told in BAD_CAPTIONS])
def test_bad_captions_or_poster_are_refused_with_a_sentence(
    curator_client: Client, fields: dict[str, Any], told: str
) -> None:
    sent = {
        name: SimpleUploadedFile(name, value) if isinstance(value, bytes) else value
        for name, value in fields.items()
    }
    film = SimpleUploadedFile("a.mp4", files.video_bytes())
    answer = curator_client.post(reverse(ADD), RIGHTS | {"file": film} | sent)
    assert told in errors_in(answer)
    assert not Video.objects.exists()


def test_captions_that_readers_need_are_not_taken_away(curator_client: Client) -> None:
    row = files.video(licence=pages.BY_NC)
    pages.video(video=row)
    answer = curator_client.post(edit_url(row), RIGHTS | {"captions": ""})
    assert "Este vídeo está em páginas publicadas." in errors_in(answer)
    assert Video.objects.get(pk=row.pk).captions
    other = RIGHTS | {"captions": files.CAPTIONS.replace("abacaxi", "caju")}
    assert curator_client.post(edit_url(row), other).status_code == 302
    assert "caju" in Video.objects.get(pk=row.pk).captions


def test_the_form_shows_how_far_the_work_has_come(curator_client: Client) -> None:
    row = files.video(ready=False)
    Video.objects.filter(pk=row.pk).update(state="working", progress=42)
    soup = panel(curator_client, row)
    assert soup.select_one("progress")["value"] == "42"
    assert "Em preparo, 42 %." in soup.text
    listed = curator_client.get(reverse("wagtailsnippets_files_video:list"))
    assert "em preparo, 42 %" in listed.content.decode()


def test_a_recording_says_what_is_being_done_and_the_form_follows(curator_client: Client) -> None:
    row = files.recording(ready=False)
    Recording.objects.filter(pk=row.pk).update(state="working", step="codificando", progress=42)
    soup = panel(curator_client, row)
    assert "Em preparo: codificando, 42 %." in soup.text
    assert soup.select_one("#preparo[data-open] progress")["value"] == "42"
    assert "Recarregue a página" in soup.select_one("#preparo noscript").text
    assert soup.select_one("script[src*='preparo']")


def test_the_form_of_a_ready_recording_is_left_alone_and_says_how_loud_it_is(
    curator_client: Client,
) -> None:
    row = files.recording()
    measured = {"file": "", "loudness": -19.24, "peak": -3.6}
    Recording.objects.filter(pk=row.pk).update(sound=measured)
    soup = panel(curator_client, row)
    assert not soup.select_one("[data-open]")
    assert "Volume: −19,2 LUFS, pico −3,6 dB. O MP3 saiu como veio" in soup.text
    Recording.objects.filter(pk=row.pk).update(made="", state="failed", failure="Está em silêncio.")
    soup = panel(curator_client, row)
    assert not soup.select_one("[data-open]")
    assert soup.select_one("#preparo button[formaction]")


def test_a_ready_video_shows_its_copies(curator_client: Client) -> None:
    row = files.video()
    links = [link["href"] for link in panel(curator_client, row).select("a[href^='/videos/']")]
    assert links == [row.address(720), row.address(360), row.poster_url, row.captions_url]
    assert all(curator_client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("make", [files.video, files.recording])
def test_what_failed_says_why_and_is_tried_again(make: Any, curator_client: Client) -> None:
    row = make(ready=False)
    sentence = "Não deu para preparar. Envie o arquivo de novo."
    type(row).objects.filter(pk=row.pk).update(state="failed", attempts=5, failure=sentence)
    soup = panel(curator_client, row)
    assert sentence in soup.text
    button = soup.select_one("button[formaction]")
    assert curator_client.post(button["formaction"]).status_code == 302
    row = type(row).objects.get(pk=row.pk)
    assert (row.state, row.attempts, row.failure) == (Preparable.State.WAITING, 0, "")


def test_trying_again_is_for_those_who_may_change_it(author_client: Client) -> None:
    row = files.video(ready=False)
    Video.objects.filter(pk=row.pk).update(state="failed")
    url = reverse("wagtailsnippets_files_video:try_again", args=[row.pk])
    author_client.post(url)
    assert Video.objects.get(pk=row.pk).has_failed
    assert author_client.get(url).status_code in (302, 405)


def test_without_ffmpeg_the_form_says_what_to_install_before_anything_is_sent(
    curator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "apt-get install ffmpeg" in curator_client.get(reverse(ADD)).content.decode()
    page = curator_client.get(reverse("wagtailsnippets_files_recording:add")).content.decode()
    assert "sem ele só sai MP3, como veio" in page
    page = curator_client.get(reverse("wagtailimages:add")).content.decode()
    assert "ffmpeg" not in page


def test_a_video_without_a_queue_or_ffmpeg_is_still_taken(
    curator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    film = SimpleUploadedFile("a.mp4", files.video_bytes())
    assert curator_client.post(reverse(ADD), RIGHTS | {"file": film}).status_code == 302
    row = Video.objects.get()
    Video.work_on(row.pk)
    assert "apt-get install ffmpeg" in panel(curator_client, row).text
    row.refresh_from_db()
    page = pages.video(video=row, live=False, licence=row.licence)
    lacks = [lack for lack in page.lacks() if lack.code == "part-waiting"]
    assert "apt-get install ffmpeg" in lacks[0].message
    assert lacks[0].passing


def test_a_recording_has_a_copy_with_its_rights_for_pages() -> None:
    row = files.recording(title="Conversa sobre a obra")
    assert row.url == f"/audios/{row.pk}/conversa-sobre-a-obra.mp3"
    assert row.copy_bytes > 100_000
    without = files.recording(licence=None)
    assert (without.copy, without.copy_bytes) == ("", 0)
    assert Recording.objects.get(pk=without.pk).milliseconds
