"""A show with its episodes, made once for each module of tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from files.models import Recording
from knowledge.models import Contribution, GuidePage
from licensing.values import BY, BY_SA, CC0
from podcasts.models import EpisodePage, ShowPage
from tests.factories import files, pages, people
from tests.outbound.servers import serving
from tests.podcasts.hosting import Host
from tests.podcasts.reading import Feed
from tests.shared import shared_rows

HOST, GUEST = "Ana Lúcia Reis", "Helena Prado"


def credit(page: Any, name: str, role: str) -> None:
    """Add somebody to the people of a page, in memory."""
    page.people.add(
        Contribution(person=people.person(name), role=role, sort_order=page.people.count())
    )


@dataclass(frozen=True)
class Keys:
    """Primary keys of what the module shares."""

    show: int
    first: int
    second: int
    third: int
    guide: int


def make_programme() -> Keys:
    """A show with a host and three episodes, each with a licence and a recording of its own."""
    guide = pages.guide(slug="guia-do-empenho", title="Guia do empenho")
    show = pages.show(
        live=False,
        title="Expediente Aberto",
        slug="expediente-aberto",
        summary="Conversas sobre o trabalho de todo dia.",
        author="Rede Aberta",
        category="Education > Courses",
        authors=("Equipe da casa",),
    )
    credit(show, HOST, Contribution.Role.HOST)
    show = pages.publish(show)
    first = _episode(show, 1, "Empenho não é pagamento", "empenho-nao-e-pagamento", BY)
    second = _episode(show, 2, "A agenda era o problema", "a-agenda-era-o-problema", BY_SA)
    third = pages.episode(
        show,
        live=False,
        number=3,
        title="Lista de espera se publica",
        slug="lista-de-espera-se-publica",
        recording=spoken("lista-de-espera-se-publica"),
        transcript=files.vtt_text("lista-de-espera-se-publica"),
        licence=CC0,
        authors=(),
        body=[
            (
                "text",
                f'<p>Veja o <a linktype="page" id="{guide.pk}">guia</a>, '
                '<a href="/licencas/">as licenças</a> e '
                '<a href="https://exemplo.org/a">outro sítio</a>.</p>',
            )
        ],
    )
    credit(third, GUEST, Contribution.Role.GUEST)
    credit(third, "Revisora Atenta", Contribution.Role.REVIEWER)
    third.first_published_at = _day(3)
    third = pages.publish(third)
    return Keys(show.pk, first.pk, second.pk, third.pk, guide.pk)


def spoken(slug: str) -> Recording:
    """A recording that may go out under any licence."""
    return files.recording(content=files.mp3_bytes(slug), licence=CC0)


def _day(number: int) -> datetime:
    return datetime(2026, 11, number, 11, tzinfo=UTC)


def _episode(show: ShowPage, number: int, title: str, slug: str, licence: Any) -> EpisodePage:
    page = pages.episode(
        show,
        live=False,
        number=number,
        title=title,
        slug=slug,
        recording=spoken(slug),
        transcript=files.vtt_text(slug),
        licence=licence,
    )
    page.first_published_at = _day(number)
    return pages.publish(page)


@pytest.fixture(scope="module")
def programme(django_db_setup: None, django_db_blocker: Any) -> Iterator[Keys]:
    yield from shared_rows(django_db_blocker, make_programme)


@pytest.fixture
def show(programme: Keys, db: None) -> ShowPage:
    return ShowPage.objects.get(pk=programme.show)


@pytest.fixture
def first(programme: Keys, db: None) -> EpisodePage:
    return EpisodePage.objects.get(pk=programme.first)


@pytest.fixture
def second(programme: Keys, db: None) -> EpisodePage:
    return EpisodePage.objects.get(pk=programme.second)


@pytest.fixture
def third(programme: Keys, db: None) -> EpisodePage:
    return EpisodePage.objects.get(pk=programme.third)


@pytest.fixture
def guide(programme: Keys, db: None) -> GuidePage:
    return GuidePage.objects.get(pk=programme.guide)


@pytest.fixture
def feed(show: ShowPage, client: Client) -> Feed:
    """The feed of the show as it stands."""
    return Feed.get(client, show.feed_path)


def publish_until_tomorrow(page: Any) -> None:
    page.expire_at = timezone.now() + timedelta(days=1)
    pages.publish(page)


@pytest.fixture
def two_days_pass(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let two days pass in which the clock has not been round."""

    def pass_() -> None:
        later = timezone.now() + timedelta(days=2)
        monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    return pass_


@pytest.fixture
def host() -> Iterator[Host]:
    """Another host, from which a show is brought."""
    with serving() as server:
        yield Host(server)
