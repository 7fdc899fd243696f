"""What changed since a resource was first published, as its readers are told."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import html

from knowledge.models import Change
from knowledge.models.changes import changed_at, public_history
from search.models import Entry
from tests.factories import pages
from tests.factories.editor import PUBLISH, SAVE, edit, edit_url, fields_at
from tests.knowledge.situations import anew

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def change(days: int, note: str = "", minor: bool = False) -> Change:
    return Change(published_at=FIRST + timedelta(days=days), note=note, is_minor=minor)


def test_the_history_ends_with_the_first_publication() -> None:
    changes = [change(0, "Primeira versão"), change(2, "Tabela nova"), change(5, "Outra lei")]
    assert [note for _, note in public_history(FIRST, changes)] == ["Outra lei", "Tabela nova", ""]


def test_small_changes_and_those_without_a_note_stay_out_of_the_history() -> None:
    changes = [change(0), change(1), change(2, "Vírgula", minor=True)]
    assert public_history(FIRST, changes) == [(FIRST, "")]


def test_what_never_came_out_has_no_history() -> None:
    assert public_history(None, []) == []


def test_a_small_change_does_not_count_as_new() -> None:
    later = FIRST + timedelta(days=9)
    assert changed_at(FIRST, later, [change(0), change(9, minor=True)]) == FIRST
    assert changed_at(FIRST, later, [change(0), change(9)]) == later


def test_without_a_record_the_last_publication_counts() -> None:
    assert changed_at(FIRST, FIRST + timedelta(days=3), []) == FIRST + timedelta(days=3)


# --- through the editor ---------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def shown(page: Any) -> list[str]:
    tree = html.fromstring(Client().get(page.get_url()).content)
    return [item.text_content() for item in tree.xpath('//*[@id="mudancas"]//li/span')]


def test_a_note_is_shown_with_its_publication(curator_client: Client) -> None:
    page = pages.guide()
    assert shown(page) == ["Publicado"]
    edit(curator_client, page, change_note="Incluímos a lei nova.")
    assert shown(page) == ["Incluímos a lei nova.", "Publicado"]


def test_a_note_waits_in_the_draft(curator_client: Client) -> None:
    page = pages.guide()
    edit(curator_client, page, action=SAVE, change_note="Ainda não saiu.")
    assert shown(page) == ["Publicado"]
    assert fields_at(curator_client, edit_url(page))["change_note"] == ["Ainda não saiu."]
    edit(curator_client, page)
    assert shown(page) == ["Ainda não saiu.", "Publicado"]


def test_a_note_is_told_once(curator_client: Client) -> None:
    page = pages.guide()
    edit(curator_client, page, change_note="Incluímos a lei nova.", is_minor=[])
    fields = fields_at(curator_client, edit_url(page))
    assert fields["change_note"] == [""]
    edit(curator_client, page, action=PUBLISH)
    assert shown(page) == ["Incluímos a lei nova.", "Publicado"]


def test_publishing_the_same_again_adds_nothing() -> None:
    page = pages.guide()
    page.get_latest_revision().publish()
    anew(page).unpublish()
    page.get_latest_revision().publish()
    assert Change.objects.filter(page=page).count() == 1


def test_a_small_change_moves_no_date(curator_client: Client) -> None:
    page = pages.guide()
    edit(curator_client, page, change_note="Vírgula.", is_minor="on")
    page = anew(page)
    assert page.last_published_at > page.first_published_at
    assert shown(page) == ["Publicado"]
    assert Entry.objects.get(pk=page.pk).updated_at == page.first_published_at
    tree = html.fromstring(Client().get(page.get_url()).content)
    [data] = tree.xpath('//script[@type="application/ld+json"]/text()')
    assert json.loads(data)["dateModified"] == page.first_published_at.isoformat()


def test_an_alias_tells_the_history_of_its_source(curator_client: Client) -> None:
    page = pages.guide()
    alias = page.create_alias(update_slug="atalho")
    edit(curator_client, page, change_note="Incluímos a lei nova.")
    assert shown(anew(alias)) == ["Incluímos a lei nova.", "Publicado"]


def test_a_copy_begins_a_history_of_its_own(curator_client: Client) -> None:
    page = pages.guide()
    edit(curator_client, page, change_note="Incluímos a lei nova.")
    copy = anew(page).copy(update_attrs={"slug": "copia", "title": "Cópia"}, keep_live=False)
    assert copy.specific.change_note == ""
    assert not Change.objects.filter(page=copy).exists()
