"""What is withdrawn says so at every address it had, and tells outsiders nothing of what was closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from home.models import TextPage
from knowledge.models import GuidePage, ResourceIndexPage, Withdrawal
from knowledge.publishing.schedule import expire_due
from tests.conftest import signed_in
from tests.factories import pages, people
from tests.knowledge.situations import anew, moved, room

pytestmark = pytest.mark.django_db


def unpublish(page: Any) -> None:
    """By the button of the CMS."""
    client = signed_in(people.user("Curadores"))
    answer = client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert answer.status_code == 302


def delete(page: Any) -> None:
    client = signed_in(people.user("Administradores"))
    answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert answer.status_code == 302


def expire(page: Any) -> None:
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert expire_due() == 1


every_way = pytest.mark.parametrize("withdraw", [unpublish, delete, expire])
Withdraw = Callable[[Any], None]


def main_text(answer: Any) -> str:
    [main] = html.fromstring(answer.content).xpath("//main")
    return " ".join(main.text_content().split())


@every_way
def test_a_withdrawn_page_answers_410_with_a_sentence(withdraw: Withdraw) -> None:
    page = pages.guide()
    withdraw(page)
    for address in (page.get_url(), f"/r/{page.pk}/"):
        answer = Client().get(address)
        assert answer.status_code == 410
        assert "Ele foi retirado em" in main_text(answer)
        assert html.fromstring(answer.content).xpath('//meta[@name="robots"]/@content') == [
            "noindex"
        ]
        assert not html.fromstring(answer.content).xpath('//link[@rel="canonical"]')
        assert Client().head(address).status_code == 410


@every_way
def test_a_withdrawn_show_takes_its_feed_along(withdraw: Withdraw) -> None:
    episode = pages.episode()
    show = episode.show
    if withdraw is expire:
        episode.unpublish()
    withdraw(show)
    assert Client().get(show.get_url()).status_code == 410
    assert Client().get(show.feed_path).status_code == 410


@every_way
def test_a_withdrawn_trail_takes_its_steps_along(withdraw: Withdraw) -> None:
    trail = pages.trail()
    step = trail.steps.first().url_in(trail)
    assert Client().get(step).status_code == 200
    withdraw(trail)
    assert Client().get(step).status_code == 410


@every_way
def test_a_withdrawn_episode_takes_audio_and_transcript_along(withdraw: Withdraw) -> None:
    episode = pages.episode()
    addresses = (episode.get_url(), episode.audio_path, episode.transcript_path)
    assert [Client().get(address).status_code for address in addresses] == [200, 200, 200]
    withdraw(episode)
    for address in addresses:
        assert Client().get(address).status_code in (404, 410), address
    assert Client().get(episode.get_url()).status_code == 410
    assert str(episode.uuid) not in Client().get(episode.show.feed_path).content.decode()


@every_way
def test_the_files_of_a_withdrawn_page_are_closed(withdraw: Withdraw) -> None:
    page = pages.booklet()
    addresses = (page.document.url, page.card.url)
    assert [Client().get(address).status_code for address in addresses] == [200, 200]
    withdraw(page)
    assert [Client().get(address).status_code for address in addresses] == [404, 404]


def test_what_is_deleted_with_its_section_is_gone_as_well() -> None:
    episode = pages.episode()
    delete(episode.show)
    assert Client().get(episode.get_url()).status_code == 410
    assert Client().get(f"/r/{episode.pk}/").status_code == 410


def test_a_page_that_comes_back_is_there_again() -> None:
    page = pages.guide()
    unpublish(page)
    pages.publish(anew(page))
    assert Client().get(page.get_url()).status_code == 200
    assert Client().get(f"/r/{page.pk}/").status_code == 302
    assert not Withdrawal.objects.exists()


def test_a_trail_that_comes_back_has_its_steps_again() -> None:
    trail = pages.trail()
    unpublish(trail)
    pages.publish(anew(trail))
    assert Client().get(trail.steps.first().url_in(trail)).status_code == 200


def test_another_page_at_the_address_of_a_deleted_one_is_read_there() -> None:
    page = pages.guide()
    delete(page)
    pages.guide(slug=page.slug)
    assert Client().get(page.get_url()).status_code == 200


def test_a_page_withdrawn_and_renamed_is_gone_from_its_old_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = pages.guide()
    unpublish(page)
    page = anew(page)
    page.slug = "outro-endereco"
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert Client().get(f"/r/{page.pk}/").status_code == 410
    [notice] = Withdrawal.objects.all()
    assert Client().get(notice.path).status_code == 410


# --- sentence and successor -----------------------------------------------------------------------


def test_a_curator_writes_the_sentence_and_chooses_the_successor() -> None:
    page, successor = pages.guide(), pages.guide(title="O guia novo")
    unpublish(page)
    client = signed_in(people.user("Curadores"))
    url = reverse("wagtailsnippets_knowledge_withdrawal:edit", args=[Withdrawal.objects.get().pk])
    assert client.get(url).status_code == 200
    fields = {"sentence": "A lei mudou em <2026>.", "successor": str(successor.pk)}
    assert client.post(url, fields).status_code == 302

    answer = Client().get(page.get_url())
    assert "A lei mudou em <2026>." in main_text(answer)
    links = html.fromstring(answer.content).xpath("//main//a")
    named = {link.text_content(): link.get("href") for link in links}
    assert named["O guia novo"] == successor.get_url()


@pytest.mark.parametrize("hide", [unpublish, delete])
def test_a_successor_that_is_gone_is_not_named(hide: Withdraw) -> None:
    page, successor = pages.guide(), pages.guide(title="O guia novo")
    unpublish(page)
    Withdrawal.objects.update(successor=successor)
    hide(successor)
    answer = Client().get(page.get_url())
    assert answer.status_code == 410
    assert "O guia novo" not in answer.content.decode()


def test_a_closed_successor_is_named_to_those_who_may_read_it_and_kept_out_of_caches() -> None:
    page, successor = pages.guide(), pages.guide(title="O guia novo")
    unpublish(page)
    Withdrawal.objects.update(successor=successor)
    pages.restrict(successor, people.group("Turma A"))

    stranger = Client().get(page.get_url())
    assert "O guia novo" not in stranger.content.decode()
    assert "public" in stranger.headers["Cache-Control"]
    outsider = signed_in(people.user()).get(page.get_url())
    assert "O guia novo" not in outsider.content.decode()
    member = signed_in(people.user("Turma A")).get(page.get_url())
    assert "O guia novo" in member.content.decode()
    assert member.headers["Cache-Control"] == "private, no-store"


# --- what was closed ------------------------------------------------------------------------------


@every_way
@pytest.mark.parametrize("where", ["page", "section"])
def test_the_withdrawal_of_a_closed_page_tells_nobody_anything(
    withdraw: Withdraw, where: str
) -> None:
    group = people.group("Turma A")
    page = pages.guide()
    if where == "page":
        pages.restrict(page, group)
    else:
        page = moved(page, room(page, group))
    withdraw(page)
    for client in (Client(), signed_in(people.user()), signed_in(people.user("Turma A"))):
        assert client.get(page.get_url()).status_code == 404
        assert client.get(f"/r/{page.pk}/").status_code == 404
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("end", [delete, lambda page: page.save()], ids=["deleted", "saved"])
def test_a_draft_that_never_was_public_leaves_no_notice(end: Withdraw) -> None:
    page = pages.guide(live=False)
    end(page)
    assert Client().get(f"/acervo/{page.slug}/").status_code == 404
    assert Client().get(f"/r/{page.pk}/").status_code == 404


def test_an_institutional_text_that_is_taken_down_is_simply_not_there() -> None:
    text = TextPage.objects.get(slug="sobre")
    unpublish(text)
    assert Client().get("/sobre/").status_code == 404


def test_what_is_below_nothing_withdrawn_is_not_found() -> None:
    unpublish(pages.guide(slug="um"))
    assert Client().get("/acervo/um/anexo/").status_code == 410
    assert Client().get("/acervo/um-outro/").status_code == 404
    assert Client().get("/acervo/nada/").status_code == 404


# --- aliases --------------------------------------------------------------------------------------


@every_way
def test_what_is_withdrawn_goes_from_its_aliases_too(withdraw: Withdraw) -> None:
    page = pages.booklet()
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    again = alias.create_alias(update_slug=f"{page.slug}-alias-2")
    if withdraw is expire:
        GuidePage.objects.update(expire_at=None)
    withdraw(page)
    for each in (alias, again):
        assert Client().get(each.get_url()).status_code == 410
    assert Client().get(page.document.url).status_code == 404


def test_the_aliases_of_a_page_that_comes_back_come_back_with_it() -> None:
    page = pages.guide()
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    unpublish(page)
    pages.publish(anew(page))
    assert Client().get(alias.get_url()).status_code == 200


def test_an_alias_that_is_withdrawn_leaves_its_source() -> None:
    page = pages.guide()
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    unpublish(alias)
    assert Client().get(alias.get_url()).status_code == 410
    assert Client().get(page.get_url()).status_code == 200
    assert Client().get(f"/r/{page.pk}/").status_code == 302


def test_a_section_that_is_deleted_leaves_a_notice_for_each_of_its_pages() -> None:
    page = pages.guide()
    place = room(page)
    page = moved(page, place)
    ResourceIndexPage.objects.get(pk=place.pk).delete()
    assert Client().get(page.get_url()).status_code == 410
