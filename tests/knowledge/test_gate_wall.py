"""The last wall: nothing that lacks anything becomes or stays live, whoever asks."""

from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page

from knowledge.models import ArticlePage, Contribution, GuidePage, ResourceIndexPage
from knowledge.models.resources import PublicationRefused
from licensing.values import BY_NC, RESERVED
from search.models import Entry
from tests.factories import files, pages, people
from tests.knowledge.lacking import CASES, WHOLE, Lacking, draft
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db

every_case = pytest.mark.parametrize("case", CASES, ids=lambda each: each.name)


def told(refused: Any) -> str:
    return " ".join(refused.value.messages)


def sentence_of(case: Lacking) -> str:
    return "Descreva a imagem" if case.name == "alt" else case.sentence


@every_case
def test_saving_as_live_is_refused(case: Lacking) -> None:
    page = case.make()
    page.live = True
    with pytest.raises(PublicationRefused) as refused, transaction.atomic():
        page.save()
    assert sentence_of(case) in told(refused)
    assert not anew(page).live
    assert not Entry.objects.filter(pk=page.pk).exists()


@every_case
def test_publishing_a_revision_is_refused(case: Lacking) -> None:
    page = case.make()
    with pytest.raises(PublicationRefused) as refused, transaction.atomic():
        page.get_latest_revision().publish()
    assert sentence_of(case) in told(refused)
    assert not anew(page).live


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_whole_is_saved_as_live(kind: str) -> None:
    page = WHOLE[kind]()
    page.live = True
    page.save()
    assert anew(page).live
    assert Entry.objects.filter(pk=page.pk).exists()


def test_adding_a_live_page_is_refused() -> None:
    page = ArticlePage(title="Sem nada", slug="sem-nada")
    with pytest.raises(PublicationRefused) as refused, transaction.atomic():
        ResourceIndexPage.objects.get().add_child(instance=page)
    assert "Escolha a licença" in told(refused)
    assert "Diga quem fez" in told(refused)
    assert not ArticlePage.objects.exists()


def test_adding_a_live_page_that_is_whole_lists_it() -> None:
    model = draft(pages.guide(live=False))
    page = GuidePage(title=model.title, slug=f"{model.slug}-2", licence=BY_NC, summary="Resumo.")
    page.body = model.body
    page.people.add(Contribution(person=people.person()))
    for row in page.request_preparations():
        type(row).work_on(row.pk)
    ResourceIndexPage.objects.get().add_child(instance=page)
    assert anew(page).live
    assert Entry.objects.get(pk=page.pk).published_at == anew(page).first_published_at


@pytest.mark.parametrize(
    ("field", "value"), [("licence", None), ("licence", RESERVED), ("summary", "  "), ("body", [])]
)
def test_a_live_page_is_not_saved_without_what_it_needs(field: str, value: Any) -> None:
    page = pages.guide()
    setattr(page, field, value)
    with pytest.raises(PublicationRefused), transaction.atomic():
        page.save()
    page = anew(page)
    assert page.live
    assert page.licence == BY_NC
    assert page.summary.strip()


def test_a_live_page_may_be_taken_down_whatever_it_lacks() -> None:
    page = pages.booklet()
    page.document.delete()
    anew(page).unpublish()
    assert not anew(page).live


def test_a_live_page_that_came_to_lack_may_be_moved_and_closed() -> None:
    """Only its own content is held up, never what withdraws it from readers."""
    page = pages.booklet()
    page.document.delete()
    place = pages.add(ResourceIndexPage, page.get_parent().get_parent())
    anew(page).move(place, pos="last-child")
    pages.restrict(anew(page))
    assert not Entry.objects.visible_to({"public"}).filter(pk=page.pk).exists()


def test_a_refusal_names_every_lack_once() -> None:
    image = files.image(licence=None, creator="")
    page = pages.guide(live=False, licence=None, cover_image=image)
    page.live = True
    with pytest.raises(PublicationRefused) as refused, transaction.atomic():
        page.save()
    codes = [lack.code for lack in refused.value.lacks]
    assert codes == ["licence", "part-licence", "part-creator", "card"]


def test_pages_of_other_kinds_have_no_gate() -> None:
    shelf = ResourceIndexPage.objects.get()
    shelf.title = "Outro nome"
    shelf.save_revision().publish()
    assert Page.objects.get(pk=shelf.pk).title == "Outro nome"
