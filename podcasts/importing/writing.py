"""Writing what was brought: each page whole, in one short transaction, or not at all."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from knowledge.models import Contribution, Person, ResourcePage
from knowledge.publishing.gate import prepare
from knowledge.publishing.schedule import publish_when_ready
from knowledge.turn import take_turn
from podcasts.importing.reading import Credit, FoundEpisode, FoundShow
from podcasts.models import BroughtPage, EpisodePage, PodcastIndexPage, ShowPage

_SLUG = 80
_TAKEN = {"assinar"}  # an address below a show that no episode may have


class AlreadyHere(Exception):
    """Somebody else wrote the same page a moment ago."""


# --- filling --------------------------------------------------------------------------------------


def fill_show(page: ShowPage, found: FoundShow, cover: Any) -> None:
    """Everything that the channel says, into a show that nobody has read yet."""
    page.title = page.draft_title = found.title
    page.summary, page.body = found.summary, found.notes
    page.author, page.owner_email = found.author, found.owner_email
    page.category, page.language = found.category, found.language
    page.is_explicit, page.is_locked = found.is_explicit, found.is_locked
    page.medium, page.recurrence = found.medium, found.recurrence
    page.is_finished = found.is_finished
    page.seasons = [
        ("season", {"number": number, "name": name}) for number, name in found.seasons.items()
    ]
    page.guid, page.licence, page.cover_image = found.guid, found.terms.licence, cover


def fill_episode(page: EpisodePage, found: FoundEpisode, brought: dict[str, Any]) -> None:
    """Everything that the item says and that was brought, into an episode that nobody has read."""
    page.title = page.draft_title = found.title
    page.summary, page.body = found.summary, found.notes
    page.brought_guid, page.licence = found.guid, found.terms.licence
    page.episode_type, page.season, page.number = found.episode_type, found.season, found.number
    page.first_published_at = found.published_at
    page.recording, page.transcript = brought["recording"], brought["transcript"]
    page.cover_image = brought["cover"]
    page.chapters = [
        (
            "chapter",
            {
                "start": each.start,
                "title": each.title,
                "link": each.link,
                "picture": brought["pictures"].get(each.picture),
            },
        )
        for each in brought["chapters"]
    ]


def _credit(page: ResourcePage, people: list[Credit]) -> None:
    """Those who made it; whoever is not known here gets a row. Inside the transaction."""
    page.people.set(
        [
            Contribution(person=_person(each.name), role=each.role, sort_order=order)
            for order, each in enumerate(people)
        ]
    )


def _person(name: str) -> Person:
    known = Person.objects.filter(name=name).order_by("pk").first()
    if known is not None:
        return known
    base = slugify(name)[:100] or "pessoa"
    taken = set(Person.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return Person.objects.create(name=name, slug=_free(base, taken))


def _free(base: str, taken: set[str]) -> str:
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _slug(title: str, parent: Page, otherwise: str) -> str:
    base = slugify(title)[:_SLUG].strip("-") or otherwise
    beside = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    known = beside.filter(slug__startswith=base).values_list("slug", flat=True)
    return _free(base, _TAKEN | set(known))


# --- writing --------------------------------------------------------------------------------------


def write_show(page: ShowPage, found: FoundShow, gaps: list[str]) -> ShowPage:
    """A new show, or what was still to come of one. Raises AlreadyHere."""
    index = PodcastIndexPage.objects.earliest("pk")
    with transaction.atomic():
        # The row of the parent first, the turn then, as in whatever adds a page.
        parent = PodcastIndexPage.objects.select_for_update().get(pk=index.pk)
        take_turn()
        _credit(page, found.people)
        if page.pk is None:
            if found.guid and show_known_as(found.guid) is not None:
                raise AlreadyHere
            page.slug = _slug(page.title, parent, "podcast")
            page.live = False
            parent.add_child(instance=page)
        _remember(page, gaps)
    return page


def write_episode(
    page: EpisodePage, show: ShowPage, found: FoundEpisode, gaps: list[str]
) -> EpisodePage:
    """A new episode, or what was still to come of one. Raises AlreadyHere."""
    with transaction.atomic():
        take_turn()
        parent = ShowPage.objects.select_for_update().get(pk=show.pk)
        _credit(page, found.people)
        if page.pk is None:
            if found.guid in episodes_of(parent):
                raise AlreadyHere
            page.language = parent.language
            page.slug = _slug(page.title, parent, "episodio")
            page.live = False
            parent.add_child(instance=page)
        elif found.published_at is not None:
            ResourcePage.objects.filter(pk=page.pk).update(first_published_at=found.published_at)
        _remember(page, gaps)
    return page


def _remember(page: ResourcePage, gaps: list[str]) -> None:
    revision = page.save_revision(log_action=False)
    BroughtPage.objects.update_or_create(
        page_id=page.pk, defaults={"revision_number": revision.pk, "gaps": gaps}
    )


def lasting_lacks(draft: ResourcePage) -> list[str]:
    """What a draft lacks that does not mend itself."""
    return [lack.message for lack in draft.lacks() if not lack.passing]


def adopt_guid(show: ShowPage, guid: UUID | None) -> None:
    """Give the number of the feed to a show that never had one."""
    if show.guid is None and guid is not None and show_known_as(guid) is None:
        with transaction.atomic():
            take_turn()
            ShowPage.objects.filter(pk=show.pk).update(guid=guid)


def settle(page: ResourcePage) -> list[str]:
    """Let a page that the import wrote go out, as soon as what it lacks has mended itself; returns
    what else it lacks, for which it stays a draft."""
    draft = page.get_latest_revision_as_object()
    prepare(draft)
    lacks = draft.lacks()
    lasting = [lack.message for lack in lacks if not lack.passing]
    if lasting:
        return lasting
    revision = page.latest_revision
    if revision.approved_go_live_at is None:
        if lacks:
            publish_when_ready(draft, revision, lacks)
        else:
            revision.publish(skip_permission_checks=True)
    return []


# --- what is here ---------------------------------------------------------------------------------


def show_known_as(guid: UUID) -> ShowPage | None:
    """The show that has this number, be it a draft."""
    return ShowPage.objects.filter(guid=guid, alias_of__isnull=True).order_by("pk").first()


def episodes_of(show: ShowPage) -> dict[str, EpisodePage]:
    """The episodes of a show, drafts included, by what apps know them by."""
    below = EpisodePage.objects.child_of(show).filter(alias_of__isnull=True)
    return {episode.guid: episode for episode in below}
