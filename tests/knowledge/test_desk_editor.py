"""The editor tells what lacks and what could be better, from the first word to the last."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from home.models import HomePage, TextPage
from knowledge.desk.advice import advice_on
from knowledge.models import GuidePage, ResourceIndexPage
from licensing.values import BY, BY_NC
from tests.conftest import signed_in
from tests.factories import editor, files, pages, people
from tests.knowledge.lacking import CASES, WHOLE, Lacking, draft

pytestmark = pytest.mark.django_db


def listed(content: bytes | str) -> list[tuple[str, str]]:
    """What the list at the head of the form tells: (field, sentence)."""
    tree = html.fromstring(content)
    return [
        (link.get("data-go-to-field"), " ".join(link.text_content().split()))
        for link in tree.xpath('//*[contains(@class, "mesa-falta__list")]//a')
    ]


def advised(content: bytes | str) -> str:
    tree = html.fromstring(content)
    return " ".join(tree.xpath('string(//*[@id="mesa-advice"])').split())


@pytest.mark.parametrize("case", CASES, ids=lambda each: each.name)
def test_what_lacks_is_listed_while_it_is_written(case: Lacking, curator_client: Client) -> None:
    page = case.make()
    content = curator_client.get(editor.edit_url(page)).content
    fields = dict(listed(content))
    if case.passing:
        assert case.sentence in content.decode()
        assert case.field not in fields
        return
    expected = {lack.field for lack in page.get_latest_revision_as_object().lacks()}
    assert case.field in fields
    assert set(fields) <= expected


@pytest.mark.parametrize("kind", WHOLE)
def test_of_a_whole_draft_nothing_is_listed(kind: str, curator_client: Client) -> None:
    content = curator_client.get(editor.edit_url(WHOLE[kind]())).content
    assert listed(content) == []
    assert "Não falta nada" in content.decode()


def test_a_new_page_begins_with_the_whole_list(author_client: Client) -> None:
    url = editor.add_url(GuidePage, ResourceIndexPage.objects.get())
    fields = [field for field, _ in listed(author_client.get(url).content)]
    assert fields == ["licence", "people", "summary", "body"]


def test_every_way_to_a_field_leads_to_one(curator_client: Client) -> None:
    page = draft(pages.episode(live=False, licence=None, summary="", recording=None, authors=()))
    content = curator_client.get(editor.edit_url(page)).content
    tree = html.fromstring(content)
    for field, _ in listed(content):
        found = tree.xpath(f'//*[@data-contentpath="{field}"] | //*[@id="id_{field}-ADD"]')
        assert found, field


def test_the_list_follows_what_saves_itself(curator_client: Client) -> None:
    page = draft(pages.guide(live=False, summary="", licence=None))
    url = editor.edit_url(page)
    fields = editor.fields_at(curator_client, url) | {"summary": "Agora com resumo."}
    answer = curator_client.post(url, fields, headers={"accept": "application/json"}).json()
    assert answer["success"] is True
    tree = html.fragment_fromstring(answer["html"], create_parent=True)
    (new,) = tree.xpath('//template[@data-w-teleport-target-value="#mesa-falta"]')
    assert [field for field, _ in listed(html.tostring(new))] == ["licence"]
    assert tree.xpath('//template[@data-w-teleport-target-value="#mesa-advice"]')


def test_a_page_that_is_no_resource_has_no_list(admin_client: Client) -> None:
    for page in (HomePage.objects.get(), TextPage.objects.first()):
        content = admin_client.get(editor.edit_url(page)).content.decode()
        assert "mesa-falta" not in content
        assert 'id="mesa-advice"' not in content


def test_reading_the_list_makes_nothing(curator_client: Client) -> None:
    from files.models import Art

    page = pages.guide(live=False)
    Art.objects.all().delete()
    curator_client.get(editor.edit_url(page))
    assert not Art.objects.exists()


# --- advice -----------------------------------------------------------------------------------


def codes(**fields: Any) -> set[str]:
    return {item.code for item in advice_on(pages.guide(live=False, **fields))}


def test_language_is_advised_and_nothing_is_blocked(curator_client: Client) -> None:
    long = f"Outrossim, {'palavra ' * 30}termina."
    page = draft(pages.guide(live=False, body=[*pages.BODY, ("text", f"<p>{long}</p>")]))
    content = curator_client.get(editor.edit_url(page)).content
    assert "palavras. Divida em duas" in advised(content)
    assert "“também”" in advised(content)
    assert editor.edit(curator_client, page).status_code == 302
    assert GuidePage.objects.get(pk=page.pk).live


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([("heading", "As leis"), ("heading", "as leis")], "heading-twice"),
        ([("heading", "Uma seção com um título comprido demais " * 2)], "heading-long"),
        ([("heading", "")], "heading-empty"),
        ([("text", "<h3>Antes</h3><p>x</p>"), ("heading", "Seção")], "heading-order"),
        ([("text", "<h3>Só</h3><p>x</p>")], "heading-order"),
        ([("text", f"<p>{'palavra ' * 501}</p>")], "heading-none"),
    ],
)
def test_headings_are_looked_at(body: Any, code: str) -> None:
    assert code in codes(body=body)


def test_good_headings_are_left_in_peace() -> None:
    body = [("heading", "Antes"), ("text", "<h3>Um</h3><p>x</p>"), ("heading", "Depois")]
    assert not {code for code in codes(body=body) if code.startswith("heading")}


@pytest.mark.parametrize(
    ("alt", "code"),
    [
        ("IMG_2034", "alt-file"),
        ("ponte-nova.jpg", "alt-file"),
        ("Imagem de uma ponte", "alt-picture-of"),
        ("Foto da ponte", "alt-picture-of"),
        ("A ponte pronta", "alt-caption"),
        ("Ponte " * 50, "alt-long"),
    ],
)
def test_alternative_texts_that_say_nothing_are_told(alt: str, code: str) -> None:
    image = files.image()
    image.contextual_alt_text, image.decorative = alt, False
    body = [*pages.BODY, ("picture", {"picture": image, "caption": "A ponte pronta"})]
    assert {item for item in codes(body=body) if item.startswith("alt")} == {code}


@pytest.mark.parametrize(("alt", "enfeite"), [("Ponte sobre o rio.", False), ("IMG_1", True)])
def test_a_picture_that_is_described_or_decorative_is_left_in_peace(
    alt: str, enfeite: bool
) -> None:
    image = files.image()
    image.contextual_alt_text, image.decorative = alt, enfeite
    body = [("picture", {"picture": image, "caption": "A ponte pronta"})]
    assert not {item for item in codes(body=body) if item.startswith("alt")}


def test_sources_and_legal_notes_are_not_ours_to_rewrite() -> None:
    long = f"<p>{'palavra ' * 40}</p>"
    callout = {"tone": "base-legal", "title": "", "text": long}
    body = [*pages.BODY, ("references", {"sources": [long]}), ("callout", callout)]
    assert "long-sentence" not in codes(body=body)


# --- previews ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WHOLE)
def test_every_kind_is_previewed_in_three_widths(kind: str, curator_client: Client) -> None:
    page = WHOLE[kind]()
    url = editor.edit_url(page)
    tree = html.fromstring(curator_client.get(url).content)
    sizes = tree.xpath('//input[@name="preview-size"]')
    assert [size.get("data-device-width") for size in sizes] == ["360", "768", "1280"]
    assert [size.get("aria-label")[-8:] for size in sizes] == [
        "telefone",
        "m tablet",
        "mputador",
    ]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    fields = editor.fields_at(curator_client, url) | {"title": f"Novo {page.kind.label}"}
    assert json.loads(curator_client.post(preview, fields).content)["is_valid"] is True
    shown = curator_client.get(preview)
    assert shown.status_code == 200
    assert f"Novo {page.kind.label}" in shown.content.decode()


def test_a_preview_is_for_those_who_may_edit() -> None:
    page = pages.guide(live=False, title="Segredo")
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert Client().get(preview).status_code == 302
    stranger = signed_in(people.user("Autores")).get(preview, follow=True)
    assert "Segredo" not in stranger.content.decode()


# --- again ------------------------------------------------------------------------------------


def offered(content: bytes, name: str) -> str | None:
    return html.fromstring(content).xpath(f'//*[@name="{name}"]')[0].get("data-use-again")


def test_the_last_licence_is_offered_and_never_chosen() -> None:
    user = people.user("Autores")
    url = editor.add_url(GuidePage, ResourceIndexPage.objects.get())
    client = signed_in(user)
    assert offered(client.get(url).content, "licence") is None
    for licence in (BY, BY_NC):
        page = draft(pages.guide(live=False, licence=licence))
        GuidePage.objects.filter(pk=page.pk).update(owner=user)
    content = client.get(url).content
    assert offered(content, "licence") == "CC-BY-NC-4.0"
    assert editor.fields_at(client, url)["licence"] == [""]


def test_a_licence_that_is_there_is_not_questioned(curator_client: Client) -> None:
    page = draft(pages.guide(live=False))
    assert offered(curator_client.get(editor.edit_url(page)).content, "licence") is None


def test_the_last_rights_of_ones_own_files_are_offered() -> None:
    user = people.user("Autores")
    client = signed_in(user)
    files.image(ready=False, creator="Outra pessoa", uploaded_by_user=people.user("Autores"))
    url = reverse("wagtailimages:add")
    assert offered(client.get(url).content, "creator") is None
    files.image(ready=False, creator="Davi Nogueira", licence=BY, uploaded_by_user=user)
    content = client.get(url).content
    assert (offered(content, "creator"), offered(content, "licence")) == (
        "Davi Nogueira",
        "CC-BY-4.0",
    )
    tree = html.fromstring(content)
    assert not tree.xpath('//*[@name="licence"]/option[@selected and @value!=""]')
    assert not tree.xpath('//*[@name="creator"]')[0].get("value")


# --- what cannot even be saved ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Escreva o título."),
        ("slug", "", "Escreva o endereço: letras sem acento, algarismos e hifens."),
        ("contact_email", "ouvidoria", "Escreva o e-mail inteiro. Exemplo: nome@prefeitura.gov.br"),
    ],
)
def test_a_field_says_what_to_write(
    field: str, typed: str, sentence: str, curator_client: Client
) -> None:
    page = draft(pages.case(live=False))
    answer = editor.edit(curator_client, page, {}, **{field: typed})
    assert editor.errors_in(answer, field) == [sentence]
