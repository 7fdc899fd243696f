"""Credit as text, as HTML with RDFa, as JSON-LD, as a header."""

import re
from dataclasses import replace
from typing import Any

import extruct
import pytest
from bs4 import BeautifulSoup

from licensing.attribution import (
    Author,
    Source,
    Work,
    attribution_html,
    attribution_text,
    copyright_notice,
    join_names,
    link_header,
    schema_terms,
)
from licensing.values import (
    ALL_LICENCES,
    BY,
    BY_NC,
    BY_SA,
    CC0,
    OPEN_LICENCES,
    PDM,
    RESERVED,
    Licence,
)

URL = "https://rede.test/acervo/orcamento/"
ANA = Author("Ana Reis")
BETO = Author("Beto Lima", "https://rede.test/pessoas/beto/")
WORK = Work("Orçamento", (ANA, BETO), BY_NC, URL, 2026)
WHOLE = replace(
    WORK,
    modifications=("encurtado", "traduzido"),
    based_on=(
        Source("Presupuesto", ("Eva Sol",), BY, "https://outra.test/"),
        Source("", (), PDM),
    ),
)
NASTY = Work(
    title="Fim</span><script>alert(1)</script> \"aspas\" & 'outras' <b>",
    authors=(Author('Ana "Z" & <i>', 'https://e.test/?a=1&b="><script>'), Author("</p>Beto")),
    licence=BY_NC,
    url='https://rede.test/?x=1&y="><script>alert(2)</script>',
    year=2026,
    modifications=("<script>alert(3)</script>",),
    based_on=(Source("<img src=x>", ('"><b>',), BY),),
)
_CC = "http://creativecommons.org/ns#"
_DCT = "http://purl.org/dc/terms/"
_LICENSE = "http://www.w3.org/1999/xhtml/vocab#license"


# --- text ---------------------------------------------------------------------------------------


def test_text_follows_the_formula_to_the_letter() -> None:
    assert attribution_text(WHOLE) == (
        '"Orçamento" © 2026, de Ana Reis e Beto Lima (https://rede.test/pessoas/beto/), '
        "disponível em https://rede.test/acervo/orcamento/, "
        "licença CC BY-NC 4.0 (https://creativecommons.org/licenses/by-nc/4.0/). "
        "Modificações: encurtado; traduzido. "
        'Baseado em "Presupuesto", de Eva Sol, '
        "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). "
        "Baseado em outra obra, "
        "Domínio Público (https://creativecommons.org/publicdomain/mark/1.0/)."
    )


_BY_NC_TEXT = "licença CC BY-NC 4.0 (https://creativecommons.org/licenses/by-nc/4.0/)."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": ""}, f"Esta obra © 2026, de Ana Reis, disponível em {URL}, {_BY_NC_TEXT}"),
        ({"authors": ()}, f'"Orçamento" © 2026, disponível em {URL}, {_BY_NC_TEXT}'),
        ({"year": None}, f'"Orçamento", de Ana Reis, disponível em {URL}, {_BY_NC_TEXT}'),
        ({"url": ""}, f'"Orçamento" © 2026, de Ana Reis, {_BY_NC_TEXT}'),
        (
            {"licence": RESERVED},
            f'"Orçamento" © 2026, de Ana Reis, disponível em {URL}, Todos os direitos reservados.',
        ),
        ({"title": "", "authors": (), "year": None, "url": ""}, f"Esta obra, {_BY_NC_TEXT}"),
    ],
)
def test_text_leaves_out_what_is_not_known(changes: dict[str, Any], expected: str) -> None:
    assert attribution_text(replace(WORK, **({"authors": (ANA,)} | changes))) == expected


@pytest.mark.parametrize("licence", ALL_LICENCES, ids=str)
def test_only_the_public_domain_is_marked_and_claims_nothing(licence: Licence) -> None:
    text = attribution_text(replace(WORK, licence=licence))
    is_public = licence in (CC0, PDM)
    assert (f", marcado com {licence} (" in text) is is_public
    assert ("©" in text) is not is_public
    assert ('"Orçamento", 2026, de' in text) is is_public
    assert (f", licença {licence} (" in text) is (licence.is_open and not is_public)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Beto"], "Ana e Beto"),
        (["Ana", "Beto", "Caio"], "Ana, Beto e Caio"),
    ],
)
def test_names_are_listed_as_in_portuguese(names: list[str], expected: str) -> None:
    assert join_names(names) == expected


@pytest.mark.parametrize(
    ("licence", "year", "authors", "expected"),
    [
        (BY, 2026, (ANA, BETO), "© 2026 Ana Reis e Beto Lima"),
        (BY, None, (ANA,), "© Ana Reis"),
        (BY, 2026, (), "© 2026"),
        (RESERVED, 2026, (ANA,), "© 2026 Ana Reis"),
        (PDM, 2026, (ANA,), "Marcado com Domínio Público"),
        (CC0, 2026, (ANA,), "Marcado com CC0 1.0"),
    ],
)
def test_copyright_notice(
    licence: Licence, year: int | None, authors: tuple[Author, ...], expected: str
) -> None:
    work = replace(WORK, licence=licence, year=year, authors=authors)
    assert copyright_notice(work) == expected


# --- HTML ---------------------------------------------------------------------------------------


def rdfa(work: Work) -> list[dict[str, Any]]:
    """What a harvester reads of the credit, standing in a page at another address."""
    page = f"<!doctype html><html><body><p>{attribution_html(work)}</p></body></html>"
    found = extruct.extract(page, base_url="https://pagina.test/", syntaxes=["rdfa"])["rdfa"]
    return list(found)


