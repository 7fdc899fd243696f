"""Videos and recordings in a body: shown, credited, followed without hearing, found, open."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from files.models import FileUse
from knowledge.models import GuidePage
from licensing.values import BY, BY_SA
from search.models import Entry
from tests.factories import files, pages
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db


def guide(*blocks: Any, **fields: Any) -> GuidePage:
    return pages.guide(body=[*pages.BODY, *blocks], **fields)


def soup_of(page: Any, client: Client) -> Any:
    return BeautifulSoup(client.get(page.get_url()).content, "html5lib")


def test_a_video_is_shown_with_captions_credit_and_what_is_said(client: Client) -> None:
    video = files.video(licence=BY_SA)
    page = soup_of(guide(pages.video_block(video)), client)
    figure = page.select_one("figure[data-media]")
    player = figure.select_one("video")
    assert (player["preload"], player["poster"]) == ("none", f"/videos/{video.pk}/poster.jpg")
    assert (player["width"], player["height"]) == ("96", "54")
    assert [source["src"] for source in player.select("source")] == [
        f"/videos/{video.pk}/720.mp4",
        f"/videos/{video.pk}/360.mp4",
    ]
    track = player.select_one("track")
    assert (track["kind"], track["srclang"]) == ("captions", "pt-BR")
    assert "default" in track.attrs
    credit = figure.select_one(".credit")
    assert credit.text.startswith("Ana Lúcia Reis, 2026. CC BY-SA 4.0.")
    assert "rel" not in credit.a.attrs
    assert len(page.select("a[rel=license]")) == 1
    said = figure.select(".said > div")
    assert [line["id"] for line in said] == [f"video-{video.pk}-t0", f"video-{video.pk}-t1400"]
    for address in (player["poster"], track["src"], *(s["src"] for s in player.select("source"))):
        assert client.get(address).status_code == 200


def test_a_recording_is_played_with_credit_and_what_is_said(client: Client) -> None:
    recording = files.recording()
    page = soup_of(guide(pages.audio_block(recording)), client)
    figure = page.select_one("figure[data-media]")
    assert figure.audio["src"] == recording.url
    assert client.get(recording.url).headers["Content-Type"] == "audio/mpeg"
    assert "Agora dá para passar." in figure.select_one("details").text
    assert figure.select_one(".credit").text.startswith("Ana Lúcia Reis, 2026. CC BY 4.0.")
    timed = soup_of(guide(pages.audio_block(recording, transcript=files.CAPTIONS)), client)
    assert timed.select_one(".said > div")["id"] == f"audio-{recording.pk}-t0"


def test_a_reason_stands_where_there_is_nothing_to_read(client: Client) -> None:
    silent = files.video(captions="", no_captions_reason="sem fala")
    note = pages.audio_block(files.recording(), transcript="")
    note[1]["no_transcript_reason"] = "sem fala"
    page = soup_of(guide(pages.video_block(silent), note), client)
    figures = page.select("figure[data-media]")
    assert [figure.select("details") for figure in figures] == [[], []]
    assert "Sem legendas: sem fala." in figures[0].text
    assert "Sem transcrição: sem fala." in figures[1].text
    assert not page.select("track")


LACKING = [
    (lambda: pages.video_block(files.video(captions="")), "Faltam as legendas do vídeo"),
    (lambda: pages.video_block(files.video(captions="Bom dia.")), "não está em WebVTT"),
    (lambda: pages.video_block(files.video(creator="")), "não diz quem fez"),
    (lambda: pages.video_block(files.video(licence=None)), "está sem licença"),
    (lambda: pages.video_block(files.video(ready=False)), "ainda está sendo preparado"),
    (lambda: pages.audio_block(files.recording(), transcript=" "), "Falta a transcrição"),
    (lambda: pages.audio_block(files.recording(creator="")), "não diz quem fez"),
    (lambda: pages.audio_block(files.recording(licence=None)), "está sem licença"),
    (lambda: pages.audio_block(files.recording(ready=False)), "ainda está sendo preparada"),
]


@pytest.mark.parametrize(("block", "told"), LACKING, ids=[told for _, told in LACKING])
def test_what_a_block_lacks_is_told_at_the_body(block: Any, told: str) -> None:
    page = draft(guide(block(), live=False))
    lacks = page.lacks()
    assert [lack.field for lack in lacks] == ["body"] * len(lacks)
    assert any(told in lack.message for lack in lacks), lacks


def test_a_block_whose_file_was_deleted_is_a_lack() -> None:
    video = files.video()
    page = draft(guide(pages.video_block(video), live=False))
    video.delete()
    page = GuidePage.objects.get(pk=page.pk)
    assert [lack.code for lack in page.lacks()] == ["media"]


def test_spoken_words_are_found(client: Client) -> None:
    page = guide(pages.video_block(files.video()), pages.audio_block(files.recording()))
    body = Entry.objects.get(pk=page.pk).body
    assert "Acompanhe o abacaxi." in body
    assert "Agora dá para passar." in body
    assert page.title in client.get("/busca/?q=abacaxi").content.decode()


def test_captions_corrected_later_are_found_at_once() -> None:
    video = files.video()
    page = guide(pages.video_block(video))
    video.captions = files.CAPTIONS.replace("abacaxi", "jabuticaba")
    video.save()
    assert "jabuticaba" in Entry.objects.get(pk=page.pk).body


def test_the_page_opens_its_files_and_closes_them_when_it_goes(client: Client) -> None:
    video, recording = files.video(), files.recording()
    page = guide(pages.video_block(video), pages.audio_block(recording))
    uses = FileUse.objects.filter(page=page)
    assert {use.video_id for use in uses} == {video.pk, None}
    assert {use.recording_id for use in uses} == {recording.pk, None}
    page.unpublish()
    for address in (video.address(720), video.poster_url, video.captions_url, recording.url):
        assert client.get(address).status_code == 404


def cost(page: Any) -> int:
    client = Client()
    client.get(page.get_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.get_url()).status_code == 200
    return len(queries)


def test_any_number_of_videos_and_recordings_costs_one_query() -> None:
    bare = cost(guide())
    one = guide(pages.video_block(files.video()), pages.audio_block(files.recording()))
    many = [pages.video_block(files.video()) for _ in range(5)]
    many += [pages.audio_block(files.recording(licence=BY)) for _ in range(5)]
    assert cost(one) == bare + 1
    assert cost(guide(*many, *many)) == bare + 1
