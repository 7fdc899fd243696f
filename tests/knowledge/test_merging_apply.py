"""Two become one: on pages, in drafts, in search, feeds, audio, covers, and at the old address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.tasks import update_reference_index_task

from knowledge.merging.apply import MergeRefused, merge
from knowledge.merging.kinds import MERGEABLE
from knowledge.merging.plan import plan_merge
from knowledge.models import Contribution, Person, ResourceTheme, Theme
from knowledge.models.resources import PublicationRefused
from knowledge.publishing.schedule import publish_due
from podcasts.models import EpisodeAudio
from search.models import Entry
from tests.factories import files, pages, people
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db


def merged(old: Any, kept: Any, slug: str = "pessoas", **options: Any) -> Any:
    return merge(kind=MERGEABLE[slug], old=old, kept=kept, **options)


@pytest.fixture
def old() -> Person:
    return people.person("Ana Reis", slug="ana-reis")


@pytest.fixture
def kept() -> Person:
    return people.person("Ana Lúcia Reis", slug="ana-lucia-reis")


def credit(page: Any, *credits: tuple[Person, str], publish: bool = True) -> Any:
    page.people.set(
        [
            Contribution(person=person, role=role, sort_order=order)
            for order, (person, role) in enumerate(credits)
        ]
    )
    if publish:
        return pages.publish(page)
    page.save_revision()
    return page


def credits_of(page: Any) -> list[tuple[str, str]]:
    return [(item.person.name, item.role) for item in page.people.select_related("person")]


AUTHOR, REVIEWER = Contribution.Role.AUTHOR, Contribution.Role.REVIEWER


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([("old", AUTHOR)], [AUTHOR]),
        ([("old", AUTHOR), ("kept", AUTHOR)], [AUTHOR]),
        ([("kept", AUTHOR), ("old", REVIEWER)], [AUTHOR, REVIEWER]),
        ([("old", AUTHOR), ("old", REVIEWER), ("kept", REVIEWER)], [AUTHOR, REVIEWER]),
    ],
)
def test_credits_of_a_published_page(
    before: list[Any], after: list[str], old: Person, kept: Person
) -> None:
    who = {"old": old, "kept": kept}
    page = credit(pages.guide(), *[(who[name], role) for name, role in before])
    merged(old, kept)
    assert credits_of(anew(page)) == [("Ana Lúcia Reis", role) for role in after]
    assert credits_of(anew(page).get_latest_revision_as_object()) == credits_of(anew(page))
    assert not Person.objects.filter(name="Ana Reis").exists()


def test_what_readers_find_follows_at_once(old: Person, kept: Person) -> None:
    page = credit(pages.guide(), (old, AUTHOR))
    merged(old, kept)
    assert Entry.objects.get(pk=page.pk).card["authors"] == ["Ana Lúcia Reis"]
    text = Client().get(page.get_url()).content.decode()
    assert kept.get_absolute_url() in text
    assert "Ana Reis" not in text
    assert page.get_url() in Client().get(kept.get_absolute_url()).content.decode()
    [entry] = feedparser.parse(Client().get("/novidades.atom").content).entries
    assert entry.author == "Ana Lúcia Reis"
    assert "Ana Reis" not in Client().get("/pessoas/").content.decode()
    assert page.get_url() in Client().get("/busca/?q=lucia").content.decode()


def test_a_draft_published_later_brings_nobody_back(old: Person, kept: Person) -> None:
    page = pages.guide()
    draft = credit(page, (old, AUTHOR), (kept, AUTHOR), (old, REVIEWER), publish=False)
    merged(old, kept)
    pages.publish(anew(draft).get_latest_revision_as_object())
    assert credits_of(anew(page)) == [("Ana Lúcia Reis", AUTHOR), ("Ana Lúcia Reis", REVIEWER)]


def test_a_draft_that_was_never_published_keeps_its_author(old: Person, kept: Person) -> None:
    draft = credit(pages.guide(live=False), (old, AUTHOR), publish=False)
    merged(old, kept)
    pages.publish(anew(draft).get_latest_revision_as_object())
    assert credits_of(anew(draft)) == [("Ana Lúcia Reis", AUTHOR)]


def test_a_version_from_before_a_later_draft_does_not_either(old: Person, kept: Person) -> None:
    page = credit(pages.guide(), (old, AUTHOR))
    version = anew(page).latest_revision
    credit(page, (kept, AUTHOR), publish=False)
    merged(old, kept)
    version.refresh_from_db()
    version.publish()
    assert credits_of(anew(page)) == [("Ana Lúcia Reis", AUTHOR)]


def test_a_scheduled_version_goes_out_with_the_one_that_stays(
    old: Person, kept: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pages.guide()
    draft = anew(page)
    draft.people.set([Contribution(person=old)])
    due = timezone.now() + timedelta(hours=1)
    draft.go_live_at = due
    draft.save_revision().publish()
    assert credits_of(anew(page)) == [("Helena Prado", AUTHOR)]
    merged(old, kept)
    monkeypatch.setattr(timezone, "now", lambda: due)
    assert publish_due() == 1
    assert credits_of(anew(page)) == [("Ana Lúcia Reis", AUTHOR)]


def test_an_alias_follows(old: Person, kept: Person) -> None:
    page = credit(pages.guide(), (old, AUTHOR))
    alias = page.create_alias(update_slug="atalho")
    merged(old, kept)
    assert credits_of(anew(alias)) == [("Ana Lúcia Reis", AUTHOR)]


def test_an_episode_gets_its_audio_anew_and_the_feed_says_who(
    old: Person, kept: Person, run_jobs: Callable[[], None]
) -> None:
    episode = credit(pages.episode(), (old, Contribution.Role.HOST))
    before = episode.audio_id
    merged(old, kept)
    assert anew(episode).audio_id == before, "listeners get the earlier copy meanwhile"
    run_jobs()
    audio = EpisodeAudio.objects.get(pk=anew(episode).audio_id)
    assert audio.pk != before
    assert audio.recipe["authors"] == ["Ana Lúcia Reis"]
    feed = Client().get(episode.show.feed_path).content.decode()
    assert "Ana Lúcia Reis" in feed
    assert "Ana Reis" not in feed


def test_the_hosts_of_a_show_follow_in_the_items_of_its_feed(old: Person, kept: Person) -> None:
    episode = pages.episode()
    credit(anew(episode.show), (old, Contribution.Role.HOST))
    assert "Ana Reis" in Client().get(episode.show.feed_path).content.decode()
    merged(old, kept)
    feed = Client().get(episode.show.feed_path).content.decode()
    assert "Ana Reis" not in feed
    assert feed.count("Ana Lúcia Reis") == 2


def test_empty_fields_are_taken_over(old: Person, kept: Person) -> None:
    Person.objects.filter(pk=old.pk).update(about="Engenheira.", website="https://ana.test")
    Person.objects.filter(pk=kept.pk).update(about="Professora.")
    merged(anew(old), anew(kept))
    assert (anew(kept).about, anew(kept).website) == ("Professora.", "https://ana.test")


# --- addresses ------------------------------------------------------------------------------------


def test_the_old_address_leads_to_the_one_that_stays_through_two_merges(
    old: Person, kept: Person
) -> None:
    last = people.person("Ana L. Reis", slug="ana-l-reis")
    credit(pages.guide(), (old, AUTHOR))
    merged(old, kept)
    merged(kept, last)
    for slug in ("ana-reis", "ana-lucia-reis"):
        answer = Client().get(f"/pessoas/{slug}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/pessoas/ana-l-reis/")
    assert Client().get("/pessoas/ana-l-reis/").status_code == 200


@pytest.fixture
def money() -> Theme:
    return people.theme("dinheiro", name="Dinheiro", module="saude", introduction="Contas.")


@pytest.fixture
def finance() -> Theme:
    return people.theme("financas", name="Finanças", module="financas")


def test_a_former_theme_is_followed_in_addresses_and_filters(money: Theme, finance: Theme) -> None:
    page = pages.guide(themes=("dinheiro",))
    pages.guide(themes=("saude",), title="Outro assunto")
    merged(money, finance, "temas")
    answer = Client().get("/temas/dinheiro/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/temas/financas/")
    soup = BeautifulSoup(Client().get("/acervo/?tema=dinheiro").content, "html5lib")
    assert [link["href"] for link in soup.select(".rows .row__t a")] == [page.get_url()]
    assert not soup.select(".status--info")
    assert anew(finance).introduction == "Contas."


def test_a_renamed_theme_is_followed_in_filters_as_well(finance: Theme) -> None:
    page = pages.guide(themes=("financas",))
    finance.slug = "contas-publicas"
    finance.save()
    text = Client().get("/busca/?tema=financas").content.decode()
    assert page.get_url() in text
    assert "Não conhecemos" not in text


@pytest.mark.parametrize("value", ["nunca-houve", "a/b", "..", "%00", "x" * 300, "'; --"])
def test_a_theme_that_never_was_is_set_aside_with_a_sentence(value: str) -> None:
    answer = Client().get("/acervo/", {"tema": value})
    assert answer.status_code == 200
    assert "Não conhecemos tema" in answer.content.decode()


# --- themes and their covers ----------------------------------------------------------------------


def themes_of(page: Any) -> list[str]:
    return [item.theme.slug for item in page.resource_themes.select_related("theme")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("dinheiro",), ["financas"]),
        (("dinheiro", "financas"), ["financas"]),
        (("financas", "dinheiro"), ["financas"]),
        (("saude", "dinheiro"), ["saude", "financas"]),
    ],
)
def test_themes_of_a_page(
    before: tuple[str, ...], after: list[str], money: Theme, finance: Theme
) -> None:
    page = pages.guide(themes=before)
    merged(money, finance, "temas")
    assert themes_of(anew(page)) == after
    assert themes_of(anew(page).get_latest_revision_as_object()) == after


@pytest.mark.parametrize("make", [pages.guide, pages.booklet, pages.trail, pages.show])
def test_covers_and_cards_have_the_tile_of_the_theme_that_stays(
    make: Callable[..., Any], money: Theme, finance: Theme
) -> None:
    page = make(themes=("dinheiro",))
    before = page.card
    merged(money, finance, "temas")
    page = anew(page)
    assert page.card is not None
    assert page.card.pk != before.pk
    assert page.lacks() == []
    assert Client().get(page.card.url).status_code == 200
    assert all(Client().get(art.url).status_code == 200 for art in page.art_used())
    text = Client().get(page.get_url()).content.decode()
    assert page.card.url in text
    assert "/capas/v1/saude/" not in text
    assert "/financas/" in Entry.objects.get(pk=page.pk).card["cover"]
    page.save()  # the wall still stands open for it


def test_a_trail_with_a_step_that_was_withdrawn_is_merged_as_well(
    money: Theme, finance: Theme
) -> None:
    guide = pages.guide()
    trail = pages.trail(guide, themes=("dinheiro",))
    anew(guide).unpublish()
    merged(money, finance, "temas")
    assert themes_of(anew(trail)) == ["financas"]
    assert anew(trail).live


def test_without_the_new_cards_nothing_changes(
    money: Theme, finance: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pages.guide(themes=("dinheiro",))
    monkeypatch.setattr("knowledge.merging.apply.prepare", lambda page: None)
    with pytest.raises(PublicationRefused):
        merged(money, finance, "temas")
    assert themes_of(anew(page)) == ["dinheiro"]
    assert anew(page).card is not None
    assert Client().get("/temas/dinheiro/").status_code == 200


def test_a_draft_with_the_former_theme_can_be_published(money: Theme, finance: Theme) -> None:
    page = pages.guide(themes=("saude",))
    page.resource_themes.set([ResourceTheme(theme=money), ResourceTheme(theme=finance)])
    page.save_revision()
    merged(money, finance, "temas")
    pages.publish(anew(page).get_latest_revision_as_object())
    assert themes_of(anew(page)) == ["financas"]


# --- tags -----------------------------------------------------------------------------------------


def test_tags_of_pages_drafts_and_files() -> None:
    page = pages.guide()
    page.tags.add("orçamento", "orcamento publico")
    page = pages.publish(page)
    drafted = pages.guide()
    drafted.tags.add("orcamento publico")
    drafted.save_revision()
    image = files.image(ready=False)
    image.tags.add("orçamento", "orcamento publico")
    kept = Tag.objects.get(name="orçamento")
    plan = merged(Tag.objects.get(name="orcamento publico"), kept, "etiquetas")
    assert plan.elsewhere == 1
    assert anew(page).facts().tags == ["orçamento"]
    assert [tag.name for tag in anew(image).tags.all()] == ["orçamento"]
    assert anew(drafted).facts().tags == []
    pages.publish(anew(drafted).get_latest_revision_as_object())
    assert anew(drafted).facts().tags == ["orçamento"]
    assert "orcamento publico" not in Client().get(page.get_url()).content.decode()


# --- all or nothing -------------------------------------------------------------------------------


def test_a_failure_half_way_changes_nothing(
    old: Person, kept: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = credit(pages.guide(), (old, AUTHOR))
    content = anew(page).latest_revision.content

    def fail(*args: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("knowledge.merging.apply.remember_address", fail)
    with pytest.raises(OSError, match="disk full"):
        merged(old, kept)
    assert credits_of(anew(page)) == [("Ana Reis", AUTHOR)]
    assert anew(page).latest_revision.content == content
    assert Entry.objects.get(pk=page.pk).card["authors"] == ["Ana Reis"]


def test_what_was_confirmed_is_what_is_done(old: Person, kept: Person) -> None:
    credit(pages.guide(), (old, AUTHOR))
    agreed = plan_merge(MERGEABLE["pessoas"], old, kept).digest
    page = credit(pages.guide(), (old, AUTHOR))
    with pytest.raises(MergeRefused, match="Algo mudou"):
        merged(old, kept, confirmed=agreed)
    assert credits_of(anew(page)) == [("Ana Reis", AUTHOR)]
    merged(old, kept, confirmed=plan_merge(MERGEABLE["pessoas"], old, kept).digest)
    assert credits_of(anew(page)) == [("Ana Lúcia Reis", AUTHOR)]


@pytest.mark.parametrize("gone", ["old", "kept"])
def test_somebody_who_was_merged_meanwhile_is_a_sentence(
    gone: str, old: Person, kept: Person
) -> None:
    Person.objects.filter(pk={"old": old, "kept": kept}[gone].pk).delete()
    with pytest.raises(MergeRefused, match="já não existe"):
        merged(old, kept)


def test_the_log_says_what_happened_and_who_did_it(old: Person, kept: Person) -> None:
    user = people.user("Curadores")
    credit(pages.guide(), (old, AUTHOR))
    merged(old, kept, user=user)
    [entry] = ModelLogEntry.objects.filter(action="knowledge.merge")
    assert (entry.object_id, entry.user) == (str(kept.pk), user)
    assert entry.message == "Juntou “Ana Reis” a este; páginas: 1"


def test_wagtail_learns_where_the_one_that_stays_is_used(
    old: Person, kept: Person, django_capture_on_commit_callbacks: Any
) -> None:
    page = credit(pages.guide(), (old, AUTHOR))
    ReferenceIndex.create_or_update_for_object(anew(page))
    assert ReferenceIndex.get_references_to(old).exists()
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        merged(old, kept)
    for job in DBTaskResult.objects.filter(task_path__endswith="update_reference_index_task"):
        update_reference_index_task.func(*job.args_kwargs["args"])
    assert not ReferenceIndex.get_references_to(old).exists()
    assert ReferenceIndex.get_references_to(kept).exists()
