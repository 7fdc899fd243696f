"""What the clock does with pages whose time has come."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from lxml import html
from wagtail.models import Page, Revision

from files.services import prepare_now
from knowledge.models import GuidePage, HeldPublication, Withdrawal
from knowledge.publishing.schedule import expire_due, publish_due
from licensing.values import BY_NC
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import editor, files, pages, people
from tests.knowledge.doors import author_of, in_review
from tests.knowledge.lacking import CASES, WHOLE, Lacking, draft
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db

At = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Make it a certain moment."""

    def move(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return move


def overdue(page: Any, author: Any = None) -> Any:
    """The latest draft of a page, scheduled for a minute ago past every door."""
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    revision = page.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=a_minute_ago, user=author or author_of(page)
    )
    return page


def is_scheduled(page: Any) -> bool:
    return Page.objects.get(pk=page.pk).approved_schedule


# --- whole pages --------------------------------------------------------------------------------


def test_a_page_goes_live_at_its_minute_and_everywhere_at_once(
    at: At, curator_client: Client
) -> None:
    page = draft(pages.guide(live=False, title="Guia agendado"))
    # A whole minute, as the form sends it.
    due = timezone.localtime().replace(second=0, microsecond=0) + timedelta(hours=1)
    editor.edit(curator_client, page, go_live_at=due.strftime("%Y-%m-%d %H:%M"))

    at(due - timedelta(seconds=1))
    assert publish_due() == 0
    assert Client().get(page.get_url()).status_code == 404

    at(due)
    assert publish_due() == 1
    page = anew(page)
    assert page.live
    assert page.first_published_at == due
    assert Client().get(page.get_url()).status_code == 200
    for listing in ("/acervo/", "/busca/?q=agendado", "/temas/financas/", "/"):
        assert page.get_url() in Client().get(listing).content.decode(), listing
    [item] = feedparser.parse(Client().get("/novidades.atom").content).entries
    assert item.link == f"http://rede.test{page.get_url()}"
    assert publish_due() == 0


@pytest.mark.parametrize("kind", WHOLE)
def test_every_whole_kind_goes_live(kind: str) -> None:
    page = overdue(WHOLE[kind]())
    assert publish_due() == 1
    assert anew(page).live
    assert Entry.objects.filter(pk=page.pk).exists()


def test_a_new_version_of_a_live_page_replaces_it_at_its_time() -> None:
    page = pages.guide(summary="O de antes.")
    page.summary = "O de agora."
    page = overdue(draft(page))
    assert anew(page).summary == "O de antes."
    publish_due()
    assert anew(page).summary == "O de agora."


def test_an_episode_that_goes_out_is_in_its_feed_with_its_own_date(at: At) -> None:
    page = overdue(draft(pages.episode(live=False)))
    moment = timezone.now() + timedelta(minutes=5)
    at(moment)
    publish_due()
    [item] = feedparser.parse(Client().get(page.show.feed_path).content).entries
    assert item.id == str(page.uuid)
    assert anew(page).first_published_at == moment


# --- pages that lack ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.passing], ids=lambda each: each.name
)
def test_a_page_that_lacks_goes_back_to_draft_and_its_author_is_told(
    case: Lacking, mailoutbox: list[EmailMessage], admin_client: Client
) -> None:
    page = case.make()
    author = author_of(page)
    overdue(page, author)
    for _ in range(3):
        assert publish_due() == 0
    assert not anew(page).live
    assert not is_scheduled(page)
    sentence = "Descreva a imagem" if case.name == "alt" else case.sentence
    [mail] = mailoutbox
    assert mail.to == [author.email]
    assert page.title in mail.subject
    assert "voltou a rascunho" in mail.body
    assert sentence in mail.body
    assert f"http://rede.test/admin/pages/{page.pk}/edit/" in mail.body
    shown = admin_client.get("/admin/").content.decode()
    assert "Não saíram na hora marcada" in shown
    assert sentence in shown


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.passing], ids=lambda each: each.name
)
def test_a_page_that_waits_for_a_file_goes_out_by_itself(
    case: Lacking, mailoutbox: list[EmailMessage], run_jobs: Any, curator_client: Client
) -> None:
    page = case.make()
    author = author_of(page)
    overdue(page, author)
    for _ in range(3):
        assert publish_due() == 0
    assert is_scheduled(page)
    assert not anew(page).live
    [mail] = mailoutbox
    assert mail.to == [author.email]
    assert "espera e sai sozinho" in mail.body
    assert case.sentence in mail.body
    assert case.sentence in curator_client.get("/admin/").content.decode()

    run_jobs()
    assert publish_due() == 1
    assert anew(page).live
    assert not HeldPublication.objects.exists()
    assert len(mailoutbox) == 1
    assert "Não saíram na hora marcada" not in curator_client.get("/admin/").content.decode()


def test_a_file_that_fails_while_a_page_waits_is_told_as_well(
    mailoutbox: list[EmailMessage],
) -> None:
    document = files.document(ready=False, licence=BY_NC)
    page = overdue(draft(pages.booklet(live=False, document=document)))
    publish_due()
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"not a PDF any more")
    prepare_now(document)
    publish_due()
    publish_due()
    assert not is_scheduled(page)
    assert [re.search("espera|rascunho", mail.body)[0] for mail in mailoutbox] == [
        "espera",
        "rascunho",
    ]


def test_a_second_try_that_fails_is_told_again(mailoutbox: list[EmailMessage]) -> None:
    page = overdue(draft(pages.guide(live=False, summary="")))
    publish_due()
    overdue(page)
    publish_due()
    assert len(mailoutbox) == 2


