"""Every way in which a page may stand open or closed, and who may see it then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from knowledge.models import ResourceIndexPage
from podcasts.models import EpisodePage, PodcastIndexPage
from tests.factories import pages
from tests.knowledge.readers import ALL, NOBODY, OF_A, OF_B, WITH_ACCOUNT, groups


def anew(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def another(page: Any, parent: Any = None, **fields: Any) -> Any:
    """A draft of the same kind, beside `page` or under `parent`."""
    if isinstance(page, EpisodePage):
        return pages.episode(parent or page.show, live=False, **fields)
    return pages.booklet(parent=parent, live=False, **fields)


def room(page: Any, *restricted_to: Any, kind: str = "") -> Any:
    """Another place where `page` may stand; closed if there are groups or a kind of restriction."""
    if isinstance(page, EpisodePage):
        # Of the same name elsewhere, so that its art is the same drawing and costs nothing.
        shelf = pages.add(PodcastIndexPage, HomePage.objects.get())
        made = pages.show(parent=shelf, slug=page.show.slug, title=page.show.title)
    else:
        made = pages.add(ResourceIndexPage, HomePage.objects.get())
    if restricted_to or kind:
        pages.restrict(made, *restricted_to, kind=kind)
    return made


def moved(page: Any, target: Page) -> Any:
    page.move(Page.objects.get(pk=target.pk), pos="last-child")
    return anew(page)


def translation(page: Any, code: str = "en", parent: Any = None) -> Any:
    """A live page that is the same work in another language, made as a translator would."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    made = another(page, parent, locale=locale, translation_key=page.translation_key)
    return pages.publish(made)


# --- the situations -----------------------------------------------------------------------------
# Each takes a live booklet and returns the page that is asked about.


def live(page: Any) -> Any:
    return page


def draft(page: Any) -> Any:
    return another(page)


def withdrawn(page: Any) -> Any:
    page.unpublish()
    return anew(page)


def _expiring(page: Any, in_seconds: int) -> Any:
    page.expire_at = timezone.now() + timedelta(seconds=in_seconds)
    return pages.publish(page)


def expired(page: Any) -> Any:
    """Its time is over and the clock has not come round yet."""
    return _expiring(page, -1)


def expiring_later(page: Any) -> Any:
    return _expiring(page, 3600)


def for_the_signed_in(page: Any) -> Any:
    pages.restrict(page)
    return page


def for_group_a(page: Any) -> Any:
    pages.restrict(page, groups()[0])
    return page


def for_either_group(page: Any) -> Any:
    pages.restrict(page, *groups())
    return page


def by_password(page: Any) -> Any:
    pages.restrict(page, kind=PageViewRestriction.PASSWORD)
    return page


def opened_again(page: Any) -> Any:
    pages.restrict(page, groups()[0]).delete()
    return page


def loosened(page: Any) -> Any:
    restriction = pages.restrict(page, groups()[0])
    restriction.restriction_type = PageViewRestriction.LOGIN
    restriction.save()
    return page


def published_in_a_closed_section(page: Any) -> Any:
    made = another(page)
    return pages.publish(moved(made, room(page, groups()[0])))


def section_closed_later(page: Any) -> Any:
    place = room(page)
    page = moved(page, place)
    pages.restrict(place, groups()[0])
    return page


def group_below_signed_in(page: Any) -> Any:
    pages.restrict(page, groups()[0])
    return moved(page, room(page, kind=PageViewRestriction.LOGIN))


def signed_in_below_group(page: Any) -> Any:
    pages.restrict(page)
    return moved(page, room(page, groups()[0]))


def group_b_below_group_a(page: Any) -> Any:
    """No key says “member of both”, so this is closed altogether rather than left half open."""
    group_a, group_b = groups()
    pages.restrict(page, group_b)
    return moved(page, room(page, group_a))


def group_b_below_either_group(page: Any) -> Any:
    group_a, group_b = groups()
    pages.restrict(page, group_b)
    return moved(page, room(page, group_a, group_b))


def alias_of_a_page_closed_later(page: Any) -> Any:
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    pages.restrict(page, groups()[0])
    return anew(alias)


def alias_of_an_alias_closed_later(page: Any) -> Any:
    first = page.create_alias(update_slug=f"{page.slug}-1")
    second = first.create_alias(update_slug=f"{page.slug}-2")
    pages.restrict(page, groups()[0])
    return anew(second)


def alias_of_a_withdrawn_page(page: Any) -> Any:
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    page.unpublish()
    return anew(alias)


def alias_of_a_deleted_page(page: Any) -> Any:
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    page.delete()
    return anew(alias)


def alias_of_an_expired_page(page: Any) -> Any:
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    _expiring(page, -1)
    return anew(alias)


def alias_of_a_child_of_a_closed_section(page: Any) -> Any:
    home, place = page.get_parent(), room(page)
    page = moved(page, place)
    alias = page.create_alias(parent=anew(home), update_slug=f"{page.slug}-alias")
    pages.restrict(place, groups()[0])
    return anew(alias)


def alias_in_a_closed_section(page: Any) -> Any:
    return anew(page.create_alias(parent=room(page, groups()[0])))


def source_of_an_alias_in_a_closed_section(page: Any) -> Any:
    page.create_alias(parent=room(page, groups()[0]))
    return page


