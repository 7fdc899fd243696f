"""The files of a draft of each kind: its reader sees, hears and takes them along, nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from licensing.values import BY_NC
from tests.factories import files, pages
from tests.knowledge.lacking import draft
from tests.knowledge.situations import anew
from tests.knowledge.test_draft_reading import CLOSED, files_in, link_to, soup_of

pytestmark = pytest.mark.django_db


def spoken_video() -> Any:
    return files.video(licence=BY_NC)


def interview() -> Any:
    recording = files.recording(licence=BY_NC)
    return pages.interview(live=False, recording=recording, transcript=files.CAPTIONS)


def guide_with_media() -> Any:
    body = [
        *pages.BODY,
        pages.video_block(files.video()),
        pages.audio_block(files.recording()),
        ("indicators", [pages.indicator()[1]]),
    ]
    return pages.guide(live=False, body=body)


VIDEO = [".mp4", "/poster.jpg", "/legendas.vtt"]
MAKES: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "video": (lambda: pages.video(live=False), VIDEO),
    "editable document": (lambda: pages.editable_document(live=False), [".odt", ".docx"]),
    "interview": (interview, [".mp3", "/transcricao.vtt"]),
    "case": (
        lambda: pages.case(live=False, files_to_reuse=[files.document()]),
        [".pdf", "/indicadores.csv"],
    ),
    "guide": (guide_with_media, [*VIDEO, ".mp3", "/indicadores.csv"]),
}
KINDS = pytest.mark.parametrize("kind", MAKES)


def drafted(kind: str) -> tuple[Any, str, set[str]]:
    """A draft of a kind, the link that opens it, and the addresses of its files below the link."""
    page = draft(MAKES[kind][0]())
    link = link_to(page)
    return page, link, files_in(Client().get(link), link)


@KINDS
def test_a_reader_gets_every_file_that_the_draft_names(kind: str) -> None:
    _, _link, found = drafted(kind)
    for ending in [*MAKES[kind][1], "citar.bib", "citar.ris"]:
        assert any(address.endswith(ending) for address in found), (ending, found)
    for address in found:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert len(b"".join(answer)) > 20, address  # type: ignore[arg-type]


@KINDS
def test_nobody_gets_them_at_their_own_addresses(kind: str) -> None:
    _, link, found = drafted(kind)
    for address in found:
        assert Client().get(f"/{address.removeprefix(link)}").status_code == 404, address


@KINDS
def test_no_file_of_the_draft_is_named_at_its_own_address(kind: str) -> None:
    page, link, _ = drafted(kind)
    soup = soup_of(Client().get(link))
    for element in soup.select("main [src], main [href], main [poster]"):
        for name in ("src", "href", "poster"):
            address = element.get(name, "")
            assert not address.startswith(("/videos/", "/audios/", "/arquivos/")), address
            assert not address.startswith(f"{page.get_url()}") or address == page.get_url()


@pytest.mark.parametrize("close", CLOSED)
def test_a_link_that_is_closed_closes_its_files_at_once(
    close: Callable[[Any, str], str], settings: Any
) -> None:
    page, link, found = drafted("video")
    client = Client()
    assert {client.get(address).status_code for address in found} == {200}
    closed = close(page, link)
    for address in found:
        assert client.get(address.replace(link, closed)).status_code == 404, address


def test_a_video_of_a_draft_can_be_sought_in() -> None:
    _, _, found = drafted("video")
    film = next(address for address in found if address.endswith(".mp4"))
    answer = Client().get(film, headers={"range": "bytes=0-9"})
    assert answer.status_code == 206
    assert len(b"".join(answer.streaming_content)) == 10  # type: ignore[attr-defined]


def test_an_editable_document_of_a_draft_is_saved_and_not_shown() -> None:
    page, link, _ = drafted("editable document")
    for document in (page.odt, page.docx):
        answer = Client().get(f"{link}{document.url[1:]}")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_the_draft_says_is_handed_out_and_not_what_is_published() -> None:
    page = pages.interview(recording=files.recording(licence=BY_NC), transcript=files.CAPTIONS)
    link = link_to(page)
    edited = anew(page)
    edited.transcript = files.CAPTIONS.replace("WEBVTT", "WEBVTT\n\nNOTE Do rascunho", 1)
    edited.recording = files.recording(licence=BY_NC, title="Outra")
    draft(edited)
    public = f"{page.get_url()}transcricao.vtt"
    assert b"Do rascunho" in Client().get(f"{link}{public[1:]}").content
    assert b"Do rascunho" not in Client().get(public).content
    assert Client().get(f"{link}{edited.recording.url[1:]}").status_code == 200
    assert Client().get(edited.recording.url).status_code == 404


def test_a_link_opens_no_file_of_another_page() -> None:
    link = link_to(draft(pages.guide(live=False)))
    video = draft(pages.video(live=False))
    talk, case = draft(interview()), draft(pages.case(live=False))
    for address in (
        video.video.address(720),
        video.video.poster_url,
        video.video.captions_url,
        talk.recording.url,
        talk.transcript_path,
        case.csv_path,
        f"{case.get_url()}citar.bib",
    ):
        answer = Client().get(f"{link}{address[1:]}", follow=True)
        assert answer.status_code == 404, address


def test_withdrawn_rights_close_a_file_for_the_invited_as_well() -> None:
    page, _link, found = drafted("video")
    type(page.video).objects.filter(pk=page.video.pk).update(withdrawn_on="2026-11-01")
    film = next(address for address in found if address.endswith(".mp4"))
    assert Client().get(film).status_code == 410


def test_a_video_elsewhere_may_be_shown_in_the_draft() -> None:
    answer = Client().get(link_to(draft(pages.embedded_video(live=False))))
    button = soup_of(answer).select_one("[data-frame]")
    host = button["data-frame"].split("/")[2]
    assert host in answer["Content-Security-Policy"]
    assert settings.PUBLIC_URL not in button["data-frame"]
