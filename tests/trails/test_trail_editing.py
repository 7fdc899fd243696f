"""Trails in the editor of the CMS."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import editor, pages
from trails.models import TrailPage


@pytest.fixture
def trail(db: None) -> TrailPage:
    guides = [pages.guide(title=title) for title in ("Orçar", "Comprar")]
    return pages.trail(*guides, title="Primeiros passos", slug="primeiros-passos")


def live_slugs(trail: TrailPage) -> list[str]:
    return [step.slug for step in TrailPage.objects.get(pk=trail.pk).steps.all()]


def published(answer: Any, trail: TrailPage) -> None:
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.headers["Location"] == reverse(
        "wagtailadmin_explore", args=[trail.get_parent().pk]
    )


def test_a_curator_renames_a_step(trail: TrailPage, curator_client: Client) -> None:
    answer = editor.edit(curator_client, trail, **{"steps-0-slug": "o-orcamento"})
    published(answer, trail)
    assert live_slugs(trail) == ["o-orcamento", "comprar"]


def test_a_curator_empties_an_address_and_gets_one_from_the_title(
    trail: TrailPage, curator_client: Client
) -> None:
    changes = {"steps-0-slug": "", "steps-0-title": "O começo de tudo"}
    published(editor.edit(curator_client, trail, **changes), trail)
    assert live_slugs(trail) == ["o-comeco-de-tudo", "comprar"]


def test_a_curator_puts_the_steps_in_another_order(
    trail: TrailPage, curator_client: Client
) -> None:
    answer = editor.edit(curator_client, trail, **{"steps-0-ORDER": "2", "steps-1-ORDER": "1"})
    published(answer, trail)
    assert live_slugs(trail) == ["comprar", "orcar"]


def test_a_curator_exchanges_two_addresses(trail: TrailPage, curator_client: Client) -> None:
    changes = {"steps-0-slug": "comprar", "steps-1-slug": "orcar"}
    published(editor.edit(curator_client, trail, **changes), trail)
    assert live_slugs(trail) == ["comprar", "orcar"]


@pytest.mark.parametrize("action", [editor.SAVE, editor.PUBLISH], ids=["draft", "publish"])
def test_two_steps_with_one_address_are_refused_with_a_sentence(
    trail: TrailPage, curator_client: Client, action: editor.Fields
) -> None:
    changes = {"steps-0-slug": "igual", "steps-1-slug": "igual"}
    answer = editor.edit(curator_client, trail, action, **changes)
    assert answer.status_code == 200
    formset = answer.context["form"].formsets["steps"]
    assert [list(form.errors) for form in formset] == [[], ["slug"]]
    assert "já tem este endereço" in answer.content.decode()
    assert live_slugs(trail) == ["orcar", "comprar"]


def test_an_address_with_a_slash_is_refused(trail: TrailPage, curator_client: Client) -> None:
    answer = editor.edit(curator_client, trail, **{"steps-0-slug": "a/b"})
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].formsets["steps"].forms[0].errors


def test_the_preview_shows_the_steps_of_the_draft(trail: TrailPage, curator_client: Client) -> None:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[trail.pk])
    fields = editor.fields_at(curator_client, editor.edit_url(trail))
    fields |= {"steps-0-title": "Só na prévia", "steps-1-slug": ""}
    assert curator_client.post(url, fields).json()["is_valid"]
    answer = curator_client.get(url)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html5lib")
    titles = [step.text for step in soup.select("section.module .step__t")]
    assert titles == ["1. Só na prévia", "2. Comprar"]


def test_a_curator_writes_a_trail_without_giving_any_address(
    trail: TrailPage, curator_client: Client
) -> None:
    fields = editor.fields_for_new(curator_client, trail)
    fields |= {"steps-0-slug": "", "steps-1-slug": "", "title": "Outra trilha"} | editor.PUBLISH
    answer = curator_client.post(editor.add_url(TrailPage, trail.get_parent()), fields)
    published(answer, trail)
    assert live_slugs(TrailPage.objects.get(title="Outra trilha")) == ["orcar", "comprar"]


def test_the_preview_of_a_trail_not_yet_saved_shows_its_steps(
    trail: TrailPage, curator_client: Client
) -> None:
    url = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["trails", "trailpage", trail.get_parent().pk],
    )
    fields = editor.fields_for_new(curator_client, trail)
    fields |= {"steps-0-slug": "", "steps-1-slug": ""}
    assert curator_client.post(url, fields).json()["is_valid"]
    answer = curator_client.get(url)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html5lib")
    titles = [step.text for step in soup.select("section.module .step__t")]
    assert titles == ["1. Orçar", "2. Comprar"]


def test_a_trail_copied_in_the_cms_keeps_the_original_whole(
    trail: TrailPage, curator_client: Client
) -> None:
    before = [(step.pk, step.uuid, step.slug) for step in trail.steps.all()]
    url = reverse("wagtailadmin_pages:copy", args=[trail.pk])
    fields = {
        "new_title": "Cópia",
        "new_slug": "copia",
        "new_parent_page": str(trail.get_parent().pk),
    }
    assert curator_client.post(url, fields).status_code == 302
    copied = TrailPage.objects.get(slug="copia")
    published(editor.edit(curator_client, copied, **{"steps-0-slug": "comeco"}), copied)
    assert live_slugs(copied) == ["comeco", "comprar"]
    again = TrailPage.objects.get(pk=trail.pk).steps.all()
    assert [(step.pk, step.uuid, step.slug) for step in again] == before
    assert not {step.uuid for step in again} & {step.uuid for step in copied.steps.all()}
