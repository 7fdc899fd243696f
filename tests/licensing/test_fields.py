"""The model field: what is stored, read back, offered in forms, and kept in drafts."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.forms import modelform_factory

from files.models import Recording
from knowledge.models import GuidePage
from licensing.fields import LicenceField
from licensing.values import ALL_LICENCES, BY, BY_SA, OPEN_LICENCES, RESERVED, Licence
from tests.factories import files, pages

pytestmark = pytest.mark.django_db

ITEM = LicenceField("licença")
PART = LicenceField("licença", reserved=True)


def stored(recording: Recording) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT licence FROM files_recording WHERE id = %s", [recording.pk])
        return str(cursor.fetchone()[0])


# --- in the database ----------------------------------------------------------------------------


@pytest.mark.parametrize("licence", ALL_LICENCES, ids=str)
def test_licence_is_stored_by_identifier_and_read_as_the_same_value(licence: Licence) -> None:
    recording = files.recording(ready=False, licence=licence)
    assert stored(recording) == licence.identifier
    assert Recording.objects.get(pk=recording.pk).licence is licence


def test_no_licence_is_stored_empty_and_read_as_none() -> None:
    recording = files.recording(ready=False, licence=None)
    assert stored(recording) == ""
    assert Recording.objects.get(pk=recording.pk).licence is None


def test_rows_are_found_by_licence_or_by_its_identifier_or_by_having_none() -> None:
    by, none = files.recording(ready=False, licence=BY), files.recording(ready=False, licence=None)
    files.recording(ready=False, licence=BY_SA)
    assert list(Recording.objects.filter(licence=BY)) == [by]
    assert list(Recording.objects.filter(licence="CC-BY-4.0")) == [by]
    assert list(Recording.objects.filter(licence="")) == [none]
    assert list(Recording.objects.filter(licence__in=[BY, ""]).order_by("pk")) == [by, none]


def test_a_licence_is_never_guessed() -> None:
    assert Recording().licence is None
    assert GuidePage().licence is None


def test_the_field_describes_itself_to_migrations() -> None:
    name, path, args, kwargs = PART.deconstruct()
    assert (name, path, args) == (None, "licensing.fields.LicenceField", [])
    assert kwargs == {"verbose_name": "licença", "reserved": True}
    assert PART.clone().licences == ALL_LICENCES
    assert ITEM.clone().licences == OPEN_LICENCES


# --- cleaning -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (ITEM, BY, BY),
        (ITEM, "CC-BY-4.0", BY),
        (ITEM, "", None),
        (ITEM, None, None),
        (PART, "LicenseRef-Todos-Os-Direitos-Reservados", RESERVED),
    ],
)
def test_known_values_are_cleaned_to_licences(
    field: LicenceField, value: Any, expected: Licence | None
) -> None:
    assert field.clean(value, None) is expected


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (ITEM, "CC-BY-3.0", "Não conhecemos esta licença. Escolha uma da lista."),
        (PART, "<script>", "Não conhecemos esta licença. Escolha uma da lista."),
        (ITEM, RESERVED, "Esta licença não serve aqui. Escolha uma da lista."),
        (ITEM, RESERVED.identifier, "Esta licença não serve aqui. Escolha uma da lista."),
    ],
)
def test_unknown_and_closed_values_are_refused_with_a_sentence(
    field: LicenceField, value: Any, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(value, None)
    assert refused.value.messages == [sentence]


def test_an_unknown_licence_never_reaches_the_database() -> None:
    recording = files.recording(ready=False)
    recording.licence = "CC-BY-3.0"
    with pytest.raises(ValidationError), transaction.atomic():
        recording.save()
    assert stored(recording) == "CC-BY-4.0"


# --- forms --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "licences"), [(ITEM, OPEN_LICENCES), (PART, ALL_LICENCES)])
def test_form_offers_nothing_in_advance_then_each_licence_in_words(
    field: LicenceField, licences: tuple[Licence, ...]
) -> None:
    choices = field.formfield().choices
    assert choices[0] == ("", "Escolha uma licença")
    assert choices[1:] == [
        (item.identifier, f"{item.short_name}: {item.in_short}") for item in licences
    ]


def test_form_carries_the_label_and_help_of_the_field() -> None:
    form_field = GuidePage._meta.get_field("licence").formfield()
    assert form_field.label == "Licença"
    assert "Não dá para voltar atrás" in form_field.help_text


RightsForm = modelform_factory(Recording, fields=["licence"])
ItemForm = modelform_factory(GuidePage, fields=["licence"])


@pytest.mark.parametrize("licence", [None, BY_SA, RESERVED], ids=str)
def test_form_shows_the_licence_as_it_stands(licence: Licence | None) -> None:
    soup = BeautifulSoup(str(RightsForm(instance=Recording(licence=licence))), "html5lib")
    chosen = [option["value"] for option in soup.find_all("option", selected=True)]
    assert chosen == [licence.identifier if licence else ""]


@pytest.mark.parametrize(("value", "expected"), [("CC-BY-SA-4.0", BY_SA), ("", None)])
def test_form_hands_the_chosen_licence_to_the_instance(
    value: str, expected: Licence | None
) -> None:
    form = RightsForm({"licence": value}, instance=Recording(licence=BY))
    form.is_valid()
    assert form.cleaned_data["licence"] is expected
    assert form.instance.licence is expected
    assert form.has_changed()


def test_form_sees_no_change_where_there_is_none() -> None:
    assert not RightsForm({"licence": "CC-BY-4.0"}, instance=Recording(licence=BY)).has_changed()
    assert not RightsForm({"licence": ""}, instance=Recording(licence=None)).has_changed()


@pytest.mark.parametrize("value", ["CC-BY-3.0", RESERVED.identifier, "x" * 500])
def test_form_refuses_what_the_list_does_not_hold(value: str) -> None:
    form = ItemForm({"licence": value}, instance=GuidePage())
    assert not form.is_valid()
    assert list(form.errors) == ["licence"]


# --- drafts and exports -------------------------------------------------------------------------


@pytest.mark.parametrize("licence", [None, *OPEN_LICENCES], ids=str)
def test_licence_survives_the_round_trip_through_a_draft(licence: Licence | None) -> None:
    page = pages.guide(live=False, licence=licence)
    revision = page.save_revision()
    assert json.loads(json.dumps(revision.content))["licence"] == (
        licence.identifier if licence else None
    )
    assert revision.as_object().licence is licence


@pytest.mark.parametrize("licence", [None, RESERVED, BY], ids=str)
def test_licence_survives_export_and_import(licence: Licence | None) -> None:
    recording = files.recording(ready=False, licence=licence)
    text = serializers.serialize("json", [recording])
    assert next(serializers.deserialize("json", text)).object.licence is licence
