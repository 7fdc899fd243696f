"""The licences under which a resource was published: kept, shown, and not changed unawares."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from knowledge.models import PublishedLicence
from knowledge.publishing.forms import LicenceSelect
from knowledge.publishing.gate import prepare
from knowledge.publishing.schedule import publish_due
from knowledge.templatetags.knowledge_tags import short_date
from licensing.values import BY, BY_NC, BY_SA, Licence
from tests.factories import editor, pages, people
from tests.knowledge import doors
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db


def relicensed(page: Any, licence: Licence) -> Any:
    page = anew(page)
    page.licence = licence
    return pages.publish(page)


def history(page: Any) -> list[Licence | None]:
    return [row.licence for row in PublishedLicence.objects.filter(page=page.pk)]


def text_of(page: Any) -> str:
    tree = html.fromstring(Client().get(page.get_url()).content)
    return " ".join(tree.text_content().split())


def test_each_licence_is_written_down_once() -> None:
    page = pages.guide(live=False, licence=BY)
    assert history(page) == []
    page = pages.publish(page)
    pages.publish(page)
    assert history(page) == [BY]
    page = relicensed(page, BY_NC)
    assert history(page) == [BY, BY_NC]
    last = PublishedLicence.objects.filter(page=page.pk).last()
    assert last.revision == page.live_revision
    assert PublishedLicence.objects.first().since == page.first_published_at


def test_a_draft_with_another_licence_writes_nothing() -> None:
    page = pages.guide(licence=BY)
    page.licence = BY_NC
    page.save_revision()
    assert history(page) == [BY]


def test_what_was_published_before_anybody_wrote_licences_down_is_not_forgotten() -> None:
    page = pages.guide(licence=BY)
    PublishedLicence.objects.all().delete()
    assert history(relicensed(page, BY_NC)) == [BY, BY_NC]


def test_whoever_published_it_is_written_down(curator_client: Client) -> None:
    page = pages.guide(licence=BY)
    editor.edit(curator_client, page, licence=BY_SA.identifier, **confirmed(BY_SA))
    last = PublishedLicence.objects.filter(page=page.pk).last()
    assert last.by is not None
    assert last.by.pk == int(curator_client.session["_auth_user_id"])


def test_the_page_says_nothing_while_the_licence_was_always_the_same() -> None:
    page = relicensed(pages.guide(licence=BY), BY)
    assert "saiu com" not in text_of(page)


def test_the_page_says_until_when_it_had_another_licence() -> None:
    page = relicensed(pages.guide(licence=BY), BY_NC)
    since = PublishedLicence.objects.filter(page=page.pk).last().since
    assert f"Até {short_date(since)} este guia saiu com CC BY 4.0." in text_of(page)
    assert "Quem copiou até lá pode continuar a usar assim." in text_of(page)


def test_a_licence_that_came_back_is_no_former_one() -> None:
    page = relicensed(relicensed(pages.guide(licence=BY), BY_NC), BY)
    text = text_of(page)
    assert "saiu com CC BY-NC 4.0" in text
    assert "saiu com CC BY 4.0" not in text


def test_a_copy_begins_a_history_of_its_own() -> None:
    page = relicensed(pages.guide(licence=BY), BY_NC)
    copied = page.copy(update_attrs={"slug": "copia", "title": "Cópia"}, keep_live=False)
    assert history(pages.publish(anew(copied))) == [BY_NC]


def confirmed(licence: Licence) -> dict[str, str]:
    return {LicenceSelect.CONFIRMATION: licence.identifier}


def test_a_changed_licence_is_warned_of_once_and_then_published(curator_client: Client) -> None:
    page = pages.guide(licence=BY)
    changes = {"licence": BY_NC.identifier, "summary": "Outro resumo."}
    warned = editor.edit(curator_client, page, **changes)
    assert warned.status_code == 200
    assert "licença não se revoga" in editor.shown_beside(warned, "licence")
    assert anew(page).licence == BY
    form = html.fromstring(warned.content).get_element_by_id("page-edit-form")
    [note] = form.xpath(f'.//input[@name="{LicenceSelect.CONFIRMATION}"]/@value')
    assert form.xpath('.//select[@name="licence"]/option[@selected]/@value') == [note]
    assert "Outro resumo." in form.text_content()
    again = editor.edit(curator_client, page, **changes, **{LicenceSelect.CONFIRMATION: note})
    assert again.status_code == 302
    assert anew(page).licence == BY_NC


def test_the_answer_for_one_licence_is_none_for_another(curator_client: Client) -> None:
    page = pages.guide(licence=BY)
    editor.edit(curator_client, page, licence=BY_SA.identifier, **confirmed(BY_NC))
    assert anew(page).licence == BY


@pytest.mark.parametrize("action", [editor.SAVE, editor.PUBLISH], ids=["draft", "publish"])
def test_nobody_is_warned_without_need(action: editor.Fields, curator_client: Client) -> None:
    page = pages.guide(licence=BY)
    licence = BY if action else BY_NC
    answer = editor.edit(curator_client, page, action, licence=licence.identifier)
    assert answer.status_code == 302


# --- the doors without a form ---------------------------------------------------------------------

TOLD = "já saiu com CC BY 4.0, e licença não se revoga"


def drafted(licence: Licence, **fields: Any) -> Any:
    """A live page whose latest draft, by an author, has another licence."""
    page = anew(pages.guide(licence=BY, **fields))
    page.licence = licence
    page.save_revision(user=people.user("Autores"))
    prepare(page)
    return anew(page)


@pytest.mark.parametrize("door", [doors.bulk_publish, doors.approve_in_the_dialogue])
def test_a_door_without_a_form_tells_of_a_changed_licence(door: Any) -> None:
    page = drafted(BY_NC, title="A ponte")
    attempt = door(page)
    assert anew(page).licence == BY_NC
    assert any(f"“A ponte” {TOLD}" in said for said in editor.messages_in(attempt.client))
    assert history(page) == [BY, BY_NC]
    last = PublishedLicence.objects.filter(page=page.pk).last()
    assert last.by.pk == int(attempt.client.session["_auth_user_id"])


@pytest.mark.parametrize("door", [doors.bulk_publish, doors.approve_in_the_dialogue])
def test_a_door_without_a_form_says_nothing_where_the_licence_stays(door: Any) -> None:
    page = drafted(BY)
    attempt = door(page)
    assert not any("licença" in said for said in editor.messages_in(attempt.client))


def test_what_comes_out_with_its_parent_in_bulk_is_told_as_well() -> None:
    page = drafted(BY_NC, title="A ponte")
    anew(page).unpublish()
    attempt = doors.bulk_publish(page.get_parent(), descendants=True)
    assert anew(page).live
    assert any(TOLD in said for said in editor.messages_in(attempt.client))


def test_the_clock_writes_down_a_changed_licence() -> None:
    page = drafted(BY_NC)
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    assert publish_due() == 1
    assert history(page) == [BY, BY_NC]
    assert PublishedLicence.objects.filter(page=page.pk).last().by == revision.user


def test_the_history_in_the_cms_says_that_the_licence_changed(curator_client: Client) -> None:
    page = relicensed(pages.guide(licence=BY), BY_NC)
    url = reverse("wagtailadmin_pages:history", args=[page.pk])
    assert "Mudou a licença de CC BY 4.0 para CC BY-NC 4.0" in curator_client.get(url).text
