"""Who may see a page: the predicate and the queryset give one answer, and it is the right one."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from knowledge.visibility import is_visible, narrow, visible_to
from tests.factories import pages
from tests.knowledge.readers import NOBODY, READERS, STRANGER, client_of, keys_of_reader, readers
from tests.knowledge.situations import SITUATIONS, Situation

pytestmark = pytest.mark.django_db

WITHDRAWN = ("withdrawn", "alias_of_a_withdrawn_page", "alias_of_a_deleted_page")
every_situation = pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.name)


@every_situation
def test_predicate_and_queryset_agree_for_every_reader_and_page(situation: Situation) -> None:
    users = readers()
    page = situation.arrange(pages.booklet())
    for name, user in users.items():
        keys = keys_of_reader(user)
        by_predicate = {each.pk for each in Page.objects.all() if is_visible(each, keys)}
        by_queryset = set(visible_to(Page.objects.all(), keys).values_list("pk", flat=True))
        assert by_predicate == by_queryset, name
        assert (page.pk in by_predicate) == (name in situation.seen_by), name


@every_situation
def test_the_address_opens_to_those_alone(situation: Situation) -> None:
    """A stranger is asked to sign in, somebody signed in is told, and what nobody may see is not
    there; what was withdrawn from the public says so."""
    users = readers()
    page = situation.arrange(pages.booklet())
    gone = 410 if situation.name in WITHDRAWN else 404
    for name in READERS:
        answer = client_of(users[name]).get(page.get_url())
        if name in situation.seen_by:
            assert answer.status_code == 200, name
        elif situation.seen_by == NOBODY:
            assert answer.status_code == gone, name
        elif name == STRANGER:
            assert answer.status_code == 302, name
            assert "/conta/entrar/" in answer.headers["Location"]
        else:
            assert answer.status_code == 403, name


@pytest.mark.parametrize(
    ("outer", "inner", "both"),
    [
        ({"public"}, {"signed-in"}, {"signed-in"}),
        ({"signed-in"}, {"public"}, {"signed-in"}),
        ({"signed-in"}, {"group:1"}, {"group:1"}),
        ({"group:1"}, {"signed-in"}, {"group:1"}),
        ({"group:1", "group:2"}, {"group:2", "group:3"}, {"group:2"}),
        ({"group:1"}, {"group:2"}, set()),
        (set(), {"signed-in"}, set()),
        ({"public"}, set(), set()),
    ],
)
def test_two_audiences_narrow_to_what_they_share(
    outer: set[str], inner: set[str], both: set[str]
) -> None:
    assert narrow(frozenset(outer), frozenset(inner)) == both


def test_nothing_restricted_costs_one_query(django_assert_num_queries: Callable[..., Any]) -> None:
    """Every page view asks; a site without restrictions pays for one look."""
    pages.guide()
    with django_assert_num_queries(2):  # the restrictions, the pages
        list(visible_to(Page.objects.all(), frozenset({"public"})))
