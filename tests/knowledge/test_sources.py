"""Resources made from others: what the gate asks, what the credit says, what the original shows."""

from typing import Any

import extruct
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import html

from knowledge.models import Lineage, ResourceSource
from licensing.values import BY, BY_NC, BY_NC_ND, BY_NC_SA, BY_ND, BY_SA, CC0, RESERVED, Licence
from tests.factories import editor, pages
from tests.knowledge.lacking import draft
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db

ADAPTED, TRANSLATED, QUOTED = ResourceSource.Use.values


def made_from(page: Any, **source: Any) -> Any:
    """A row that says on what `page` is based; saved with the page."""
    fields = {"use": ADAPTED, "modifications": "exemplos trocados"} | source
    page.sources.add(ResourceSource(sort_order=page.sources.count(), **fields))
    return page


def outside(licence: Licence | None = BY, **fields: Any) -> dict[str, Any]:
    values = {"title": "Presupuesto", "authors": "Eva Sol; Juan Luz", "licence": licence}
    return values | {"url": "https://outra.test/obra"} | fields


def adaptation(original: Any, **fields: Any) -> Any:
    page = pages.guide(live=False, **{"licence": original.licence} | fields)
    return pages.publish(made_from(page, resource=original))


def lacks_of(*sources: dict[str, Any], licence: Licence = BY_NC) -> dict[str, str]:
    page = pages.guide(live=False, licence=licence)
    for source in sources:
        made_from(page, **source)
    lacks = draft(page).get_latest_revision_as_object().lacks()
    return {lack.code: lack.field for lack in lacks}


def text_of(page: Any) -> str:
    tree = html.fromstring(Client().get(page.get_url()).content)
    return " ".join(tree.text_content().split())


# --- the gate -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sources", "licence", "expected"),
    [
        ([outside(BY)], BY_NC, {}),
        ([outside(CC0)], BY_SA, {}),
        ([outside(BY), outside(BY_NC_SA)], BY_NC_SA, {}),
        ([outside(BY_SA)], BY_NC, {"licence-sources": "licence"}),
        ([outside(BY_SA), outside(BY_NC)], BY_SA, {"licence-sources": "licence"}),
        ([outside(BY_NC)], BY, {"licence-sources": "licence"}),
        ([outside(BY_ND)], BY_ND, {"source-locked": "sources"}),
        ([outside(RESERVED)], BY, {"source-reserved": "sources"}),
        ([outside(RESERVED, use=QUOTED)], BY, {"source-reserved": "sources"}),
        ([outside(None)], BY, {"source-licence": "sources"}),
        ([outside(BY, title=" ")], BY, {"source-title": "sources"}),
        ([outside(BY, modifications=" \n")], BY, {"source-modifications": "sources"}),
        ([outside(BY, use=TRANSLATED, modifications="")], BY, {"source-modifications": "sources"}),
        ([outside(BY_ND, use=QUOTED, modifications="")], BY, {}),
        ([outside(BY_SA, use=QUOTED, modifications="")], BY_NC, {}),
        ([outside(BY_NC_ND, use=QUOTED)], BY, {"licence-collection": "licence"}),
        ([outside(BY_NC_ND, use=QUOTED), outside(BY_SA)], BY_SA, {"licence-collection": "licence"}),
    ],
)
def test_a_page_made_from_others_lacks_what_its_sources_ask(
    sources: list[dict[str, Any]], licence: Licence, expected: dict[str, str]
) -> None:
    assert lacks_of(*sources, licence=licence) == expected


def test_the_editor_is_told_why_at_the_licence(curator_client: Client) -> None:
    page = draft(made_from(pages.guide(live=False, licence=BY_NC), **outside(BY_SA)))
    answer = editor.edit(curator_client, page)
    shown = editor.shown_beside(answer, "licence")
    assert "CC BY-SA 4.0 pede que a versão nova tenha a mesma licença" in shown
    assert "Escolha CC BY-SA 4.0." in shown
    assert not anew(page).live


def test_the_editor_is_told_at_the_sources_what_changed(curator_client: Client) -> None:
    page = draft(made_from(pages.guide(live=False), **outside(modifications="")))
    answer = editor.edit(curator_client, page)
    assert "Diga o que mudou em “Presupuesto”" in editor.shown_beside(answer, "sources")
    fixed = editor.edit(curator_client, page, **{"sources-0-modifications": "traduzi"})
    assert fixed.status_code == 302
    assert anew(page).live


def test_a_source_of_this_library_brings_its_own_licence() -> None:
    original = pages.guide(licence=BY_ND)
    assert lacks_of({"resource": original}, licence=BY_ND) == {"source-locked": "sources"}


# --- the credit -----------------------------------------------------------------------------------


def test_the_credit_names_the_source_and_what_changed() -> None:
    page = pages.publish(
        made_from(pages.guide(live=False), **outside(modifications="encurtado\ntraduzido"))
    )
    work = page.as_work()
    assert work.modifications == ("encurtado", "traduzido")
    [source] = work.based_on
    assert (source.title, source.authors) == ("Presupuesto", ("Eva Sol", "Juan Luz"))
    shown = text_of(page)
    assert "Modificações: encurtado; traduzido." in shown
    assert 'Baseado em "Presupuesto", de Eva Sol e Juan Luz, CC BY 4.0' in shown


