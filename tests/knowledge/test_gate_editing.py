"""The editing form: drafts are always saved, what is live stays as it was, all is told at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from knowledge.models import GuidePage, ResourceIndexPage
from podcasts.models import EpisodePage
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import editor, files, pages, people
from tests.knowledge.lacking import CASES, WHOLE, Lacking, draft

pytestmark = pytest.mark.django_db

every_case = pytest.mark.parametrize("case", CASES, ids=lambda each: each.name)
KIND_OF = {"BookletPage": "booklet", "EpisodePage": "episode", "ShowPage": "show"}


def live_page_like(lacking: Any) -> Any:
    """A whole live page of the same kind, at the same place."""
    if isinstance(lacking, EpisodePage):
        return pages.episode(lacking.show)
    make: dict[str, Callable[[], Any]] = {
        "GuidePage": pages.guide,
        "BookletPage": pages.booklet,
        "CasePage": pages.case,
        "InterviewPage": pages.interview,
        "EditableDocumentPage": pages.editable_document,
        "VideoPage": pages.video,
        "TrailPage": pages.trail,
        "ShowPage": pages.show,
    }
    return make[type(lacking).__name__]()


def as_readers_see(page: Any) -> Any:
    entry = Entry.objects.get(pk=page.pk)
    page = type(page).objects.get(pk=page.pk)
    return (page.live, page.live_revision_id, page.summary, page.last_published_at, entry.version)


@every_case
def test_a_draft_of_a_live_page_is_saved_whatever_lacks(
    case: Lacking, curator_client: Client
) -> None:
    lacking = case.make()
    page = live_page_like(lacking)
    before = as_readers_see(page)
    fields = editor.fields_to_replace(curator_client, page, lacking)

    answer = curator_client.post(editor.edit_url(page), fields)
    assert answer.status_code == 302, editor.errors_in(answer, case.field)
    page = type(page).objects.get(pk=page.pk)
    assert page.has_unpublished_changes
    assert case.field in {lack.field for lack in page.get_latest_revision_as_object().lacks()}
    assert as_readers_see(page) == before

    refused = editor.edit(curator_client, page)
    assert refused.status_code == 200
    assert case.sentence in editor.shown_beside(refused, case.field)
    assert as_readers_see(page) == before


@pytest.mark.parametrize("case", CASES[::4], ids=lambda each: each.name)
def test_a_draft_of_a_live_page_saves_itself_whatever_lacks(
    case: Lacking, curator_client: Client
) -> None:
    lacking = case.make()
    page = live_page_like(lacking)
    before = as_readers_see(page)
    fields = editor.fields_to_replace(curator_client, page, lacking)

    url = editor.edit_url(page)
    answer = curator_client.post(url, fields, headers={"accept": "application/json"})
    assert answer.json()["success"] is True
    again = fields | {"overwrite_revision_id": answer.json()["revision_id"]}
    answer = curator_client.post(url, again, headers={"accept": "application/json"})
    assert answer.json()["success"] is True
    assert as_readers_see(page) == before


def test_all_that_lacks_is_told_at_once(curator_client: Client) -> None:
    page = draft(pages.guide(live=False, licence=None, authors=(), summary="", body=[]))
    answer = editor.edit(curator_client, page)
    for field in ("licence", "people", "summary", "body"):
        assert editor.shown_beside(answer, field), field


def test_what_lacks_is_told_beside_ordinary_errors(curator_client: Client) -> None:
    image = files.image()
    image.contextual_alt_text, image.decorative = "", False
    body = [*pages.BODY, ("picture", {"picture": image, "caption": ""})]
    page = draft(pages.guide(live=False, licence=None, authors=(), body=body))
    answer = editor.edit(curator_client, page, title="")
    assert answer.status_code == 200
    for field in ("title", "body", "licence", "people"):
        assert editor.shown_beside(answer, field), field


def test_two_lacks_of_one_picture_are_both_told(curator_client: Client) -> None:
    image = files.image(licence=None, creator="")
    image.contextual_alt_text, image.decorative = "Ponte.", False
    body = [*pages.BODY, ("picture", {"picture": image, "caption": ""})]
    answer = editor.edit(curator_client, draft(pages.guide(live=False, body=body)))
    shown = editor.shown_beside(answer, "body")
    assert "sem licença" in shown
    assert "não diz quem fez" in shown


@pytest.mark.parametrize("action", [editor.PUBLISH, editor.SUBMIT], ids=["publish", "submit"])
def test_an_ordinary_error_on_a_new_page_is_no_crash(action: Any, curator_client: Client) -> None:
    url = editor.add_url(GuidePage, ResourceIndexPage.objects.get())
    answer = curator_client.post(url, editor.fields_at(curator_client, url) | action)
    assert answer.status_code == 200
    assert editor.shown_beside(answer, "title")
    assert editor.shown_beside(answer, "licence")
    assert not GuidePage.objects.exists()


def test_a_decorative_picture_needs_no_description(curator_client: Client) -> None:
    image = files.image()
    image.contextual_alt_text, image.decorative = "", True
    body = [*pages.BODY, ("picture", {"picture": image, "caption": ""})]
    page = draft(pages.guide(live=False, body=body))
    editor.edit(curator_client, page)
    assert Page.objects.get(pk=page.pk).live


def test_publishing_from_the_form_adds_nothing_twice(curator_client: Client) -> None:
    page = draft(pages.guide(live=False, themes=("financas", "saude"), authors=("Ana", "Bia")))
    editor.edit(curator_client, page)
    for made in GuidePage.objects.all():
        assert made.live
        assert made.people.count() == 2
        assert made.resource_themes.count() == 2
    curator_client.post(
        editor.add_url(GuidePage, page.get_parent()),
        editor.fields_for_new(curator_client, page) | editor.PUBLISH,
    )
    new = GuidePage.objects.exclude(pk=page.pk).get()
    assert (new.people.count(), new.resource_themes.count()) == (2, 2)


def test_an_episode_is_created_then_prepared_then_published(
    curator_client: Client, run_jobs: Any
) -> None:
    model = WHOLE["episode"]()
    url = editor.add_url(EpisodePage, model.show)
    curator_client.post(url, editor.fields_for_new(curator_client, model))
    page = EpisodePage.objects.exclude(pk=model.pk).get()
    refused = editor.edit(curator_client, page)
    assert "cerca de 1 minuto" in editor.shown_beside(refused, "recording")
    run_jobs()
    editor.edit(curator_client, page)
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("kind", ["guide", "episode"])
def test_what_is_scheduled_when_it_is_created_is_not_live_for_an_instant(
    kind: str, curator_client: Client
) -> None:
    """Wagtail saves a new page as live before it looks at the date."""
    model = WHOLE[kind]()
    later = timezone.localtime() + timedelta(days=3)
    fields = editor.fields_for_new(curator_client, model) | editor.PUBLISH
    fields["go_live_at"] = later.strftime("%Y-%m-%d %H:%M")
    answer = curator_client.post(editor.add_url(type(model), model.get_parent()), fields)
    assert answer.status_code == 302
    page = type(model).objects.exclude(pk=model.pk).get()
    assert not page.live
    assert page.approved_schedule
    assert page.first_published_at is None
    assert not Entry.objects.filter(pk=page.pk).exists()


def test_a_new_page_in_a_closed_place_is_never_listed_for_all(curator_client: Client) -> None:
    model = draft(pages.guide(live=False))
    shelf = model.get_parent()
    pages.restrict(shelf, kind=PageViewRestriction.LOGIN)
    fields = editor.fields_for_new(curator_client, model) | editor.PUBLISH
    curator_client.post(editor.add_url(GuidePage, shelf), fields)
    page = GuidePage.objects.exclude(pk=model.pk).get()
    assert page.live
    assert not Entry.objects.visible_to({"public"}).filter(pk=page.pk).exists()


def test_the_publish_button_means_nothing_from_who_may_not_publish() -> None:
    author = people.user("Autores")
    page = draft(pages.guide(live=False, licence=None))
    Page.objects.filter(pk=page.pk).update(owner=author)
    answer = editor.edit(signed_in(author), page, title="Novo título")
    assert answer.status_code == 302
    page = Page.objects.get(pk=page.pk)
    assert not page.live
    assert page.get_latest_revision_as_object().title == "Novo título"


def test_reverting_a_live_page_to_a_version_that_lacks_changes_nothing(
    curator_client: Client,
) -> None:
    page = draft(pages.guide(live=False, summary=""))
    lacking = page.get_latest_revision()
    page.summary = "Agora com resumo."
    page = pages.publish(page)
    before = as_readers_see(page)
    url = f"/admin/pages/{page.pk}/revisions/{lacking.pk}/revert/"
    answer = editor.edit(curator_client, page, url=url)
    assert "Escreva o resumo" in editor.shown_beside(answer, "summary")
    assert as_readers_see(page) == before
    assert page.revisions.count() == 2


def test_reverting_a_live_page_to_a_whole_version_publishes_it(curator_client: Client) -> None:
    page = draft(pages.guide(live=False, summary="A primeira versão."))
    first = page.get_latest_revision()
    page.summary = "A segunda versão."
    page = pages.publish(page)
    url = f"/admin/pages/{page.pk}/revisions/{first.pk}/revert/"
    editor.edit(curator_client, page, url=url)
    assert GuidePage.objects.get(pk=page.pk).summary == "A primeira versão."
    assert Entry.objects.get(pk=page.pk).summary == "A primeira versão."
