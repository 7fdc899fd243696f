"""Municipalities by name and by code of IBGE, and periods: what is typed and what is stored."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from knowledge.fields import MunicipalityFormField, PeriodFormField, read_period, show_period
from knowledge.municipalities import (
    UnknownMunicipality,
    municipality,
    read_municipality,
    states,
    suggest,
)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("2312908", "Sobral (CE)"),
        ("5300108", "Brasília (DF)"),
        ("2605459", "Fernando de Noronha (PE)"),
        ("5101837", "Boa Esperança do Norte (MT)"),
    ],
)
def test_a_code_names_its_municipality(code: str, name: str) -> None:
    assert str(municipality(code)) == name


def test_an_unknown_code_names_nothing() -> None:
    assert municipality("9999999") is None
    assert len(states()) == 27


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Sobral (CE)", "2312908"),
        ("sobral, ce", "2312908"),
        ("SOBRAL/CE", "2312908"),
        ("Sobral", "2312908"),
        ("2312908", "2312908"),
        ("sao paulo - sp", "3550308"),
        ("São João del Rei", "3162500"),
        ("Bom Jesus (PI)", "2201903"),
    ],
)
def test_a_municipality_is_found_however_it_is_typed(typed: str, code: str) -> None:
    assert read_municipality(typed).code == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Bom Jesus", "mais de um município com esse nome. Escreva qual: Bom Jesus"),
        ("Sobrall (CE)", "Não achamos “Sobrall"),
        ("Sobra (CE)", "Você quis dizer Sobradinho"),
        ("1234567", "não tem município com o código 1234567"),
        ("???", "Não achamos"),
    ],
)
def test_what_is_no_municipality_is_refused_with_a_hint(typed: str, sentence: str) -> None:
    with pytest.raises(UnknownMunicipality) as refused:
        read_municipality(typed)
    assert sentence in str(refused.value)


def test_names_that_begin_so_are_offered_before_those_that_have_it_inside() -> None:
    offered = [str(item) for item in suggest("porto al", 30)]
    assert offered[0].startswith("Porto Al")
    assert all("Porto Al" in name for name in offered)
    assert suggest("") == []


def test_the_form_shows_the_name_and_keeps_the_code() -> None:
    field = MunicipalityFormField(required=False)
    assert field.prepare_value("2312908") == "Sobral (CE)"
    assert field.clean("Sobral (CE)") == "2312908"
    assert field.clean("") == ""
    assert not field.has_changed("2312908", "Sobral (CE)")
    with pytest.raises(ValidationError):
        field.clean("Atlântida")


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("2024", "2024", "2024"),
        ("03/2024", "2024-03", "mar. 2024"),
        ("3/2024", "2024-03", "mar. 2024"),
        ("2024-12", "2024-12", "dez. 2024"),
    ],
)
def test_a_period_is_a_year_or_a_month(typed: str, stored: str, shown: str) -> None:
    assert read_period(typed) == stored
    assert show_period(stored) == shown
    assert PeriodFormField().clean(PeriodFormField().prepare_value(stored)) == stored


@pytest.mark.parametrize("typed", ["ontem", "13/2024", "2024-00", "24", "01/02/2024"])
def test_what_is_no_period_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="03/2024"):
        PeriodFormField().clean(typed)


@pytest.mark.django_db
def test_the_cms_offers_municipalities_to_those_who_work_in_it(
    client: Client, author_client: Client
) -> None:
    answer = author_client.get("/admin/municipios/?q=sobra")
    assert "Sobral (CE)" in answer.json()["municipalities"]
    assert client.get("/admin/municipios/?q=sobra").status_code == 302