def test_machines_read_the_source_and_still_one_licence() -> None:
    original = pages.guide(licence=BY, title="Orçamento")
    page = adaptation(original, licence=BY_NC)
    answer = Client().get(page.get_url())
    text, base = answer.content.decode(), f"{settings.PUBLIC_URL}{page.get_url()}"
    found = extruct.extract(text, base_url=base, syntaxes=["rdfa", "json-ld"])
    [data] = found["json-ld"]
    assert data["isBasedOn"] == [
        {
            "@type": "CreativeWork",
            "name": "Orçamento",
            "license": BY.uri,
            "url": f"{settings.PUBLIC_URL}/r/{original.pk}/",
        }
    ]
    term = "http://www.w3.org/1999/xhtml/vocab#license"
    licences = [each["@id"] for node in found["rdfa"] for each in node.get(term, [])]
    assert licences == [BY_NC.uri]


def test_a_whole_work_that_is_brought_along_is_credited_but_not_adapted() -> None:
    page = pages.publish(made_from(pages.guide(live=False), **outside(BY_ND, use=QUOTED)))
    assert page.as_work().based_on == ()
    assert "Traz inteira: “Presupuesto”, de Eva Sol e Juan Luz, CC BY-ND 4.0." in text_of(page)


def test_earlier_declarations_go_on_to_the_next_adaptation() -> None:
    first = pages.publish(made_from(pages.guide(live=False), **outside(modifications="cortado")))
    second = adaptation(first)
    assert second.as_work().modifications == ("cortado", "exemplos trocados")
    assert "Modificações: cortado; exemplos trocados." in text_of(second)


def test_a_work_keeps_the_licence_under_which_it_was_taken() -> None:
    original = pages.guide(licence=BY)
    page = adaptation(original, licence=BY)
    original.licence = BY_NC
    pages.publish(original)
    page = pages.publish(anew(page).get_latest_revision_as_object())
    assert page.live
    assert page.as_work().based_on[0].licence == BY
    assert lacks_of({"resource": anew(original)}, licence=BY) == {"licence-sources": "licence"}


def test_the_credit_survives_the_deletion_of_the_source() -> None:
    original = pages.guide(title="Orçamento")
    page = adaptation(original)
    original.delete()
    assert 'Baseado em "Orçamento", de Helena Prado' in text_of(page)
    again = pages.publish(anew(page).get_latest_revision_as_object())
    assert 'Baseado em "Orçamento", de Helena Prado' in text_of(again)


def test_a_preview_shows_the_sources_of_the_draft(curator_client: Client) -> None:
    page = draft(made_from(pages.guide(live=False), **outside()))
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    fields = editor.fields_at(curator_client, editor.edit_url(page))
    curator_client.post(url, fields)
    answer = curator_client.get(url, {"mode": ""})
    assert "Presupuesto" in answer.content.decode()


def test_text_of_others_is_escaped() -> None:
    nasty = "</span><script>alert(1)</script>"
    page = pages.publish(made_from(pages.guide(live=False), **outside(title=nasty, authors=nasty)))
    assert b"<script>alert" not in Client().get(page.get_url()).content


# --- what came of it ------------------------------------------------------------------------------


def adaptations_shown(page: Any, client: Client | None = None) -> list[str]:
    tree = html.fromstring((client or Client()).get(page.get_url()).content)
    return tree.xpath('//h3[.="Adaptado em"]/following-sibling::ul/li/a/@href')


def test_the_original_shows_its_adaptations() -> None:
    original = pages.guide()
    assert adaptations_shown(original) == []
    page = adaptation(original)
    assert adaptations_shown(original) == [page.get_url()]


def test_what_only_quotes_is_no_adaptation() -> None:
    original = pages.guide()
    page = pages.guide(live=False)
    pages.publish(made_from(page, resource=original, use=QUOTED))
    assert adaptations_shown(original) == []


@pytest.mark.parametrize("how", ["draft", "unpublished", "deleted", "restricted", "let go"])
def test_an_adaptation_that_is_not_public_is_not_shown(how: str) -> None:
    original = pages.guide()
    page = adaptation(original)
    match how:
        case "draft":
            page.unpublish()
            page.save_revision()
        case "unpublished":
            page.unpublish()
        case "deleted":
            page.delete()
        case "restricted":
            pages.restrict(page)
        case "let go":
            page.sources.set([])
            pages.publish(page)
    assert adaptations_shown(anew(original)) == []


def test_an_adaptation_for_the_signed_in_is_shown_to_them(curator_client: Client) -> None:
    original = pages.guide()
    page = adaptation(original)
    pages.restrict(page)
    assert adaptations_shown(original, curator_client) == [page.get_url()]


def test_an_adaptation_of_an_alias_is_one_of_its_source() -> None:
    original = pages.guide()
    alias = anew(original.create_alias(update_slug="atalho"))
    page = adaptation(alias)
    assert adaptations_shown(original) == [page.get_url()]
    assert Lineage.objects.get(page=page).based_on[0]["resource"] == original.pk