def readable(html: str) -> str:
    return BeautifulSoup(html, "html5lib").get_text()


@pytest.mark.parametrize("work", [WORK, WHOLE], ids=["plain", "adapted"])
def test_rdfa_says_four_things_about_the_work_and_nothing_about_others(work: Work) -> None:
    assert rdfa(work) == [
        {
            "@id": URL,
            f"{_DCT}title": [{"@value": "Orçamento"}],
            f"{_CC}attributionName": [{"@value": "Ana Reis e Beto Lima"}],
            f"{_CC}attributionURL": [{"@id": URL}],
            _LICENSE: [{"@id": "https://creativecommons.org/licenses/by-nc/4.0/"}],
        }
    ]


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_rdfa_names_one_licence_by_its_canonical_address(licence: Licence) -> None:
    (about,) = rdfa(replace(WHOLE, licence=licence))
    assert about[_LICENSE] == [{"@id": licence.uri}]


def test_rdfa_names_no_licence_where_rights_are_reserved() -> None:
    (about,) = rdfa(replace(WORK, licence=RESERVED))
    assert _LICENSE not in about


def test_rdfa_has_no_title_or_name_where_there_is_none() -> None:
    (about,) = rdfa(replace(WORK, title="", authors=()))
    assert set(about) == {"@id", f"{_CC}attributionURL", _LICENSE}


def test_every_author_with_an_address_is_linked_to_it() -> None:
    work = replace(WORK, authors=(replace(ANA, url="https://ana.test/"), BETO))
    links = BeautifulSoup(attribution_html(work), "html5lib").find_all("a", rel=False)
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Ana Reis", "https://ana.test/"),
        ("Beto Lima", "https://rede.test/pessoas/beto/"),
    ]


def test_html_lets_nothing_through_unescaped() -> None:
    soup = BeautifulSoup(attribution_html(NASTY), "html5lib")
    assert {tag.name for tag in soup.body.find_all(True)} == {"span", "a"}
    allowed = {"about", "prefix", "property", "rel", "href", "class"}
    assert {name for tag in soup.body.find_all(True) for name in tag.attrs} <= allowed
    assert soup.find(attrs={"property": "dct:title"}).get_text() == NASTY.title
    assert soup.find("a", rel="cc:attributionURL")["href"] == NASTY.url
    assert soup.find("a", string=NASTY.authors[0].name)["href"] == NASTY.authors[0].url
    assert soup.find("span", about=True)["about"] == NASTY.url


def _without_link_targets(text: str, work: Work) -> str:
    """The text without the addresses in brackets that HTML gives as links."""
    for url in (work.licence.uri, *(author.url for author in work.authors)):
        text = text.replace(f" ({url})", "", 1) if url else text
    return text


@pytest.mark.parametrize("licence", ALL_LICENCES, ids=str)
@pytest.mark.parametrize(
    "work",
    [
        WORK,
        WHOLE,
        NASTY,
        replace(WHOLE, title=""),
        replace(WHOLE, authors=()),
        replace(WHOLE, year=None),
        replace(WORK, url=""),
    ],
    ids=["plain", "adapted", "nasty", "no-title", "no-author", "no-year", "no-url"],
)
def test_text_and_html_say_the_same_words(work: Work, licence: Licence) -> None:
    work = replace(work, licence=licence)
    assert readable(attribution_html(work)) == _without_link_targets(attribution_text(work), work)


# --- JSON-LD and HTTP ---------------------------------------------------------------------------


def test_schema_terms_of_a_licensed_work() -> None:
    assert schema_terms(WHOLE) == {
        "creditText": attribution_text(WHOLE),
        "copyrightNotice": "© 2026 Ana Reis e Beto Lima",
        "copyrightYear": 2026,
        "license": "https://creativecommons.org/licenses/by-nc/4.0/",
        "usageInfo": "https://creativecommons.org/licenses/by-nc/4.0/deed.pt-br",
        "acquireLicensePage": URL,
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": "Presupuesto",
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "url": "https://outra.test/",
            },
            {
                "@type": "CreativeWork",
                "name": "Outra obra",
                "license": "https://creativecommons.org/publicdomain/mark/1.0/",
            },
        ],
    }


def test_schema_terms_of_the_public_domain_claim_no_copyright() -> None:
    terms = schema_terms(replace(WORK, licence=PDM))
    assert terms["copyrightNotice"] == "Marcado com Domínio Público"
    assert "copyrightYear" not in terms


def test_schema_terms_of_reserved_rights_name_no_licence() -> None:
    terms = schema_terms(replace(WORK, licence=RESERVED, based_on=(Source("X", (), RESERVED),)))
    assert not {"license", "usageInfo", "acquireLicensePage"} & set(terms)
    assert terms["isBasedOn"] == [{"@type": "CreativeWork", "name": "X"}]


@pytest.mark.parametrize("licence", OPEN_LICENCES, ids=str)
def test_link_header_names_the_licence(licence: Licence) -> None:
    match = re.fullmatch(r'<(https://[^<>\s"]+/)>; rel="license"', link_header(licence))
    assert match
    assert match[1] == licence.uri


def test_share_alike_sources_keep_their_own_licence_in_the_credit() -> None:
    """What a work is based on is credited under its own licence, never the adaptation's."""
    work = replace(WORK, based_on=(Source("Verbete", ("Wikipédia",), BY_SA),))
    assert attribution_text(work).endswith(
        ' Baseado em "Verbete", de Wikipédia, CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/).'
    )
