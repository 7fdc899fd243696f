"""Merging as a curator meets it: choose, read what changes, confirm; and forms that were open."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from taggit.models import Tag

from home.site import ADMINISTRATORS, AUTHORS, CURATORS, REVIEWERS
from knowledge.merging.apply import merge
from knowledge.merging.kinds import MERGEABLE
from knowledge.models import Contribution, Person, Theme
from tests.conftest import signed_in
from tests.factories import editor, pages, people
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db


def pair(kind: str) -> tuple[Any, Any]:
    match kind:
        case "pessoas":
            return people.person("Ana Reis"), people.person("Ana Lúcia Reis")
        case "temas":
            return people.theme("dinheiro", module="saude"), people.theme("financas")
    return Tag.objects.create(name="orcamento"), Tag.objects.create(name="orçamento")


def url(kind: str, old: Any) -> str:
    return f"/admin/juntar/{kind}/{old.pk}/"


def confirm(client: Client, kind: str, old: Any, kept: Any) -> HttpResponse:
    """Read the preview, and press its button."""
    answer = client.get(url(kind, old), {"fica": kept.pk})
    form = BeautifulSoup(answer.content, "html5lib").select_one("form[method=post]")
    fields = {field["name"]: field["value"] for field in form.select("input[name]")}
    return client.post(form["action"], fields)


def text_of(answer: HttpResponse) -> str:
    main = BeautifulSoup(answer.content, "html5lib").select_one("main")
    return " ".join(main.get_text(" ").split())


MAY = {
    "pessoas": {CURATORS, ADMINISTRATORS},
    "temas": {ADMINISTRATORS},
    "etiquetas": {CURATORS, ADMINISTRATORS},
}


@pytest.mark.parametrize("role", [AUTHORS, REVIEWERS, CURATORS, ADMINISTRATORS])
@pytest.mark.parametrize("kind", MERGEABLE)
def test_who_may_merge(kind: str, role: str) -> None:
    client = signed_in(people.user(role))
    old, kept = pair(kind)
    opens = client.get(url(kind, old)).status_code == 200
    client.post(url(kind, old), {"fica": kept.pk, "conferido": "x"})
    if opens:
        confirm(client, kind, old, kept)
    is_gone = not type(old).objects.filter(pk=old.pk).exists()
    assert (opens, is_gone) == ((role in MAY[kind],) * 2)
    assert type(kept).objects.filter(pk=kept.pk).exists()


def test_strangers_are_asked_to_sign_in() -> None:
    old, kept = pair("pessoas")
    assert Client().post(url("pessoas", old), {"fica": kept.pk}).status_code == 302
    assert Person.objects.filter(pk=old.pk).exists()


def test_the_preview_says_what_changes_and_changes_nothing(admin_client: Client) -> None:
    old, kept = pair("temas")
    Theme.objects.filter(pk=old.pk).update(introduction="Contas e <b>planos</b>.")
    page = pages.guide(themes=("dinheiro", "financas"), title="Cores & formas")
    draft = pages.guide(themes=("dinheiro",), live=False, title="Ainda por fazer")
    answer = admin_client.get(url("temas", old), {"fica": kept.pk})
    text = text_of(answer)
    assert "2 páginas mudam" in text
    assert "Cores & formas : na página publicada, no rascunho; os dois estavam ali" in text
    assert "Ainda por fazer : no rascunho" in text
    assert "azulejo de “Financas” (Moedas em degraus)" in text
    assert "/temas/dinheiro/ leva para sempre a /temas/financas/" in text
    assert "Contas e <b>planos</b>." in text
    assert anew(page).resource_themes.count() == 2
    assert anew(draft).resource_themes.get().theme == old
    other_way = admin_client.get(url("temas", kept), {"fica": old.pk})
    assert other_way.status_code == 200


def test_a_curator_merges_two_people(curator_client: Client) -> None:
    old, kept = pair("pessoas")
    page = pages.guide()
    page.people.update(person=old)
    answer = confirm(curator_client, "pessoas", old, kept)
    assert answer.headers["Location"] == "/admin/snippets/knowledge/person/"
    [told] = editor.messages_in(curator_client)
    assert "“Ana Reis” agora é “Ana Lúcia Reis”." in told
    assert anew(page).people.get().person == kept
    history = curator_client.get(f"/admin/snippets/knowledge/person/history/{kept.pk}/")
    assert "Juntou “Ana Reis” a este" in history.content.decode()


def test_namesakes_are_told_apart_by_their_addresses(curator_client: Client) -> None:
    old, kept, other = (people.person("Ana Reis", slug=f"ana-{number}") for number in range(3))
    form = BeautifulSoup(curator_client.get(url("pessoas", old)).content, "html5lib")
    offered = [option.text for option in form.select("select option[value]")][1:]
    assert offered == ["Ana Reis (ana-1)", "Ana Reis (ana-2)"]
    text = text_of(curator_client.get(url("pessoas", old), {"fica": kept.pk}))
    assert "“ Ana Reis ” (ana-0) sai e “ Ana Reis ” (ana-1) fica." in text
    assert other.slug not in text


@pytest.mark.parametrize("kind", MERGEABLE)
def test_merging_is_offered_in_the_list_and_in_the_form(kind: str, admin_client: Client) -> None:
    old, _ = pair(kind)
    label = f"{old._meta.app_label}/{old._meta.model_name}"
    for place in (f"/admin/snippets/{label}/", f"/admin/snippets/{label}/edit/{old.pk}/"):
        assert url(kind, old) in admin_client.get(place).content.decode(), place


def test_merging_themes_is_not_offered_to_curators(curator_client: Client) -> None:
    old, _ = pair("temas")
    assert (
        url("temas", old)
        not in curator_client.get("/admin/snippets/knowledge/theme/").content.decode()
    )


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "Escolha quem fica."),
        ("abc", "Escolha quem fica."),
        ("9" * 40, "Escolha quem fica."),
        ("-1", "Escolha quem fica."),
        ("999999", "Escolha outro: este não existe mais ou é o mesmo que sai."),
        ("self", "Escolha outro: este não existe mais ou é o mesmo que sai."),
        ("<script>", "Escolha quem fica."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_choice_that_makes_no_sense_is_a_sentence(
    method: str, value: str, sentence: str, curator_client: Client
) -> None:
    old, _ = pair("pessoas")
    chosen = str(old.pk) if value == "self" else value
    answer = getattr(curator_client, method)(url("pessoas", old), {"fica": chosen})
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert Person.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("path", ["outra-coisa/1/", "pessoas/abc/"])
def test_addresses_that_are_none(path: str, curator_client: Client) -> None:
    assert curator_client.get(f"/admin/juntar/{path}").status_code == 404


def test_a_number_beyond_all_numbers_is_nobody(curator_client: Client) -> None:
    answer = curator_client.get(f"/admin/juntar/pessoas/{10**40}/", follow=True)
    assert "já não existe" in text_of(answer)


def test_somebody_already_merged_is_told_of_in_the_list(curator_client: Client) -> None:
    old, kept = pair("pessoas")
    merge(kind=MERGEABLE["pessoas"], old=old, kept=kept)
    answer = curator_client.get(f"/admin/juntar/pessoas/{old.pk}/", follow=True)
    assert "já não existe" in text_of(answer)


def test_what_changed_since_the_preview_is_shown_before_it_is_done(curator_client: Client) -> None:
    old, kept = pair("pessoas")
    seen = curator_client.get(url("pessoas", old), {"fica": kept.pk})
    digest = seen.context["plan"].digest
    pages.guide(title="Nova no meio do caminho").people.update(person=old)
    fields = {"fica": kept.pk, "conferido": digest}
    answer = curator_client.post(url("pessoas", old), fields)
    assert answer.status_code == 200
    assert "Algo mudou enquanto você lia." in text_of(answer)
    assert "Nova no meio do caminho" in text_of(answer)
    assert Person.objects.filter(pk=old.pk).exists()


# --- forms that were open meanwhile ---------------------------------------------------------------


@pytest.mark.parametrize("action", [editor.SAVE, editor.PUBLISH], ids=["draft", "publish"])
@pytest.mark.parametrize("kind", ["pessoas", "temas"])
def test_an_open_form_is_told_who_is_gone(
    kind: str, action: dict[str, str], curator_client: Client
) -> None:
    old, kept = pair(kind)
    page = pages.guide(title="De antes")
    if kind == "pessoas":
        page.people.update(person=old)
    else:
        page.resource_themes.update(theme=old)
    page = pages.publish(anew(page))
    fields = editor.fields_at(curator_client, editor.edit_url(page))
    merge(kind=MERGEABLE[kind], old=old, kept=kept)
    changed = fields | {"title": "Escrito no meio"} | action
    answer = curator_client.post(editor.edit_url(page), changed)
    assert answer.status_code == 200
    text = answer.content.decode()
    gone = "Esta pessoa ou órgão não existe" if kind == "pessoas" else "Este tema não existe"
    assert f"{gone} mais: foi apagado ou juntado a outro. Escolha de novo." in text
    assert "Escrito no meio" in text
    row = "people-0-person" if kind == "pessoas" else "resource_themes-0-theme"
    answer = curator_client.post(editor.edit_url(page), changed | {row: str(kept.pk)})
    assert answer.status_code == 302


@pytest.mark.parametrize("first", ["old", "kept"])
@pytest.mark.parametrize(
    "repair", [{"people-{row}-DELETE": "on"}, {"people-{row}-person": "{kept}"}]
)
def test_an_open_form_with_both_is_saved_once_repaired(
    repair: dict[str, str], first: str, curator_client: Client
) -> None:
    old, kept = pair("pessoas")
    page = pages.guide()
    order = [old, kept] if first == "old" else [kept, old]
    page.people.set([Contribution(person=who, sort_order=at) for at, who in enumerate(order)])
    page = pages.publish(page)
    fields = editor.fields_at(curator_client, editor.edit_url(page))
    merge(kind=MERGEABLE["pessoas"], old=old, kept=kept)
    answer = curator_client.post(editor.edit_url(page), fields | editor.PUBLISH)
    assert answer.status_code == 200
    assert "Esta pessoa ou órgão não existe mais" in answer.content.decode()
    values = {"row": order.index(old), "kept": kept.pk}
    repaired = {name.format(**values): text.format(**values) for name, text in repair.items()}
    answer = curator_client.post(editor.edit_url(page), fields | repaired | editor.PUBLISH)
    assert answer.status_code == 302, answer.context["form"].formsets["people"].errors
    assert {item.person for item in anew(page).people.all()} == {kept}
