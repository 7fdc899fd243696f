"""Covers and social cards: drawn from the slug, the theme and the title, nothing else."""

import io

import pytest
from django.test import Client
from lxml import etree
from PIL import Image as PillowImage

from knowledge.covers import drawings
from knowledge.covers.azulejo import VERSION
from tests.factories import pages, people
from tests.knowledge.situations import anew

every_form = pytest.mark.parametrize("form", drawings.FORMATS)
every_module = pytest.mark.parametrize("module", dict(drawings.MODULES))

LONG = "Planejamento orçamentário participativo " * 7
TITLES = {
    "short": "Empenho",
    "ordinary": "Como montar o conselho municipal de saúde",
    "long": LONG[:255],
    "one long word": "Inconstitucionalissimamente" * 9,
    "many short words": "a e o " * 40,
    "capitals": "LEI DE RESPONSABILIDADE FISCAL NA PRÁTICA DOS MUNICÍPIOS PEQUENOS" * 3,
    "accents": "Ção ãõ ê í ú à Ü " * 12,
    "empty": "",
}


@every_form
@every_module
def test_a_cover_is_a_drawing_that_its_address_decides(module: str, form: str) -> None:
    first = drawings.draw_cover("plano-diretor", module, form)
    assert first == drawings.draw_cover("plano-diretor", module, form)
    assert first != drawings.draw_cover("plano-diretor-2", module, form)
    root = etree.fromstring(first.encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not list(root.iter("{*}script", "{*}image", "{*}foreignObject"))


def test_each_module_has_a_drawing_of_its_own() -> None:
    drawn = {drawings.draw_cover("um", module, "quadro") for module in dict(drawings.MODULES)}
    assert len(drawn) == len(drawings.MODULES)


@pytest.mark.django_db
def test_a_cover_is_served_for_ever_and_runs_nothing(client: Client) -> None:
    for url in (
        drawings.cover_url("plano-diretor", "saude"),
        drawings.tile_url("saude", 1),
        drawings.theme_url("saude"),
    ):
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert client.get(url).content == answer.content
        etree.fromstring(answer.content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        f"/capas/v{VERSION + 1}/saude/quadro/um.svg",
        f"/capas/v{VERSION}/nada/quadro/um.svg",
        f"/capas/v{VERSION}/saude/nada/um.svg",
        f"/capas/v{VERSION}/saude/podcast/um.svg",
        f"/capas/v{VERSION}/saude/quadro/{'x' * 256}.svg",
        f"/capas/v{VERSION}/saude/azulejo-2.svg",
        f"/capas/v{VERSION}/nada/tema.svg",
    ],
)
def test_what_nobody_drew_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_every_title_fits_its_card(title: str) -> None:
    lines, size = drawings.break_title(title)
    room = dict(drawings._TITLE_SIZES)
    assert len(lines) <= room[size]
    assert all(drawings._fits(line, size) for line in lines)
    cut = lines[-1].endswith("…")
    said = "".join(lines).rstrip("…")
    if not cut and "…" not in "".join(lines):
        assert " ".join(lines) == " ".join(title.split())
    else:
        assert said
    etree.fromstring(drawings.draw_card("um", "saude", title, "Guia").encode())


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Empenho", TITLES["long"], TITLES["one long word"]])
def test_a_card_is_a_picture_of_the_size_that_networks_ask_for(client: Client, title: str) -> None:
    page = pages.guide(title=title)
    answer = client.get(page.card.url)
    content = answer.getvalue()
    with PillowImage.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (1200, 630))
        assert len(picture.resize((40, 21)).getcolors(maxcolors=840)) > 3
    assert len(content) < 300_000


@pytest.mark.django_db
def test_a_card_changes_with_title_slug_and_theme_only() -> None:
    page = pages.guide(title="Um título")
    first = page.card.pk
    page.summary = "Outro resumo."
    assert pages.publish(page).card.pk == first
    page.title = "Outro título"
    assert pages.publish(page).card.pk != first


@pytest.mark.django_db
def test_a_theme_keeps_its_tile_for_ever() -> None:
    theme = people.theme("saude", module="saude")
    theme.module = "mobilidade"
    theme.save()
    theme.refresh_from_db()
    assert theme.module == "saude"


@pytest.mark.django_db
def test_an_item_without_a_theme_wears_the_tile_of_the_house(client: Client) -> None:
    page = pages.guide(themes=())
    text = client.get(page.get_url()).content.decode()
    assert drawings.cover_url(page.slug, drawings.HOUSE_MODULE) in text


@pytest.mark.django_db
def test_an_alias_wears_the_cover_of_its_source(client: Client) -> None:
    page = pages.guide()
    alias = anew(page.create_alias(update_slug="atalho"))
    assert drawings.cover_url(page.slug, "financas") in client.get(alias.get_url()).content.decode()
    assert alias.card == page.card
