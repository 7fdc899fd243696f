"""What surrounds a resource is the same, whether read at once or as it stands in memory."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import Contribution, Person, RelatedResource
from knowledge.models.facts import Facts, facts_of
from tests.factories import pages, people
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db


def plain(facts: Facts) -> dict[str, Any]:
    return {
        "themes": [(theme.pk, theme.slug, theme.name, theme.module) for theme in facts.themes],
        "people": [
            (item.role, item.person.pk, item.person.name, item.person.slug, item.person.schema_type)
            for item in facts.people
        ],
        "cited": [item.person.cited_as for item in facts.people],
        "addresses": [item.person.get_absolute_url() for item in facts.people],
        "tags": facts.tags,
        "related": facts.related,
        "changes": [(item.published_at, item.note, item.is_minor) for item in facts.changes],
    }


@pytest.fixture
def page() -> Any:
    page = pages.guide(themes=("saude", "financas"), live=False, authors=())
    body = people.person("Prefeitura", nature=Person.Nature.BODY, cited_as="RECIFE. Prefeitura")
    page.people.add(Contribution(person=body, role=Contribution.Role.REVIEWER, sort_order=1))
    page.people.add(Contribution(person=people.person("Zilda Reis"), sort_order=0))
    page.tags.add("LRF", "despesa")
    page.related.add(RelatedResource(resource=pages.guide(), sort_order=1))
    page.related.add(RelatedResource(resource=pages.guide(), sort_order=0))
    return pages.publish(page)


def test_both_ways_tell_the_same(page: Any) -> None:
    draft = page.get_latest_revision_as_object()
    assert plain(facts_of(anew(page))) == plain(facts_of(draft))


def test_facts_cost_one_query(page: Any) -> None:
    fresh = anew(page)
    with CaptureQueriesContext(connection) as queries:
        facts = facts_of(fresh)
    assert len(queries) == 1
    assert [theme.slug for theme in facts.themes] == ["saude", "financas"]
    assert [item.person.name for item in facts.people] == ["Zilda Reis", "Prefeitura"]
    assert facts.tags == ["LRF", "despesa"]
    assert len(facts.related) == 2
    assert len(facts.changes) == 1
