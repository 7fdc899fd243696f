"""A file whose rights were withdrawn: served to nobody, replaced by a sentence, told to curators."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from knowledge.models import Checkup
from knowledge.models.resources import PublicationRefused
from licensing.values import BY_NC
from search.models import Entry
from tests.factories import editor, files, library, pages
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)


def withdraw(file: Any) -> Any:
    file = type(file).objects.get(pk=file.pk)
    file.withdrawn_on, file.withdrawn_reason = DAY, "A autora pediu por e-mail."
    file.save()
    return file


def with_picture() -> tuple[Any, Any]:
    image = files.image(title="Ponte nova")
    return pages.guide(body=library.body_with(image)[:4], title="A ponte"), image


def text_of(page: Any) -> str:
    return " ".join(html.fromstring(Client().get(page.get_url()).content).text_content().split())


def test_a_withdrawn_picture_is_served_to_nobody_but_editors(curator_client: Client) -> None:
    page, image = with_picture()
    address = image.address("m")
    assert Client().get(address).status_code == 200
    withdraw(image)
    answer = Client().get(address)
    assert answer.status_code == 410
    assert "a pedido de quem tem os direitos" in answer.content.decode()
    assert curator_client.get(address).status_code == 200
    assert "A imagem saiu do ar a pedido" in text_of(page)
    assert anew(page).live


def test_a_withdrawn_document_is_gone_and_the_page_says_so() -> None:
    page = pages.booklet()
    withdraw(page.document)
    assert Client().get(page.document.url).status_code == 410
    assert "O PDF saiu do ar a pedido" in text_of(page)
    assert page.document.url not in Client().get(page.get_url()).content.decode()


def test_a_withdrawn_recording_is_heard_by_nobody() -> None:
    page = pages.episode()
    withdraw(page.recording)
    assert Client().get(page.audio_path).status_code == 410
    assert Checkup.objects.lacking().filter(page=page.pk).exists()


def _episode() -> tuple[Any, Any, str]:
    page = pages.episode()
    return page, page.recording, page.audio_path


def _interview() -> tuple[Any, Any, str]:
    recording = files.recording()
    page = pages.interview(recording=recording, transcript=files.vtt_text())
    return page, recording, recording.url


def _video() -> tuple[Any, Any, str]:
    page = pages.video()
    return page, page.video, page.video.address(720)


def _editable() -> tuple[Any, Any, str]:
    page = pages.editable_document()
    return page, page.odt, page.odt.url


def _in_a_text(block: Any, file: Any, address: str) -> tuple[Any, Any, str]:
    return pages.guide(body=[*pages.BODY, block]), file, address


def _file() -> tuple[Any, Any, str]:
    file = files.document()
    return _in_a_text(("file", {"document": file, "title": "", "about": ""}), file, file.url)


def _audio() -> tuple[Any, Any, str]:
    file = files.recording()
    return _in_a_text(pages.audio_block(file), file, file.url)


def _film() -> tuple[Any, Any, str]:
    file = files.video()
    return _in_a_text(pages.video_block(file), file, file.address(720))


def _file_of_a_case() -> tuple[Any, Any, str]:
    file = files.document(licence=BY_NC)
    return pages.case(files_to_reuse=[file]), file, file.url


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_episode, "A gravação saiu do ar a pedido"),
        (_interview, "A gravação saiu do ar a pedido"),
        (_video, "O vídeo saiu do ar a pedido"),
        (_editable, "O arquivo ODT saiu do ar a pedido"),
        (_file, "O arquivo “Cartilha” saiu do ar a pedido"),
        (_audio, "A gravação saiu do ar a pedido"),
        (_film, "O vídeo saiu do ar a pedido"),
        (_file_of_a_case, ""),
    ],
)
def test_a_page_says_what_is_gone_and_leads_there_no_more(make: Any, sentence: str) -> None:
    page, file, address = make()
    content = Client().get(page.get_url()).content.decode()
    assert address in content
    assert not sentence or sentence not in content
    withdraw(file)
    content = Client().get(page.get_url()).content.decode()
    assert sentence in " ".join(content.split())
    assert address not in content
    assert Client().get(address).status_code == 410
    assert Checkup.objects.lacking().filter(page=page.pk).exists()


def test_the_desk_lists_an_episode_whose_recording_is_gone(curator_client: Client) -> None:
    page = pages.episode(title="A ponte que caiu")
    withdraw(page.recording)
    first_page = html.fromstring(curator_client.get("/admin/").content).text_content()
    assert "Publicados a que falta algo" in first_page
    assert "A gravação “Conversa” teve os direitos retirados." in first_page
    assert page.title in first_page


def test_a_withdrawn_cover_gives_way_to_the_drawn_one() -> None:
    image = files.image()
    page = pages.guide(cover_image=image)
    assert image.address("mini") in Entry.objects.get(pk=page.pk).card["cover"]
    withdraw(image)
    assert image.address("mini") not in Entry.objects.get(pk=page.pk).card["cover"]
    assert image.address("quadro") not in Client().get(page.get_url()).content.decode()


def test_nothing_is_published_with_it_again(curator_client: Client) -> None:
    page, image = with_picture()
    withdraw(image)
    with pytest.raises(PublicationRefused):
        anew(page).save()
    shown = editor.shown_beside(editor.edit(curator_client, page), "body")
    assert "A imagem “Ponte nova” teve os direitos retirados." in shown


def test_the_pages_it_touches_are_listed_for_curators(curator_client: Client) -> None:
    _page, image = with_picture()
    withdraw(image)
    first_page = html.fromstring(curator_client.get("/admin/").content).text_content()
    assert "Publicados a que falta algo" in first_page
    assert "A ponte" in first_page


def test_rights_given_back_open_it_again() -> None:
    page, image = with_picture()
    image = withdraw(image)
    image.withdrawn_on = None
    image.save()
    assert Client().get(image.address("m")).status_code == 200
    assert not Checkup.objects.lacking().filter(page=page.pk).exists()


@pytest.mark.parametrize("kind", ["image", "document", "recording"])
def test_the_form_of_a_file_says_where_it_is_in_use(kind: str, admin_client: Client) -> None:
    if kind == "image":
        page, file = with_picture()
        url = reverse("wagtailimages:edit", args=[file.pk])
    elif kind == "document":
        page = pages.booklet()
        url = reverse("wagtaildocs:edit", args=[page.document.pk])
    else:
        page = pages.episode()
        url = reverse("wagtailsnippets_files_recording:edit", args=[page.recording.pk])
    answer = admin_client.get(url).content.decode()
    assert "Está no ar em" in answer
    assert editor.edit_url(page) in answer


def test_a_curator_withdraws_a_picture_and_says_who_asked(curator_client: Client) -> None:
    page, image = with_picture()
    url = reverse("wagtailimages:edit", args=[image.pk])
    fields = {
        "title": image.title,
        "creator": image.creator,
        "licence": image.licence.identifier,
        "collection": "1",
        "withdrawn_on": "20/11/2026",
    }
    refused = curator_client.post(url, fields)
    assert "Escreva quem pediu para tirar e quando." in refused.content.decode()
    answer = curator_client.post(url, fields | {"withdrawn_reason": "A autora pediu."})
    assert answer.status_code == 302
    assert Client().get(image.address("m")).status_code == 410
    assert Checkup.objects.lacking().filter(page=page.pk).exists()
