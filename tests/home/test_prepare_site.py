"""The skeleton of a site: whole after the first time, untouched by every other."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site, Workflow

from home.models import HomePage, Menus, OfferedText, TextPage
from home.site import prepare_site
from knowledge.models import Publisher
from tests.factories import files, pages

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[Any]]:
    """Every row of every model."""
    return {
        model._meta.label: json.loads(
            serializers.serialize("json", model._default_manager.order_by("pk"))
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def test_done_twice_it_changes_nothing() -> None:
    pages.booklet()
    before = everything()
    prepare_site()
    call_command("prepare_site")
    assert everything() == before


def test_every_page_of_the_skeleton_answers(client: Client) -> None:
    for path in ("/", "/acervo/", "/trilhas/", "/podcasts/", "/sobre/", "/privacidade/"):
        assert client.get(path).status_code == 200, path
    menus = Menus.objects.get()
    addresses = [link.value["address"] for link in menus.top]
    addresses += [link["address"] for column in menus.foot for link in column.value["links"]]
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_nothing_of_wagtails_example_is_left() -> None:
    assert [page.specific_class for page in Page.objects.filter(depth=2)] == [HomePage]
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Revisão"]
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Autores",
        "Revisores",
        "Curadores",
        "Administradores",
    }


def test_what_an_administrator_changed_stays() -> None:
    group = Group.objects.get(name="Autores")
    group.permissions.clear()
    group.page_permissions.all().delete()
    Publisher.objects.update(name="Escola de Governo")
    menus = Menus.objects.get()
    menus.top = []
    menus.save()
    home = HomePage.objects.get()
    home.headline, home.slug = "Outra chamada", "outro"
    home.save_revision().publish()
    about = TextPage.objects.get(slug="sobre")
    about.slug, about.title = "quem-somos", "Outro título"
    about.save_revision().publish()
    TextPage.objects.get(slug="privacidade").delete()

    before = everything()
    prepare_site()
    assert everything() == before


def test_what_is_missing_is_made_again() -> None:
    Group.objects.get(name="Curadores").delete()
    Menus.objects.all().delete()
    prepare_site()
    assert Group.objects.get(name="Curadores").page_permissions.exists()
    assert Menus.objects.get().top


def test_a_changed_public_address_is_taken_note_of(settings: Any, capsys: Any) -> None:
    image = files.image()
    assert image.is_current
    settings.PUBLIC_URL = "https://rede.example"
    call_command("prepare_site")
    image.refresh_from_db()
    assert image.is_ready
    assert not image.is_current
    assert "novo endereço público" in capsys.readouterr().out


POLICY = "politica-de-educacao-aberta"


def as_before_the_policy() -> None:
    """A site that was made by an earlier version, with menus of its own."""
    TextPage.objects.get(slug=POLICY).delete()
    OfferedText.objects.all().delete()
    menus = Menus.objects.get()
    columns = menus.foot.get_prep_value()
    for column in columns:
        links = column["value"]["links"]
        column["value"]["links"] = [link for link in links if POLICY not in json.dumps(link)]
    menus.foot = json.dumps(columns)
    menus.save()


def links_in_foot() -> list[str]:
    return [
        link["address"] for column in Menus.objects.get().foot for link in column.value["links"]
    ]


def test_an_older_site_is_given_a_new_text_and_its_link(client: Client) -> None:
    as_before_the_policy()
    assert f"/{POLICY}/" not in links_in_foot()
    TextPage.objects.get(slug="privacidade").delete()
    prepare_site()
    assert client.get(f"/{POLICY}/").status_code == 200
    assert links_in_foot().count(f"/{POLICY}/") == 1
    assert not TextPage.objects.filter(slug="privacidade").exists()


def test_a_text_that_was_taken_away_does_not_come_back() -> None:
    TextPage.objects.get(slug=POLICY).delete()
    before = everything()
    prepare_site()
    assert everything() == before
