"""Sending a recording or a video from within a page: what was said of the last one is offered."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from licensing.values import BY_NC
from tests.conftest import signed_in
from tests.factories import editor, files, pages, people

pytestmark = pytest.mark.django_db

MAKES = {"recording": files.recording, "video": files.video}


def form_in(client: Client, kind: str) -> Any:
    """The form in the dialogue that a page opens."""
    answer = client.get(reverse(f"wagtailsnippetchoosers_files_{kind}:choose"))
    return html.fromstring(json.loads(answer.content)["html"])


def offered(form: Any, kind: str, name: str) -> str | None:
    [field] = form.xpath(f'//*[@name="{kind}-chooser-upload-{name}"]')
    assert not field.get("value")
    assert not field.xpath('option[@selected and @value!=""]')
    return str(field.get("data-use-again")) if field.get("data-use-again") else None


@pytest.mark.parametrize("kind", MAKES)
def test_the_rights_of_ones_own_last_file_are_offered_and_never_given(kind: str) -> None:
    user = people.user("Autores")
    client = signed_in(user)
    MAKES[kind](ready=False, creator="De outra pessoa", uploaded_by=people.user("Autores"))
    assert offered(form_in(client, kind), kind, "creator") is None
    MAKES[kind](ready=False, creator="Davi Nogueira", licence=BY_NC, uploaded_by=user)
    form = form_in(client, kind)
    assert offered(form, kind, "creator") == "Davi Nogueira"
    assert offered(form, kind, "licence") == "CC-BY-NC-4.0"


@pytest.mark.parametrize("kind", MAKES)
def test_they_are_offered_again_beside_what_was_refused(kind: str) -> None:
    user = people.user("Autores")
    MAKES[kind](ready=False, creator="Davi Nogueira", licence=BY_NC, uploaded_by=user)
    url = reverse(f"wagtailsnippetchoosers_files_{kind}:create")
    answer = signed_in(user).post(url, {f"{kind}-chooser-upload-title": "Sem arquivo"})
    form = html.fromstring(json.loads(answer.content)["htmlFragment"])
    assert offered(form, kind, "creator") == "Davi Nogueira"


@pytest.mark.parametrize("kind", MAKES)
def test_its_fields_are_none_of_those_of_the_page(kind: str, curator_client: Client) -> None:
    page = pages.video(live=False) if kind == "video" else pages.interview(live=False)
    of_page = html.fromstring(curator_client.get(editor.edit_url(page)).content).xpath("//*/@id")
    of_form = form_in(curator_client, kind).xpath("//form//*[@name]/@id")
    assert of_form
    assert not {str(name) for name in of_page} & {str(name) for name in of_form}
