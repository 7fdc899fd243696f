"""Several pages at once: bulk publication, copies, aliases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from knowledge.models import GuidePage
from podcasts.models import EpisodePage, ShowPage
from search.models import Entry
from tests.factories import editor, pages, people
from tests.knowledge import doors
from tests.knowledge.lacking import draft
from tests.knowledge.situations import anew, moved, room

pytestmark = pytest.mark.django_db


def is_live(page: Any) -> bool:
    return Page.objects.get(pk=page.pk).live


# --- in bulk ------------------------------------------------------------------------------------


def test_one_that_lacks_among_three_stops_all_three() -> None:
    chosen = [draft(pages.guide(live=False)) for _ in range(2)]
    chosen.append(draft(pages.guide(live=False, summary="")))
    attempt = doors.bulk_publish(*chosen)
    told = " ".join(editor.messages_in(attempt.client))
    assert not any(map(is_live, chosen))
    assert chosen[2].title in told
    assert chosen[0].title not in told
    assert "Nada foi publicado" in told


def test_three_whole_pages_are_published_at_once() -> None:
    chosen = [draft(pages.guide(live=False)) for _ in range(3)]
    doors.bulk_publish(*chosen)
    assert all(map(is_live, chosen))
    assert Entry.objects.filter(pk__in=[page.pk for page in chosen]).count() == 3


def test_one_that_lacks_below_stops_what_is_above() -> None:
    show = draft(pages.show(live=False))
    episode = draft(pages.episode(show, live=False, transcript=""))
    attempt = doors.bulk_publish(show, descendants=True)
    assert not is_live(show)
    assert not is_live(episode)
    assert "Falta a transcrição" in " ".join(editor.messages_in(attempt.client))


def test_what_is_below_is_not_asked_when_it_is_not_to_be_published() -> None:
    show = draft(pages.show(live=False))
    episode = draft(pages.episode(show, live=False, transcript=""))
    doors.bulk_publish(show)
    assert is_live(show)
    assert not is_live(episode)


def test_a_live_page_whose_draft_lacks_keeps_its_live_version(curator_client: Client) -> None:
    page = pages.guide(summary="O resumo de antes.")
    page.summary = ""
    page.save_revision()
    doors.bulk_publish(page, client=curator_client)
    assert anew(page).summary == "O resumo de antes."
    assert anew(page).has_unpublished_changes


# --- copies -------------------------------------------------------------------------------------


def copies_of(page: Any) -> list[Any]:
    return list(type(page).objects.filter(slug__startswith=f"{page.slug}-copia"))


def withdraw_step(trail: Any) -> None:
    trail.steps.first().resource.specific.unpublish()


def lose_document(booklet: Any) -> None:
    booklet.document.delete()


def lose_licence(guide: Any) -> None:
    GuidePage.objects.filter(pk=guide.pk).update(licence="")


LATER_LACKING: list[tuple[Callable[[], Any], Callable[[Any], None], str]] = [
    (pages.trail, withdraw_step, "aponta para um material que não está publicado"),
    (pages.booklet, lose_document, "Escolha o PDF"),
    (pages.guide, lose_licence, "Escolha a licença"),
]
later_lacking = pytest.mark.parametrize(
    ("make", "spoil", "sentence"), LATER_LACKING, ids=["trail", "booklet", "guide"]
)


@pytest.mark.parametrize("make", [pages.guide, pages.booklet, pages.trail, pages.show])
def test_a_whole_page_is_copied_and_published(make: Callable[[], Any]) -> None:
    page = make()
    doors.copy(page, publish_copies="on")
    [copied] = copies_of(page)
    assert copied.live
    assert copied.title == f"{page.title} (cópia)"
    assert copied.card.pk != page.card.pk
    assert Client().get(copied.get_url()).status_code == 200
    assert Entry.objects.get(pk=copied.pk).url == copied.get_url()


def test_a_published_copy_is_dated_when_it_was_made() -> None:
    page = pages.guide()
    doors.copy(page, publish_copies="on")
    [copied] = copies_of(page)
    assert copied.first_published_at > page.first_published_at
    assert Entry.objects.get(pk=copied.pk).published_at == copied.first_published_at


def test_a_published_copy_of_a_show_is_another_podcast() -> None:
    page = pages.show()
    doors.copy(page, publish_copies="on")
    [copied] = copies_of(page)
    assert copied.guid
    assert copied.guid != page.guid
    assert str(copied.guid) in Client().get(copied.feed_path).content.decode()


@later_lacking
def test_what_came_to_lack_is_not_copied_with_publication(
    make: Callable[[], Any], spoil: Callable[[Any], None], sentence: str
) -> None:
    page = make()
    spoil(page)
    attempt = doors.copy(anew(page), publish_copies="on")
    assert attempt.answer.status_code == 302
    assert not copies_of(page)
    assert sentence in " ".join(editor.messages_in(attempt.client))


@later_lacking
def test_what_came_to_lack_is_copied_as_a_draft(
    make: Callable[[], Any], spoil: Callable[[Any], None], sentence: str
) -> None:
    page = make()
    spoil(page)
    doors.copy(anew(page))
    [copied] = copies_of(page)
    assert not copied.live


def test_an_episode_is_copied_as_a_draft_that_prepares_its_own_audio(run_jobs: Any) -> None:
    page = pages.episode()
    attempt = doors.copy(page, publish_copies="on")
    assert not copies_of(page)
    assert "Copie sem publicar" in " ".join(editor.messages_in(attempt.client))

    doors.copy(page)
    [copied] = copies_of(page)
    assert copied.uuid != page.uuid
    run_jobs()
    doors.edit_and_publish(copied)
    assert anew(copied).audio.pk != page.audio.pk
    assert Client().get(copied.audio_path).status_code == 200


def test_a_show_is_copied_and_published_with_its_drafts_below() -> None:
    show = pages.show()
    pages.episode(show, live=False)
    doors.copy(show, publish_copies="on", copy_subpages="on")
    [copied] = copies_of(show)
    assert copied.live
    assert [page.live for page in copied.get_children()] == [False]


def test_a_show_with_live_episodes_is_not_copied_with_them_and_published() -> None:
    episode = pages.episode()
    attempt = doors.copy(episode.show, publish_copies="on", copy_subpages="on")
    assert attempt.answer.status_code == 302
    assert not copies_of(episode.show)
    assert episode.title in " ".join(editor.messages_in(attempt.client))


def test_a_show_with_live_episodes_is_copied_without_them_and_published() -> None:
    episode = pages.episode()
    doors.copy(episode.show, publish_copies="on")
    [copied] = copies_of(episode.show)
    assert copied.live
    assert not copied.get_children().exists()


# --- aliases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make", [pages.guide, pages.booklet, pages.trail, pages.show, pages.episode]
)
def test_an_alias_of_a_whole_page_is_live_with_it(make: Callable[[], Any]) -> None:
    page = make()
    attempt = doors.copy(page, alias="on")
    assert attempt.answer.status_code == 302
    [alias] = copies_of(page)
    assert alias.live
    answer = Client().get(alias.get_url())
    assert answer.status_code == 200
    assert f'rel="canonical" href="http://rede.test{page.get_url()}"' in answer.content.decode()


def test_an_episode_may_have_an_alias_in_another_show_with_the_same_audio() -> None:
    page = pages.episode()
    other = pages.show()
    doors.copy(page, alias="on", new_parent_page=str(other.pk))
    [alias] = copies_of(page)
    assert alias.live
    assert alias.audio == page.audio
    assert page.audio_path in Client().get(alias.get_url()).content.decode()


def test_a_show_has_an_alias_with_all_its_episodes() -> None:
    episode = pages.episode()
    doors.copy(episode.show, alias="on", copy_subpages="on")
    [alias] = copies_of(episode.show)
    assert [page.live for page in alias.get_children()] == [True]


@later_lacking
def test_what_came_to_lack_gets_no_alias(
    make: Callable[[], Any], spoil: Callable[[Any], None], sentence: str
) -> None:
    page = make()
    spoil(page)
    attempt = doors.copy(anew(page), alias="on")
    assert attempt.answer.status_code == 302
    assert not copies_of(page)
    assert sentence in " ".join(editor.messages_in(attempt.client))


def test_an_alias_follows_its_source() -> None:
    page = pages.guide()
    doors.copy(page, alias="on")
    page.title = "Outro título"
    pages.publish(page)
    [alias] = copies_of(page)
    assert alias.title == "Outro título"
    assert alias.card.pk == anew(page).card.pk


def test_an_alias_of_an_episode_elsewhere_lets_its_source_be_published() -> None:
    page = pages.episode()
    doors.copy(page, alias="on", new_parent_page=str(pages.show().pk))
    page.title = "Outro título"
    page = pages.publish(page)
    [alias] = copies_of(page)
    assert alias.title == "Outro título"


@pytest.mark.parametrize("make", [pages.guide, pages.show])
def test_an_alias_that_is_converted_is_a_work_of_its_own(make: Callable[[], Any]) -> None:
    page = make()
    doors.copy(page, alias="on")
    [alias] = copies_of(page)
    doors.convert_alias(alias)
    own = anew(alias)
    assert own.alias_of is None
    assert own.live
    assert Entry.objects.get(pk=own.pk).url == own.get_url()
    assert own.path_for_readers == own.get_url()
    if isinstance(own, ShowPage):
        assert own.guid != page.guid
        assert pages.publish(own.get_latest_revision_as_object()).guid == own.guid


def test_an_alias_of_an_episode_is_not_converted_while_it_is_live() -> None:
    """It would need audio of its own first."""
    page = pages.episode()
    doors.copy(page, alias="on")
    [alias] = copies_of(page)
    attempt = doors.convert_alias(alias)
    assert attempt.answer.status_code == 302
    assert anew(alias).alias_of_id == page.pk
    assert "copie a página sem publicar" in " ".join(editor.messages_in(attempt.client))
    assert EpisodePage.objects.filter(uuid=page.uuid, alias_of__isnull=True).count() == 1


@later_lacking
def test_an_alias_of_what_came_to_lack_is_not_converted(
    make: Callable[[], Any], spoil: Callable[[Any], None], sentence: str
) -> None:
    page = make()
    doors.copy(page, alias="on")
    [alias] = copies_of(page)
    spoil(anew(alias))
    attempt = doors.convert_alias(anew(alias))
    assert attempt.answer.status_code == 302
    assert anew(alias).alias_of_id == page.pk
    assert sentence in " ".join(editor.messages_in(attempt.client))


def test_a_copy_of_an_alias_is_a_page_of_its_own() -> None:
    page = pages.guide()
    doors.copy(page, alias="on")
    [alias] = copies_of(page)
    doors.copy(alias, publish_copies="on")
    [copied] = copies_of(alias)
    assert copied.live
    assert copied.alias_of is None
    assert Entry.objects.filter(pk=copied.pk).exists()


def test_somebody_without_the_right_to_publish_copies_a_draft() -> None:
    author = people.user("Autores")
    page = pages.guide()
    Page.objects.filter(pk=page.pk).update(owner=author)
    doors.copy(page, client=doors.signed_in(author), publish_copies="on")
    [copied] = copies_of(page)
    assert not copied.live


def test_a_copy_in_a_closed_section_is_closed() -> None:
    page = pages.guide()
    place = room(page, people.group())
    doors.copy(page, publish_copies="on", new_parent_page=str(place.pk))
    [copied] = copies_of(page)
    assert not Entry.objects.visible_to({"public"}).filter(pk=copied.pk).exists()
    assert Client().get(copied.get_url()).status_code == 302
    assert moved(page, place).live