def test_a_live_page_whose_new_version_lacks_stays_as_it_is() -> None:
    page = pages.guide(summary="O de antes.")
    page.summary = ""
    page = overdue(draft(page))
    publish_due()
    assert anew(page).live
    assert anew(page).summary == "O de antes."
    assert not is_scheduled(page)
    assert Client().get(page.get_url()).status_code == 200


def test_the_notice_goes_when_the_page_is_published_by_hand(curator_client: Client) -> None:
    page = overdue(draft(pages.guide(live=False, summary="")))
    publish_due()
    editor.edit(curator_client, page, summary="Agora tem.")
    assert anew(page).live
    assert not HeldPublication.objects.exists()


def test_the_notice_goes_when_a_page_that_waits_is_taken_off_the_schedule() -> None:
    page = overdue(draft(pages.guide(live=False, cover_image=files.image(ready=False))))
    publish_due()
    page.revisions.update(approved_go_live_at=None)
    publish_due()
    assert not HeldPublication.objects.exists()


def test_nobody_to_tell_stops_nothing(mailoutbox: list[EmailMessage]) -> None:
    page = overdue(draft(pages.guide(live=False, summary="")))
    Page.objects.filter(pk=page.pk).update(owner=None)
    Revision.objects.update(user=None)
    publish_due()
    assert HeldPublication.objects.get().page_id == page.pk
    assert not mailoutbox


def test_a_page_that_fails_stops_no_other() -> None:
    broken = overdue(draft(pages.guide(live=False)))
    Revision.objects.filter(object_id=str(broken.pk)).update(content={"nothing": "left"})
    others = [overdue(draft(pages.guide(live=False))) for _ in range(2)]
    lacking = overdue(draft(pages.guide(live=False, licence=None)))
    assert publish_due() == 2
    assert all(anew(page).live for page in others)
    assert not Page.objects.get(pk=broken.pk).live
    assert HeldPublication.objects.get().page_id == lacking.pk


# --- expiry -------------------------------------------------------------------------------------


def test_a_page_expires_everywhere(at: At) -> None:
    page = pages.guide(live=False, expire_at=timezone.now() + timedelta(minutes=1))
    page = pages.publish(page)
    assert Client().get(page.get_url()).status_code == 200
    at(timezone.now() + timedelta(minutes=1))
    assert Client().get(page.get_url()).status_code in (404, 410)
    assert page.get_url() not in Client().get("/acervo/").content.decode()
    assert expire_due() == 1
    page = anew(page)
    assert (page.live, page.expired) == (False, True)
    assert Client().get(page.get_url()).status_code == 410
    assert not Entry.objects.filter(pk=page.pk).exists()
    assert expire_due() == 0


def test_a_page_that_cannot_be_taken_down_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    past = timezone.now() - timedelta(minutes=1)
    broken, other = (
        pages.publish(pages.guide(live=False, expire_at=past - timedelta(minutes=early)))
        for early in (2, 1)
    )
    unproject = GuidePage.unproject

    def fail_once(page: GuidePage) -> None:
        if page.pk == broken.pk:
            raise OSError("disk full")
        unproject(page)

    monkeypatch.setattr(GuidePage, "unproject", fail_once)
    assert expire_due() == 1
    assert anew(broken).live
    assert not anew(other).live
    assert [notice.page_id for notice in Withdrawal.objects.all()] == [other.pk]


# --- the end of a review ------------------------------------------------------------------------


def test_what_came_to_lack_after_approval_goes_back_to_draft(
    mailoutbox: list[EmailMessage],
) -> None:
    page = draft(pages.booklet(live=False))
    task = in_review(page)
    page.document.delete()
    task.approve(user=people.user("Revisores"))
    assert not anew(page).live
    assert not is_scheduled(page)
    held = HeldPublication.objects.get()
    assert (held.page_id, held.is_waiting) == (page.pk, False)
    assert "Escolha o PDF da cartilha." in held.reasons
    told = [mail for mail in mailoutbox if "ainda não foi publicado" in mail.subject]
    assert [mail.to for mail in told] == [[anew(page).owner.email]]


def test_what_waits_for_a_file_after_approval_goes_out_when_it_is_ready(run_jobs: Any) -> None:
    page = draft(pages.guide(live=False, cover_image=files.image(ready=False)))
    in_review(page).approve(user=people.user("Revisores"))
    assert not anew(page).live
    assert is_scheduled(page)
    assert HeldPublication.objects.get().is_waiting
    publish_due()
    run_jobs()
    publish_due()
    assert anew(page).live


def test_what_is_whole_is_published_by_its_approval() -> None:
    page = draft(pages.guide(live=False))
    in_review(page).approve(user=people.user("Revisores"))
    assert anew(page).live


def test_approval_of_a_page_with_a_date_to_come_schedules_it(at: At) -> None:
    later = timezone.now() + timedelta(days=1)
    image = files.image(ready=False)
    page = draft(pages.guide(live=False, go_live_at=later, cover_image=image))
    in_review(page).approve(user=people.user("Revisores"))
    assert not anew(page).live
    assert is_scheduled(page)
    prepare_now(image)
    at(later)
    publish_due()
    assert anew(page).live


def test_an_author_sees_what_was_held_of_theirs_alone(mailoutbox: list[EmailMessage]) -> None:
    author = people.user("Autores")
    page = draft(pages.guide(live=False, summary="", title="Guia <b>retido</b>"))
    Page.objects.filter(pk=page.pk).update(owner=author)
    overdue(page, author)
    publish_due()
    shown = html.fromstring(signed_in(author).get("/admin/").content)
    path = '//section[@id="retidas-section"]//td[@class="title"]//a'
    assert [(link.text, link.get("href")) for link in shown.xpath(path)] == [
        ("Guia <b>retido</b>", editor.edit_url(page))
    ]
    other = html.fromstring(signed_in(people.user("Autores")).get("/admin/").content)
    assert not other.xpath(path)
