"""Parts under a licence of their own: what a page must say of them, what its curator should know."""

from dataclasses import replace

import pytest

from licensing.parts import Part, cropping, lacks_of_recording, misleading, with_own_terms
from licensing.values import (
    BY,
    BY_NC,
    BY_NC_ND,
    BY_NC_SA,
    BY_ND,
    BY_SA,
    CC0,
    OPEN_LICENCES,
    PDM,
    RESERVED,
    Licence,
)


def part(licence: Licence, creator: str = "Davi Nogueira", beside: bool = True) -> Part:
    return Part("A imagem", "Ponte", creator, licence, "body", beside)


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_a_part_under_the_licence_of_the_page_misleads_nobody(licence: Licence) -> None:
    assert misleading(licence, part(licence)) == ""
    assert with_own_terms(licence, "", [part(licence)]) == []


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (BY, BY_NC),
        (BY_SA, BY_NC_SA),
        (BY_NC, BY_NC_ND),
        (BY_NC, BY_NC_SA),
        (BY_ND, BY_NC_ND),
        (CC0, BY),
        (PDM, BY),
        (BY_NC_ND, RESERVED),
    ],
    ids=str,
)
def test_a_page_that_promises_more_than_its_part_is_told(page: Licence, shown: Licence) -> None:
    assert misleading(page, part(shown)).startswith("A imagem “Ponte”")


@pytest.mark.parametrize(
    ("page", "shown"),
    [(BY_NC, BY), (BY_NC_SA, BY_NC), (BY_SA, BY), (BY_NC_ND, BY_NC), (BY, CC0), (BY_NC, PDM)],
    ids=str,
)
def test_a_part_that_allows_more_is_no_matter(page: Licence, shown: Licence) -> None:
    assert misleading(page, part(shown)) == ""


@pytest.mark.parametrize(("beside", "is_listed"), [(True, False), (False, True)])
def test_a_part_that_adapts_the_work_of_somebody_is_listed_unless_credited_beside(
    beside: bool, is_listed: bool
) -> None:
    adapted = replace(part(BY, beside=beside), adaptation="Baseado em “Mapa”, CC BY 4.0.")
    assert (with_own_terms(BY, "Davi Nogueira", [adapted]) == [adapted]) is is_listed


def test_what_is_told_names_what_is_withheld_and_asked() -> None:
    told = misleading(BY, part(BY_NC_ND))
    assert "não deixa usar para fins comerciais nem publicar versão modificada" in told
    assert "pede para dizer quem fez" in misleading(CC0, part(BY))
    assert "mesma licença" in misleading(BY, part(BY_SA))


def test_the_page_says_which_parts_have_another_licence() -> None:
    other, same = part(BY_ND), part(BY)
    assert with_own_terms(BY, "Helena Prado", [other, same]) == [other]


def test_the_page_credits_a_maker_whom_nothing_beside_it_names() -> None:
    cover = part(BY, beside=False)
    assert with_own_terms(BY, "Helena Prado", [cover]) == [cover]
    assert with_own_terms(BY, "Helena Prado e Davi Nogueira", [cover]) == []
    assert with_own_terms(BY, "Helena Prado", [part(BY, creator="", beside=False)]) == []


def test_only_a_part_that_may_not_be_changed_minds_being_cropped() -> None:
    assert "cortada em quadrado" in cropping(part(BY_ND))
    assert cropping(part(BY_NC_SA)) == ""
    assert cropping(part(RESERVED)) == ""


@pytest.mark.parametrize(
    ("licence", "recording", "lacks"),
    [
        (BY_NC, BY_NC, False),
        (BY_ND, BY_ND, False),
        (BY_NC, BY, False),
        (BY, CC0, False),
        (BY, BY_NC, True),
        (BY_NC, BY_SA, True),
        (BY_NC, BY_ND, True),
        (BY_NC, RESERVED, True),
        (None, BY, False),
        (BY, None, False),
    ],
    ids=str,
)
def test_a_recording_goes_out_under_a_licence_that_it_allows(
    licence: Licence | None, recording: Licence | None, lacks: bool
) -> None:
    assert bool(lacks_of_recording(licence, recording)) is lacks
