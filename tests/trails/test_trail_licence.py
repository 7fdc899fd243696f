"""A trail keeps works side by side: what its licence may be, and what happens when a step changes."""

import pytest
from django.core import mail
from django.test import Client
from lxml import html
from wagtail.models import Page

from knowledge.models import Checkup
from knowledge.models.resources import PublicationRefused
from licensing.values import BY, BY_NC, BY_NC_ND, BY_NC_SA, BY_ND, BY_SA, CC0, Licence
from tests.factories import editor, pages, people
from tests.knowledge.lacking import draft
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("steps", "licence", "is_refused"),
    [
        ((BY, BY_SA), BY, False),
        ((BY, BY_ND), BY_SA, False),
        ((BY, CC0), CC0, False),
        ((BY, BY_NC), BY, True),
        ((BY, BY_NC), CC0, True),
        ((BY_SA, BY_NC), BY_SA, True),
        ((BY_NC_ND,), BY, True),
        ((BY_SA, BY_NC), BY_NC, False),
        ((BY_NC_ND, BY), BY_NC_SA, False),
    ],
)
def test_the_licence_of_a_trail_follows_those_of_its_steps(
    steps: tuple[Licence, ...], licence: Licence, is_refused: bool
) -> None:
    materials = [pages.guide(licence=step) for step in steps]
    trail = draft(pages.trail(*materials, licence=licence, live=False))
    codes = [lack.code for lack in trail.lacks()]
    assert codes == (["licence-collection"] if is_refused else [])


def test_the_editor_is_told_why_at_the_licence(curator_client: Client) -> None:
    trail = draft(pages.trail(pages.guide(licence=BY_NC), licence=BY, live=False))
    shown = editor.shown_beside(editor.edit(curator_client, trail), "licence")
    assert "Há obra em CC BY-NC 4.0, que não permite fins comerciais." in shown
    assert "CC BY-NC-SA 4.0 ou CC BY-NC-ND 4.0" in shown
    assert not anew(trail).live


def changed_to_noncommercial(guide: object) -> None:
    guide.licence = BY_NC  # type: ignore[attr-defined]
    pages.publish(guide)


def listed(client: Client) -> str:
    tree = html.fromstring(client.get("/admin/").content)
    found = tree.xpath('//*[@id="incompletos-section"]')
    return " ".join(" ".join(section.text_content() for section in found).split())


def test_a_step_that_becomes_noncommercial_takes_no_trail_down(
    curator_client: Client, django_capture_on_commit_callbacks: object
) -> None:
    guide = pages.guide(licence=BY)
    trail = pages.trail(guide, licence=BY, title="Da calçada")
    owner = people.user("Autores", email="dona@cidade.test")
    Page.objects.filter(pk=trail.pk).update(owner=owner)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        changed_to_noncommercial(guide)
    assert Client().get(trail.get_url()).status_code == 200
    assert "Da calçada" in listed(curator_client)
    assert "Há obra em CC BY-NC 4.0" in listed(curator_client)
    [message] = [sent for sent in mail.outbox if "dona@cidade.test" in sent.to]
    assert "Há obra em CC BY-NC 4.0" in message.body
    with pytest.raises(PublicationRefused):
        anew(trail).save()


def test_a_trail_put_right_leaves_the_list(curator_client: Client) -> None:
    guide = pages.guide(licence=BY)
    trail = pages.trail(guide, licence=BY)
    changed_to_noncommercial(guide)
    assert Checkup.objects.lacking().filter(page=trail.pk).exists()
    trail = anew(trail)
    trail.licence = BY_NC
    pages.publish(trail)
    assert not Checkup.objects.lacking().exists()
    assert listed(curator_client) == ""


def test_a_step_put_back_takes_the_trail_off_the_list() -> None:
    guide = pages.guide(licence=BY)
    pages.trail(guide, licence=BY)
    changed_to_noncommercial(guide)
    guide = anew(guide)
    guide.licence = BY
    pages.publish(guide)
    assert not Checkup.objects.lacking().exists()


def test_a_trail_whose_step_was_withdrawn_is_on_the_list() -> None:
    guide = pages.guide()
    trail = pages.trail(guide)
    guide.unpublish()
    assert "não está publicado" in Checkup.objects.lacking().get(page=trail.pk).reasons[0]
    assert anew(trail).live


def test_those_who_may_not_edit_it_are_not_told(author_client: Client) -> None:
    guide = pages.guide(licence=BY)
    pages.trail(guide, licence=BY)
    changed_to_noncommercial(guide)
    assert listed(author_client) == ""


def test_a_show_is_on_the_list_while_an_episode_asks_for_more() -> None:
    show = pages.show(licence=BY)
    episode = pages.episode(show, licence=BY_NC)
    assert "CC BY 4.0 não serve aqui" in Checkup.objects.lacking().get(page=show.pk).reasons[0]
    episode.unpublish()
    assert not Checkup.objects.lacking().exists()
