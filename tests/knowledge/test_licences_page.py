"""The page that says what licences permit, and what may be mixed with what."""

import pytest
from django.test import Client
from lxml import html

from licensing.adapting import pairs

pytestmark = pytest.mark.django_db


def rows() -> list[list[str]]:
    tree = html.fromstring(Client().get("/licencas/").content)
    [table] = tree.xpath("//table[caption]")
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
        for row in table.xpath("./tbody/tr")
    ]


def test_the_table_says_of_every_pair_what_and_why() -> None:
    shown = rows()
    assert len(shown) == len(pairs())
    for (name, result, reason), pair in zip(shown, pairs(), strict=True):
        assert pair.one.name in name
        assert pair.other.name in name
        assert reason == pair.answer.reason
        assert (result == "Não dá") == (not pair.answer.licences)


def test_the_trap_is_told() -> None:
    [row] = [row for row in rows() if row[0] == "CC BY-SA 4.0 e CC BY-NC 4.0"]
    assert row[1] == "Não dá"


def test_the_table_is_one_for_those_who_hear_it() -> None:
    tree = html.fromstring(Client().get("/licencas/").content)
    assert set(tree.xpath("//table/thead//th/@scope")) == {"col"}
    assert set(tree.xpath("//table/tbody//th/@scope")) == {"row"}
    assert all(tree.xpath("//table/tbody//td/@data-l"))
