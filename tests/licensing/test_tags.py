"""Licences and credits as templates show them."""

from bs4 import BeautifulSoup
from django.template import Context, Template

from licensing.attribution import Author, Work, attribution_html, attribution_text
from licensing.values import BY_SA, RESERVED

WORK = Work("<b>", (Author("Ana & Eva"),), BY_SA, "https://rede.test/x/", 2026)


def rendered(source: str, **context: object) -> str:
    return Template("{% load licensing_tags %}" + source).render(Context(context))


def test_the_ready_credit_is_escaped_once_in_html_and_once_as_text() -> None:
    assert rendered("{{ work|credit_html }}", work=WORK) == attribution_html(WORK)
    soup = BeautifulSoup(rendered('<p data-text="{{ work|credit_text }}">', work=WORK), "html5lib")
    assert soup.p["data-text"] == attribution_text(WORK)


def test_licence_links_to_the_deed_in_portuguese_and_claims_nothing_for_the_page() -> None:
    link = BeautifulSoup(rendered("{{ licence|licence_link }}", licence=BY_SA), "html5lib").a
    assert link["href"] == "https://creativecommons.org/licenses/by-sa/4.0/deed.pt-br"
    assert not link.has_attr("rel")
    assert link.get_text() == "CC BY-SA 4.0"


def test_reserved_rights_are_named_without_a_link_and_no_licence_not_at_all() -> None:
    assert (
        rendered("{{ licence|licence_link }}", licence=RESERVED) == "Todos os direitos reservados"
    )
    assert rendered("{{ licence|licence_link }}", licence=None) == ""
