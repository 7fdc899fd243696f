"""Who gets a published file: whoever may read a live page that uses it, and those who edit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from files.models import Art
from files.services import prepare_now
from knowledge.models import BookletPage, ResourceIndexPage
from tests.conftest import signed_in
from tests.factories import files, pages, people

pytestmark = pytest.mark.django_db

ALL = {"stranger", "outsider", "member", "editor"}
SIGNED_IN = ALL - {"stranger"}
INSIDERS = {"member", "editor"}
EDITORS = {"editor"}


@dataclass
class Shown:
    """A booklet with a cover, and the addresses of the files that it uses: a picture, a document,
    a drawing, a video and a recording."""

    page: Any

    def __post_init__(self) -> None:
        card = Art.find(self.page.draw_card(), 1200)
        assert card is not None
        self.addresses = {
            "picture": self.page.cover_image.address("m"),
            "document": self.page.document.url,
            "art": card.url,
        }
        used = self.page.files_used()
        for video in used.videos.values():
            self.addresses |= {
                "film": video.address(360),
                "poster": video.poster_url,
                "captions": video.captions_url,
            }
        for recording in used.recordings.values():
            self.addresses["recording"] = recording.url


def media() -> list[Any]:
    shown = [pages.video_block(files.video()), pages.audio_block(files.recording())]
    return [*pages.BOOKLET_BODY, *shown]


def booklet(live: bool = True, **fields: Any) -> BookletPage:
    fields = {
        "cover_image": files.image(),
        "document": files.document(licence=None),
        "body": media(),
    } | fields
    fields["document"].licence = fields.setdefault("licence", pages.BY_NC)
    fields["document"].save()
    prepare_now(fields["document"])
    page = pages.booklet(live=live, **fields)
    prepare_now(*page.request_preparations())
    return page


def group() -> Any:
    return people.group("Turma fechada")


def public() -> Shown:
    return Shown(booklet())


def draft() -> Shown:
    return Shown(booklet(live=False))


def draft_of_live_page() -> Shown:
    """Files that only the newer draft of a live page uses."""
    page = booklet()
    page.title = "Outro título"
    page.cover_image = files.image()
    page.document = files.document(licence=page.licence)
    page.body = media()
    page.save_revision()
    prepare_now(*page.request_preparations())
    return Shown(page)


def for_signed_in() -> Shown:
    page = booklet(live=False)
    pages.restrict(page)
    return Shown(pages.publish(page))


def for_group() -> Shown:
    page = booklet(live=False)
    pages.restrict(page, group())
    return Shown(pages.publish(page))


def closed_later() -> Shown:
    page = booklet()
    pages.restrict(page, group())
    return Shown(page)


def closed_above() -> Shown:
    page = booklet()
    pages.restrict(ResourceIndexPage.objects.get(), group())
    return Shown(page)


def opened_again() -> Shown:
    page = booklet()
    pages.restrict(page, group()).delete()
    return Shown(page)


def withdrawn() -> Shown:
    page = booklet()
    page.unpublish()
    return Shown(BookletPage.objects.get(pk=page.pk))


def expired() -> Shown:
    """Past its time, though the clock has not taken it down yet."""
    page = booklet()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    return Shown(page)


def deleted() -> Shown:
    shown = public()
    BookletPage.objects.get(pk=shown.page.pk).delete()
    return shown


def replaced() -> Shown:
    """Files that the page used until a newer version took others."""
    shown = public()
    page = BookletPage.objects.get(pk=shown.page.pk)
    page.title = "Outro título"
    page.cover_image = None
    page.document = files.document(licence=page.licence)
    page.body = pages.BOOKLET_BODY
    pages.publish(page)
    return shown


SITUATIONS: list[tuple[Callable[[], Shown], set[str], bool]] = [
    (public, ALL, True),
    (opened_again, ALL, True),
    (draft, EDITORS, False),
    (draft_of_live_page, EDITORS, False),
    (for_signed_in, SIGNED_IN, False),
    (for_group, INSIDERS, False),
    (closed_later, INSIDERS, False),
    (closed_above, INSIDERS, False),
    (withdrawn, EDITORS, False),
    (expired, EDITORS, False),
    (deleted, EDITORS, False),
    (replaced, EDITORS, False),
]


EVERY_KIND = pytest.mark.parametrize(
    "kind", ["picture", "document", "art", "film", "poster", "captions", "recording"]
)


def readers() -> dict[str, Client]:
    member = people.user()
    member.groups.add(group())
    return {
        "stranger": Client(),
        "outsider": signed_in(people.user()),
        "member": signed_in(member),
        "editor": signed_in(people.user("Autores")),
    }


@EVERY_KIND
@pytest.mark.parametrize(
    ("situation", "allowed", "is_public"),
    SITUATIONS,
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_file_is_open_to_those_who_may_read_a_live_page_that_uses_it(
    situation: Callable[[], Shown], allowed: set[str], is_public: bool, kind: str
) -> None:
    address = situation().addresses[kind]
    for name, client in readers().items():
        for method in (client.get, client.head):
            answer = method(address)
            assert answer.status_code == (200 if name in allowed else 404), name
            assert not answer.cookies, name
            if name in allowed:
                cache = answer.headers["Cache-Control"].split(", ")
                assert ("public" in cache) is is_public, name
                assert ("no-store" in cache) is not is_public, name


@EVERY_KIND
def test_a_refusal_tells_nothing_of_the_file(kind: str) -> None:
    """Who may not read it cannot tell it from a file that never was, whatever else they know."""
    address = for_group().addresses[kind]
    answer = Client().get(address)
    known = Client().get(address, headers={"if-none-match": "*", "range": "bytes=0-0"})
    for refused in (answer, known):
        assert refused.status_code == 404
        assert refused.headers["Content-Type"].startswith("text/html")
        assert not {"Last-Modified", "Accept-Ranges", "X-Accel-Redirect"} & set(refused.headers)
    assert answer.content == Client().get("/arquivos/999999/nada.pdf").content


@EVERY_KIND
def test_closing_a_page_closes_its_files_at_once(kind: str) -> None:
    shown = public()
    address = shown.addresses[kind]
    tag = Client().get(address).headers["ETag"]
    pages.restrict(shown.page, group())
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 404


def test_a_file_of_a_public_and_of_a_closed_page_is_open_to_all() -> None:
    image = files.image()
    closed = pages.guide(cover_image=image)
    pages.guide(cover_image=image)
    pages.restrict(closed, group())
    answer = Client().get(image.address("m"))
    assert answer.status_code == 200
    assert "public" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("kind", ["picture", "document", "art", "film", "poster", "recording"])
def test_a_published_file_answers_with_its_own_bytes_and_tag(kind: str) -> None:
    answer = Client().get(public().addresses[kind])
    content = b"".join(answer.streaming_content)
    types = {"picture": "image/webp", "document": "application/pdf", "art": "image/png"}
    types |= {"film": "video/mp4", "poster": "image/jpeg", "recording": "audio/mpeg"}
    heads = {"picture": b"RIFF", "document": b"%PDF-", "art": b"\x89PNG"}
    heads |= {"film": b"\0\0\0 ftyp", "poster": b"\xff\xd8", "recording": b"ID3"}
    assert answer.headers["Content-Type"] == types[kind]
    assert content.startswith(heads[kind])
    assert answer.headers["Content-Length"] == str(len(content))
    part = Client().get(answer.request["PATH_INFO"], headers={"range": "bytes=-9"})
    assert b"".join(part.streaming_content) == content[-9:]
    assert part.headers["ETag"] == answer.headers["ETag"]


# --- addresses ----------------------------------------------------------------------------------


def get(path: str, client: Client | None = None) -> HttpResponseBase:
    return (client or Client()).get(path)


def test_a_picture_has_no_other_size_ending_or_number() -> None:
    image = public().page.cover_image
    address = image.address("m")
    assert address == f"/imagens/{image.pk}/m.webp"
    for wrong in (
        f"/imagens/{image.pk}/m.jpg",
        f"/imagens/{image.pk}/m.svg",
        f"/imagens/{image.pk}/original.jpg",
        f"/imagens/{image.pk}/arte.jpg",  # the picture is too small for podcast art
        f"/imagens/{image.pk + 1000}/m.webp",
        f"/imagens/{image.pk}/m.webp/",
        f"/imagens/{image.pk}/../m.webp",
    ):
        assert get(wrong).status_code == 404, wrong
    assert image.address("arte") == ""


def test_a_document_under_another_name_is_sent_on_to_its_own() -> None:
    document = public().page.document
    answer = get(f"/arquivos/{document.pk}/nome-velho.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (301, document.url)
    assert get(f"/arquivos/{document.pk}/{document.slug}.txt").status_code == 404
    assert get(f"/arquivos/{document.pk + 1000}/{document.slug}.pdf").status_code == 404


def test_the_name_of_a_closed_document_is_told_only_to_those_who_may_read_it() -> None:
    document = for_group().page.document
    wrong = f"/arquivos/{document.pk}/nome-velho.pdf"
    assert get(wrong).status_code == 404
    member = people.user()
    member.groups.add(group())
    answer = get(wrong, signed_in(member))
    assert (answer.status_code, answer.headers["Location"]) == (301, document.url)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_document_that_is_not_ready_is_not_there_yet(author_client: Client) -> None:
    document = files.document(ready=False)
    assert get(document.url, author_client).status_code == 404


def test_the_address_of_a_document_outlives_its_title() -> None:
    document = files.document(title="Cartilha da Saúde")
    assert document.url == f"/arquivos/{document.pk}/cartilha-da-saude.pdf"
    document.title = "Cartilha da Educação"
    document.save()
    assert document.url == f"/arquivos/{document.pk}/cartilha-da-saude.pdf"


def test_a_drawing_that_was_never_asked_for_is_not_there() -> None:
    assert get(f"/arte/{'0' * 24}.png").status_code == 404
    assert get("/arte/curto.png").status_code == 404


@pytest.mark.parametrize("kind", ["picture", "document", "art"])
def test_files_are_only_read(kind: str) -> None:
    assert Client().post(public().addresses[kind]).status_code == 405


# --- what the CMS shows -------------------------------------------------------------------------


def test_what_the_cms_shows_of_a_picture_is_for_those_who_work_in_it() -> None:
    image = files.image()
    pages.guide(cover_image=image)
    rendition = image.renditions.get(filter_spec="max-165x165")
    for name, client in readers().items():
        answer = get(rendition.url, client)
        assert answer.status_code == (200 if name == "editor" else 404), name
    editor = signed_in(people.user("Autores"))
    answer = get(rendition.url, editor)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert get(f"/imagens/{image.pk + 1}/previa/{rendition.pk}/", editor).status_code == 404


def test_the_list_of_pictures_shows_each_to_those_who_work_with_them(
    curator_client: Client,
) -> None:
    files.image()
    page = BeautifulSoup(curator_client.get(reverse("wagtailimages:index")).content, "html5lib")
    sources = [picture["src"] for picture in page.select("ul.listing img")]
    assert len(sources) == 1
    assert get(sources[0], curator_client).status_code == 200
    assert get(sources[0]).status_code == 404


def test_nobody_gets_an_original_by_its_path(admin_client: Client) -> None:
    name = files.image().file.name
    for path in (f"/{name}", f"/media/{name}", f"/originals/{name}", f"/static/../{name}"):
        assert get(path, admin_client).status_code == 404


# --- videos and recordings ----------------------------------------------------------------------


def test_a_film_is_sent_in_parts_and_by_its_tag() -> None:
    video = files.video()
    pages.guide(body=[*pages.BODY, pages.video_block(video)])
    client, size = Client(), video.sizes["720"]["bytes"]
    whole = client.get(video.address(720))
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Content-Length"] == str(size)
    content = b"".join(whole.streaming_content)
    for asked, first, last in (
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, size - 1),
        ("bytes=-64", size - 64, size - 1),
    ):
        part = client.get(video.address(720), headers={"range": asked})
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert b"".join(part.streaming_content) == content[first : last + 1]
    beyond = client.get(video.address(720), headers={"range": f"bytes={size}-"})
    assert beyond.status_code == 416
    head = client.head(video.address(720))
    assert (head.headers["Content-Length"], head.content) == (str(size), b"")
    for url in (video.address(720), video.poster_url, video.captions_url):
        got = client.get(url)
        for name, sent in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
            assert client.get(url, headers={name: got.headers[sent]}).status_code == 304


def test_captions_are_served_as_they_were_written_and_follow_corrections() -> None:
    video = files.video()
    pages.guide(body=[*pages.BODY, pages.video_block(video)])
    first = Client().get(video.captions_url)
    assert first.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.content.decode() == files.CAPTIONS
    video.captions = files.CAPTIONS.replace("abacaxi", "caju")
    video.save()
    again = Client().get(video.captions_url, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "caju" in again.content.decode()


def test_a_video_has_no_other_size_name_or_number(author_client: Client) -> None:
    video = files.video()
    silent = files.video(captions="", no_captions_reason="sem fala")
    waiting = files.video(ready=False)
    for wrong in (
        f"/videos/{video.pk}/480.mp4",
        f"/videos/{video.pk}/720.webm",
        f"/videos/{video.pk}/original.mp4",
        f"/videos/{video.pk + 1000}/720.mp4",
        f"/videos/{silent.pk}/legendas.vtt",
        waiting.address(720),
        waiting.address("poster"),
    ):
        assert get(wrong, author_client).status_code == 404, wrong


def test_a_recording_under_another_name_is_sent_on_to_its_own() -> None:
    recording = files.recording()
    pages.guide(body=[*pages.BODY, pages.audio_block(recording)])
    answer = get(f"/audios/{recording.pk}/nome-velho.mp3")
    assert (answer.status_code, answer.headers["Location"]) == (301, recording.url)
