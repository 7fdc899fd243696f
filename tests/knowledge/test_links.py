"""Links to other sites: which pages have them, and when one counts as broken."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge import links
from knowledge.models import ExternalLink, GuidePage, LinkUse
from outbound.fetch import Fetched, Outcome
from tests.conftest import signed_in
from tests.factories import pages, people

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def body(*urls: str) -> Any:
    linked = "".join(f'<a href="{url}">fonte</a> ' for url in urls)
    return [("text", f"<p>{linked}</p>")]


def answered(status: int, url: str = "https://lei.example/") -> Fetched:
    return Fetched(url, Outcome.ANSWERED, url=url, status=status)


def failed(outcome: Outcome = Outcome.UNREACHABLE) -> Fetched:
    return Fetched("https://lei.example/", outcome)


def link(url: str = "https://lei.example/") -> ExternalLink:
    return ExternalLink.objects.create(url=url, host=links.ExternalLink._meta.app_label)


# --- which pages have which links ---------------------------------------------------------------


def test_a_live_page_writes_its_links() -> None:
    page = pages.guide(
        body=[
            *body("https://lei.example/a?x=1&amp;y=2#art5", "http://outro.example/"),
            ("callout", {"tone": "dica", "title": "", "text": '<p><a href="/acervo/">x</a></p>'}),
            ("references", {"sources": ['<p><a href="https://fonte.example/">x</a></p>']}),
        ]
    )
    found = set(LinkUse.objects.filter(page=page).values_list("link__url", "link__host"))
    assert found == {
        ("https://lei.example/a?x=1&y=2", "lei.example"),
        ("http://outro.example/", "outro.example"),
        ("https://fonte.example/", "fonte.example"),
    }


def test_who_publishes_and_the_clock_may_note_the_same_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    create = LinkUse.objects.bulk_create

    def meanwhile(uses: list[LinkUse], **kwargs: Any) -> Any:
        create([LinkUse(page_id=use.page_id, link_id=use.link_id) for use in uses])
        return create(uses, **kwargs)

    monkeypatch.setattr(LinkUse.objects, "bulk_create", meanwhile)
    page = pages.guide(body=body("https://a.example/"))
    assert [use.link.url for use in page.link_uses.all()] == ["https://a.example/"]


def test_a_draft_writes_none_and_a_new_version_takes_the_old_ones_away() -> None:
    draft = pages.guide(live=False, body=body("https://a.example/"))
    assert not LinkUse.objects.exists()
    page = pages.publish(draft)
    kept = ExternalLink.objects.get()
    page.body = [("text", '<p><a href="https://b.example/">x</a></p>')]
    pages.publish(page)
    assert [use.link.url for use in LinkUse.objects.all()] == ["https://b.example/"]
    assert list(ExternalLink.objects.used()) == [ExternalLink.objects.exclude(pk=kept.pk).get()]
    GuidePage.objects.get().unpublish()
    assert not LinkUse.objects.exists()


def test_two_pages_share_a_link() -> None:
    for _ in range(2):
        pages.guide(body=body("https://lei.example/"))
    assert ExternalLink.objects.get().uses.count() == 2


def test_an_address_too_long_to_keep_stops_no_publication() -> None:
    page = pages.guide(body=body(f"https://a.example/{'x' * 1500}"))
    assert page.live
    assert not ExternalLink.objects.exists()


# --- what an answer says ------------------------------------------------------------------------


def test_what_opens_is_good_for_a_week() -> None:
    checked = link()
    checked.take_note(answered(200), NOW)
    assert (checked.state, checked.next_check_at) == ("good", NOW + timedelta(days=7))


@pytest.mark.parametrize("status", [401, 403, 429, 999])
def test_what_refuses_programs_is_not_broken(status: int) -> None:
    checked = link()
    for day in range(5):
        checked.take_note(answered(status), NOW + timedelta(days=day))
    assert checked.state == "unsure"
    assert "não deixa programas" in checked.problem


@pytest.mark.parametrize(
    "found",
    [answered(404), answered(410), answered(500), *map(failed, list(Outcome)[1:])],
    ids=str,
)
def test_three_failures_over_days_are_broken(found: Fetched) -> None:
    checked = link()
    states = []
    for hours in (0, 12, 30):
        checked.take_note(found, NOW + timedelta(hours=hours))
        states.append(checked.state)
    assert states == ["failing", "failing", "broken"]
    assert checked.problem.endswith(".")


def test_three_failures_in_an_hour_are_not() -> None:
    checked = link()
    for minutes in (0, 20, 40, 59):
        checked.take_note(answered(404), NOW + timedelta(minutes=minutes))
    assert checked.state == "failing"


def test_one_success_forgives_everything() -> None:
    checked = link()
    for day in range(4):
        checked.take_note(answered(404), NOW + timedelta(days=day))
    assert checked.state == "broken"
    checked.take_note(answered(200), NOW + timedelta(days=5))
    assert (checked.state, checked.failures, checked.problem) == ("good", 0, "")


def test_the_pause_grows_while_it_fails() -> None:
    checked = link()
    pauses = []
    for day in range(3):
        now = NOW + timedelta(days=day)
        checked.take_note(answered(404), now)
        pauses.append(checked.next_check_at - now)
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1]


# --- a round of the clock -----------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """The addresses that were opened; every one answers 200."""
    settings.CHECK_LINKS = True
    asked: list[str] = []

    def note(found: Any, now: Any = None, open_it: Any = None) -> int:
        return original(found, now, lambda url, **limits: asked.append(url) or answered(200, url))

    original = links.check
    monkeypatch.setattr(links, "check", note)
    return asked


def test_a_round_asks_each_site_once(opened: list[str]) -> None:
    pages.guide(body=body("https://a.example/1", "https://a.example/2", "https://b.example/"))
    now = timezone.now()
    assert links.check_due(now) == 2
    assert len({url.split("/")[2] for url in opened}) == 2
    assert links.check_due(now + timedelta(minutes=1)) == 0
    assert links.check_due(now + timedelta(minutes=3)) == 1
    assert links.check_due(now + timedelta(minutes=6)) == 0
    assert links.check_due(now + timedelta(days=8)) == 2


def test_a_round_is_short(opened: list[str]) -> None:
    pages.guide(body=body(*(f"https://site{number}.example/" for number in range(30))))
    assert links.check_due(timezone.now()) == links.AT_ONCE


def test_what_no_page_has_any_more_is_not_asked(opened: list[str]) -> None:
    pages.guide(body=body("https://a.example/")).unpublish()
    assert links.check_due(timezone.now()) == 0


def test_nothing_is_opened_while_it_is_switched_off(opened: list[str], settings: Any) -> None:
    settings.CHECK_LINKS = False
    pages.guide(body=body("https://a.example/"))
    assert links.check_due(timezone.now()) == 0
    assert opened == []


def test_while_the_network_is_away_nothing_is_held_against_anybody() -> None:
    found = [link(f"https://{name}.example/") for name in "ab"]
    links.check(found, NOW, lambda url, **limits: failed(Outcome.UNKNOWN_NAME))
    assert {item.state for item in ExternalLink.objects.all()} == {"new"}
    assert all(item.next_check_at > NOW for item in ExternalLink.objects.all())


# --- by hand ------------------------------------------------------------------------------------


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = lambda url, **limits: answered(404, url)  # noqa: E731
    monkeypatch.setattr(links.check, "__defaults__", (None, answer))


def test_a_link_is_checked_at_once_by_who_may_edit_its_page(
    gone: None, curator_client: Client
) -> None:
    pages.guide(body=body("https://a.example/"))
    pk = ExternalLink.objects.get().pk
    url = reverse("desk_check_link", args=[pk])
    answer = curator_client.post(url, follow=True)
    assert "A página não existe mais (resposta 404)." in answer.content.decode()
    assert ExternalLink.objects.get().state == "failing"


def test_a_stranger_to_the_page_opens_nothing(gone: None) -> None:
    pages.guide(body=body("https://a.example/"))
    url = reverse("desk_check_link", args=[ExternalLink.objects.get().pk])
    signed_in(people.user("Autores")).post(url)
    Client().post(url)
    assert ExternalLink.objects.get().state == "new"
    assert signed_in(people.user("Curadores")).get(url).status_code == 405