def copy_made_before_closing(page: Any) -> Any:
    copied = page.copy(update_attrs={"slug": f"{page.slug}-copia"}, keep_live=False)
    pages.restrict(page, groups()[0])
    return pages.publish(copied)


def copy_of_a_closed_page(page: Any) -> Any:
    """Wagtail copies the restriction along."""
    pages.restrict(page, groups()[0])
    return pages.publish(page.copy(update_attrs={"slug": f"{page.slug}-copia"}, keep_live=False))


def moved_into_a_closed_section(page: Any) -> Any:
    return moved(page, room(page, groups()[0]))


def moved_out_of_a_closed_section(page: Any) -> Any:
    home = page.get_parent()
    return moved(moved(page, room(page, groups()[0])), home)


def moved_with_its_section(page: Any) -> Any:
    place = room(page)
    page = moved(page, place)
    moved(place, room(page, groups()[0]))
    return anew(page)


def translation_of_a_page_closed_later(page: Any) -> Any:
    made = translation(page)
    pages.restrict(page, groups()[0])
    return made


def translation_of_a_page_moved_into_a_closed_section(page: Any) -> Any:
    made = translation(page)
    moved(page, room(page, groups()[0]))
    return made


def translation_of_two_pages_closed_differently(page: Any) -> Any:
    group_a, group_b = groups()
    second, third = translation(page, "en"), translation(page, "es")
    pages.restrict(page, group_a)
    pages.restrict(third, group_a, group_b)
    return second


def page_with_a_translation_made_in_a_closed_section(page: Any) -> Any:
    translation(page, parent=room(page, groups()[0]))
    return page


def page_with_a_draft_translation_in_a_closed_section(page: Any) -> Any:
    locale, _ = Locale.objects.get_or_create(language_code="en")
    place = room(page, groups()[0])
    another(page, place, locale=locale, translation_key=page.translation_key)
    return page


def page_whose_closed_translation_was_deleted(page: Any) -> Any:
    translation(page, parent=room(page, groups()[0])).delete()
    return page


def alias_of_a_translation_of_a_page_closed_later(page: Any) -> Any:
    made = translation(page)
    alias = made.create_alias(update_slug=f"{made.slug}-alias")
    pages.restrict(page, groups()[0])
    return anew(alias)


def group_deleted(page: Any) -> Any:
    group_a, _ = groups()
    pages.restrict(page, group_a)
    group_a.delete()
    return page


def one_group_of_two_deleted(page: Any) -> Any:
    group_a, _ = groups()
    pages.restrict(page, *groups())
    group_a.delete()
    return page


@dataclass(frozen=True)
class Situation:
    """A situation, who may see the page in it, and whether lists name it (an alias they don't)."""

    arrange: Callable[[Any], Any]
    seen_by: frozenset[str]
    is_listed: bool = True

    @property
    def name(self) -> str:
        return self.arrange.__name__


SITUATIONS = [
    Situation(live, ALL),
    Situation(draft, NOBODY),
    Situation(withdrawn, NOBODY),
    Situation(expired, NOBODY),
    Situation(expiring_later, ALL),
    Situation(for_the_signed_in, WITH_ACCOUNT),
    Situation(for_group_a, OF_A),
    Situation(for_either_group, OF_A | OF_B),
    Situation(by_password, NOBODY),
    Situation(opened_again, ALL),
    Situation(loosened, WITH_ACCOUNT),
    Situation(published_in_a_closed_section, OF_A),
    Situation(section_closed_later, OF_A),
    Situation(group_below_signed_in, OF_A),
    Situation(signed_in_below_group, OF_A),
    Situation(group_b_below_group_a, NOBODY),
    Situation(group_b_below_either_group, OF_B),
    Situation(alias_of_a_page_closed_later, OF_A, is_listed=False),
    Situation(alias_of_an_alias_closed_later, OF_A, is_listed=False),
    Situation(alias_of_a_withdrawn_page, NOBODY, is_listed=False),
    Situation(alias_of_a_deleted_page, NOBODY, is_listed=False),
    Situation(alias_of_an_expired_page, NOBODY, is_listed=False),
    Situation(alias_of_a_child_of_a_closed_section, OF_A, is_listed=False),
    Situation(alias_in_a_closed_section, OF_A, is_listed=False),
    Situation(source_of_an_alias_in_a_closed_section, ALL),
    Situation(copy_made_before_closing, ALL),
    Situation(copy_of_a_closed_page, OF_A),
    Situation(moved_into_a_closed_section, OF_A),
    Situation(moved_out_of_a_closed_section, ALL),
    Situation(moved_with_its_section, OF_A),
    Situation(translation_of_a_page_closed_later, OF_A),
    Situation(translation_of_a_page_moved_into_a_closed_section, OF_A),
    Situation(translation_of_two_pages_closed_differently, OF_A),
    Situation(page_with_a_translation_made_in_a_closed_section, OF_A),
    Situation(page_with_a_draft_translation_in_a_closed_section, OF_A),
    Situation(page_whose_closed_translation_was_deleted, ALL),
    Situation(alias_of_a_translation_of_a_page_closed_later, OF_A, is_listed=False),
    Situation(group_deleted, NOBODY),
    Situation(one_group_of_two_deleted, OF_B),
]
