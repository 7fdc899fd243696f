"""What a page says of the parts in it that its licence does not cover, and what its curator is told."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from knowledge.desk.advice import advice_on
from licensing.values import BY, BY_NC, BY_NC_ND, BY_ND, BY_SA, RESERVED
from tests.factories import editor, files, pages
from tests.factories.library import body_with
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db

HEADING = "Partes com licença ou autoria própria"


def told(page: Any) -> list[str]:
    """The parts that the page tells its readers of."""
    tree = html.fromstring(Client().get(page.get_url()).content)
    items = tree.xpath(f'//h3[.="{HEADING}"]/following-sibling::ul/li')
    return [" ".join(item.text_content().split()) for item in items]


def showing(image: Any) -> list[Any]:
    image.contextual_alt_text, image.decorative = "Ponte de concreto.", False
    return [*pages.BODY, ("picture", {"picture": image, "caption": ""})]


def advised(page: Any) -> list[tuple[str, str]]:
    return [(item.field, item.sentence) for item in advice_on(page) if item.code == "rights-part"]


def test_a_stricter_picture_with_its_credit_blocks_nothing_and_is_told() -> None:
    page = pages.guide(licence=BY, body=showing(files.image(licence=BY_NC_ND)))
    assert page.live
    assert told(page) == ["Imagem “Ponte nova”, de Davi Nogueira: CC BY-NC-ND 4.0."]


def test_a_picture_used_with_permission_is_told() -> None:
    image = files.image(licence=RESERVED, permission="A autora, por e-mail.")
    page = pages.guide(licence=BY, body=showing(image))
    assert told(page) == ["Imagem “Ponte nova”, de Davi Nogueira: Todos os direitos reservados."]


def test_nothing_is_said_where_one_licence_covers_everything() -> None:
    page = pages.guide(licence=BY, body=showing(files.image(licence=BY)))
    assert told(page) == []
    assert HEADING not in Client().get(page.get_url()).content.decode()


def test_the_maker_of_a_cover_is_credited() -> None:
    image = files.image(licence=BY)
    assert told(pages.guide(licence=BY, cover_image=image)) == [
        "Imagem “Ponte nova”, de Davi Nogueira: CC BY 4.0."
    ]
    assert told(pages.guide(licence=BY, cover_image=image, authors=("Davi Nogueira",))) == []


def test_a_part_whose_rights_were_withdrawn_is_no_part_any_more() -> None:
    image = files.image(licence=BY_SA)
    page = pages.guide(licence=BY, body=showing(image))
    image.withdrawn_on, image.withdrawn_reason = "2026-11-20", "A autora pediu."
    image.save()
    assert told(page) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("file", "Arquivo “Cartilha”, de Davi Nogueira: CC BY-SA 4.0."),
        ("recording", "Gravação “Conversa”, de Ana Lúcia Reis: CC BY-SA 4.0."),
        ("video", "Vídeo “O orçamento em um minuto”, de Ana Lúcia Reis: CC BY-SA 4.0."),
    ],
)
def test_files_recordings_and_videos_are_told(kind: str, expected: str) -> None:
    block = {
        "file": lambda: ("file", {"document": files.document(licence=BY_SA)}),
        "recording": lambda: pages.audio_block(files.recording(licence=BY_SA)),
        "video": lambda: pages.video_block(files.video(licence=BY_SA)),
    }[kind]()
    if kind == "file":
        block[1].update(title="", about="")
    assert told(pages.guide(licence=BY_NC, body=[*pages.BODY, block])) == [expected]


def test_the_files_of_a_case_are_told_as_the_reader_and_as_the_preview_see_them() -> None:
    document = files.document(licence=BY_SA)
    page = pages.case(licence=BY_NC, files_to_reuse=[document])
    expected = "Arquivo “Cartilha”, de Davi Nogueira: CC BY-SA 4.0."
    assert told(page) == [expected]
    [part] = page.get_latest_revision_as_object().parts()
    assert (part.title, part.licence, part.field) == ("Cartilha", BY_SA, "files_to_reuse")


def test_the_recording_of_an_interview_has_terms_of_its_own() -> None:
    recording = files.recording(licence=BY_SA)
    page = pages.interview(recording=recording, transcript=files.vtt_text(), licence=BY_NC)
    assert told(page) == ["Gravação “Conversa”, de Ana Lúcia Reis: CC BY-SA 4.0."]


def test_an_episode_credits_who_recorded_it_under_its_own_licence() -> None:
    page = pages.episode(recording=files.recording(licence=BY), licence=BY_NC)
    assert told(page) == ["Gravação “Conversa”, de Ana Lúcia Reis: CC BY-NC 4.0."]


def test_the_curator_is_advised_where_the_page_promises_more(curator_client: Client) -> None:
    page = draft(pages.guide(live=False, licence=BY, body=showing(files.image(licence=BY_NC))))
    content = curator_client.get(editor.edit_url(page)).content.decode()
    assert "Licenças das partes" in content
    assert "A imagem “Ponte nova” é CC BY-NC 4.0" in content
    assert editor.edit(curator_client, page).status_code == 302


def test_nobody_is_advised_where_the_part_allows_more() -> None:
    page = pages.guide(live=False, licence=BY_NC, body=body_with(files.image(licence=BY))[:4])
    assert advised(page) == []


def test_a_cover_that_may_not_be_changed_is_advised_against() -> None:
    page = pages.guide(live=False, licence=BY_ND, cover_image=files.image(licence=BY_ND))
    [(field, sentence)] = advised(page)
    assert field == "cover_image"
    assert "cortada em quadrado" in sentence
