"""What a merge would change: decided on values, shown before anything is touched."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag, TaggedItem

from knowledge.merging.kinds import MERGEABLE
from knowledge.merging.plan import Plan, plan_merge
from knowledge.merging.references import Reference, merged, references_to
from knowledge.models import Contribution, Person, ResourceTag, ResourceTheme, Theme
from tests.factories import pages, people

CREDITS = Reference(Contribution, "person", "page", "people", ("page", "person", "role"))
OLD, KEPT, OTHER = 1, 2, 3
Row = dict[str, Any]


def credit(pk: int, person: int, role: str = "autoria", page: int = 9) -> Row:
    return {"pk": pk, "page": page, "person": person, "role": role}


MERGES: dict[str, tuple[list[Row], list[Row], list[int]]] = {
    # rows before → rows after, primary keys of those that go
    "alone": ([credit(1, OLD)], [credit(1, KEPT)], []),
    "both, the same role": ([credit(1, OLD), credit(2, KEPT)], [credit(1, KEPT)], [2]),
    "both, the one that stays first": (
        [credit(1, KEPT), credit(2, OLD)],
        [credit(1, KEPT)],
        [2],
    ),
    "both, other roles": (
        [credit(1, OLD), credit(2, KEPT, "revisao")],
        [credit(1, KEPT), credit(2, KEPT, "revisao")],
        [],
    ),
    "both, on two pages": (
        [credit(1, OLD, page=8), credit(2, KEPT, page=9)],
        [credit(1, KEPT, page=8), credit(2, KEPT, page=9)],
        [],
    ),
    "twice already": ([credit(1, OLD), credit(2, OLD)], [credit(1, KEPT)], [2]),
    "somebody else, twice": (
        [credit(1, OTHER), credit(2, OTHER), credit(3, OLD)],
        [credit(1, OTHER), credit(2, OTHER), credit(3, KEPT)],
        [],
    ),
    "not there": ([credit(1, OTHER)], [credit(1, OTHER)], []),
    "in a draft, not saved yet": (
        [{"pk": None, "person": OLD, "role": "autoria"}],
        [{"pk": None, "person": KEPT, "role": "autoria"}],
        [],
    ),
}


@pytest.mark.parametrize("name", MERGES)
def test_rows_after_a_merge(name: str) -> None:
    before, after, gone = MERGES[name]
    result = merged(before, CREDITS, OLD, KEPT)
    assert result.rows == after
    assert [row["pk"] for row in result.dropped] == gone


@pytest.mark.parametrize(
    ("model", "named_in"),
    [
        (Person, {Contribution: ("page", "person", "role")}),
        (Theme, {ResourceTheme: ("page", "theme")}),
        (
            Tag,
            {
                ResourceTag: ("tag", "content_object"),
                TaggedItem: ("tag", "content_type", "object_id"),
            },
        ),
    ],
)
def test_every_place_that_names_one_is_known(model: type, named_in: dict[type, Any]) -> None:
    found = {reference.model: reference for reference in references_to(model)}
    assert set(named_in) <= set(found)
    for where, alike in named_in.items():
        assert set(found[where].alike) == set(alike)


CONTENTS: dict[str, tuple[Row, Row | None]] = {
    "credited": ({"people": [credit(1, OLD)], "x": 1}, {"people": [credit(1, KEPT)], "x": 1}),
    "not credited": ({"people": [credit(1, 12)]}, None),
    "nobody": ({"people": []}, None),
    "of before there were credits": ({"title": "Um"}, None),
    "odd": ({"people": None}, None),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_the_content_of_a_draft_after_a_merge(name: str) -> None:
    before, after = CONTENTS[name]
    assert CREDITS.moved_in(before, OLD, KEPT) == after


# --- with pages ----------------------------------------------------------------------------------


def twins() -> tuple[Person, Person]:
    return people.person("Ana Reis"), people.person("Ana Lúcia Reis")


def credited(person: Person, live: bool = True, **fields: Any) -> Any:
    page = pages.guide(live=False, **fields)
    page.people.set([Contribution(person=person)])
    page.save()
    if live:
        return pages.publish(page)
    page.save_revision()
    return page


def plan_of(old: Any, kept: Any, slug: str = "pessoas") -> Plan:
    return plan_merge(MERGEABLE[slug], old, kept)


def places(plan: Plan) -> dict[str, list[str]]:
    return {page.title: page.places for page in plan.pages}


@pytest.mark.django_db
def test_the_plan_names_each_page_and_where_it_changes() -> None:
    old, kept = twins()
    credited(old, title="Publicada")
    credited(old, title="Rascunho", live=False)
    redrafted = credited(people.person("Outra"), title="Só no rascunho")
    redrafted.people.set([Contribution(person=old)])
    redrafted.save_revision()
    scheduled = credited(people.person("Mais outra"), title="Marcada", live=False)
    scheduled.people.set([Contribution(person=old)])
    revision = scheduled.save_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    credited(kept, title="De quem fica")
    assert places(plan_of(old, kept)) == {
        "Publicada": ["na página publicada", "no rascunho"],
        "Rascunho": ["no rascunho"],
        "Só no rascunho": ["no rascunho"],
        "Marcada": ["no rascunho", "na versão com data marcada"],
    }


@pytest.mark.django_db
def test_older_versions_are_counted() -> None:
    old, kept = twins()
    page = credited(old, title="Antiga")
    page.save_revision()
    page.people.set([Contribution(person=people.person("Outra"))])
    page.save_revision()
    [change] = plan_of(old, kept).pages
    assert change.places == ["na página publicada", "em 2 versões antigas"]


@pytest.mark.django_db
def test_a_number_that_begins_alike_is_somebody_else() -> None:
    kept = people.person("Quem fica")
    old = people.person("Um", pk=901_7)
    longer = people.person("Outra", pk=901_71)
    credited(longer)
    assert plan_of(old, kept).pages == []


@pytest.mark.django_db
def test_only_empty_fields_are_taken_over() -> None:
    old = people.person("Ana Reis", about="Engenheira.", website="https://ana.test")
    kept = people.person("Ana Lúcia Reis", about="Trabalha em Olinda.")
    assert plan_of(old, kept).filled == {"website": "https://ana.test"}
    assert plan_of(old, kept).filled_labels == [("página na internet", "https://ana.test")]


@pytest.mark.django_db
@pytest.mark.parametrize(("module", "redraws"), [("financas", False), ("saude", True)])
def test_only_another_tile_redraws(module: str, redraws: bool) -> None:
    old, kept = people.theme("financas"), people.theme("orcamento", module=module)
    assert plan_of(old, kept, "temas").redraws is redraws


@pytest.mark.django_db
def test_the_plan_changes_with_what_it_would_change() -> None:
    old, kept = twins()
    page = credited(old)
    before = plan_of(old, kept).digest
    assert plan_of(old, kept).digest == before
    page.save_revision()
    assert plan_of(old, kept).digest != before


@pytest.mark.django_db
def test_a_plan_for_many_pages_costs_what_one_for_few_costs() -> None:
    old, kept = twins()
    credited(old)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            plan_of(old, kept)
        return len(queries)

    cost()
    few = cost()
    for _ in range(8):
        credited(old, live=False)
    assert cost() == few
    assert few <= 5
