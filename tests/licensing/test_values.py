"""Each licence says the same as its deed."""

import re

import pytest

from licensing import values
from licensing.values import ALL_LICENCES, OPEN_LICENCES, RESERVED, Licence, licence

_CC = "https://creativecommons.org"
SHARE = "copiar e distribuir, impresso ou digital"
ADAPT = "adaptar, traduzir, cortar e misturar"
SELL = "usar também para fins comerciais"
CREDIT = "diga quem fez, de onde veio e o que mudou"
ALIKE = "dê à sua versão esta mesma licença"
NO_ADAPTING = "publicar uma versão modificada"
NO_SELLING = "usar para fins comerciais"
NO_SHARING = "copiar ou distribuir sem autorização"

# identifier, canonical address, what it permits, requires and forbids
DEEDS = [
    ("CC0-1.0", f"{_CC}/publicdomain/zero/1.0/", [SHARE, ADAPT, SELL], [], []),
    ("CC-PDM-1.0", f"{_CC}/publicdomain/mark/1.0/", [SHARE, ADAPT, SELL], [], []),
    ("CC-BY-4.0", f"{_CC}/licenses/by/4.0/", [SHARE, ADAPT, SELL], [CREDIT], []),
    ("CC-BY-SA-4.0", f"{_CC}/licenses/by-sa/4.0/", [SHARE, ADAPT, SELL], [CREDIT, ALIKE], []),
    ("CC-BY-NC-4.0", f"{_CC}/licenses/by-nc/4.0/", [SHARE, ADAPT], [CREDIT], [NO_SELLING]),
    (
        "CC-BY-NC-SA-4.0",
        f"{_CC}/licenses/by-nc-sa/4.0/",
        [SHARE, ADAPT],
        [CREDIT, ALIKE],
        [NO_SELLING],
    ),
    ("CC-BY-ND-4.0", f"{_CC}/licenses/by-nd/4.0/", [SHARE, SELL], [CREDIT], [NO_ADAPTING]),
    (
        "CC-BY-NC-ND-4.0",
        f"{_CC}/licenses/by-nc-nd/4.0/",
        [SHARE],
        [CREDIT],
        [NO_ADAPTING, NO_SELLING],
    ),
    (
        "LicenseRef-Todos-Os-Direitos-Reservados",
        "",
        [],
        [CREDIT],
        [NO_SHARING, NO_ADAPTING, NO_SELLING],
    ),
]


def test_the_set_is_the_nine_of_the_house() -> None:
    assert {item.identifier for item in ALL_LICENCES} == {deed[0] for deed in DEEDS}
    assert len(ALL_LICENCES) == 9


@pytest.mark.parametrize(("identifier", "uri", "can", "must", "cannot"), DEEDS)
def test_licence_says_what_its_deed_says(
    identifier: str, uri: str, can: list[str], must: list[str], cannot: list[str]
) -> None:
    found = licence(identifier)
    assert found.identifier == identifier
    assert found.uri == uri
    assert found.can == can
    assert found.must == must
    assert found.cannot == cannot


@pytest.mark.parametrize("item", OPEN_LICENCES, ids=str)
def test_the_deed_for_people_is_in_brazilian_portuguese(item: Licence) -> None:
    assert item.uri.endswith("/")
    assert item.deed_uri() == f"{item.uri}deed.pt-br"
    assert item.deed_uri("es") == f"{item.uri}deed.es"


def test_reserved_rights_have_no_address() -> None:
    assert RESERVED.uri == RESERVED.deed_uri() == ""


@pytest.mark.parametrize("item", ALL_LICENCES, ids=str)
def test_identifiers_are_of_spdx_or_declared_as_own(item: Licence) -> None:
    """SPDX 2.3, annex D: an idstring holds letters, digits, full stops and hyphens."""
    assert re.fullmatch(r"(CC|LicenseRef-)[A-Za-z0-9.-]+", item.identifier)


@pytest.mark.parametrize(
    ("identifier", "short_name", "name"),
    [
        ("CC0-1.0", "CC0 1.0", "Creative Commons CC0 1.0 Dedicação ao Domínio Público"),
        ("CC-PDM-1.0", "Domínio Público", "Creative Commons Marca de Domínio Público 1.0"),
        ("CC-BY-4.0", "CC BY 4.0", "Creative Commons Atribuição 4.0 Internacional"),
        (
            "CC-BY-NC-SA-4.0",
            "CC BY-NC-SA 4.0",
            "Creative Commons Atribuição-NãoComercial-CompartilhaIgual 4.0 Internacional",
        ),
        (
            "CC-BY-ND-4.0",
            "CC BY-ND 4.0",
            "Creative Commons Atribuição-SemDerivações 4.0 Internacional",
        ),
    ],
)
def test_names_are_those_of_the_official_translation(
    identifier: str, short_name: str, name: str
) -> None:
    assert str(licence(identifier)) == licence(identifier).short_name == short_name
    assert licence(identifier).name == name


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("is_public_domain", {"CC0-1.0", "CC-PDM-1.0"}),
        ("is_noncommercial", {"CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0"}),
        ("is_open", {deed[0] for deed in DEEDS if deed[1]}),
    ],
)
def test_what_kind_of_licence_it_is(question: str, expected: set[str]) -> None:
    assert {item.identifier for item in ALL_LICENCES if getattr(item, question)} == expected


def test_the_house_licence_comes_first_in_every_choice() -> None:
    assert values.HOUSE.identifier == "CC-BY-NC-4.0"
    assert OPEN_LICENCES[0] is ALL_LICENCES[0] is values.HOUSE


def test_reserved_rights_are_no_choice_for_an_item() -> None:
    assert set(ALL_LICENCES) - set(OPEN_LICENCES) == {RESERVED}


@pytest.mark.parametrize("name", ["", "CC-BY-3.0", "cc-by-4.0", "CC BY 4.0", "GPL-3.0-or-later"])
def test_an_unknown_name_is_no_licence(name: str) -> None:
    with pytest.raises(KeyError):
        licence(name)


def test_a_licence_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        values.BY.uri = "https://exemplo.test/"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("item", "symbols"),
    [
        (values.CC0, ("zero",)),
        (values.PDM, ("pd",)),
        (values.BY_NC_SA, ("by", "nc", "sa")),
        (values.BY_NC_ND, ("by", "nc", "nd")),
        (values.RESERVED, ()),
    ],
    ids=str,
)
def test_symbols_are_those_of_the_icons(item: Licence, symbols: tuple[str, ...]) -> None:
    assert item.symbols == symbols


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (values.CC0, "sem condição nenhuma"),
        (values.PDM, "sem condição nenhuma"),
        (values.BY, "com crédito"),
        (values.BY_SA, "com crédito, mesma licença na versão nova"),
        (values.BY_NC, "com crédito, sem fins comerciais"),
        (values.BY_NC_SA, "com crédito, sem fins comerciais, mesma licença na versão nova"),
        (values.BY_ND, "com crédito, sem modificar"),
        (values.BY_NC_ND, "com crédito, sem fins comerciais, sem modificar"),
        (values.RESERVED, "usado com autorização"),
    ],
    ids=str,
)
def test_a_few_words_tell_each_licence_from_the_others(item: Licence, words: str) -> None:
    assert item.in_short == words
