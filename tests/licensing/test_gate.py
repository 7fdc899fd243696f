"""What lacks before a work may be published, from plain facts."""

from dataclasses import dataclass
from datetime import date

import pytest

from licensing.gate import Lack, lacks_of_item, lacks_of_part
from licensing.values import ALL_LICENCES, BY, OPEN_LICENCES, RESERVED, Licence


@dataclass
class Part:
    title: str = "Ponte nova"
    creator: str = "Davi Nogueira"
    licence: Licence | None = BY
    permission: str = ""
    withdrawn_on: date | None = None


def codes(lacks: list[Lack]) -> list[str]:
    return [lack.code for lack in lacks]


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_an_item_with_open_licence_and_credit_lacks_nothing(licence: Licence) -> None:
    assert lacks_of_item(licence, has_credit=True) == []


@pytest.mark.parametrize(
    ("licence", "has_credit", "expected"),
    [
        (None, True, ["licence"]),
        (None, False, ["licence", "credit"]),
        (BY, False, ["credit"]),
        (RESERVED, True, ["licence-closed"]),
        (RESERVED, False, ["licence-closed", "credit"]),
    ],
)
def test_an_item_lacks_each_thing_that_is_missing(
    licence: Licence | None, has_credit: bool, expected: list[str]
) -> None:
    assert codes(lacks_of_item(licence, has_credit)) == expected


def test_the_lacks_of_an_item_point_at_its_fields() -> None:
    assert [lack.field for lack in lacks_of_item(None, has_credit=False)] == ["licence", "people"]


@pytest.mark.parametrize("licence", ALL_LICENCES, ids=str)
def test_a_part_with_author_and_licence_or_permission_lacks_nothing(licence: Licence) -> None:
    assert (
        lacks_of_part(Part(licence=licence, permission="Ana, 3/2/2026"), "A imagem", "body") == []
    )


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part(licence=None), ["part-licence"]),
        (Part(licence=None, permission="Ana"), ["part-licence"]),
        (Part(licence=RESERVED), ["part-permission"]),
        (Part(creator=""), ["part-creator"]),
        (Part(withdrawn_on=date(2026, 11, 3)), ["part-withdrawn"]),
        (Part(creator="", licence=RESERVED), ["part-permission", "part-creator"]),
    ],
)
def test_a_part_lacks_each_thing_that_is_missing(part: Part, expected: list[str]) -> None:
    assert codes(lacks_of_part(part, "A imagem", "body")) == expected


def test_the_lacks_of_a_part_name_it_and_point_at_the_field_that_holds_it() -> None:
    for lack in lacks_of_part(Part(creator="", licence=None), "O arquivo", "document"):
        assert lack.message.startswith("O arquivo “Ponte nova” ")
        assert lack.field == "document"
        assert not lack.passing


def test_rights_never_mend_themselves() -> None:
    """A scheduled page does not wait for what only a person can give."""
    lacks = lacks_of_item(None, has_credit=False) + lacks_of_item(RESERVED, has_credit=False)
    assert not any(lack.passing for lack in lacks)
